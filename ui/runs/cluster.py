"""Workers on many machines: a Dask scheduler whose address is in UNROLLED_CLUSTER (requirements-cluster.txt shows how to start
one)."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor

from distributed import Client, KilledWorker
from distributed.comm.core import CommClosedError

SECONDS_TO_CONNECT = 10
SECONDS_BETWEEN_LOOKS = 1.0


class DaskCluster:
    """A Dask scheduler. When it loses a worker, it sends the jobs to another one itself. Jobs that it gives up raise an error of
    `lost`."""

    lost: tuple[type[BaseException], ...] = (KilledWorker, CommClosedError)

    def __init__(self, address: str) -> None:
        self.address = address
        self._threads: dict[str, int] = {}  # by worker
        self._stop = threading.Event()

    def open(self, on_lost: Callable[[], None]) -> Executor:
        self._client = client = Client(self.address, timeout=SECONDS_TO_CONNECT, name="unrolled")
        self._threads = client.nthreads()
        # Asking the scheduler blocks, and jobs are sent from threads that must not.
        threading.Thread(target=self._watch, args=(client, on_lost), daemon=True).start()
        executor: Executor = client.get_executor(pure=False)
        return executor

    def replacement_for(self, executor: Executor, on_lost: Callable[[], None]) -> Executor:
        executor.shutdown(wait=False)
        return self.open(on_lost)

    def width(self) -> int:
        return max(1, sum(self._threads.values()))

    def close(self, executor: Executor) -> None:
        self._stop.set()
        executor.shutdown(wait=False)
        self._client.close()

    def _watch(self, client: Client, on_lost: Callable[[], None]) -> None:
        while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
            try:
                now = client.nthreads()
            except (
                OSError,
                RuntimeError,
                ValueError,
                AttributeError,
            ):  # the scheduler cannot be reached, or is closing
                continue
            gone, self._threads = self._threads.keys() - now.keys(), now
            if gone:
                on_lost()
