"""Medians, measured fairly: the contenders take turns, so that whatever else the machine does hits them all alike."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def medians(
    contenders: Mapping[str, Callable[[], Callable[[], object]]], rounds: int, repeats: int = 1
) -> dict[str, float]:
    """Seconds of the processor. Each contender is called to get ready; what it returns is timed.

    Processor time, because all contenders compute on one thread and other programs may want the same core. Short ones go
    several times a turn.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, get_ready in contenders.items():
            works = [get_ready() for _ in range(repeats)]
            start = time.process_time()
            for work in works:
                work()
            if turn:  # the first round only warms up
                seconds[name].append((time.process_time() - start) / repeats)
    return {name: statistics.median(each) for name, each in seconds.items()}


def table(head: list[str], rows: list[list[str]]) -> str:
    """Text in columns, the first one to the left."""
    widths = [max(len(row[k]) for row in [head, *rows]) for k in range(len(head))]
    lines = [
        [cell.ljust(w) if k == 0 else cell.rjust(w) for k, (cell, w) in enumerate(zip(row, widths, strict=True))]
        for row in [head, ["-" * w for w in widths], *rows]
    ]
    return "\n".join("  ".join(line) for line in lines)


def machine() -> dict[str, Any]:
    import numpy
    import torch

    return {
        "cores": os.cpu_count(),
        "processor": platform.machine(),
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "torch": torch.__version__,
        "load_1min": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def save(name: str, results: Mapping[str, Any]) -> Path:
    """benchmarks/results/NAME.json."""
    path = RESULTS / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine(), **results}, indent=2) + "\n", encoding="utf-8")
    return path
