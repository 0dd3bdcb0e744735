"""What visitors have waited for, by kind, and what the processes have used meanwhile."""

import os
import statistics
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PROCESSES = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 2**20


@dataclass
class Waits:
    """Seconds of each action, by its kind, and the errors."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, seconds: float) -> None:
        self.of[kind].append(seconds)

    def all_of(self, *kinds: str) -> list[float]:
        return [wait for kind in kinds for wait in self.of.get(kind, ())]


def summary(waits: list[float]) -> dict[str, float]:
    """Median, 95th percentile and maximum of some waits, in milliseconds, and their number."""
    if not waits:
        return {"count": 0}
    p95 = statistics.quantiles(waits, n=20, method="inclusive")[-1] if len(waits) > 1 else waits[0]
    return {
        "median": round(1000 * statistics.median(waits)),
        "p95": round(1000 * p95),
        "slowest": round(1000 * max(waits)),
        "count": len(waits),
    }


@dataclass(frozen=True)
class Used:
    """What one process has used so far."""

    seconds: float  # of the processor
    resident: int  # bytes
    share: int  # bytes, pages that several processes hold divided among them


def family(process: int) -> dict[str, Used]:
    """The process and all that it has started, by name and number."""
    found: dict[str, Used] = {}
    for number in [process, *_descendants(process)]:
        with suppress(OSError, ValueError, IndexError):
            found[f"{_name(number)} {number}"] = _used(number)
    return found


def megabytes(processes: dict[str, Used]) -> dict[str, int]:
    return {
        "resident": sum(each.resident for each in processes.values()) // MEGABYTE,
        "share": sum(each.share for each in processes.values()) // MEGABYTE,
    }


def seconds_between(before: dict[str, Used], after: dict[str, Used]) -> dict[str, float]:
    """Processor seconds of each process."""
    return {
        name: round(each.seconds - (before[name].seconds if name in before else 0.0), 2) for name, each in after.items()
    }


def processor_seconds(process: int) -> float:
    """What the process alone has used so far. Linux makes the number of a process's clock so (clock_getcpuclockid)."""
    return time.clock_gettime(~process << 3 | 2)


def _descendants(process: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for thread in (_PROCESSES / str(process) / "task").iterdir():
            with suppress(OSError):
                for child in (thread / "children").read_text().split():
                    found += [int(child), *_descendants(int(child))]
    return found


def _name(process: int) -> str:
    words = (_PROCESSES / str(process) / "cmdline").read_bytes().decode().split("\0")
    if any(word.endswith("streamlit") for word in words):
        return "server"
    return "worker" if any("spawn_main" in word for word in words) else "helper"


def _used(process: int) -> Used:
    folder = _PROCESSES / str(process)
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    sizes: dict[str, Any] = {}
    for line in (folder / "smaps_rollup").read_text().splitlines()[1:]:
        name, _, size = line.partition(":")
        sizes[name] = int(size.split()[0]) * 1024
    return Used((int(fields[11]) + int(fields[12])) / _TICKS, sizes["Rss"], sizes["Pss"])
