"""The page on experiments: every experiment, recorded and live, and its sliders and links."""

import time

import pytest

from rnn_core.lab.comparison import Comparison
from rnn_core.lab.experiments import EXPERIMENTS
from tests.charts import charts, opened, selected, tables, words
from ui.runs.run_set import RunSet

SLOW = 180.0  # seconds: the first chunk waits for a worker to start, on a machine that others use


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_experiment_has_a_question_recorded_runs_and_a_result(lang: str) -> None:
    app = opened("experiments", lang)
    for name in EXPERIMENTS:
        app.session_state["story"] = name
        app.run()
        assert not app.exception
        assert selected(app) == name
        assert app.button_group(key=f"guess_experiments_{name}").options  # open by itself, over the picture
        assert any(key.startswith("story_") for key in charts(app))
        assert len(tables(app)[0]) > 1
        assert f"record {name}" in "".join(caption.value for caption in app.caption)
        assert app.expander


def test_a_live_run_states_its_cost_starts_and_is_hidden_by_another_experiment() -> None:
    app = opened("experiments", story="forget", runs_from="live")
    assert "takes about" in words(app)
    assert "the recorded runs are shown" in words(app)
    assert tables(app) == []  # of no run of the visitor's own
    app.button(key="story_run").click().run()
    runs: RunSet = app.session_state["run set story forget"]
    end = time.monotonic() + SLOW
    while not tables(app):
        assert time.monotonic() < end
        time.sleep(0.2)
        app.run()
    assert set(charts(app)) == {"story_0_loss", "story_0_success"}
    app.session_state["story"] = "cells"
    app.run()
    assert runs.progress().phase == "paused"
    app.session_state["story"] = "forget"
    app.run()
    app.button(key="story_stop").click().run()
    assert runs.progress().phase == "ended"
    assert app.session_state["visitor session"].visitor.runs == {}


def test_the_counting_example_has_a_slider_and_a_link_to_the_lab() -> None:
    app = opened("experiments", story="counting", counter_n="30")
    assert {"counter_memory", "counter_right"} <= set(charts(app))
    assert "n = 30" in words(app)
    app.slider(key="counter_n").set_value(3).run()
    assert "n = 3" in words(app)
    packed = Comparison(EXPERIMENTS["cells"].settings, seeds=1).pack()
    assert opened("runs", list=packed).session_state["runs_comparison"].settings == EXPERIMENTS["cells"].settings
