"""The training lab as a visitor uses it: train, pause, one step, from the start, save and open, and another setting."""

import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.charts import charts, opened, traces, values, words
from ui import lab_controls, lab_settings
from ui.training import TrainingRun

SMALL = {"T": "10", "H": "4", "budget": "400"}
SLOW = 120.0  # seconds: the first chunk waits for a worker to start, on a machine that others use


def run_of(app: AppTest) -> TrainingRun:
    return app.session_state["seat"].visitor.runs["lab"]


def until(app: AppTest, condition: Callable[[], object]) -> None:
    """Looks as the page does, until it is so."""
    end = time.monotonic() + SLOW
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)
        app.run()
    app.run()
    assert not app.exception


def at_rest(app: AppTest) -> bool:
    return run_of(app).progress().phase != "running"


def losses(app: AppTest) -> list[float]:
    return values(next(each for each in traces(app, "loss") if each.get("name") == "training")["y"]).tolist()


def test_one_step_train_pause_and_the_same_again_from_the_start() -> None:
    app = opened("lab", **SMALL)
    assert charts(app) == {}
    app.button(key="one_step").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 1)
    first = losses(app)
    assert set(charts(app)) == {"loss", "success", "felt", "example"}
    app.button(key="resume").click().run()
    until(app, lambda: run_of(app).progress().step > 5)
    if not at_rest(app):
        app.button(key="pause").click().run()
    until(app, lambda: at_rest(app))
    seen = losses(app)
    assert seen[:1] == first
    app.button(key="restart").click().run()
    assert charts(app) == {}
    app.button(key="resume").click().run()
    until(app, lambda: run_of(app).progress().phase == "ended")
    assert losses(app)[: len(seen)] == seen
    assert "400" in app.success[0].value
    assert len(app.select_slider[0].options) > 1


def test_a_changed_setting_begins_anew_and_keeps_the_curve_before() -> None:
    app = opened("lab", **SMALL)
    app.button(key="resume").click().run()
    until(app, lambda: run_of(app).progress().phase == "ended")
    before = run_of(app)
    app.button_group(key="cell").set_value("gru").run()
    assert run_of(app) is not before
    assert run_of(app).settings.cell == "gru"
    assert run_of(app).progress().phase == "new"
    app.button(key="one_step").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 1)
    assert "before: RNN tanh" in [each.get("name") for each in traces(app, "loss")]


def test_a_run_that_is_saved_opens_with_its_settings_and_a_foreign_file_is_refused() -> None:
    app = opened("lab", **SMALL, cell="gru", clip="0.5")
    app.button(key="one_step").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 1)
    saved = run_of(app).save()
    other = opened("lab", **SMALL)
    other.file_uploader(key="run_file").set_value(("a.safetensors", b"\x80\x04 a pickle", "")).run()
    assert "pickle" in other.error[0].value
    other.file_uploader(key="run_file").set_value(("b.safetensors", saved, "")).run()
    assert not other.exception
    assert run_of(other).progress().step == 1
    assert (other.session_state["cell"], other.session_state["clip"]) == ("gru", 0.5)
    other.run()
    assert run_of(other).progress().step == 1


def test_every_experiment_is_a_run_that_can_begin_and_tells_its_story() -> None:
    app = opened("lab")
    for name in lab_controls.EXAMPLES:
        app.button_group(key="example_lab").set_value(name).run()
        assert not app.exception
        wanted = lab_settings.DEFAULTS | lab_controls.EXAMPLES[name]
        assert lab_settings.values_of(run_of(app).settings) == wanted
        assert app.session_state["example_lab"] == name
    assert "95 %" in words(app)


def test_nonsense_in_the_link_opens_the_default_run() -> None:
    app = opened("lab", task="none", cell="", T="1e9", rate="nan", H="-3", budget="many")
    assert lab_settings.values_of(run_of(app).settings) == lab_settings.DEFAULTS


def test_a_visitor_who_comes_back_finds_the_run_as_it_was_left() -> None:
    app = opened("lab", cell="lstm", **SMALL)
    app.button(key="one_step").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 1)
    left = run_of(app)
    app.switch_page("pages/variants.py").run()
    app.query_params.clear()
    app.switch_page("pages/lab.py").run()
    assert not app.exception
    assert run_of(app) is left
    assert run_of(app).progress().step == 1
