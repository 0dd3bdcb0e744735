"""The experiments as a visitor reads them: every story, recorded and live, and the counter that is dragged."""

import time

import pytest

from rnn_core.lab.comparison import Comparison
from rnn_core.lab.experiments import EXPERIMENTS
from rnn_core.lab.recorded import names
from tests.charts import charts, opened, tables, words
from ui.runs.run_set import RunSet

SLOW = 180.0  # seconds: the first chunk waits for a worker to start, on a machine that others use


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_story_asks_shows_its_recorded_runs_and_says_what_came_out(lang: str) -> None:
    app = opened("experiments", lang)
    for name in EXPERIMENTS:
        app.button_group(key="story").set_value(name).run()
        assert not app.exception
        assert app.button_group(key=f"guess_experiments_{name}").options
        if name in names():
            assert any(key.startswith("story_") for key in charts(app))
            assert len(tables(app)[0]) > 1
            assert f"record {name}" in "".join(caption.value for caption in app.caption)
            assert app.expander
        else:
            assert app.button(key="story_run")


def test_a_live_run_says_what_it_costs_starts_and_is_set_aside_by_another_story() -> None:
    app = opened("experiments", story="forget", runs_from="live")
    assert charts(app) == {}
    assert "takes about" in words(app)
    app.button(key="story_run").click().run()
    runs: RunSet = app.session_state["run set story forget"]
    end = time.monotonic() + SLOW
    while not charts(app):
        assert time.monotonic() < end
        time.sleep(0.2)
        app.run()
    assert set(charts(app)) == {"story_0_loss", "story_0_success"}
    app.button_group(key="story").set_value("cells").run()
    assert runs.progress().phase == "paused"
    app.button_group(key="story").set_value("forget").run()
    app.button(key="story_stop").click().run()
    assert runs.progress().phase == "ended"
    assert app.session_state["visitor session"].visitor.runs == {}


def test_the_counter_is_dragged_and_a_link_opens_the_same_settings_elsewhere() -> None:
    app = opened("experiments", story="counting", counter_n="30")
    assert {"counter_memory", "counter_right"} <= set(charts(app))
    assert "n = 30" in words(app)
    app.slider(key="counter_n").set_value(3).run()
    assert "n = 3" in words(app)
    packed = Comparison(EXPERIMENTS["cells"].settings, seeds=1).pack()
    assert opened("runs", list=packed).session_state["runs_comparison"].settings == EXPERIMENTS["cells"].settings
