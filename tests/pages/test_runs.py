"""Comparing runs as a visitor does: start, progress, table, CSV, notebook, changing the list, and a link."""

import csv
import io
import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from rnn_core.lab.comparison import Comparison, check_interval
from rnn_core.lab.outcomes import COLUMNS
from rnn_core.lab.ready import READY, record_name
from rnn_core.lab.recorded import recording
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.adding import Adding
from tests.charts import charts, opened, parts, selected, tables, traces, words
from ui.lab.comparison import view
from ui.runs.run_set import RunSet

SLOW = 180.0  # seconds: the first chunk waits for a worker to start, on a machine that others use
SHARED = {"task": Adding(steps=10), "hidden": 4, "budget": 40, "check_every": check_interval(40)}
SMALL = Comparison((RunSettings(cell="rnn-tanh", **SHARED), RunSettings(cell="gru", **SHARED)), seeds=2)


def runs_of(app: AppTest) -> RunSet:
    return app.session_state["run set runs"]


def comparison(app: AppTest) -> Comparison:
    return app.session_state["runs_comparison"]


def until(app: AppTest, condition: Callable[[], object]) -> None:
    end = time.monotonic() + SLOW
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)
        app.run()
    app.run()
    assert not app.exception


def test_start_progress_table_csv_and_notebook() -> None:
    app = opened("runs", list=SMALL.pack())
    assert comparison(app) == SMALL
    assert set(charts(app)) == {"runs_recorded_loss", "runs_recorded_success"}
    assert "a recorded comparison with its own settings: **Which cell learns to add?** (15 runs)" in words(app)
    app.button(key="runs_run").click().run()
    until(app, lambda: runs_of(app).progress().phase == "ended")
    progress = runs_of(app).progress()
    assert (progress.done, progress.step, progress.budget) == (4, 160, 160)
    assert set(charts(app)) == {"runs_loss", "runs_success"}
    [names] = [each["text"] for each in traces(app, "runs_loss") if each["mode"] == "text"]
    assert sorted(text.strip() for text in names) == ["GRU", "RNN tanh", "baseline"]
    [[heads, *rows]] = tables(app)
    table = dict(zip(heads, zip(*rows, strict=True), strict=True))
    assert table["Setting"] == ("RNN tanh", "GRU")
    assert table["Parameters"] == tuple(f"{each.parameters:,}" for each in SMALL.settings)
    assert [count.split(" of ")[1] for count in table["Solved"]] == ["2", "2"]
    assert app.session_state["visitor session"].visitor.runs == {}
    assert [button.proto.label for button in app.get("download_button")] == [
        "Notebook with PyTorch",
        "Numbers as CSV",
        "Numbers as NPZ (NumPy)",
        "All numbers as CSV",
        "The runs as a notebook",
    ]
    numbers = app.session_state["take_along"].numbers
    assert {name: len(values) for name, values in numbers.items() if name != "settings"} == dict.fromkeys(
        ("setting", "seed", "step", *COLUMNS), sum(len(run.steps) for run in runs_of(app).outcomes().values())
    )
    grouped = view.by_setting(runs_of(app).outcomes())
    rows = list(csv.DictReader(io.StringIO(view.csv_of(SMALL, grouped))))
    assert {(row["setting"], row["seed"]) for row in rows} == {(n, s) for n in ("RNN tanh", "GRU") for s in "01"}
    assert rows[-1]["step"] == "40"


def test_pause_stop_and_a_change_keeps_what_is_done() -> None:
    long = Comparison(tuple(each.changed(budget=5000, check_every=125) for each in SMALL.settings), seeds=1)
    app = opened("runs", list=long.pack())
    app.button(key="runs_run").click().run()
    until(app, lambda: len(runs_of(app).outcomes()) == 2)
    app.button(key="runs_run").click().run()
    until(app, lambda: runs_of(app).progress().phase == "paused")
    app.button(key="runs_stop").click().run()
    assert runs_of(app).progress().phase == "ended"
    assert len(runs_of(app).outcomes()) == 2
    assert app.session_state["visitor session"].visitor.runs == {}
    app.button(key="runs_restart").click().run()
    assert runs_of(app).progress().phase == "new"
    assert runs_of(app).outcomes() == {}


def test_the_list_is_changed_copied_and_kept_in_the_link() -> None:
    app = opened("runs", list=SMALL.pack())
    app.button(key="runs_copy").click().run()
    assert len(comparison(app).settings) == 3
    app.selectbox(key="runs_cell_2").set_value("lstm").run()
    app.number_input(key="runs_forget_bias_2").set_value(1.0).run()
    app.slider(key="runs_seeds").set_value(5).run()
    app.selectbox(key="runs_task").set_value("parity").run()
    now = comparison(app)
    assert [each.cell for each in now.settings] == ["rnn-tanh", "gru", "lstm"]
    assert (now.seeds, now.task.name, now.settings[2].forget_bias) == (5, "parity", 1.0)
    assert Comparison.unpack(app.query_params["list"]) == now
    app.selectbox(key="runs_cell_2").set_value("rnn-relu").run()
    assert comparison(app).settings[2].forget_bias is None
    app.button(key="runs_remove").click().run()
    assert len(comparison(app).settings) == 2


def test_a_preset_is_drawn_from_recorded_runs_of_its_own_settings() -> None:
    app = opened("runs")
    assert selected(app) == "cells"
    assert "recorded runs of the same settings and seeds (9 runs)" in words(app)
    [pictures] = [part["options"] for part in parts(app) if part.get("chosen") == "cells"]
    assert {each["name"]: len(each["lines"]) for each in pictures} == {
        name: len(ready.settings) for name, ready in READY.items()
    }
    app.session_state["runs_comparison"] = READY["sizes"]  # as a click on its picture does
    app.run()
    assert selected(app) == "sizes"
    assert len([each for each in traces(app, "runs_recorded_loss") if str(each.get("name")).startswith("H = ")]) >= 5
    app.slider(key="runs_seeds").set_value(4).run()
    assert selected(app) is None
    assert "a recorded comparison with its own settings" in words(app)


def test_a_broken_link_shows_a_message_and_the_lab_can_be_added() -> None:
    app = opened("runs", list="nonsense")
    assert "cannot be read" in app.warning[0].value
    assert app.button(key="runs_add_lab").disabled
    app.switch_page("pages/lab.py").run()
    app.switch_page("pages/runs.py").run()
    before = len(comparison(app).settings)
    app.button(key="runs_add_lab").click().run()
    assert len(comparison(app).settings) == before + 1
    assert comparison(app).settings[-1].task == comparison(app).task


def test_cells_after_the_lstm_are_choices_and_drop_what_they_lack() -> None:
    options = SMALL.settings[1].changed(init="orthogonal", gain=0.5, truncate=4, forget_bias=1.0)
    app = opened("runs", list=Comparison((SMALL.settings[0], options), 2).pack())
    app.button_group(key="runs_place").set_value(1).run()
    app.selectbox(key="runs_cell_1").set_value("lru").run()
    now = comparison(app).settings[1]
    assert (now.cell, now.init, now.gain, now.truncate, now.forget_bias) == ("lru", "torch", 1.0, None, None)
    assert Comparison.unpack(app.query_params["list"]) == comparison(app)
    assert "runs_init_1" not in [box.key for box in app.selectbox]


def test_the_ready_cells_after_the_lstm_came_out_as_its_lesson_says() -> None:
    """A GRU, minGRU, minLSTM and DeltaNet add; an LRU, which is linear in its inputs, ends at the baseline."""
    ends = {"lru": [], "others": []}
    for outcome in recording(record_name("after")).outcomes:
        ends["lru" if outcome.settings.cell == "lru" else "others"].append(outcome.loss[-1])
    floor = READY["after"].task.baselines()[0].loss
    assert max(ends["others"]) < 0.05 * floor
    assert min(ends["lru"]) > 0.9 * floor
