"""Work that other processes do: the app's own process only sends it and waits for it.

A `Workers` is made once for the whole app. Its processes run on this machine (processes.py), or, when UNROLLED_CLUSTER names
a Dask scheduler, on others.

Owners (visitors) take turns: however many jobs one of them has, everybody's next job comes after at most one of each other
owner's. A job that was running when its worker died is sent again; jobs are pure functions, so that changes no result.
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

from ui.runs.processes import LocalProcesses

ATTEMPTS = 4  # of one job, before its workers are taken to die of it
LOST = f"each of {ATTEMPTS} worker processes ended while it computed these steps"
NOT_STARTED = "the worker processes cannot be started"
T = TypeVar("T")


class WorkersLostError(RuntimeError):
    """A job's workers died each time it was sent."""


class Backend(Protocol):
    """Something that runs functions elsewhere, and can be opened anew when it breaks."""

    lost: tuple[type[BaseException], ...]  # what a job's future raises when the worker died, and not the job

    def open(self, on_lost: Callable[[], None]) -> Executor:
        """`on_lost` is for an executor that sends the jobs of a lost worker again by itself."""
        ...

    def mended(self, executor: Executor, on_lost: Callable[[], None]) -> Executor:
        """What takes the place of an executor that has lost a worker; it may be the same one."""
        ...

    def width(self) -> int:
        """How many jobs run at the same time."""
        ...

    def close(self, executor: Executor) -> None: ...


@dataclass(eq=False)
class _Job:
    owner: str
    call: Callable[[], Any]
    on_lost: Callable[[], None] | None
    result: Future[Any] = field(default_factory=Future)
    attempts: int = 0


class Workers:
    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._lock = threading.Lock()
        self._waiting: OrderedDict[str, deque[_Job]] = OrderedDict()  # owners in the order of their turns
        self._running: set[_Job] = set()
        self._executor = backend.open(self._moved)
        self._closed = False
        self._has_answered = False  # any worker, ever

    def submit(
        self, owner: str, function: Callable[..., T], *args: object, on_lost: Callable[[], None] | None = None
    ) -> Future[T]:
        """The future can be cancelled until the job is sent. `on_lost` is called each time it had to be sent again."""
        job = _Job(owner, partial(function, *args), on_lost)
        with self._lock:
            self._waiting.setdefault(owner, deque()).append(job)
        self._send()
        return job.result

    def width(self) -> int:
        return self._backend.width()

    def owners(self) -> int:
        """How many owners have work waiting or running."""
        with self._lock:
            return len({job.owner for job in self._running} | set(self._waiting))

    def place(self, owner: str) -> int:
        """How many owners' turns come before this one's next; 0 also where nothing of it waits."""
        with self._lock:
            return list(self._waiting).index(owner) if owner in self._waiting else 0

    def drop(self, owner: str) -> None:
        """The owner has left: its waiting jobs are cancelled."""
        with self._lock:
            waiting = self._waiting.pop(owner, ())
        for job in waiting:
            job.result.cancel()

    def close(self) -> None:
        """Waiting jobs are cancelled, running ones are forgotten, and the processes end."""
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
        """Sends jobs while there is room: one more than can run, so that no worker waits for the next."""
        while True:
            with self._lock:
                job, executor = self._take(), self._executor
            if job is None:
                return
            try:
                sent = executor.submit(job.call)
            except self._backend.lost:
                self._lost(job, executor)
            except RuntimeError as ending:  # Python itself is ending, and takes no more work
                with self._lock:
                    self._running.discard(job)
                job.result.set_exception(ending)
                return
            else:
                sent.add_done_callback(partial(self._done, job, executor))

    def _take(self) -> _Job | None:
        """The next job of the owner whose turn it is; its later ones wait behind everybody else's."""
        while self._waiting and not self._closed and len(self._running) <= self._backend.width():
            owner, jobs = self._waiting.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._waiting[owner] = jobs
            if job.attempts or job.result.set_running_or_notify_cancel():
                job.attempts += 1
                self._running.add(job)
                return job
        return None

    def _done(self, job: _Job, executor: Executor, sent: Future[Any]) -> None:
        """In a thread of the executor."""
        error = BrokenProcessPool() if sent.cancelled() else sent.exception()
        if isinstance(error, self._backend.lost) or sent.cancelled():
            self._lost(job, executor)
            self._send()
            return
        with self._lock:
            self._running.discard(job)
            self._has_answered = True
        self._send()  # before the result is told: whoever waits goes before whoever is about to ask again
        if error is None:
            job.result.set_result(sent.result())
        else:
            job.result.set_exception(error)

    def _lost(self, job: _Job, executor: Executor) -> None:
        """The job goes back to the front of the queue, and a broken executor is mended once."""
        with self._lock:
            self._running.discard(job)
            again = job.attempts < ATTEMPTS and not self._closed
            if executor is self._executor and not self._closed:
                self._executor = self._backend.mended(executor, self._moved)
            if again:
                self._waiting.setdefault(job.owner, deque()).appendleft(job)
                self._waiting.move_to_end(job.owner, last=False)
        if not again:
            job.result.set_exception(WorkersLostError(LOST if self._has_answered else NOT_STARTED))
        elif job.on_lost is not None:
            job.on_lost()

    def _moved(self) -> None:
        """A worker is gone and the executor has sent its jobs to another: which they were, it does not say."""
        with self._lock:
            jobs = list(self._running)
        for job in jobs:
            if job.on_lost is not None:
                job.on_lost()


_opening = threading.Lock()
_opened: list[Workers] = []  # by this process
_ending = threading.Event()


def workers_of_this_app() -> Workers:
    """As the environment says: UNROLLED_CLUSTER=tcp://host:port, or UNROLLED_WORKERS=n processes here, or one a core."""
    with _opening:
        if _ending.is_set():
            raise RuntimeError("the server is ending")
        made = Workers(_backend())
        _opened.append(made)
        return made


def close_workers() -> None:
    """At the end of the server. Workers that a page is opening at this moment are waited for and closed too."""
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
