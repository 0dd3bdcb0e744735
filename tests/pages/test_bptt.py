"""The page on back-propagation through time: truncation, contributions that add up to the gradient, and one step of descent."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from rnn_core.analysis import descent
from rnn_core.params.build import weights_of
from tests.charts import charts, opened, parts, selected, tables, traces, values, words
from ui.figures.words import number
from ui.i18n import LANGUAGES
from ui.memory.bptt import compute, controls, views

START = controls.SequenceSetup("rnn", 3, 12, 0, "orthogonal", 1.0, "noise", (("b_f", 0.0), ("b_z", 0.0)))


def metric(app, label):
    return next(each.value for each in app.metric if each.label == label)


def layout(app, key):
    return json.loads(charts(app)[key]["figure"])["layout"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", views.VIEWS)
@pytest.mark.parametrize("cell", controls.CELLS)
def test_a_link_opens_every_view_of_every_cell(cell, view, lang):
    app = opened("bptt", lang, cell=cell, view=view, at="every")
    assert (app.session_state["cell"], app.session_state["view"]) == (cell, view)
    assert not app.error
    for chart in charts(app).values():
        go.Figure(json.loads(chart["figure"]))  # with plotly's own checks


@pytest.mark.usefixtures("pictures_are_buttons")
@pytest.mark.parametrize("name", controls.EXAMPLES)
def test_an_example_sets_the_page_and_is_marked(name):
    app = opened("bptt", gain="3.0", wall12="2")
    app.button(key=f"picture_{name}").click().run()
    assert selected(app) == name
    wanted = {**controls.DEFAULTS, **controls.EXAMPLES[name]}
    assert app.session_state["wall12"] == wanted["wall12"]


def test_the_question_is_right():
    lost = {
        name: metric(opened("bptt", gain=gain), "Norm of their difference").split(", ")[1]
        for name, gain in (("forgets", "0.5"), ("grows", "1.5"))
    }
    assert lost == {"forgets": "0.6% of the whole", "grows": "78.9% of the whole"}


def test_without_truncation_nothing_is_cut_off():
    app = opened("bptt", wall12="12", picture="wires")
    assert metric(app, "Norm of their difference") == "0, 0.0% of the whole"
    assert metric(app, "Gradient, whole") == metric(app, "Gradient, truncated")
    assert all(shape["line"].get("dash") != "dot" for shape in layout(app, "unrolled")["shapes"])


def test_truncation_is_drawn_where_it_cuts_and_the_wires_behind_it_are_dotted():
    shapes = layout(opened("bptt", wall12="7", picture="wires"), "unrolled")["shapes"]
    wires = [shape for shape in shapes if shape.get("yref") != "paper"]
    (mark,) = [shape for shape in shapes if shape not in wires]
    assert mark["x0"] == mark["x1"] == 7.5
    dotted = {max(wire["x0"], wire["x1"]) for wire in wires if wire["line"].get("dash") == "dot"}
    whole = {max(wire["x0"], wire["x1"]) for wire in wires if wire["line"].get("dash") != "dot"}
    assert dotted == set(range(1, 9))  # up to the wire from h_8 to h_7, where the gradient is truncated
    assert whole == set(range(8, 13))


def test_a_wire_is_the_wider_the_longer_its_gradient():
    flow = compute.run(START, (12,), 12).flow
    wires = [
        shape
        for shape in layout(opened("bptt", wall12="12", picture="wires"), "unrolled")["shapes"]
        if shape["y0"] == shape["y1"]
    ]
    widths = np.array([wire["line"]["width"] for wire in sorted(wires, key=lambda wire: wire["x0"])])
    assert len(widths) == 12
    np.testing.assert_array_equal(np.argsort(widths), np.argsort(flow.from_later))
    per_decade = np.diff(widths) / np.diff(np.log10(flow.from_later))
    assert per_decade[0] > 0.0
    np.testing.assert_allclose(per_decade, per_decade[0], rtol=1e-9)


@pytest.mark.parametrize("cell", controls.CELLS)
def test_the_bars_of_every_weight_add_up_to_its_gradient(cell):
    app = opened("bptt", cell=cell, at="every", wall12="5")
    for weight, total in weights_of(_run_of(app, cell).truncated.grads.params).items():
        app.selectbox(key=f"weight_{cell}").set_value(weight).run()
        *bands, marks, _without = traces(app, "stacked")
        stack = sum(values(band["y"]) for band in bands)
        np.testing.assert_allclose(stack, total.ravel(), rtol=0, atol=1e-12)
        np.testing.assert_allclose(values(marks["y"]), total.ravel(), rtol=0, atol=1e-12)


def _run_of(app, cell):
    keep, gain, scheme = (0.0, 1.0, "orthogonal") if cell == "rnn" else (3.0, 1.0, "torch")
    setup = controls.SequenceSetup(cell, 3, 12, 0, scheme, gain, "noise", (("b_f", keep), ("b_z", keep)))
    return compute.run(setup, tuple(range(1, 13)), 5)


def test_played_back_the_bars_grow_from_the_last_step_to_the_first():
    each = compute.run(START, (12,), 6).truncated.grads.contributions("W_hh").reshape(12, -1)
    figure = json.loads(charts(opened("bptt", picture="network"))["stacked"]["figure"])
    frames, kinds = figure["frames"], [trace["type"] for trace in figure["data"]]
    # A frame is laid over the chart: what it does not say stays, but for the kind, which plotly always says.
    assert all([trace["type"] for trace in frame["data"]] == kinds[: len(frame["data"])] for frame in frames)
    assert [frame["name"] for frame in frames] == ["1–12", "12", *(f"{first}–12" for first in range(11, 0, -1))]
    for frame, first in zip(frames, (0, *range(11, -1, -1)), strict=True):
        np.testing.assert_allclose(values(frame["data"][-1]["y"]), each[first:].sum(axis=0), rtol=0, atol=1e-12)


def test_one_entry_adds_up_in_the_chart_and_in_the_table():
    app = opened("bptt", entry23="[2,1]")
    (bars,) = traces(app, "adding_up")
    parts, base = values(bars["y"]), values(bars["base"])
    np.testing.assert_allclose(
        base[:-1], (base + parts)[1:], rtol=0, atol=1e-15
    )  # each begins where the later ones end
    run = compute.run(START, (12,), 6)
    assert base[0] + parts[0] == pytest.approx(run.truncated.grads.params.W_hh[1, 0], abs=1e-12)
    shown = layout(app, "adding_up")["annotations"]
    assert number(float(run.whole.grads.params.W_hh[1, 0])) in shown[1]["text"]
    app.session_state["arithmetic_open"] = True
    app.run()
    ((heads, *rows),) = tables(app)
    assert heads[-1] == "sum so far"
    assert rows[-1][-1] == number(float(run.truncated.grads.params.W_hh[1, 0]))


def test_the_loss_looks_at_the_chosen_steps():
    app = opened("bptt", at="some", at12="3", picture="wires")
    app.button_group(key="at12").set_value([3, 7]).run()
    losses = [trace for trace in traces(app, "unrolled") if trace["marker"].get("symbol") == "square"]
    assert values(losses[0]["x"]).tolist() == [3, 7]
    assert metric(app, "Loss L") == number(compute.run(START, (3, 7), 6).whole.loss.value)
    app.button_group(key="at12").set_value([]).run()
    assert metric(app, "Loss L") == number(compute.run(START, (12,), 6).whole.loss.value)
    assert len(app.info) == 1


def test_contributions_go_on_before_a_truncation_where_there_is_an_earlier_loss():
    app = opened("bptt", at="every", wall12="3", weight_rnn="W_xh")
    assert np.isfinite(values(traces(app, "lengths")[1]["y"])).all()
    app = opened("bptt", wall12="3", weight_rnn="W_xh")
    logs = values(traces(app, "lengths")[1]["y"])
    assert np.isnan(logs[:9]).all()
    norms = compute.run(START, (12,), 3).truncated.grads.contribution_norms("W_xh")
    np.testing.assert_allclose(logs[9:], np.log10(norms[9:]), rtol=1e-12)
    assert charts(app)["lengths"]["note"]


def test_the_diagram_starts_backward_with_the_truncated_gradient():
    app = opened("bptt", view="numbers", wall12="4")
    (stepper,) = [data for data in parts(app) if "cells" in data]
    assert stepper["direction"] == "backward"
    assert stepper["cells"][0]["truncate"] == 4
    assert stepper["cursor"] == "bptt"


def test_one_step_down_leads_where_the_page_says():
    app = opened("bptt", view="down", rate="0.2")
    run = compute.run(START, (12,), 6)
    for label, done in (("Loss after", run.whole), ("Loss after, truncated", run.truncated)):
        lower = descent.updated(done.network, descent.gradient_of(done), 0.2)
        after = descent.forward_and_backward(lower, done.trace.xs, [11]).loss.value
        assert metric(app, label) == number(after)
    assert metric(app, "Loss before") == number(run.whole.loss.value)
    assert "= " in words(app)


def test_the_longest_and_the_shortest_run():
    for steps, units in (("2", "1"), ("24", "5")):
        for cell in controls.CELLS:
            app = opened("bptt", cell=cell, T=steps, H=units, at="every", picture="wires")
            assert len(values(traces(app, "unrolled")[0]["x"])) == int(steps)


def test_choices_of_another_page_do_not_apply_here():
    app = opened("states", T="500", H="64", cell="gru", input="wave")
    app.query_params.clear()  # as a link in the menu does
    app.switch_page("pages/bptt.py").run()
    assert not app.exception
    assert app.session_state["picture"] == "hand"
    app.button_group(key="picture").set_value("wires").run()
    assert (app.session_state["cell"], app.session_state["input"]) == ("rnn", "noise")
    assert len(values(traces(app, "unrolled")[0]["x"])) == 12


@pytest.mark.parametrize("signal", ["silence", "pulse", "constant"])
def test_a_gradient_of_zero_is_drawn(signal):
    for view in views.VIEWS:
        app = opened("bptt", input=signal, gain="0.0", view=view)
        assert not app.error
