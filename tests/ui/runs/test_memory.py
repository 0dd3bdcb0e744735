"""What was freed goes back to the system."""

import ctypes
import os
import subprocess
import sys

import pytest

from ui.runs.memory import MOST_POOLS, return_free_memory, use_few_pools

FREED = """
import gc, threading
from ui.runs.memory import return_free_memory, use_few_pools

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

use_few_pools()
kept, pieces = [], []

def fill():
    for number in range(400_000):  # pieces that glibc itself hands out, with one that stays behind each thousand
        (kept if number % 1000 == 0 else pieces).append(bytes(700))

threads = [threading.Thread(target=fill) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
full = resident()
pieces.clear()
gc.collect()
return_free_memory()
print((full - resident()) / full)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only glibc keeps what was freed")
def test_freed_memory_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True, timeout=300)
    assert float(done.stdout) > 0.8  # of all that the process held


def test_workers_are_started_with_few_pools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", "")
    monkeypatch.delenv("MALLOC_ARENA_MAX")
    use_few_pools()
    assert os.environ["MALLOC_ARENA_MAX"] == str(MOST_POOLS)


def test_a_system_without_these_calls_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_there(_name: None) -> None:
        raise TypeError("as on Windows")

    monkeypatch.setattr("os.name", "nt")
    monkeypatch.setattr("ctypes.CDLL", none_there)
    use_few_pools()
    return_free_memory()
