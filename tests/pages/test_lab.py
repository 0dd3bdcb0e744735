"""The training lab as a visitor uses it: train, pause, one step, from the start, save and open, and another setting."""

import json
import os
import signal
import time
import tomllib
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.apps.speech.wav import LARGEST as SOUND
from rnn_core.lab.reader import MODERN_GATES
from rnn_core.lab.settings import MOST_PARAMETERS, RunSettings
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.waves import Waves
from rnn_core.learn import runfile
from rnn_core.learn.shapes import MODERN
from tests.charts import ROOT, charts, opened, parts, selected, set_dial, traces, values, words
from ui.figures.words import number
from ui.lab import controls, settings
from ui.lab import run as lab_run
from ui.lab.compute import baseline
from ui.lab.names import inside_note
from ui.runs.executor import workers
from ui.runs.training import Progress, TrainingRun

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
    assert set(charts(app)) == {"example", "recorded"}  # of the network with its first weights
    assert "your guess" not in charts(app)["recorded"]["alt"]
    set_dial(app, guess_adding=1)
    [lowest] = [part["names"][1] for part in parts(app) if part.get("key") == "guess_adding"]
    guess = 1e-4 * baseline(run_of(app).settings.task)
    assert lowest == number(float(f"{guess:.2g}"))
    assert "your guess" in charts(app)["recorded"]["alt"]
    app.button(key="one_step").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 1)
    first = losses(app)
    assert set(charts(app)) == {"loss", "success", "example"}
    app.button_group(key="look").set_value("sizes").run()
    assert not app.exception, "no update is measured yet"
    app.button_group(key="look").set_value("example").run()
    app.button(key="run").click().run()
    until(app, lambda: run_of(app).progress().step > 5)
    if not at_rest(app):
        app.button(key="run").click().run()
    until(app, lambda: at_rest(app))
    seen = losses(app)
    assert seen[:1] == first
    app.button(key="restart").click().run()
    assert set(charts(app)) == {"example", "recorded"}
    app.button(key="run").click().run()
    until(app, lambda: run_of(app).progress().phase == "ended")
    assert losses(app)[: len(seen)] == seen
    loss = run_of(app).progress().held_out_loss
    assert loss is not None
    assert "400" in app.success[0].value
    times = number(float(f"{loss / float(f'{guess:.2g}'):.2g}"))
    said = f"ended at {number(loss)}: your guess of {lowest} was too low by a factor of {times}."
    assert app.success[0].value.endswith(said)
    assert "your guess" in charts(app)["loss"]["alt"]
    set_dial(app, guess_adding=0)
    assert "guess" not in app.success[0].value + charts(app)["loss"]["alt"]
    assert len(app.select_slider[0].options) > 1


def test_the_buttons_follow_a_step_that_ends_while_the_page_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chunk returns after the buttons were drawn, and before the page has decided whether it looks again."""

    def drawn_slowly(run: TrainingRun, progress: Progress) -> None:
        buttons(run, progress)
        if progress.phase == "running":
            run.wait_for_chunk(SLOW)

    buttons = lab_run.buttons
    monkeypatch.setattr(lab_run, "buttons", drawn_slowly)
    app = opened("lab", **SMALL)
    app.button(key="one_step").click().run()
    assert run_of(app).progress().step == 1
    assert app.button(key="run").label == "Go on"


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
    assert "shown beside" in charts(app)["loss"]["alt"]
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


def test_too_large_a_run_is_refused_with_a_message_and_the_run_stays() -> None:
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


def test_a_lost_worker_is_reported_and_the_run_continues() -> None:
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


def test_a_changed_setting_starts_a_new_run_and_keeps_the_curve_before() -> None:
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
    assert "previous run: RNN tanh" in [each.get("name") for each in traces(app, "loss")]


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


def test_incompatible_settings_are_disabled_and_explained() -> None:
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


def test_settings_without_a_widget_come_with_the_link_and_are_removed_by_a_click() -> None:
    wanted = RunSettings(task=Latch(steps=30, noise=0.5), hidden=4, bidirectional=True, dropout=0.25, check_every=9)
    app = opened("lab", **settings.in_link(settings.values_of(wanted)))
    assert run_of(app).settings == wanted
    assert "noise = 0.5" in words(app) or any("noise = 0.5" in each.value for each in app.caption)
    app.button(key="drop_more").click().run()
    assert run_of(app).settings.task == Latch(steps=30)
    assert "more" not in app.query_params


def test_every_preset_opens_as_a_run_with_its_text(pictures_are_buttons: None) -> None:
    app = opened("lab")
    for name in controls.EXAMPLES:
        app.button(key=f"picture_{name}").click().run()
        assert not app.exception
        wanted = settings.DEFAULTS | controls.EXAMPLES[name]
        assert settings.values_of(run_of(app).settings) == wanted
        assert selected(app) == name
        assert {"example", "recorded"} <= set(charts(app))
    assert "95%" in words(app)


def test_nonsense_in_the_link_opens_the_default_run() -> None:
    app = opened("lab", task="none", cell="", T="1e9", rate="nan", H="-3", budget="many")
    assert settings.values_of(run_of(app).settings) == settings.DEFAULTS


def test_a_visitor_who_comes_back_finds_the_run_unchanged() -> None:
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


def test_a_cell_after_the_lstm_is_trained_and_looked_at() -> None:
    """The link names it; what it lacks is disabled; its states, gates and weights have names; the saved run opens."""
    app = opened("lab", **SMALL, cell="gated_delta_net", layers="2", truncate="5")
    assert run_of(app).settings.cell == "gated_delta_net"
    assert run_of(app).settings.truncate is None
    assert app.number_input(key="truncate").disabled
    app.button(key="some_steps").click().run()
    until(app, lambda: at_rest(app) and run_of(app).progress().step == 50)
    app.button_group(key="look").set_value("inside").run()
    assert set(charts(app)) >= {"states", "decay", "write"}
    notes = [caption.value for caption in app.caption]
    assert any("4 × 4 numbers at every time step, which are not drawn here" in note for note in notes)
    app.button_group(key="look").set_value("gradient").run()
    assert "∂L/∂S" in str(json.loads(charts(app)["felt"]["figure"])["layout"]["yaxis"])
    app.button_group(key="look").set_value("sizes").run()
    assert not app.exception
    assert "W_xk, layer 1" in [each["name"] for each in traces(app, "weights") if "name" in each]
    saved = run_of(app).save()
    assert saved is not None
    state, _curves = runfile.load(saved, {RunSettings.kind: RunSettings.read})
    assert state.settings == run_of(app).settings


@pytest.mark.parametrize("cell", MODERN)
def test_the_pictures_of_every_cell_after_the_lstm(cell: str) -> None:
    def page(cell: str) -> None:
        from rnn_core.lab.observe import first_view
        from rnn_core.lab.settings import RunSettings
        from rnn_core.lab.tasks.adding import Adding
        from ui.lab.inside import states_and_gates

        states_and_gates(first_view(RunSettings(task=Adding(steps=10), cell=cell, hidden=20)))

    app = AppTest.from_function(page, args=(cell,)).run(timeout=60)
    assert not app.exception
    assert set(charts(app)) == {"states", *MODERN_GATES[cell]}
    output_is_state = cell in ("min_gru", "min_lstm", "rg_lru", "slstm")
    assert ("Output of the layer" in charts(app)["states"]["alt"]) != output_is_state
    assert bool(inside_note(RunSettings(cell=cell))) == (cell not in ("min_gru", "min_lstm", "rg_lru"))
