"""Worker processes on this machine: spawned, with a low priority and one torch thread each.

Each has a queue of its own, so that a process that dies takes no other with it: its jobs go to those that are ready, while a
new one starts in its place.
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

LOWER_PRIORITY = 10
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_TO_END = 1.0  # before a process that was asked to end is killed
SECONDS_TO_KEEP = 600.0  # what a worker has made of visitors' data


class _Worker:
    """One process. When it has died, its executor takes no more jobs."""

    def __init__(self) -> None:
        self._executor = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _get_ready)
        self._first = self._executor.submit(os.getpid)  # a process is started for the first job
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
        """To a worker that is ready, if there is one, and of these to the one with the fewest jobs."""
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
        """At once: a worker that is just starting would not hear of it before torch is imported, many seconds later."""
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
        """Replaces at once a worker that dies while it is idle. One that dies while it starts waits for the next job."""
        while not self._closed:
            wait([worker.process.sentinel for worker in self._workers if not worker.is_dead()], SECONDS_BETWEEN_LOOKS)
            try:
                self._replace_lost()
            except RuntimeError:  # Python itself is ending, and starts no more processes
                return

    def _replace_lost(self) -> None:
        with self._lock, suppress(OSError):
            lost = [worker for worker in self._workers if worker.is_dead() and worker.is_ready()]
            if lost and not self._closed:
                self._workers = [worker for worker in self._workers if worker not in lost]
                self._start_missing()


def _running_after(seconds: float, processes: list[BaseProcess]) -> list[BaseProcess]:
    """Those that have not ended by then."""
    end, running = time.monotonic() + seconds, {process.sentinel: process for process in processes}
    while running and (ended := wait(list(running), max(0.0, end - time.monotonic()))):
        for sentinel in ended:
            del running[sentinel]
    return list(running.values())


@dataclass(frozen=True)
class LocalProcesses:
    count: int
    # The second: a process that died before it had read what it was sent.
    lost: tuple[type[BaseException], ...] = (BrokenProcessPool, BrokenPipeError)

    def open(self, on_lost: Callable[[], None]) -> Executor:
        # The numerical libraries of the workers read these when they start; in this process they have been read already.
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(name, "1")
        return ProcessPool(self.count)

    def mended(self, executor: Executor, on_lost: Callable[[], None]) -> Executor:
        """The pool replaces its lost processes itself."""
        return executor

    def width(self) -> int:
        return self.count

    def close(self, executor: Executor) -> None:
        executor.shutdown()


def _get_ready() -> None:
    """In a new worker process, before its first job."""
    if hasattr(os, "nice"):
        os.nice(LOWER_PRIORITY)
    threading.Thread(target=_leave_with_the_app, daemon=True).start()
    warm_up(RunSettings(hidden=4, batch=2, budget=1))


def _leave_with_the_app() -> None:
    """A killed app cannot tell its workers to stop: they watch for it, or they would stay for ever. Nor does a worker hear
    that a visitor has left: it forgets what it has made of visitors' data from time to time, and makes it again if need be."""
    app = multiprocessing.parent_process()
    if app is not None:
        while app.is_alive():
            app.join(SECONDS_TO_KEEP)
            clear_visitor_results()
        os._exit(0)
