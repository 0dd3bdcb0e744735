"""Many runs of one visitor: a few at a time, seed after seed, in hand as one."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from rnn_core.lab.settings import RunSettings
from rnn_core.learn.train import advance, start
from ui.runs.run_set import AT_ONCE, RunSet
from ui.runs.visitor import Visitor
from ui.runs.workers import Workers

RUNS = tuple(RunSettings(hidden=4, batch=2, budget=20, check_every=5, seed=seed) for seed in range(5))
LONG = tuple(run.changed(budget=100_000) for run in RUNS)


class OneThread:
    """Workers without processes: what is tried here is who begins when."""

    lost: tuple[type[BaseException], ...] = ()

    def open(self, on_lost: Callable[[], None]) -> Executor:
        return ThreadPoolExecutor(1)

    def width(self) -> int:
        return 1

    def close(self, executor: Executor) -> None:
        executor.shutdown(cancel_futures=True)


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    workers = Workers(OneThread())
    yield Visitor(workers)
    workers.close()


def until(runs: RunSet, condition: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)
        runs.tick()


def test_all_runs_are_trained_a_few_at_a_time_and_released(visitor: Visitor) -> None:
    runs, most = RunSet(visitor, "a", RUNS), []
    runs.start()
    until(runs, lambda: most.append(len(visitor.runs)) or runs.progress().phase == "ended")
    assert max(most) == AT_ONCE
    assert visitor.runs == {}
    outcomes = runs.outcomes()
    assert tuple(outcomes) == RUNS
    for run in RUNS:
        _, whole = advance(start(run), run.budget, view=False)
        assert outcomes[run].loss.tolist() == whole.checks.loss.tolist()
        assert (outcomes[run].ending, outcomes[run].seconds > 0) == ("budget", True)
    assert (runs.progress().step, runs.progress().budget) == (100, 100)


def test_finished_runs_are_not_trained_again(visitor: Visitor) -> None:
    first = RunSet(visitor, "a", RUNS[:2])
    first.start()
    until(first, lambda: first.progress().phase == "ended")
    more = RunSet(visitor, "a", RUNS[1:3], known=first.finished())
    assert (more.progress().done, more.progress().phase) == (1, "new")
    more.start()
    assert list(visitor.runs) == ["a/1"]
    assert RunSet(visitor, "a", RUNS[:2], known=first.finished()).progress().phase == "ended"


def test_pause_resume_and_stop(visitor: Visitor) -> None:
    runs = RunSet(visitor, "a", LONG)
    runs.start()
    until(runs, lambda: len(runs.outcomes()) == AT_ONCE and all(len(o.steps) > 2 for o in runs.outcomes().values()))
    assert runs.progress().seconds_left is not None
    runs.pause()
    until(runs, lambda: all(run.progress().phase == "paused" for run in visitor.runs.values()))
    before = runs.progress().step
    runs.tick()
    assert runs.progress().step == before
    runs.start()
    until(runs, lambda: runs.progress().step > before)
    runs.stop()
    assert (runs.progress().phase, visitor.runs, len(runs.outcomes())) == ("ended", {}, AT_ONCE)
    assert runs.finished() == {}
    runs.restart()
    assert (runs.progress().phase, runs.progress().step, runs.outcomes()) == ("new", 0, {})


def test_a_visitor_who_comes_back_finds_the_runs_still_training(visitor: Visitor) -> None:
    runs = RunSet(visitor, "a", LONG[:1])
    runs.start()
    until(runs, lambda: runs.progress().step > 0)
    visitor.runs["a/0"].pause("not watched")
    until(runs, lambda: visitor.runs["a/0"].progress().phase == "running")
    visitor.close()
    until(runs, lambda: runs.progress().step > 0)
    runs.close()
    assert visitor.runs == {}
