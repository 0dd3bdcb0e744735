"""Work that other processes do: the app's own process only sends it and waits for it.

A `Workers` is made once for the whole app. Its processes are spawned, have a low priority and one torch thread each. When
UNROLLED_CLUSTER names a Dask scheduler, the same jobs go there instead.

Owners (visitors) take turns: however many jobs one of them has, everybody's next job comes after at most one of each other
owner's. A job that was running when its worker died is sent again; jobs are pure functions, so that changes no result.
"""

import multiprocessing
import os
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeVar, cast

from rnn_core.learn.jobs import warm_up

ATTEMPTS = 4  # of one job, before its workers are taken to die of it
LOWER_PRIORITY = 10
T = TypeVar("T")


class WorkersLostError(RuntimeError):
    """A job's workers died each time it was sent."""


class Backend(Protocol):
    """Something that runs functions elsewhere, and can be opened anew when it breaks."""

    lost: tuple[type[BaseException], ...]  # what a job's future raises when the worker died, and not the job

    def open(self, on_lost: Callable[[], None]) -> Executor:
        """`on_lost` is for an executor that sends the jobs of a lost worker again by itself."""
        ...

    def width(self) -> int:
        """How many jobs run at the same time."""
        ...

    def close(self, executor: Executor) -> None: ...


class _Pool(ProcessPoolExecutor):
    """It knows its processes, so that they can be ended at once."""

    def __init__(self, count: int) -> None:
        super().__init__(count, mp_context=multiprocessing.get_context("spawn"), initializer=_get_ready)
        before = multiprocessing.active_children()
        for _ in range(count):  # a process is started for a job when no other is idle
            self.submit(os.getpid)
        self.processes = [process for process in multiprocessing.active_children() if process not in before]


@dataclass(frozen=True)
class LocalProcesses:
    count: int
    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def open(self, on_lost: Callable[[], None]) -> Executor:
        # The numerical libraries of the workers read these when they start; in this process they have been read already.
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(name, "1")
        return _Pool(self.count)

    def width(self) -> int:
        return self.count

    def close(self, executor: Executor) -> None:
        """At once: a worker that is just starting would not hear of it before torch is imported, many seconds later."""
        executor.shutdown(wait=False, cancel_futures=True)
        processes = cast(_Pool, executor).processes
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _get_ready() -> None:
    """In a new worker process, before its first job."""
    if hasattr(os, "nice"):
        os.nice(LOWER_PRIORITY)
    threading.Thread(target=_leave_with_the_app, daemon=True).start()
    warm_up()


def _leave_with_the_app() -> None:
    """A killed app cannot tell its workers to stop: they watch for it, or they would stay for ever."""
    app = multiprocessing.parent_process()
    if app is not None:
        app.join()
        os._exit(0)


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

    def close(self) -> None:
        """Waiting jobs are cancelled, running ones are forgotten, and the processes end."""
        with self._lock:
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
        self._send()  # before the result is told: whoever waits goes before whoever is about to ask again
        if error is None:
            job.result.set_result(sent.result())
        else:
            job.result.set_exception(error)

    def _lost(self, job: _Job, executor: Executor) -> None:
        """The job goes back to the front of the queue, and a broken executor is replaced once."""
        with self._lock:
            self._running.discard(job)
            again = job.attempts < ATTEMPTS and not self._closed
            broken = executor is self._executor and not self._closed
            if broken:
                self._executor = self._backend.open(self._moved)
            if again:
                self._waiting.setdefault(job.owner, deque()).appendleft(job)
                self._waiting.move_to_end(job.owner, last=False)
        if broken:
            executor.shutdown(wait=False)
        if not again:
            job.result.set_exception(WorkersLostError(f"no worker survived this work, in {job.attempts} attempts"))
        elif job.on_lost is not None:
            job.on_lost()

    def _moved(self) -> None:
        """A worker is gone and the executor has sent its jobs to another: which they were, it does not say."""
        with self._lock:
            jobs = list(self._running)
        for job in jobs:
            if job.on_lost is not None:
                job.on_lost()


def workers_of_this_app() -> Workers:
    """As the environment says: UNROLLED_CLUSTER=tcp://host:port, or UNROLLED_WORKERS=n processes here, or one a core."""
    address = os.environ.get("UNROLLED_CLUSTER")
    if address:
        from ui.runs.cluster import DaskCluster

        return Workers(DaskCluster(address))
    count = int(os.environ.get("UNROLLED_WORKERS", min(os.cpu_count() or 1, 8)))
    return Workers(LocalProcesses(max(count, 1)))
