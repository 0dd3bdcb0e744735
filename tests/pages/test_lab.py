"""The training lab as a visitor uses it: train, pause, one step, from the start, save and open, and another setting."""

import os
import signal
import time
import tomllib
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from rnn_core.apps.speech.wav import LARGEST as SOUND
from rnn_core.lab.settings import MOST_PARAMETERS, RunSettings
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.waves import Waves
from rnn_core.learn import runfile
from tests.charts import ROOT, charts, opened, traces, values, words
from ui.lab import controls, settings
from ui.runs.executor import workers
from ui.runs.training import TrainingRun

SMALL = {"T": "10", "H": "4", "budget": "400"}
SLOW = 120.0  # seconds: the first chunk waits for a worker to start, on a machine that others use


def run_of(app: AppTest) -> TrainingRun:
    return app.session_state["visitor session"].visitor.runs["lab"]


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
    assert set(charts(app)) == {"felt", "example"}  # of the network with its first weights
    app.button(key="one_step").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 1)
    first = losses(app)
    assert set(charts(app)) == {"loss", "success", "felt", "example"}
    app.button(key="run").click().run()
    until(app, lambda: run_of(app).progress().step > 5)
    if not at_rest(app):
        app.button(key="run").click().run()
    until(app, lambda: at_rest(app))
    seen = losses(app)
    assert seen[:1] == first
    app.button(key="restart").click().run()
    assert set(charts(app)) == {"felt", "example"}
    app.button(key="run").click().run()
    until(app, lambda: run_of(app).progress().phase == "ended")
    assert losses(app)[: len(seen)] == seen
    assert "400" in app.success[0].value
    assert len(app.select_slider[0].options) > 1


def test_some_steps_then_stop_and_what_each_view_shows() -> None:
    app = opened("lab", **SMALL, cell="lstm", layers="2")
    app.button(key="some_steps").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 50)
    seen = {"gradient": {"gradient", "felt"}, "inside": {"states", "cells", "input_gate", "forget_gate"}}
    for look, keys in (seen | {"sizes": {"weights", "updates"}}).items():
        app.button_group(key="look").set_value(look).run()
        assert not app.exception
        assert set(charts(app)) >= {"loss", "success", *keys}
    assert "W_h, layer 1" in [each["name"] for each in traces(app, "weights") if "name" in each]
    first = run_of(app).history.view_steps()[0]
    app.select_slider[0].set_value(first).run()
    assert "seen below" in charts(app)["loss"]["alt"]
    app.button(key="stop").click().run()
    assert "ended this run at step 50" in app.info[0].value
    app.button(key="run").click().run()
    until(app, lambda: run_of(app).progress().step > 50)
    run_of(app).pause()


def test_a_run_goes_on_with_new_settings_and_a_change_can_be_taken_back() -> None:
    app = opened("lab", **SMALL)
    app.button(key="one_step").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 1)
    first = run_of(app)
    app.session_state["optimiser_open"] = True
    app.run()
    app.number_input(key="rate").set_value(0.1).run()
    assert run_of(app).progress().phase == "new"
    app.button(key="undo").click().run()
    assert run_of(app) is first
    assert app.number_input(key="rate").value == 0.005
    app.slider(key="T").set_value(12).run()
    app.slider(key="T").set_value(10).run()
    assert run_of(app) is first, "the settings of a run bring it back"
    app.slider(key="H").set_value(8).run()
    assert not [each for each in app.button if each.key == "fork"], "another network"
    app.slider(key="H").set_value(4).run()
    app.slider(key="T").set_value(20).run()
    app.button(key="fork").click().run()
    until(app, lambda: run_of(app).progress().step > 1)
    forked = run_of(app)
    assert (forked.began_at, forked.settings.task.length) == (1, 20)
    assert "new settings" in charts(app)["loss"]["alt"]
    forked.pause()
    until(app, lambda: at_rest(app))
    app.button(key="restart").click().run()
    assert run_of(app).progress().step == 1
    app.button(key="from_the_seed").click().run()
    assert run_of(app).began_at == 0
    run_of(app).pause()


def test_too_much_is_met_with_a_sentence_and_the_run_stays() -> None:
    app = opened("lab", **SMALL, lang="en", cell="lstm")
    here = run_of(app)
    for name, value in {"H": 256, "layers": 4}.items():
        app.slider(key=name).set_value(value).run()
    assert not app.exception
    assert "1,500,000 weights" in app.warning[0].value
    assert run_of(app).settings.layers == 1
    app.slider(key="H").set_value(4).run()
    assert not app.warning
    assert run_of(app) is not here
    huge = opened("lab", T="200", H="256", batch="512", cell="lstm", layers="2")
    assert "would take seconds" in huge.warning[0].value
    assert not [each for each in huge.button if each.key == "run"]


def test_a_run_that_explodes_says_so_and_can_go_on_with_clipping() -> None:
    query = {**SMALL, "task": "waves", "cell": "rnn-relu", "init": "spectral_radius", "w_gain": "8", "rate": "100"}
    app = opened("lab", **query, optimiser="sgd")
    app.button(key="run").click().run()
    until(app, lambda: run_of(app).progress().phase == "ended")
    assert "larger than any number" in app.warning[0].value
    assert charts(app)["loss"]["alt"]
    assert run_of(app).save() is not None


def test_a_lost_worker_is_told_and_the_run_goes_on() -> None:
    app = opened("lab", T="10", H="4", budget="1000000")
    app.button(key="run").click().run()
    until(app, lambda: run_of(app).progress().step > 0)
    for process in workers()._executor.processes:
        os.kill(process.pid, signal.SIGKILL)
    until(app, lambda: run_of(app).progress().lost)
    lost_at = run_of(app).progress().step
    until(app, lambda: run_of(app).progress().step > lost_at)
    run_of(app).pause()
    assert "A worker was lost" in app.info[0].value


def test_a_changed_setting_begins_anew_and_keeps_the_curve_before() -> None:
    app = opened("lab", **SMALL)
    app.button(key="run").click().run()
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
    refused = {
        b"\x80\x04 a pickle": "holds a program",
        b"PK\x03\x04": "holds a program",
        saved[:-9]: "is damaged",
        saved[:40]: "not a run that was saved here",
        b"": "not a run that was saved here",
        bytes(200): "not a run that was saved here",
    }
    for data, said in refused.items():
        other.file_uploader(key="run_file").set_value(("a.safetensors", data, "")).run()
        assert not other.exception
        assert said in other.error[0].value
        assert run_of(other).progress().phase == "new"
    other.file_uploader(key="run_file").set_value(("b.safetensors", saved, "")).run()
    assert not other.exception
    assert run_of(other).progress().step == 1
    assert (other.session_state["cell"], other.session_state["clip"]) == ("gru", 0.5)
    other.run()
    assert run_of(other).progress().step == 1
    assert run_of(other).settings == run_of(app).settings


def test_settings_that_cannot_be_combined_are_out_of_reach_and_say_why() -> None:
    asked = {"task": "waves", "cell": "gru", "two_way": "true", "truncate": "5", "true_first": "0.5", "keep": "2"}
    asked |= {"forget": "1", "chrono": "50", "w_gain": "3", "decay": "0.1", "same_mask": "true", "symbol_size": "8"}
    app = opened("lab", **asked)
    off = {each.key: each.help for each in [*app.number_input, *app.toggle] if each.disabled}
    assert off.keys() - {"momentum"} == {
        *("two_way", "truncate", "keep", "forget", "w_gain", "decay", "same_mask", "symbol_size")
    }
    assert off["forget"] == "Chrono sets this bias."
    assert run_of(app).settings == RunSettings(
        task=Waves(steps=50), cell="gru", chrono=50, teacher_forcing=0.5, check_every=50
    )


def test_the_server_takes_the_largest_file_of_any_page() -> None:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        allowed = tomllib.load(file)["server"]["maxUploadSize"]
    weights_and_moments, curves = 3 * 4 * MOST_PARAMETERS, 1_000_000
    assert weights_and_moments + curves <= allowed * 2**20 <= runfile.LARGEST
    assert allowed * 2**20 >= SOUND


def test_what_no_widget_shows_comes_with_the_link_and_goes_at_a_click() -> None:
    wanted = RunSettings(task=Latch(steps=30, noise=0.5), hidden=4, bidirectional=True, dropout=0.25, check_every=9)
    app = opened("lab", **settings.in_link(settings.values_of(wanted)))
    assert run_of(app).settings == wanted
    assert "noise = 0.5" in words(app) or any("noise = 0.5" in each.value for each in app.caption)
    app.button(key="drop_more").click().run()
    assert run_of(app).settings.task == Latch(steps=30)
    assert "more" not in app.query_params


def test_every_experiment_is_a_run_that_can_begin_and_tells_its_story() -> None:
    app = opened("lab")
    for name in controls.EXAMPLES:
        app.button_group(key="example_lab").set_value(name).run()
        assert not app.exception
        wanted = settings.DEFAULTS | controls.EXAMPLES[name]
        assert settings.values_of(run_of(app).settings) == wanted
        assert app.session_state["example_lab"] == name
    assert "95%" in words(app)


def test_nonsense_in_the_link_opens_the_default_run() -> None:
    app = opened("lab", task="none", cell="", T="1e9", rate="nan", H="-3", budget="many")
    assert settings.values_of(run_of(app).settings) == settings.DEFAULTS


def test_a_visitor_who_comes_back_finds_the_run_as_it_was_left() -> None:
    app = opened("lab", cell="lstm", **SMALL)
    app.button(key="one_step").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 1)
    left = run_of(app)
    for elsewhere in ("variants", "home"):
        app.switch_page(f"pages/{elsewhere}.py").run()
        app.query_params.clear()
        app.switch_page("pages/lab.py").run()
        assert not app.exception
        assert run_of(app) is left
        assert run_of(app).progress().step == 1
