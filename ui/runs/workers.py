"""The queue of jobs that other processes run for the app's own process.

The app makes one `Workers`. Its processes run on this machine (processes.py) or, if UNROLLED_CLUSTER names a Dask scheduler, on
other machines (cluster.py).

Owners (visitors) take turns: before an owner's next job comes at most one job of each other owner, however many they have. The tabs
of one browser have one turn: their owners are called BROWSER/TAB. A job whose worker died is sent again; jobs are pure functions, so
that results do not change.
"""

import os
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeVar

from ui.runs.limits import MOST_TRAINING, is_over
from ui.runs.processes import LocalProcesses

ATTEMPTS = 4  # of one job; then the job is taken to be the cause of its workers' death
LOST = f"each of {ATTEMPTS} worker processes ended while it computed these steps"
NOT_STARTED = "the worker processes cannot be started"
NO_CLUSTER = "the computers that train cannot be reached"
T = TypeVar("T")


class WorkersLostError(RuntimeError):
    """A job's workers died each time it was sent."""


class Backend(Protocol):
    """The processes that run jobs, here or on other machines."""

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """The errors that a job's future raises when the worker died."""
        ...

    def open(self, on_lost: Callable[[], None]) -> Executor:
        """An executor that replaces its lost workers. It calls `on_lost` if it sends their jobs to others itself."""
        ...

    def width(self) -> int:
        """How many jobs run at the same time."""
        ...

    def is_reachable(self) -> bool:
        """Whether jobs can be sent at all."""
        ...

    def close(self, executor: Executor) -> None: ...


@dataclass(eq=False)
class _Job:
    owner: str
    call: Callable[[], Any]
    on_lost: Callable[[], None] | None
    result: Future[Any] = field(default_factory=Future)
    attempts: int = 0

    @property
    def turn(self) -> str:
        return turn_of(self.owner)


def turn_of(owner: str) -> str:
    return owner.partition("/")[0]


class Workers:
    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._lock = threading.Lock()
        self._waiting: OrderedDict[str, deque[_Job]] = OrderedDict()  # owners in the order of their turns
        self._running: set[_Job] = set()
        self._executor = backend.open(self._report_moved_jobs)
        self._closed = False
        self._has_answered = False  # whether any job has returned

    def submit(
        self, owner: str, function: Callable[..., T], *args: object, on_lost: Callable[[], None] | None = None
    ) -> Future[T]:
        """A future, which can be cancelled until the job is sent. `on_lost` is called each time the job is sent again."""
        job = _Job(owner, partial(function, *args), on_lost)
        with self._lock:
            self._waiting.setdefault(job.turn, deque()).append(job)
        self._send()
        return job.result

    def width(self) -> int:
        return self._backend.width()

    def owners(self) -> int:
        """How many have work waiting or running, the tabs of one browser counted once."""
        return len(self._turns())

    def admits(self, owner: str) -> bool:
        """Whether this owner may begin to train: those who do already may always."""
        turns = self._turns()
        return turn_of(owner) in turns or not is_over(MOST_TRAINING, len(turns) + 1)

    def _turns(self) -> set[str]:
        with self._lock:
            return {job.turn for job in self._running} | set(self._waiting)

    def running(self) -> int:
        """How many jobs are with the processes now."""
        with self._lock:
            return len(self._running)

    def place(self, owner: str) -> int:
        """How many owners' turns come before this one's next; 0 too if none of its jobs waits."""
        turn = turn_of(owner)
        with self._lock:
            return list(self._waiting).index(turn) if turn in self._waiting else 0

    def drop(self, owner: str) -> None:
        """Cancel the waiting jobs of an owner who has left."""
        turn = turn_of(owner)
        with self._lock:
            waiting = self._waiting.get(turn, deque())
            left = [job for job in waiting if job.owner == owner]
            for job in left:
                waiting.remove(job)
            if not waiting:
                self._waiting.pop(turn, None)
        for job in left:
            job.result.cancel()

    def close(self) -> None:
        """Cancel the waiting jobs, drop the running ones, and end the processes."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            waiting = [job for jobs in self._waiting.values() for job in jobs]
            self._waiting.clear()
        for job in waiting:
            job.result.cancel()
        self._backend.close(self._executor)

    def _send(self) -> None:
        """Send jobs until there is one more than can run at a time, so that no worker waits for its next job."""
        while True:
            with self._lock:
                job = self._take_next()
            if job is None:
                return
            try:
                sent = self._executor.submit(job.call)
            except self._backend.lost:
                self._send_again(job)
            except RuntimeError as ending:  # Python is ending, and accepts no more jobs
                with self._lock:
                    self._running.discard(job)
                job.result.set_exception(ending)
                return
            else:
                sent.add_done_callback(partial(self._done, job))

    def _take_next(self) -> _Job | None:
        """Take the next job of the owner whose turn it is, who then comes after all others."""
        while self._waiting and not self._closed and len(self._running) <= self._backend.width():
            turn, jobs = self._waiting.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._waiting[turn] = jobs
            if job.attempts or job.result.set_running_or_notify_cancel():
                job.attempts += 1
                self._running.add(job)
                return job
        return None

    def _done(self, job: _Job, sent: Future[Any]) -> None:
        """Called in a thread of the executor."""
        error = BrokenProcessPool() if sent.cancelled() else sent.exception()
        if isinstance(error, self._backend.lost) or sent.cancelled():
            self._send_again(job)
            self._send()
            return
        with self._lock:
            self._running.discard(job)
            self._has_answered = True
        # Before the result is set, because its owner may submit the next job at once: waiting owners come first.
        self._send()
        if error is None:
            job.result.set_result(sent.result())
        else:
            job.result.set_exception(error)

    def _send_again(self, job: _Job) -> None:
        """Put the job back to the front of the queue, or give it up."""
        with self._lock:
            self._running.discard(job)
            again = job.attempts < ATTEMPTS and not self._closed
            if again:
                self._waiting.setdefault(job.turn, deque()).appendleft(job)
                self._waiting.move_to_end(job.turn, last=False)
        if not again:
            job.result.set_exception(WorkersLostError(self._why_lost()))
        elif job.on_lost is not None:
            job.on_lost()

    def _why_lost(self) -> str:
        if not self._backend.is_reachable():
            return NO_CLUSTER
        return LOST if self._has_answered else NOT_STARTED

    def _report_moved_jobs(self) -> None:
        """Call `on_lost` of all running jobs: the executor has sent some of them again, and does not say which."""
        with self._lock:
            jobs = list(self._running)
        for job in jobs:
            if job.on_lost is not None:
                job.on_lost()


_opening = threading.Lock()
_opened: list[Workers] = []  # by this process
_ending = threading.Event()


def workers_of_this_app() -> Workers:
    """The workers that the environment names: UNROLLED_CLUSTER=tcp://host:port, UNROLLED_WORKERS=n processes on this machine, or
    by default one process per core."""
    with _opening:
        if _ending.is_set():
            raise RuntimeError("the server is ending")
        made = Workers(_backend())
        _opened.append(made)
        return made


def are_open() -> bool:
    return bool(_opened)


def counts() -> tuple[int, int, int]:
    """Three counts of this process's workers: how many jobs can run at a time, how many owners have jobs, how many jobs run."""
    with _opening:
        return (
            sum(workers.width() for workers in _opened),
            sum(workers.owners() for workers in _opened),
            sum(workers.running() for workers in _opened),
        )


def close_workers() -> None:
    """Close all workers at the end of the server, including those that a page is opening at this moment."""
    _ending.set()
    with _opening:
        for workers in _opened:
            workers.close()


def _backend() -> Backend:
    address = os.environ.get("UNROLLED_CLUSTER")
    if address:
        from ui.runs.cluster import DaskCluster

        return DaskCluster(address)
    count = int(os.environ.get("UNROLLED_WORKERS", min(os.cpu_count() or 1, 8)))
    return LocalProcesses(max(count, 1))
