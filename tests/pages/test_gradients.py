"""The page on vanishing and exploding gradients: facts 1 to 6 computed, links that say what is seen, and bounds that hold."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.studies.gradients import KINDS, GatedSetup, RNNSetup
from tests.charts import charts, opened, tables, traces, values, words
from ui.memory.gradients import compute, controls
from ui.memory.gradients.figures import flow as figures

BOUND = "(s₁γ)ᵏ"


def metric(app, label):
    shown = "".join(part.proto.body for part in app.get("html"))
    return next(value for name, value in re.findall("<dt>(.+?)</dt><dd>(.+?)</dd>", shown) if name.startswith(label))


def drawn_line(app, key, name):
    trace = next(trace for trace in traces(app, key) if trace.get("name") == name)
    return values(trace["y"])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("preset", controls.PRESETS)
def test_every_preset_opens_by_link_and_lights_its_pill(preset, lang):
    app = opened("gradients", lang, preset=preset)
    assert app.session_state["gradient_preset"] == preset
    assert "flow" in charts(app)
    link = {key: value if isinstance(value, str) else value[0] for key, value in app.query_params.items()}
    del link["lang"]
    assert "preset" not in link  # from here on the link says what the widgets say
    again = opened("gradients", lang, **link)
    assert again.session_state["gradient_preset"] == preset


def test_a_link_may_change_a_preset():
    app = opened("gradients", preset="scalar", size="1.1")
    assert app.slider(key="size").value == 1.1
    assert app.slider(key="steps").value == 50
    assert metric(app, "RNN") == "117"


def test_a_link_that_cannot_be_read_opens_the_default_view():
    app = opened("gradients", kind="no such", size="1e9", steps="many", units="-3", look="", preset="none")
    assert app.session_state["gradient_preset"] == "start"


def test_moving_a_slider_leaves_the_preset_and_a_pill_brings_it_back():
    app = opened("gradients")
    assert app.session_state["gradient_preset"] == "start"
    app.slider(key="size").set_value(2.0).run()
    assert app.session_state["gradient_preset"] is None
    app.button_group(key="gradient_preset").set_value("below").run()
    assert app.slider(key="size").value == 0.9


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


def test_an_overflow_is_drawn_up_to_where_it_happened_and_told():
    app = opened("gradients", preset="overflow")
    assert "780" in app.warning[0].value
    assert "779" in app.warning[0].value
    rnn = drawn_line(app, "flow", "RNN")
    assert len(rnn) < 1000
    assert np.isfinite(rnn[:700]).all()
    app.slider(key="size").set_value(1.0).run()
    assert not app.warning


def test_a_gradient_that_is_exactly_zero_is_told():
    app = opened("gradients", size="0.0")
    assert not app.exception
    assert "5·10⁻³²⁴" in app.info[-1].value


def test_only_what_is_looked_at_is_computed():
    app = opened("gradients")
    assert set(charts(app)) == {"flow"}
    app.button_group(key="look").set_value("lstm").run()
    assert set(charts(app)) == {"flow", "paths", "memory"}
    assert app.session_state["gradient_preset"] == "start"  # looking closer is no other network
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
    flow = figures.flow_chart(*(each.chosen for each in lengths), bound, [each.chance for each in lengths])
    spread = figures.spread_chart(compute.jacobian_spread(setup, seed), bound)
    for chart, name in ((flow, "RNN"), (spread, "σ₁")):
        lines = {trace.get("name"): values(trace["y"]) for trace in chart.figure.to_plotly_json()["data"]}
        both = min(len(lines[BOUND]), len(lines[name]))
        line, limit = lines[name][:both], lines[BOUND][:both]
        assert not (line > limit * (1 + 1e-9) + 1e-318).any()  # below 1e-308 float64 has few digits left


def test_a_preset_that_the_browser_still_takes_for_lit_does_not_take_the_slider_back():
    app = opened("gradients")
    app.slider(key="size").set_value(1.55).run()
    app.slider(key="size").set_value(1.6)  # in one message with the pill as it was before 1.55
    app.button_group(key="gradient_preset").set_value("start").run()
    assert app.slider(key="size").value == 1.6
    app.button_group(key="gradient_preset").set_value("start").run()  # a click
    assert app.slider(key="size").value == 1.5
