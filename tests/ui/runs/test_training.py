"""Training runs: trained chunk by chunk, and controllable at any time."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from rnn_core.errors import CoreError
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.waves import Waves
from rnn_core.learn.train import advance, start
from tests.ui.runs.test_workers import ByHand, say
from ui.runs import limits
from ui.runs.processes import LocalProcesses
from ui.runs.training import TOO_LARGE, TOO_MANY, TrainingRun
from ui.runs.visitor import Visitor
from ui.runs.workers import Workers

QUICK = RunSettings(hidden=4, batch=4, budget=300, check_every=50)
LONG = QUICK.changed(budget=100_000)
LOOKING = 1e9  # seconds: watched all the time, however long a busy machine needs to start a worker


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(LocalProcesses(1))
    yield made
    made.close()


def until(condition: Callable[[], object], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("name", "most", "problem"), [(limits.MOST_WEIGHTS, "50", TOO_LARGE), (limits.MOST_TRAINING, "1", TOO_MANY)]
)
def test_a_run_over_a_limit_does_not_begin_and_says_why(
    name: str, most: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, most)
    workers = Workers(ByHand())
    workers.submit("somebody else", say, "")
    run = Visitor(workers).new_run("a", QUICK)
    run.resume()
    assert (run.progress().phase, run.progress().problem) == ("paused", problem)
    monkeypatch.delenv(name)
    run.resume()
    assert (run.progress().phase, run.progress().problem) == ("running", "")


def test_a_run_in_chunks_equals_the_run_in_one_piece(workers: Workers) -> None:
    run = Visitor(workers, grace=LOOKING).new_run("a", QUICK)
    assert run.progress().phase == "new"
    run.resume()
    until(lambda: run.progress().phase == "ended")
    whole, metrics = advance(start(QUICK), 300)
    assert run.state == whole
    assert run.history.curves().of_steps("loss").tolist() == metrics.steps.loss.tolist()
    assert run.history.curves().of_checks("loss").tolist() == metrics.checks.loss.tolist()
    assert len(run.history.view_steps()) > 1


def test_pause_single_steps_and_resume(workers: Workers) -> None:
    run = Visitor(workers).new_run("a", LONG)
    run.step()
    until(lambda: run.progress().phase == "paused")
    assert run.progress().step == 1
    run.step(3)
    until(lambda: run.progress().step == 4)
    assert run.history.view_steps()[-1] == 4
    run.resume()
    until(lambda: run.progress().step > 50)
    assert run.progress().steps_per_second > 0
    run.pause()
    until(lambda: run.progress().phase == "paused")
    stopped = run.progress()
    time.sleep(0.3)
    assert (run.progress(), stopped.pause_reason) == (stopped, "visitor")
    run.close()


def test_restart_repeats_the_run_and_drops_pending_chunks(workers: Workers) -> None:
    run = Visitor(workers).new_run("a", QUICK)
    run.resume()
    until(lambda: run.progress().step > 20)
    run.restart()
    assert run.progress().step == 0
    run.step()
    until(lambda: run.progress().step == 1)
    assert run.state == advance(start(QUICK), 1)[0]


def test_a_fork_continues_with_other_settings_and_the_first_run_is_unchanged(workers: Workers) -> None:
    visitor = Visitor(workers)
    run = visitor.new_run("a", LONG)
    run.step(5)
    until(lambda: run.progress().step == 5)
    forked = visitor.fork("a", "b", LONG.changed(rate=0.1, clip_norm=1.0))
    forked.step()
    until(lambda: forked.progress().step == 6)
    assert run.progress().step == 5
    assert forked.state is not None
    assert forked.state.settings.rate == 0.1
    with pytest.raises(CoreError, match="another shape"):
        visitor.fork("a", "c", LONG.changed(hidden=8))


def test_a_run_that_nobody_watches_pauses(workers: Workers) -> None:
    visitor = Visitor(workers, grace=0.2)
    run = visitor.new_run("a", LONG)
    run.resume()
    until(lambda: run.progress().pause_reason == "not watched")
    assert run.progress().phase == "paused"
    before = run.progress().step
    run.resume()
    until(lambda: run.progress().step > before)
    visitor.close()
    assert run.progress().phase == "new"


def test_a_saved_run_goes_on_exactly(workers: Workers) -> None:
    visitor = Visitor(workers)
    run = visitor.new_run("a", QUICK)
    assert run.save() is None
    run.step(7)
    until(lambda: run.progress().step == 7)
    saved = run.save()
    assert saved is not None
    loaded = visitor.load("b", saved)
    assert loaded.history.curves().of_steps("loss").tolist() == run.history.curves().of_steps("loss").tolist()
    loaded.resume()
    until(lambda: loaded.progress().phase == "ended")
    assert loaded.state == advance(start(QUICK), 300)[0]


def test_an_exploding_run_says_so_and_keeps_the_last_good_state(workers: Workers) -> None:
    run = Visitor(workers).new_run(
        "a",
        RunSettings(
            task=Waves(steps=40), cell="rnn-relu", init="spectral_radius", gain=8.0, optimiser="sgd", rate=100.0
        ),
    )
    run.resume()
    until(lambda: run.progress().phase == "ended")
    ending = run.progress().ending
    assert ending is not None
    assert ending.reason == "overflow"
    assert run.save() is not None


@pytest.mark.long
def test_a_run_is_the_same_when_its_worker_is_killed(workers: Workers) -> None:
    settings = QUICK.changed(budget=1000)  # so many that it is not over before the signal arrives
    run = Visitor(workers, grace=LOOKING).new_run("a", settings)
    process = workers.submit("test", os.getpid).result(60)
    run.resume()
    until(lambda: run.progress().step > 30)
    os.kill(process, signal.SIGKILL)
    until(lambda: run.progress().phase == "ended")
    assert run.progress().lost > 0
    assert run.state == advance(start(settings), settings.budget)[0]


def test_an_error_in_a_worker_is_a_sentence_and_the_run_waits(workers: Workers) -> None:
    broken = TrainingRun(workers, "x", QUICK, state=start(QUICK))
    object.__setattr__(broken.state, "tensors", b"not tensors")
    broken.resume()
    until(lambda: broken.progress().pause_reason == "error")
    assert broken.progress().problem
    assert broken.progress().phase == "paused"


def test_visitors_get_fair_shares(workers: Workers) -> None:
    visitors = [Visitor(workers) for _ in range(5)]
    runs = [visitor.new_run("a", LONG.changed(seed=k)) for k, visitor in enumerate(visitors)]
    greedy = [visitors[0].new_run(f"b{k}", LONG) for k in range(5)]
    for run in [*greedy, *runs]:
        run.resume()
    until(lambda: min(run.progress().step for run in runs[1:]) > 300)
    steps = [run.progress().step for run in runs[1:]]
    assert min(steps) >= max(steps) / 2
    assert sum(run.progress().step for run in [*greedy, runs[0]]) < 2 * max(steps), "six runs, but one visitor"
    for visitor in visitors:
        visitor.close()


def test_closed_runs_leave_no_thread_and_no_queue(workers: Workers) -> None:
    visitor, before = Visitor(workers), threading.active_count()
    for _ in range(5):
        visitor.new_run("a", LONG).resume()
    visitor.close()
    until(lambda: workers.owners() == 0)
    assert threading.active_count() <= before
