"""The page on clipping: facts 16 and 17 computed, the start set by a click, and links that open the same descent."""

import json

import numpy as np
import pytest

from rnn_core.analysis import cliff
from tests.charts import charts, opened, selected, set_dial, title, traces, values
from ui.figures.words import number
from ui.memory.clipping import compute, presets
from ui.memory.clipping.controls import DEFAULTS
from ui.memory.clipping.figures import cliff as figures


def line(app, key, name):
    trace = next(trace for trace in traces(app, key) if trace.get("name") == name)
    return values(trace["x"]), values(trace["y"])


def test_fact_16_without_clipping_the_path_leaves_the_chart_at_the_cliff():
    app = opened("clipping")
    for name, how in (("no clipping", "none"), ("by norm", "norm"), ("by value", "value")):
        expected = cliff.descend((4.7, -1.85), 0.2, 50, [how], 0.5)[0]
        np.testing.assert_array_equal(np.stack(line(app, "cliff", name), axis=1), expected.points)
        np.testing.assert_array_equal(line(app, "losses", name)[1], expected.losses)
    assert line(app, "losses", "no clipping")[1][-1] > 0.08
    assert line(app, "losses", "by norm")[1][-1] < 0.001
    assert np.ptp(line(app, "cliff", "no clipping")[0]) > 5


def test_the_map_shows_the_loss_of_fact_16():
    ground = traces(opened("clipping"), "cliff")[0]
    w, b, losses = (values(ground[axis]) for axis in "xyz")
    np.testing.assert_allclose(losses, cliff.losses(w[None, :], b[:, None]).values, rtol=1e-6, atol=1e-9)


def test_every_step_is_a_frame_and_the_first_shown_is_after_the_longest_gradient():
    shown = opened("clipping")
    for key in ("cliff", "space"):
        frames = json.loads(charts(shown)[key]["figure"])["frames"]
        assert [frame["name"] for frame in frames] == [f"step {step}" for step in range(51)]
        assert json.loads(charts(shown)[key]["figure"])["layout"]["meta"]["begins_at"] == 27
    found = cliff.descend((4.7, -1.85), 0.2, 50, ("norm",), 0.5)[0]
    lengths = np.linalg.norm(found.gradients, axis=1)
    assert lengths.argmax() == 26
    sentence = title(shown, "cliff")
    assert sentence.startswith(f"Step 27: the gradient’s norm is <b>{number(float(lengths[26]))}</b>")
    assert "leaves the map" in sentence


def test_the_sentence_says_when_clipping_changes_nothing():
    shown = opened("clipping", clip="5.0", w0="4.2", b0="-2.6")
    assert title(shown, "cliff").startswith("No gradient on the clipped path exceeds the threshold c = 5")


def test_fact_17_clipping_shortens_exploding_gradients_and_leaves_vanished_ones():
    app = opened("clipping")
    vanishing, exploding = (
        {trace.get("name"): values(trace["y"]) for trace in traces(app, key)} for key in ("vanishing", "exploding")
    )
    np.testing.assert_array_equal(vanishing["before clipping"], vanishing["after clipping"])
    assert vanishing["before clipping"][0] < 1e-9 * vanishing["before clipping"][-1]
    ratio = exploding["after clipping"] / exploding["before clipping"]
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-12)
    assert ratio[0] < 1e-3
    assert "norm 4.3·10⁴ before clipping, 5 after clipping" in charts(app)["exploding"]["alt"]


def test_a_click_on_the_map_is_the_new_start_until_a_slider_moves():
    app = opened("clipping")
    app.session_state["cliff"] = {"click": {"curve": 0, "row": None, "column": 3, "x": 5.004, "y": -9.0}}
    app.run()
    assert app.session_state["w0"] == 5.0
    assert app.session_state["b0"] == -2.9  # the edge of the picture
    set_dial(app, w0=4.2)
    assert app.session_state["w0"] == 4.2


def test_a_link_opens_the_same_descent():
    app = opened("clipping", w0="5.1", b0="-2.3", rate="0.5", clip="0.2")
    expected = cliff.descend((5.1, -2.3), 0.5, 50, ["norm"], 0.2)[0]
    np.testing.assert_array_equal(line(app, "losses", "by norm")[1], expected.losses)


@pytest.mark.parametrize("square", [False, True])
def test_the_arrows_are_the_downhill_steps(square):
    raw = np.array([-0.3, 0.9])
    used = cliff.clipped(raw, "value" if square else "norm", 0.5)
    chart = figures.one_step(raw, used, 0.5, square=square, title="t")
    _limit, before, after = chart.figure.to_plotly_json()["data"]
    np.testing.assert_allclose([before["x"][1], before["y"][1]], -raw)
    np.testing.assert_allclose([after["x"][1], after["y"][1]], -used)
    assert ("0 degrees" in chart.alt) != square


def test_a_path_that_leaves_the_box_is_drawn_to_its_edge():
    low, high = np.array([0.0, 0.0]), np.array([1.0, 1.0])
    path = np.array([[0.5, 0.5, 1.0], [0.75, 0.5, 2.0], [1.25, 0.5, 4.0], [0.5, 0.5, 1.0]])
    np.testing.assert_allclose(figures._inside_the_box(path, low, high), [*path[:2], [1.0, 0.5, 3.0]])
    np.testing.assert_array_equal(figures._inside_the_box(path[:2], low, high), path[:2])
    assert np.isnan(figures._inside_the_box(path + 5, low, high)).all()


def descents_of(name):
    now = {**DEFAULTS, **presets.EXAMPLES[name]}
    return compute.descents((now["w0"], now["b0"]), now["rate"], now["clip"])


def test_the_texts_of_the_presets_say_what_their_paths_do():
    """lessons/clipping/presets."""
    wall, tight, loose, fast, valley = map(descents_of, ("wall", "tight", "loose", "fast", "valley"))
    for thrown in (wall, fast):
        assert np.ptp(thrown.free.points, axis=0).max() > 5  # outside the picture
        assert max(thrown.by_norm.losses[-1], thrown.by_value.losses[-1]) < 0.011
    moves = np.linalg.norm(np.diff(tight.by_norm.points, axis=0), axis=1)
    assert moves.max() <= 0.01 + 1e-12
    assert np.linalg.norm(tight.by_norm.gradients, axis=1).max() < 1  # it never reaches the steepest place
    assert tight.by_norm.losses[-1] < 0.001
    assert min(loose.by_norm.losses[-1], loose.by_value.losses[-1]) > loose.by_norm.losses[0]
    for path in (valley.free, valley.by_norm, valley.by_value):
        assert path.losses[-1] < 0.001
        assert np.linalg.norm(path.gradients, axis=1).max() < 2  # no wall
    assert (np.linalg.norm(valley.by_norm.gradients, axis=1) > DEFAULTS["clip"]).any()  # a few steps are clipped


@pytest.mark.usefixtures("pictures_are_buttons")
def test_a_preset_sets_the_descent_and_is_lit():
    app = opened("clipping")
    assert selected(app) == "wall"
    app.button(key="picture_valley").click().run()
    assert selected(app) == "valley"
    assert app.session_state["w0"] == 4.2
    set_dial(app, w0=4.3)
    assert selected(app) is None
