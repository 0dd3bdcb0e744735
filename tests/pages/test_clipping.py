"""The page on clipping: facts 16 and 17 computed, the start set by a click, and links that open the same descent."""

import json

import numpy as np
import pytest

from rnn_core.analysis import cliff
from tests.charts import charts, opened, traces, values
from ui.memory.clipping.figures import cliff as figures


def line(app, key, name):
    trace = next(trace for trace in traces(app, key) if trace.get("name") == name)
    return values(trace["x"]), values(trace["y"])


def test_fact_16_without_clipping_the_wall_throws_the_path_out_of_the_picture():
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


def test_every_step_is_a_frame_and_the_last_is_the_whole_path():
    shown = opened("clipping")
    for key in ("cliff", "space"):
        frames = json.loads(charts(shown)[key]["figure"])["frames"]
        assert [frame["name"] for frame in frames] == [f"step {step}" for step in range(51)]
        assert json.loads(charts(shown)[key]["figure"])["layout"]["meta"]["begins_at_end"]


def test_fact_17_clipping_shortens_what_explodes_and_leaves_what_has_vanished():
    app = opened("clipping")
    vanishing, exploding = (
        {trace.get("name"): values(trace["y"]) for trace in traces(app, key)} for key in ("vanishing", "exploding")
    )
    np.testing.assert_array_equal(vanishing["raw"], vanishing["clipped"])
    assert vanishing["raw"][0] < 1e-9 * vanishing["raw"][-1]
    ratio = exploding["clipped"] / exploding["raw"]
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-12)
    assert ratio[0] < 1e-3
    assert "4.3·10⁴ in all, 5 after" in charts(app)["exploding"]["alt"]


def test_a_click_on_the_map_is_the_new_start_until_a_slider_moves():
    app = opened("clipping")
    app.session_state["cliff"] = {"click": {"curve": 0, "row": None, "column": 3, "x": 5.004, "y": -9.0}}
    app.run()
    assert app.slider(key="w0").value == 5.0
    assert app.slider(key="b0").value == -2.9  # the edge of the picture
    app.slider(key="w0").set_value(4.2).run()
    assert app.slider(key="w0").value == 4.2


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
