"""The series: real ones from small files, and two synthetic ones."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from rnn_core.arrays import Array
from rnn_core.errors import check_option

DATA = Path(__file__).parent / "files"


@dataclass(frozen=True)
class Series:
    values: Array  # (N,) without gaps
    dates: tuple[str, ...]  # N of them
    season: int  # steps after which it may repeat; 0 where it has no season
    filled: int = 0  # values that were missing and lie on a straight line between their neighbours


SEASONS = {"sunspots": 11, "co2": 12, "elnino": 12, "nile": 0, "unemployment": 0, "waves": 20, "chaos": 0}
MADE = ("waves", "chaos")
NAMES = tuple(SEASONS)


@cache
def series(name: str) -> Series:
    check_option("series", name, NAMES)
    if name in MADE:
        values = waves() if name == "waves" else chaos()
        return Series(values, tuple(str(k + 1) for k in range(len(values))), SEASONS[name])
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    values = np.array([float(row["value"]) if row["value"] else np.nan for row in rows])
    whole, filled = fill_gaps(values)
    return Series(whole, tuple(row["date"] for row in rows), SEASONS[name], filled)


def fill_gaps(values: Array) -> tuple[Array, int]:
    """The series with missing values interpolated linearly, and their number."""
    known = np.flatnonzero(np.isfinite(values))
    every = np.arange(known[0], known[-1] + 1)
    return np.interp(every, known, values[known]), len(every) - len(known)


def waves(steps: int = 400, noise: float = 0.15, seed: int = 0) -> Array:
    """Two sines, one a season of 20 steps and one of 50, a slow rise, and noise."""
    t = np.arange(steps)
    clean = np.sin(2 * np.pi * t / 20) + 0.6 * np.sin(2 * np.pi * t / 50) + t / steps
    return np.asarray(clean + noise * np.random.default_rng(seed).normal(size=steps))


def chaos(steps: int = 500, seed: int = 0) -> Array:
    """The logistic map x <- 3.9 x (1 - x): each value determines the next one, but small errors grow within ten steps."""
    values = [float(np.random.default_rng(seed).uniform(0.2, 0.8))]
    while len(values) < steps:
        values.append(3.9 * values[-1] * (1.0 - values[-1]))
    return np.array(values)
