"""The page on gates: its views, the time scale of a bias, the shares it draws, and interventions that can be undone."""

import json
import re

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.analysis import memory
from rnn_core.studies.sequences import SequenceSetup, run_of
from tests.charts import charts, opened, selected, set_dial, traces, values, words
from ui.i18n import LANGUAGES
from ui.memory.gates import presets, views
from ui.memory.gates.controls import CELLS

HOLD_CHARTS = ("brush", "held_memory", "held_difference")


OPENED = [(view, "lstm", lang) for view in views.VIEWS for lang in LANGUAGES] + [
    (view, cell, "en") for view in ("gates", "hold") for cell in CELLS if cell != "lstm"
]


@pytest.mark.parametrize(("view", "cell", "lang"), OPENED)
def test_views_open_for_every_cell_and_language(view, cell, lang):
    app = opened("gates", lang, view=view, cell=cell)
    assert (app.session_state["view"], app.session_state["cell"]) == (view, cell)
    assert not app.error
    assert charts(app)


@pytest.mark.usefixtures("pictures_are_buttons")
@pytest.mark.parametrize("name", presets.EXAMPLES)
def test_an_example_sets_the_page_and_is_marked(name):
    app = opened("gates", bk="-2")
    app.button(key=f"picture_{name}").click().run()
    assert not app.exception
    assert selected(app) == name


@pytest.mark.parametrize(
    ("bias", "part", "scale", "after_20", "after_100"),
    [
        ("0", "= 0.5}", "1.44", "9.54·10⁻⁷", "7.89·10⁻³¹"),  # fact 5
        ("1", "= 0.73106}", "3.19", ": 0.0019;", "2.48·10⁻¹⁴"),
        ("4.595", "= 0.99}", "99.5", ": 0.818;", ": 0.366"),  # fact 6
        ("8", "= 0.999665}", "2981", ": 0.993;", ": 0.967"),  # the kept part rounds to 1, which never decays
    ],
)
def test_the_bias_is_shown_with_the_time_scale_it_implies(bias, part, scale, after_20, after_100):
    text = words(opened("gates", bk=bias))
    for number in (part, f"= {scale}", after_20, after_100):
        assert number in text


def test_facts_5_6_and_10_on_the_chart():
    last = {
        link: values(
            traces(opened("gates", view="left", init="zeros", T="100", **dict([link])), "remaining_start")[0]["y"]
        )[-1]
        for link in (("bk", "1"), ("bk", "4.595"), ("cell", "lstm97"))
    }
    np.testing.assert_allclose(list(last.values()), [2.5e-14, 0.366, 1.0], rtol=0.01)


def test_fact_7_two_grus_with_an_open_reset_gate_are_one():
    link = {"view": "hold", "held": "r", "open": "1", "steps60": ["1", "60"], "init": "xavier", "input": "noise"}
    pairs = [traces(opened("gates", cell=cell, **link), "held_memory") for cell in ("gru", "gru_before")]
    (untouched, held), (other_untouched, other_held) = ([values(line["y"]) for line in pair] for pair in pairs)
    np.testing.assert_allclose(held, other_held, rtol=0, atol=1e-12)
    assert np.abs(untouched - other_untouched).max() > 1e-3


def test_fact_7_two_grus_with_diagonal_weights_are_one():
    after, before = (
        values(traces(opened("gates", cell=cell, init="identity", bk="0"), "gate_map")[0]["z"])
        for cell in ("gru", "gru_before")
    )
    np.testing.assert_allclose(after, before, rtol=0, atol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
def test_the_bands_add_up_to_the_line(cell):
    app = opened("gates", view="left", cell=cell, bk="2", init="xavier", unit="3")
    *bands, line = traces(app, "shares")
    shares = sum(values(band["customdata"]) for band in bands)
    np.testing.assert_allclose(shares, values(line["y"]), rtol=0, atol=1e-12)


def test_what_is_above_zero_is_drawn_above_it_and_what_is_below_below():
    *bands, _line = traces(opened("gates", view="left", bk="3", init="xavier"), "shares")
    signs = {bool((values(band["customdata"]) >= 0).all()) for band in bands}
    assert signs == {True, False}
    for band in bands:
        share, edge = values(band["customdata"]), values(band["y"])
        assert (np.sign(share) * np.sign(edge) >= 0).all()
        assert (np.abs(edge) >= np.abs(share) - 1e-15).all()


def test_the_bars_of_a_step_add_up_to_the_memory_in_the_title():
    app = opened("gates", view="left", now60="40", bk="3")
    total = float(values(traces(app, "now")[0]["y"]).sum())
    title = charts(app)["now"]["figure"]
    trace = run_of(
        SequenceSetup("lstm", 8, signal="wave", start=1.0, biases=(("b_i", 0.0), ("b_o", 0.0), ("b_f", 3.0)))
    )
    np.testing.assert_allclose(total, memory.memory(trace).values[40, 0], rtol=0, atol=1e-12)
    assert f"{abs(total):.3g}" in title


def figures(app):
    return {key: charts(app)[key]["figure"] for key in HOLD_CHARTS}


def difference(app):
    return values(traces(app, "held_difference")[0]["z"])


def test_a_clamped_gate_changes_the_run_from_its_step_on():
    app = opened("gates", view="hold", steps60=["21", "30"])
    changed = difference(app)  # (units, steps from 0)
    assert (changed[:, :21] == 0.0).all()
    assert (changed[:, 21] != 0.0).any()
    assert "Up to step 20" in words(app)


def test_the_difference_is_that_of_the_cores_own_runs():
    app = opened("gates", view="hold", held="i", open="1", steps60=["5", "9"], who="one", unit="2")
    setup = SequenceSetup("lstm", 8, signal="wave", start=1.0, biases=(("b_i", 0.0), ("b_o", 0.0), ("b_f", 2.0)))
    held = run_of(setup, interventions=(rc.Clamp("input_gate", (1,), 1.0, (4, 5, 6, 7, 8)),))
    np.testing.assert_array_equal(difference(app), (held.hs - run_of(setup).hs).T)


def test_the_picture_changes_when_and_only_when_the_run_does():
    app = opened("gates", view="hold")
    before = figures(app)
    set_dial(app, open=0.5)
    half_open = figures(app)
    assert all(half_open[key] != before[key] for key in HOLD_CHARTS)
    app.number_input(key="unit").set_value(1).run()  # the same unit: nothing changes
    assert figures(app) == half_open
    set_dial(app, open=0.0)
    assert figures(app) == before


def test_undo_returns_the_same_numbers():
    app = opened("gates", view="hold", do="none")
    untouched = figures(app)
    assert (difference(app) == 0.0).all()
    app.button_group(key="do").set_value("gate").run()
    first = figures(app)
    assert first["held_difference"] != untouched["held_difference"]
    button(app, "Keep this").click().run()
    assert app.query_params["kept"] == "f.all.21-30.0"
    np.testing.assert_array_equal(difference(app), values(json_of(first["held_difference"])))
    app.button_group(key="do").set_value("silence").run()
    assert figures(app)["held_difference"] != first["held_difference"]
    button(app, "Undo").click().run()  # the silence
    np.testing.assert_array_equal(difference(app), values(json_of(first["held_difference"])))
    button(app, "Undo").click().run()  # the gate
    assert "kept" not in app.query_params
    assert figures(app) == untouched
    assert button(app, "Undo").disabled


def json_of(figure):
    return json.loads(figure)["data"][0]["z"]


def button(app, label):
    return next(each for each in app.button if each.label.startswith(label))


def test_kept_interventions_are_in_the_link_and_described():
    kept = "f.all.21-22.0~s.3.1-60~c.2.40.0.5"
    app = opened("gates", view="hold", do="none", kept=kept)
    setup = SequenceSetup("lstm", 8, signal="wave", start=1.0, biases=(("b_i", 0.0), ("b_o", 0.0), ("b_f", 2.0)))
    held = run_of(
        setup,
        interventions=(
            rc.Clamp("forget_gate", tuple(range(8)), 0.0, (20, 21)),
            rc.Silence((2,), tuple(range(60))),
            rc.SetState("c", (1,), 0.5, 39),
        ),
    )
    np.testing.assert_array_equal(difference(app), (held.hs - run_of(setup).hs).T)
    assert re.search(
        r"f of all units clamped at 0, steps 21–22; unit 3 silent.*; c of unit 2 set to 0.5, step 40", words(app)
    )


def test_a_broken_link_is_reported_and_the_run_shown_without_it():
    app = opened("gates", view="hold", do="none", kept="f.all.<script>")
    assert "cannot be read" in app.warning[0].value
    assert (difference(app) == 0.0).all()


def test_interventions_beyond_the_run_are_reported():
    assert "(not in this run)" in words(opened("gates", view="hold", cell="gru", kept="f.all.21-22.0"))


def test_a_run_that_differs_from_the_first_step_says_so_and_chinese_has_its_own_marks():
    app = opened("gates", "zh", view="hold", do="none", kept="s.3.1-60~f.all.21-22.0")
    assert "两次运行从一开始就不同" in words(app)
    assert "已留下：第 1–60 步，静默：隐藏单元 3；第 21–22 步，所有隐藏单元：f 固定为 0" in words(app)
