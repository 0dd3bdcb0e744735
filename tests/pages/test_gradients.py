"""The page on vanishing and exploding gradients: facts 1 to 6 computed, links that match the view, and bounds that are never exceeded."""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.studies.gradients import KINDS, GatedSetup, RNNSetup
from tests.charts import charts, opened, selected, set_dial, tables, traces, values, words
from ui.figures.bands import power_of_ten
from ui.memory.gradients import compute, controls
from ui.memory.gradients.figures import flow as figures
from ui.memory.gradients.figures.cells import norms_chart

BOUND = "(s₁γ)ᵏ"


def metric(app, label):
    shown = "".join(part.proto.body for part in app.get("html"))
    return next(value for name, value in re.findall("<dt>(.+?)</dt><dd>(.+?)</dd>", shown) if name.startswith(label))


def drawn_line(app, key, name):
    trace = next(trace for trace in traces(app, key) if trace.get("name") == name)
    return values(trace["y"])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("preset", controls.PRESETS)
def test_every_preset_opens_by_link_and_its_pill_is_selected(preset, lang):
    app = opened("gradients", lang, preset=preset)
    assert selected(app) == preset
    assert "flow" in charts(app)
    link = {key: value if isinstance(value, str) else value[0] for key, value in app.query_params.items()}
    del link["lang"]
    assert "preset" not in link  # from here on the link says what the widgets say
    again = opened("gradients", lang, **link)
    assert selected(again) == preset


def test_a_link_may_change_a_preset():
    app = opened("gradients", preset="scalar", size="1.1")
    assert app.session_state["size"] == 1.1
    assert app.session_state["steps"] == 50
    assert metric(app, "RNN") == "117"


def test_a_link_that_cannot_be_read_opens_the_default_view():
    app = opened("gradients", kind="no such", size="1e9", steps="many", units="-3", look="", preset="none")
    assert selected(app) == "start"


@pytest.mark.usefixtures("pictures_are_buttons")
def test_moving_a_dial_leaves_the_preset_and_a_click_brings_it_back():
    app = opened("gradients")
    assert selected(app) == "start"
    set_dial(app, size=2.0)
    assert selected(app) is None
    app.button(key="picture_below").click().run()
    assert app.session_state["size"] == 0.9


def test_fact_1_the_bound_explodes_and_the_gradient_vanishes():
    app = opened("gradients", preset="start")
    assert metric(app, "s₁") == "1.5"
    assert metric(app, "bound") == "4.1·10¹⁷"
    assert float(drawn_line(app, "flow", "RNN")[-1]) < 1e-15
    below = opened("gradients", preset="below")
    assert (np.diff(drawn_line(below, "flow", BOUND)) < 0).all()
    assert (drawn_line(below, "flow", "RNN")[1:] < drawn_line(below, "flow", BOUND)[1:]).all()


def test_fact_2_the_scalar_network_lies_on_its_bound():
    app = opened("gradients", preset="scalar")
    np.testing.assert_allclose(drawn_line(app, "flow", "RNN"), 0.9 ** np.arange(51), rtol=1e-12)
    np.testing.assert_allclose(drawn_line(app, "flow", BOUND), 0.9 ** np.arange(51), rtol=1e-12)
    assert "0.00515" in words(app)
    assert words(app).count("0.286") == 2  # the formula, and back-propagation


def test_fact_3_the_gradient_grows_before_it_vanishes():
    app = opened("gradients", preset="nonnormal")
    assert "k = 9, 10: 19.37" in words(app)
    length = drawn_line(app, "flow", "RNN")
    assert length.max() > 13 > 1 > length[-1]
    assert metric(app, "ρ") == "0.9"


def test_fact_4_an_orthogonal_linear_network_keeps_the_length():
    app = opened("gradients", preset="orthogonal")
    np.testing.assert_allclose(drawn_line(app, "flow", "RNN"), 1.0, rtol=1e-12)
    np.testing.assert_allclose(drawn_line(app, "spread", "σ₁"), 1.0, rtol=1e-12)
    assert "1^k" in words(app)


def test_facts_5_and_6_what_a_forget_gate_keeps():
    app = opened("gradients", preset="forget")
    ((_heads, *shown),) = tables(app)
    rows = {bias: tuple(row) for bias, *row in shown}
    assert rows["0"] == ("0.5", "9.5·10⁻⁷", "7.9·10⁻³¹")
    assert rows["1"] == ("0.731", "0.0019", "2.5·10⁻¹⁴")
    assert rows["4.595"] == ("0.99", "0.818", "0.366")
    lines = {trace.get("name"): values(trace["y"]) for trace in traces(app, "memory")}
    np.testing.assert_allclose(lines["b<sub>f</sub> = 0"], 0.5 ** np.arange(101), rtol=1e-12)


def test_an_overflow_is_drawn_up_to_its_step_and_reported():
    app = opened("gradients", preset="overflow")
    assert "780" in app.warning[0].value
    assert "779" in app.warning[0].value
    rnn = drawn_line(app, "flow", "RNN")
    assert len(rnn) < 1000
    assert np.isfinite(rnn[:700]).all()
    set_dial(app, size=1.0)
    assert not app.warning


def test_a_gradient_of_exactly_zero_is_reported():
    app = opened("gradients", size="0.0")
    assert not app.exception
    assert "5·10⁻³²⁴" in app.info[-1].value


def test_only_the_chosen_view_is_computed():
    app = opened("gradients")
    assert set(charts(app)) == {"flow"}
    app.button_group(key="look").set_value("lstm").run()
    assert set(charts(app)) == {"flow", "paths", "memory"}
    assert selected(app) == "start"  # looking closer is no other network
    app.button_group(key="look").set_value("matrix").run()
    assert set(charts(app)) == {"flow", "eigenvalues", "spread"}


def test_a_thousand_steps_of_128_units_are_drawn():
    app = opened("gradients", steps="1000", units="128", look="matrix")
    shown = drawn_line(app, "flow", "LSTM: c")
    assert len(shown) < 800
    assert "1001 steps are drawn as" in charts(app)["flow"]["note"]
    whole = 10.0 ** compute.gradient_lengths(GatedSetup("lstm", "bias", 1.0, 1000, 128), 0).chosen.c[0]
    assert (shown.min(), shown.max()) == pytest.approx((whole.min(), whole.max()))
    assert len(drawn_line(app, "spread", "σ₁")) == 41  # matrices stop early


sizes = st.one_of(st.floats(0.0, 5.0), st.sampled_from([0.0, 0.25, 0.9, 1.0, 4.0, 5.0]))
views = st.builds(
    RNNSetup,
    kind=st.sampled_from(KINDS),
    size=sizes,
    activation=st.sampled_from(controls.ACTIVATIONS),
    steps=st.integers(1, 90),
    hidden_size=st.integers(1, 10),
)


@settings(max_examples=200)
@given(views, st.integers(0, 9999))
def test_on_every_chart_that_draws_the_bound_no_line_is_above_it(setup, seed):
    gated = [
        compute.gradient_lengths(GatedSetup(cell, steps=setup.steps, hidden_size=2), 0) for cell in ("gru", "lstm")
    ]
    rnn, bound = compute.gradient_lengths(setup, seed), compute.bound(setup, seed)
    lengths = (rnn, *gated)
    flow = norms_chart(*(each.chosen for each in lengths), bound, [each.chance for each in lengths], title="t")
    spread = figures.spread_chart(compute.jacobian_spread(setup, seed), bound)
    for chart, name in ((flow, "RNN"), (spread, "σ₁")):
        lines = {trace.get("name"): values(trace["y"]) for trace in chart.figure.to_plotly_json()["data"]}
        both = min(len(lines[BOUND]), len(lines[name]))
        line, limit = lines[name][:both], lines[BOUND][:both]
        assert not (line > limit * (1 + 1e-9) + 1e-318).any()  # below 1e-308 float64 has few digits left


@pytest.mark.parametrize(
    ("link", "reported"),
    [
        ({"size": "1.7"}, "s₁ = 1.70: the bound grows, the RNN’s gradient falls to"),
        ({"preset": "below"}, "s₁ = 0.90: the bound falls, the RNN’s gradient falls to"),
        ({"preset": "exploding"}, "s₁ = 5.00: the bound grows, the RNN’s gradient grows to"),
        ({"preset": "scalar"}, "w = 0.90: the bound falls, the RNN’s gradient falls to 0.12 in 20 steps"),
        ({"preset": "orthogonal"}, "gain = 1.00: the bound stays at 1, the RNN’s gradient stays at 1 in 20 steps"),
        (
            {"preset": "overflow"},
            "Overflow after step 779, so the RNN’s steps count from there. ρ = 2.50: the bound grows",
        ),
        ({"size": "0.0"}, "the RNN’s gradient falls to exactly 0 in 20 steps; the LSTM’s (on c) is"),
        ({"kind": "torch", "steps": "10"}, "in 10 steps; the LSTM’s (on c) is"),
    ],
)
def test_the_title_says_what_the_lines_show(link, reported):
    app = opened("gradients", **link)
    title = json.loads(charts(app)["flow"]["figure"])["layout"]["title"]["text"]
    assert reported in re.sub("</?b>", "", title)
    assert charts(app)["flow"]["alt"].startswith(re.sub("</?b>", "", title))


def test_the_ratio_of_the_title_is_that_of_the_lines():
    app = opened("gradients", size="1.7")
    rnn, cell = (float(drawn_line(app, "flow", name)[20]) for name in ("RNN", "LSTM: c"))
    title = re.sub("</?b>", "", json.loads(charts(app)["flow"]["figure"])["layout"]["title"]["text"])
    assert f"{float(f'{cell / rnn:.1e}'):g} times as large" in title
    names = [trace["text"][-1] for trace in traces(app, "flow") if trace.get("meta") == "end"]
    assert any(name.endswith(power_of_ten(float(np.log10(drawn_line(app, "flow", "RNN")[-1])))) for name in names)
