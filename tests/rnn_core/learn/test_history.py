"""The history of a run has bounded size, and its reduced curves are exact."""

import numpy as np
import pytest

from rnn_core.errors import CoreError
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.adding import Adding
from rnn_core.learn.history import MOST_VIEW_BYTES, SEEN_STEPS, DownsampledTable, History, view_bytes
from rnn_core.learn.state import Metrics, View
from rnn_core.learn.train import advance, start

SETTINGS = RunSettings(task=Adding(steps=6), hidden=4, batch=2, check_every=2, budget=100)


@pytest.mark.parametrize("sizes", [[1000], [1] * 1000, [7, 300, 1, 1, 691], [333, 333, 334]])
def test_a_history_is_the_same_for_any_chunks(sizes: list[int]) -> None:
    rng = np.random.default_rng(0)
    rows = np.column_stack([np.arange(1, 1001), rng.normal(size=(1000, 4))])
    downsampled, at = DownsampledTable(SEEN_STEPS, most=64), 0
    for size in sizes:
        downsampled.add(rows[at : at + size])
        at += size
    table = downsampled.table()
    assert len(table) <= 65
    assert downsampled.span == 16
    whole = rows[:992].reshape(62, 16, 5)
    np.testing.assert_allclose(table[:62, 1], whole[:, :, 1].mean(axis=1), atol=1e-12)
    np.testing.assert_array_equal(table[:62, 3], whole[:, :, 3].max(axis=1))
    assert table[-1, 0] == 1000, "the newest step is always there"


def test_an_explosion_is_not_averaged_away() -> None:
    table = DownsampledTable(SEEN_STEPS, most=8)
    rows = np.ones((100, 5))
    rows[37, 3] = 1e9
    table.add(rows)
    assert table.table()[:, 3].max() == 1e9


def many_views(history: History, count: int) -> list[int]:
    state, metrics = advance(start(SETTINGS), 1)
    view = metrics.view
    assert view is not None
    for step in range(count):
        big = View(step, np.zeros((50, 2000), np.float32), *list(vars(view).values())[2:])
        history.add(Metrics(metrics.steps, metrics.checks, big, 0.1, 0.01))
        assert sum(view_bytes(history.view_at(s)) for s in history.view_steps()) <= MOST_VIEW_BYTES
    assert state.step == 1
    return history.view_steps()


def test_views_get_sparser_and_the_first_and_the_newest_stay() -> None:
    steps = many_views(History(), 200)
    assert (steps[0], steps[-1]) == (0, 199)
    assert 4 <= len(steps) <= 8
    assert steps == sorted(set(steps))


def test_a_slider_finds_the_view_of_its_step() -> None:
    history = History()
    assert history.view_at(5) is None
    many_views(history, 5)
    assert [history.view_at(step).step for step in (-1, 0, 3, 99)] == [0, 0, 3, 4]


def test_without_views_only_the_newest_stays() -> None:
    assert many_views(History(views=False), 5) == [4]


def test_curves_hold_every_tensors_sizes_under_its_name() -> None:
    history = History()
    assert len(history.curves().steps) == 0
    _, metrics = advance(start(SETTINGS), 9)
    history.add(metrics)
    curves = history.curves()
    assert curves.of_steps("step").tolist() == list(range(1, 10))
    assert curves.of_checks("step").tolist() == [0, 2, 4, 6, 8]
    k = metrics.checks.names.index("readout.bias")
    assert curves.of_checks("update readout.bias").tolist() == metrics.checks.update_norms[:, k].tolist()


def test_saved_curves_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(CoreError, match="all of one length"):
        History().add_saved({"steps/step": np.zeros(3, np.float32), "steps/loss": np.zeros(2, np.float32)})
