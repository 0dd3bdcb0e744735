"""Worker processes on this machine: spawned, with a low priority and one torch thread each.

Each process has an executor of its own, because a process that dies breaks its executor. Its jobs then go to the processes
that are ready, while a new one starts.
"""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

from rnn_core.apps.kept import clear_visitor_results
from rnn_core.lab.settings import RunSettings
from rnn_core.learn.jobs import warm_up
from ui.runs.memory import return_free_memory

LOWER_PRIORITY = 10
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_TO_END = 1.0  # from the request to end until the process is killed
SECONDS_TO_KEEP = 600.0  # results of visitors' data in a worker
SECONDS_BETWEEN_TRIMS = 30.0


class _Worker:
    """One process. When it has died, its executor accepts no more jobs."""

    def __init__(self) -> None:
        self._executor = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _initialise)
        self._first = self._executor.submit(os.getpid)  # the executor starts its process for the first job
        (self.process,) = (self._executor._processes or {}).values()
        self._unfinished: set[Future[Any]] = set()

    def is_ready(self) -> bool:
        return self._first.done() and self._first.exception() is None

    def is_dead(self) -> bool:
        return bool(wait([self.process.sentinel], 0))

    def load(self) -> int:
        return len(self._unfinished)

    def submit(self, call: Callable[[], Any]) -> Future[Any]:
        sent = self._executor.submit(call)
        self._unfinished.add(sent)
        sent.add_done_callback(self._unfinished.discard)
        return sent

    def end(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self.process.terminate()


class ProcessPool(Executor):
    def __init__(self, count: int) -> None:
        self._count, self._closed, self._lock = count, False, threading.Lock()
        self._workers: list[_Worker] = []
        with suppress(OSError):  # the next job tries again
            self._start_missing()
        threading.Thread(target=self._watch, name="worker watch", daemon=True).start()

    @property
    def processes(self) -> list[BaseProcess]:
        return [worker.process for worker in self._workers]

    def submit(self, call: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        """Submit the job to the worker with the fewest jobs among those that are ready, or among all if none is."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the worker processes have been ended")
            try:
                self._workers = [worker for worker in self._workers if not worker.is_dead()]
                self._start_missing()
            except OSError as problem:
                raise BrokenProcessPool(str(problem)) from problem
            chosen = min(self._workers, key=lambda worker: (not worker.is_ready(), worker.load()))
            return chosen.submit(partial(call, *args, **options))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes at once, `wait` or not: a worker that is starting would notice a request to end only after it has
        imported torch, many seconds later."""
        with self._lock:
            self._closed = True
        for worker in self._workers:
            worker.end()
        for process in _running_after(SECONDS_TO_END, self.processes):
            process.kill()

    def _start_missing(self) -> None:
        while len(self._workers) < self._count:
            self._workers.append(_Worker())

    def _watch(self) -> None:
        """Replace a worker that dies while it is idle. A worker that dies while it starts is replaced at the next job."""
        while not self._closed:
            wait([worker.process.sentinel for worker in self._workers if not worker.is_dead()], SECONDS_BETWEEN_LOOKS)
            try:
                self._replace_lost()
            except RuntimeError:  # Python is ending, and starts no more processes
                return

    def _replace_lost(self) -> None:
        with self._lock, suppress(OSError):
            lost = [worker for worker in self._workers if worker.is_dead() and worker.is_ready()]
            if lost and not self._closed:
                self._workers = [worker for worker in self._workers if worker not in lost]
                self._start_missing()


def _running_after(seconds: float, processes: list[BaseProcess]) -> list[BaseProcess]:
    """The processes that have not ended after so many seconds."""
    end, running = time.monotonic() + seconds, processes
    while running and wait([process.sentinel for process in running], max(0.0, end - time.monotonic())):
        running = [process for process in running if not wait([process.sentinel], 0)]
    return running


@dataclass(frozen=True)
class LocalProcesses:
    count: int
    # BrokenPipeError: the process died before it had read its job.
    lost: tuple[type[BaseException], ...] = (BrokenProcessPool, BrokenPipeError)

    def open(self, on_lost: Callable[[], None]) -> Executor:
        # The workers' numerical libraries read these when they are imported. This process has imported its own already.
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(name, "1")
        return ProcessPool(self.count)

    def width(self) -> int:
        return self.count

    def is_reachable(self) -> bool:
        return True

    def close(self, executor: Executor) -> None:
        executor.shutdown()


def _initialise() -> None:
    """Called in a new worker process before its first job."""
    if hasattr(os, "nice"):
        os.nice(LOWER_PRIORITY)
    threading.Thread(target=_exit_with_the_app, daemon=True).start()
    warm_up(RunSettings(hidden=4, batch=2, budget=1))


def _exit_with_the_app() -> None:
    """End this worker when the app has ended, because an app that is killed cannot end its workers.

    From time to time drop the results of visitors' data too, because workers receive no message when a visitor leaves. They are
    computed again when they are needed.
    """
    app = multiprocessing.parent_process()
    if app is not None:
        cleared = time.monotonic()
        while app.is_alive():
            app.join(SECONDS_BETWEEN_TRIMS)
            if time.monotonic() - cleared >= SECONDS_TO_KEEP:
                cleared = time.monotonic()
                clear_visitor_results()
            return_free_memory()
        os._exit(0)
