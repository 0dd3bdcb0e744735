"""The tasks of the study: their targets are what a person would answer, and the recorded results belong to them."""

import dataclasses
import json

import numpy as np
import pytest

from rnn_core.errors import CoreError
from rnn_core.studies.tracking.results import (
    CELLS,
    FILE,
    Budget,
    Outcome,
    Study,
    complete_tasks,
    recorded,
    save,
    study_in,
    table,
)
from rnn_core.studies.tracking.tasks import ARRANGEMENTS, ASKED, COPIED, KEYS, SWAPS, SYMBOLS, TASKS


def drawn(name, B=50, length=None, seed=0):
    task = TASKS[name]
    return task.draw(np.random.default_rng(seed), B, length or task.lengths[0])


@pytest.mark.parametrize("name", TASKS)
def test_shapes_and_classes_are_those_of_the_task(name):
    task = TASKS[name]
    for length in task.lengths:
        inputs, targets = drawn(name, length=length)
        assert inputs.shape == (*targets.shape, task.inputs)
        asked = targets[targets >= 0]
        assert set(asked) == set(range(task.classes))
        assert task.chance == 1 / task.classes


def test_parity_and_mod3_count():
    inputs, targets = drawn("parity")
    np.testing.assert_array_equal(targets[:, -1], inputs[:, :, 1].sum(1) % 2)
    inputs, targets = drawn("mod3")
    np.testing.assert_array_equal(targets[:, -1], (inputs[:, :, 1] + 2 * inputs[:, :, 2]).sum(1) % 3)


def test_cups_are_moved_one_swap_at_a_time():
    inputs, targets = drawn("cups", B=20)
    for moves, states in zip(inputs.argmax(2), targets, strict=True):
        row = [0, 1, 2]
        for move, state in zip(moves, states, strict=True):
            row = [row[place] for place in SWAPS[move]]
            assert ARRANGEMENTS[state] == tuple(row)


def test_the_order_of_swaps_matters():
    one = [ARRANGEMENTS[0][place] for place in SWAPS[1]]
    assert [one[place] for place in SWAPS[2]] != [[0, 2, 1][place] for place in SWAPS[1]]


def test_copying_asks_for_the_marked_symbols_and_shows_others():
    inputs, targets = drawn("copying", B=20)
    T = TASKS["copying"].lengths[0]
    for row, wanted in zip(inputs, targets, strict=True):
        marks = row[:T, SYMBOLS:]
        assert (marks.sum(0) == 1).all()
        places = marks.argmax(0)
        assert (np.diff(places) > 0).all()
        np.testing.assert_array_equal(wanted[T:], row[places, :SYMBOLS].argmax(1))
        assert (wanted[:T] == -1).all()
        assert row[T:, :SYMBOLS].sum() == 0
        assert (row[:T, :SYMBOLS].sum(1) == 1).all()
    assert COPIED < T


def test_recall_asks_for_the_value_of_a_key_that_was_shown():
    inputs, targets = drawn("recall", B=20)
    for row, wanted in zip(inputs, targets, strict=True):
        pairs, questions = row[:-ASKED], row[-ASKED:]
        values = dict(zip(pairs[:, :KEYS].argmax(1), pairs[:, KEYS:].argmax(1), strict=True))
        assert len(values) == len(pairs)  # no key twice
        assert [values[key] for key in questions[:, :KEYS].argmax(1)] == wanted[-ASKED:].tolist()


def test_results_are_kept_as_text(tmp_path):
    task = TASKS["parity"]
    outcome = Outcome("parity", "gru", 100, tuple((0.5, 1.0) for _ in task.lengths))
    study = Study(Budget(seeds=2), (outcome,))
    save(study, tmp_path / "study.json")
    assert study_in((tmp_path / "study.json").read_text()) == study
    assert study.outcome("parity", "lstm") is None
    assert outcome.at(16).tolist() == [0.5, 1.0]
    assert table(study) == {"gru": {"parity": "75 → 75"}}
    with pytest.raises(CoreError, match="length"):
        outcome.at(17)
    with pytest.raises(CoreError, match="cell"):
        study.outcome("parity", "vanilla")
    with pytest.raises(CoreError, match="updates"):
        Budget(updates=0)


@pytest.mark.skipif(not FILE.exists(), reason="nothing is recorded")
def test_what_is_recorded_belongs_to_the_tasks_and_the_budget():
    study = recorded()
    assert study.budget == Budget()
    assert study.budget.seeds >= 5
    pairs = [(each.task, each.cell) for each in study.outcomes]
    assert len(set(pairs)) == len(pairs)
    for each in study.outcomes:
        assert each.task in TASKS
        assert each.cell in CELLS
        shares = np.array(each.right)
        assert shares.shape == (len(TASKS[each.task].lengths), study.budget.seeds)
        assert ((shares >= 0) & (shares <= 1)).all()
    assert len(json.dumps([dataclasses.asdict(each) for each in study.outcomes])) < 100_000


def mean_right(cell, length):
    outcome = recorded().outcome("parity", cell)
    assert outcome is not None
    return outcome.at(length).mean()


@pytest.mark.skipif(not FILE.exists() or "parity" not in complete_tasks(recorded()), reason="parity is not recorded")
def test_what_the_lesson_says_of_parity_is_what_came_out():
    lengths = TASKS["parity"].lengths
    for cell in ("min_gru", "diagonal_positive", "selective", "delta_net", "attention", "lru", "rnn"):
        assert all(0.4 < mean_right(cell, length) < 0.6 for length in lengths), cell
    for cell in ("lstm", "slstm"):
        assert all(mean_right(cell, length) > 0.99 for length in lengths), cell
    for cell in ("diagonal_signed", "delta_net_negative"):  # learned at one length, and not held at another
        assert mean_right(cell, lengths[0]) > 0.99, cell
        assert mean_right(cell, lengths[-1]) < 0.6, cell
    assert mean_right("gru", lengths[0]) > 0.85
