"""The executor: fair turns, lost workers, results that do not change."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from rnn_core.lab.settings import RunSettings
from rnn_core.learn.jobs import begin
from rnn_core.learn.train import advance, start
from ui.runs import limits
from ui.runs.processes import LocalProcesses, ProcessPool
from ui.runs.workers import LOST, NOT_STARTED, Workers, WorkersLostError

SMALL = RunSettings(hidden=4, batch=4, budget=60, check_every=20)


class ByHand:
    """An executor of which each job is done when the test says so."""

    lost = (BrokenProcessPool,)

    def __init__(self) -> None:
        self.sent: list[tuple[str, Future]] = []

    def open(self, on_lost: Callable[[], None]) -> "ByHand":
        return self

    def width(self) -> int:
        return 1

    def is_reachable(self) -> bool:
        return True

    def submit(self, call) -> Future:
        future: Future = Future()
        self.sent.append((call(), future))
        return future

    def shutdown(self, wait: bool) -> None:
        pass


def say(word: str) -> str:
    return word


def test_owners_take_turns() -> None:
    hand = ByHand()
    workers = Workers(hand)
    for word in ("a1", "a2", "a3", "a4", "b1", "c1"):
        workers.submit(word[0], say, word)
    assert workers.owners() == 3
    assert (workers.place("a"), workers.place("b"), workers.place("c")) == (0, 1, 2)
    for k in range(6):
        word, future = hand.sent[k]
        future.set_result(word)
    assert [word for word, _ in hand.sent] == ["a1", "a2", "a3", "b1", "c1", "a4"]


def test_the_tabs_of_one_browser_share_a_turn() -> None:
    hand = ByHand()
    workers = Workers(hand)
    for owner, word in (("a/1", "a1"), ("a/1", "a2"), ("a/2", "a3"), ("a/2", "a4"), ("b/1", "b1")):
        workers.submit(owner, say, word)
    assert workers.owners() == 2
    workers.drop("a/2")
    hand.sent[0][1].set_result("")
    assert [word for word, _ in hand.sent] == ["a1", "a2", "b1"]


def test_a_full_server_admits_those_alone_who_train_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.MOST_TRAINING, "1")
    workers = Workers(ByHand())
    assert workers.admits("a/1")
    workers.submit("a/1", say, "a")
    assert workers.admits("a/2")
    assert not workers.admits("b/1")


def test_a_cancelled_job_is_never_sent() -> None:
    hand = ByHand()
    workers = Workers(hand)
    futures = [workers.submit("a", say, word) for word in ("one", "two", "three", "four")]
    assert futures[2].cancel()
    assert not futures[0].cancel(), "it has been sent"
    for k in range(3):
        hand.sent[k][1].set_result("")
    assert [word for word, _ in hand.sent] == ["one", "two", "four"]


def test_a_job_that_kills_workers_is_given_up() -> None:
    hand, lost = ByHand(), []
    workers = Workers(hand)
    result = workers.submit("a", say, "poison", on_lost=lambda: lost.append(1))
    k = 0
    while not result.done():
        hand.sent[k][1].set_exception(BrokenProcessPool())
        k += 1
    assert isinstance(result.exception(), WorkersLostError)
    assert (k, len(lost)) == (4, 3)
    assert str(result.exception()) == NOT_STARTED, "nothing has ever come back"


def test_a_job_that_kills_workers_has_another_error_than_workers_that_do_not_start() -> None:
    hand = ByHand()
    workers = Workers(hand)
    workers.submit("a", say, "good")
    hand.sent[0][1].set_result("good")
    result = workers.submit("a", say, "poison")
    for k in range(1, 5):
        hand.sent[k][1].set_exception(BrokenProcessPool())
    assert str(result.exception()) == LOST


def test_waiting_jobs_of_an_owner_who_left_are_dropped() -> None:
    hand = ByHand()
    workers = Workers(hand)
    futures = [workers.submit(word[0], say, word) for word in ("a1", "a2", "a3", "b1", "a4")]
    workers.drop("a")
    workers.drop("a stranger")
    assert [future.cancelled() for future in futures] == [False, False, True, False, True]
    assert workers.place("b") == 0
    hand.sent[0][1].set_result("")
    assert [word for word, _ in hand.sent] == ["a1", "a2", "b1"]


@pytest.fixture(scope="module")
def processes() -> Iterator[Workers]:
    workers = Workers(LocalProcesses(1))
    yield workers
    workers.close()


def test_a_worker_has_low_priority_and_the_same_results(processes: Workers) -> None:
    assert processes.submit("a", os.nice, 0).result(60) >= 10
    here, _ = advance(start(SMALL), 30)
    there, _ = processes.submit("a", begin, SMALL, 30).result(60)
    assert there == here


def test_jobs_of_a_killed_worker_are_repeated(processes: Workers) -> None:
    here, _ = advance(start(SMALL), 60)
    lost: list[float] = []
    process = processes.submit("a", os.getpid).result(60)
    sleeping = processes.submit("a", time.sleep, 3.0, on_lost=lambda: lost.append(1))
    behind = processes.submit("b", begin, SMALL, 60, on_lost=lambda: lost.append(2))
    time.sleep(0.2)
    os.kill(process, signal.SIGKILL)
    assert behind.result(60)[0] == here
    assert sleeping.result(60) is None
    assert sorted(lost) == [1, 2]


@pytest.mark.long
def test_the_other_workers_go_on_when_one_is_killed() -> None:
    """The other workers have imported torch already; a new worker takes many times as long to start."""
    workers = Workers(LocalProcesses(2))
    try:
        known: set[int] = set()
        while len(known) < 2:
            known |= {future.result(120) for future in [workers.submit("a", _pid_after, 0.05) for _ in range(3)]}
        lost: list[int] = []
        running = [workers.submit("a", _pid_after, 1.0, on_lost=lambda: lost.append(1)) for _ in range(2)]
        killed, kept = sorted(known)
        os.kill(killed, signal.SIGKILL)
        assert [future.result(30) for future in running] == [kept, kept]
        assert lost == [1]
    finally:
        workers.close()


def _pid_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


@pytest.mark.long
def test_a_worker_that_died_while_idle_is_replaced_before_it_is_needed() -> None:
    pool = ProcessPool(1)
    try:
        first = pool.submit(os.getpid).result(120)
        os.kill(first, signal.SIGKILL)
        end = time.monotonic() + 30.0
        while [process.pid for process in pool.processes] in ([first], []) and time.monotonic() < end:
            time.sleep(0.01)
        assert [process.pid for process in pool.processes] != [first]
    finally:
        pool.shutdown()


def test_workers_that_cannot_start_are_reported_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.spawn._python_exe", b"/bin/false")
    workers = Workers(LocalProcesses(1))
    try:
        error = workers.submit("a", os.getpid).exception(60)
        assert isinstance(error, WorkersLostError)
        assert str(error) == NOT_STARTED
        monkeypatch.undo()
        assert workers.submit("a", say, "here").result(120) == "here", "they start once they can"
    finally:
        workers.close()


def test_a_worker_that_died_while_idle_is_replaced(processes: Workers) -> None:
    os.kill(processes.submit("a", os.getpid).result(60), signal.SIGKILL)
    time.sleep(0.3)
    assert processes.submit("a", say, "still here").result(60) == "still here"


def test_an_error_of_a_job_does_not_affect_the_next(processes: Workers) -> None:
    assert isinstance(processes.submit("a", int, "no number").exception(60), ValueError)
    assert processes.submit("a", say, "still here").result(60) == "still here"


def test_workers_that_are_just_starting_are_ended_at_once() -> None:
    backend = LocalProcesses(2)
    pool = backend.open(lambda: None)
    backend.close(pool)
    end = time.monotonic() + 10.0
    while None in [process.exitcode for process in pool.processes] and time.monotonic() < end:
        time.sleep(0.01)  # the pool's own thread may know before us, and has not recorded it yet
    assert [process.exitcode for process in pool.processes] == [-signal.SIGTERM] * 2
