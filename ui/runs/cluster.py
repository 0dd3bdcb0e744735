"""The same jobs on many machines: a Dask scheduler named by UNROLLED_CLUSTER. requirements-cluster.txt says how to start one."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor

from distributed import Client, KilledWorker
from distributed.comm.core import CommClosedError

SECONDS_TO_CONNECT = 10
SECONDS_BETWEEN_LOOKS = 1.0


class DaskCluster:
    """A scheduler that loses a worker sends its jobs to another one by itself; what it gives up on comes back as lost."""

    lost = (KilledWorker, CommClosedError)

    def __init__(self, address: str) -> None:
        self.address = address
        self._threads: dict[str, int] = {}  # of each worker
        self._stop = threading.Event()

    def open(self, on_lost: Callable[[], None]) -> Executor:
        self._client = client = Client(self.address, timeout=SECONDS_TO_CONNECT, name="unrolled")
        self._threads = client.nthreads()
        # Asking the scheduler blocks, and jobs are sent from threads that must not.
        threading.Thread(target=self._watch, args=(client, on_lost), daemon=True).start()
        return client.get_executor(pure=False)

    def mended(self, executor: Executor, on_lost: Callable[[], None]) -> Executor:
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
            except (OSError, RuntimeError, ValueError, AttributeError):  # cut off from the scheduler, or just closing
                continue
            gone, self._threads = self._threads.keys() - now.keys(), now
            if gone:
                on_lost()
