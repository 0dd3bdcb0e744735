"""Several settings on the same data: the link, the names, the statistics over seeds, and the CSV."""

import base64
import csv
import io
import zlib

import numpy as np
import pytest

from rnn_core.errors import CoreError
from rnn_core.lab.comparison import LONGEST_PLAIN, MOST_SETTINGS, Comparison, to_csv
from rnn_core.lab.outcomes import Outcome, is_solved, result, spread
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.waves import Waves

TWO = Comparison((RunSettings(cell="gru", hidden=8), RunSettings(hidden=8, forget_bias=1.0)), seeds=2)


def outcome(losses: list[float], ending: str = "budget", seed: int = 0) -> Outcome:
    steps, values = np.arange(len(losses)) * 10.0, np.array(losses)
    return Outcome(RunSettings(seed=seed), 2.0, ending, steps, values, 1 - values, values, values)


def test_a_comparison_is_a_link_and_back() -> None:
    assert len(TWO.pack()) <= LONGEST_PLAIN
    assert Comparison.unpack(TWO.pack()) == TWO
    many = Comparison(
        tuple(RunSettings(cell="rnn-tanh", keep_gradient=0.1, hidden=h, clip_norm=1.0) for h in range(4, 10))
    )
    assert not many.pack().startswith("{")
    assert len(many.pack()) < 400
    assert Comparison.unpack(many.pack()) == many


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        "eJw",
        "{" * 3000,
        '{"task":{"name":"adding"},"seeds":99,"runs":[{}]}',
        '{"task":{"name":"adding"},"seeds":1,"runs":[]}',
        '{"task":{"name":"adding"},"seeds":1,"runs":[3]}',
        '{"task":{"name":"adding"},"seeds":1,"runs":[{"cell":"rnn-tanh","forget_bias":1}]}',
        '{"task":{"name":"adding"},"seeds":1,"runs":[{"budget":5},{"budget":6}]}',
        base64.urlsafe_b64encode(zlib.compress(b"[" * 2_000_000)).decode(),
    ],
)
def test_a_broken_or_hostile_link_is_refused_with_one_sentence(text: str) -> None:
    with pytest.raises(CoreError, match="expected"):
        Comparison.unpack(text)


def test_runs_go_seed_after_seed_on_the_same_data() -> None:
    runs = TWO.runs()
    assert [(each.cell, each.seed) for each in runs] == [("gru", 0), ("lstm", 0), ("gru", 1), ("lstm", 1)]
    first, second = (each.task.batch(each.seed, 5, each.batch) for each in runs[:2])
    assert np.array_equal(first.inputs, second.inputs)
    assert TWO.with_setting(TWO.settings[0]).runs() == runs


def test_names_of_settings_give_only_the_differences_with_the_cell_first() -> None:
    assert TWO.differences() == ({"cell": "gru", "forget_bias": None}, {"cell": "lstm", "forget_bias": 1.0})


def test_one_more_gets_the_task_and_the_budget_of_all() -> None:
    other = RunSettings(task=Latch(), budget=7, seed=3, cell="rnn-tanh")
    more = TWO.with_setting(other)
    assert (more.settings[2].task, more.settings[2].budget, more.settings[2].seed) == (TWO.task, TWO.budget, 0)
    assert more.without(2) == TWO
    assert more.on(Latch(), 80).settings[1].check_every == 2
    with pytest.raises(CoreError, match="settings"):
        Comparison((RunSettings(),) * (MOST_SETTINGS + 1))


def test_the_band_reaches_from_the_lowest_seed_to_the_highest() -> None:
    band = spread([outcome([1.0, 0.5, 0.1]), outcome([1.0, 0.7]), outcome([1.0, 0.6, 0.3])], "loss")
    assert band.steps.tolist() == [0, 10, 20]
    assert band.low.tolist() == [1.0, 0.5, 0.1]
    assert band.median.tolist() == [1.0, 0.6, 0.2]
    assert band.high.tolist() == [1.0, 0.7, 0.3]


def test_a_run_that_diverged_stays_infinite_and_one_at_its_target_keeps_it() -> None:
    runs = [outcome([1.0, 5.0], "overflow"), outcome([1.0, 0.01], "target"), outcome([1.0, 0.5, 0.4])]
    band = spread(runs, "loss")
    assert (band.low[-1], band.median[-1], band.high[-1]) == (0.01, 0.4, np.inf)
    row = result(runs)
    assert (row.seeds, row.diverged, row.loss[2], row.steps) == (3, 1, np.inf, 20)


def test_when_a_run_counts_as_solved() -> None:
    assert is_solved(Adding(), 0.009, 0.1)
    assert not is_solved(Adding(), 0.02, 1.0)
    assert is_solved(Latch(), 0.3, 0.96)
    best = min(line.loss for line in Waves().baselines())
    assert [is_solved(Waves(), loss, 0.0) for loss in (best * 0.99, best * 1.01)] == [True, False]


def test_the_csv_has_a_row_for_each_look_of_each_seed() -> None:
    text = to_csv([("a, b", [outcome([1.0, 0.5]), outcome([1.0], seed=1)]), ("c", [outcome([np.nan])])])
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["setting"], row["seed"], row["step"], row["held_out_loss"]) for row in rows] == [
        ("a, b", "0", "0", "1"),
        ("a, b", "0", "10", "0.5"),
        ("a, b", "1", "0", "1"),
        ("c", "0", "0", ""),
    ]
