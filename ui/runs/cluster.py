"""Workers on many machines: a Dask scheduler whose address is in UNROLLED_CLUSTER (requirements-cluster.txt shows how to start
one)."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import partial
from typing import Any

from distributed import Client, KilledWorker
from distributed.comm.core import CommClosedError

SECONDS_TO_CONNECT = 5
SECONDS_BETWEEN_ATTEMPTS = 5.0  # a scheduler that did not answer is not asked again before
SECONDS_BETWEEN_LOOKS = 1.0


class DaskCluster:
    """When the scheduler loses a worker, it sends the jobs to another one itself. Jobs that it gives up raise an error of `lost`."""

    lost: tuple[type[BaseException], ...] = (KilledWorker, CommClosedError)

    def __init__(self, address: str) -> None:
        self.address = address
        self._connection: SchedulerConnection | None = None

    def open(self, on_lost: Callable[[], None]) -> Executor:
        self._connection = SchedulerConnection(self.address, on_lost)
        return self._connection

    def width(self) -> int:
        return max(1, sum(self._connection.threads.values())) if self._connection else 1

    def is_reachable(self) -> bool:
        return self._connection is not None and self._connection.is_open()

    def close(self, executor: Executor) -> None:
        executor.shutdown(wait=False)


class SchedulerConnection(Executor):
    """A client of the scheduler. When the scheduler has been away, another client takes its place."""

    def __init__(self, address: str, on_lost: Callable[[], None]) -> None:
        self.address, self.threads = address, dict[str, int]()  # threads by worker
        self._lock, self._ended = threading.Lock(), threading.Event()
        self._client: Client | None = None
        self._failed_at = -SECONDS_BETWEEN_ATTEMPTS
        with suppress(CommClosedError):
            self._connected()
        # Asking the scheduler blocks, and jobs are sent from threads that must not.
        threading.Thread(target=self._watch, args=(on_lost,), daemon=True).start()

    def is_open(self) -> bool:
        # A client that has just lost its scheduler tries to reach it for a while, and keeps jobs until then.
        return self._client is not None and self._client.status in ("running", "connecting")

    def submit(self, call: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        sent: Future[Any] = self._connected().get_executor(pure=False).submit(partial(call, *args, **options))
        return sent

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._ended.set()
        if self._client is not None:
            self._client.close()

    def _connected(self) -> Client:
        with self._lock:
            if self._ended.is_set():
                raise RuntimeError("the connection to the cluster has been closed")
            if self._client is not None and self.is_open():
                return self._client
            if time.monotonic() < self._failed_at + SECONDS_BETWEEN_ATTEMPTS:
                raise CommClosedError(f"{self.address} did not answer a moment ago")
            try:
                self._client = Client(self.address, timeout=SECONDS_TO_CONNECT, name="unrolled")
            except OSError as problem:
                self._failed_at, self.threads = time.monotonic(), {}
                raise CommClosedError(str(problem)) from problem
            self.threads = self._client.nthreads()
            return self._client

    def _watch(self, on_lost: Callable[[], None]) -> None:
        while not self._ended.wait(SECONDS_BETWEEN_LOOKS):
            try:
                now = self._connected().nthreads()
            except (OSError, RuntimeError, ValueError, AttributeError):  # the scheduler is away, or is closing
                continue
            gone, self.threads = self.threads.keys() - now.keys(), now
            if gone:
                on_lost()
