"""Pairs of source and target for each task, in disjoint parts.

Numbers and dates come from ranges: some are for validation, others for the test, and all the rest for training. A further
range lies beyond the training data: longer numbers, other centuries. The last part is as people write: numbers drawn evenly, and
the dates of files/dates_test.csv, which was written before the forms of the training data.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from rnn_core.apps.translate.grammar import numbers
from rnn_core.apps.translate.grammar.date_forms import written
from rnn_core.apps.translate.grammar.date_text import normal
from rnn_core.apps.translate.grammar.plain import plain

Task = Literal["en-zh", "zh-en", "dates"]
Part = Literal["training", "validation", "test", "beyond", "people"]
Ranges = tuple[tuple[int, int], ...]  # first and last

TASKS: tuple[Task, ...] = ("en-zh", "zh-en", "dates")
OWN = "own"  # the task of a visitor's pairs
TRAINED_UP_TO = 99_999
NUMBERS: dict[Part, Ranges] = {
    "validation": ((73, 74), (130, 149), (570, 579), (1500, 1599), (6200, 6399), (23_000, 24_999), (70_000, 71_999)),
    "test": (
        (46, 48),
        (340, 359),
        (800, 819),
        (2700, 2899),
        (4000, 4199),
        (8500, 8599),
        (36_000, 37_999),
        (50_000, 51_999),
        (90_000, 91_999),
    ),
    "beyond": ((TRAINED_UP_TO + 1, numbers.LARGEST),),
}
YEARS: dict[Part, Ranges] = {
    "validation": ((1923, 1925), (1966, 1967), (2012, 2013)),
    "test": ((1945, 1949), (1987, 1989), (2031, 2034)),
    "beyond": ((1800, 1899), (2100, 2199)),
}
TRAINED_YEARS = (1900, 2099)
# The shares of training numbers of one to five digits. Chinese has few symbols, so long numbers look alike and need more examples.
LENGTHS: dict[Task, tuple[float, ...] | None] = {"en-zh": None, "zh-en": (0.04, 0.08, 0.2, 0.3, 0.38)}  # None: equal
SIZES: dict[Part, int] = {"validation": 200, "test": 500, "beyond": 200, "people": 500}
STREAMS: dict[Part, int] = {"training": 1, "validation": 2, "test": 3, "beyond": 4, "people": 5}
FILES = Path(__file__).parent / "files"


@dataclass(frozen=True)
class Pair:
    source: str
    target: str
    other: str = ""  # a second right translation

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.target, self.other) if self.other else (self.target,)


def part_of(value: int, ranges: dict[Part, Ranges]) -> Part:
    """The part of a number or a year."""
    for part, spans in ranges.items():
        if any(first <= value <= last for first, last in spans):
            return part
    return "training"


def draw(task: Task, part: Part, rng: np.random.Generator, size: int) -> list[Pair]:
    if task == "dates":
        return [Pair(*written(day, rng, year=part != "training")) for day in _days(part, rng, size)]
    both = [(numbers.english(n), numbers.chinese(n)) for n in _numbers(task, part, rng, size)]
    return [Pair(*pair) if task == "en-zh" else Pair(*pair[::-1]) for pair in both]


@lru_cache(maxsize=8)
def training_pairs(task: Task, size: int) -> tuple[Pair, ...]:
    """The training pairs of the network, which the baselines use too."""
    return tuple(draw(task, "training", np.random.default_rng([STREAMS["training"], TASKS.index(task)]), size))


@lru_cache(maxsize=16)
def held_out(task: Task, part: Part) -> tuple[Pair, ...]:
    """The held-out pairs, the same for every run and all different, so that no pair counts twice."""
    if task == "dates" and part == "people":
        return dates_of_people("dates_test.csv")
    pairs = draw(task, part, np.random.default_rng([STREAMS[part], TASKS.index(task)]), 2 * SIZES[part])
    return tuple(dict.fromkeys(pairs))[: SIZES[part]]


def dates_of_people(file: str) -> tuple[Pair, ...]:
    """The texts of a file as the network reads them, and their readings."""
    with (FILES / file).open(encoding="utf-8", newline="") as rows:
        return tuple(
            Pair(normal(plain(row["written"])), row["iso"], row["other reading"]) for row in csv.DictReader(rows)
        )


def _numbers(task: Task, part: Part, rng: np.random.Generator, size: int) -> list[int]:
    """Numbers of each length. Every second one has many zeros, for which the two grammars differ."""
    if part == "people":
        return [int(value) for value in rng.integers(0, TRAINED_UP_TO + 1, size)]
    if part in ("validation", "test"):
        return _within(NUMBERS[part], rng, size)
    shares = None if part == "beyond" else LENGTHS[task]
    found = np.empty(0, dtype=np.int64)
    while len(found) < size:
        lengths = rng.choice([6] if part == "beyond" else [1, 2, 3, 4, 5], 2 * size, p=shares)
        digits = rng.integers(0, 10, (2 * size, 6))
        digits *= np.where(rng.random((2 * size, 1)) < 0.5, rng.integers(0, 2, digits.shape), 1)
        digits[lengths > 1, 0] = rng.integers(1, 10, int((lengths > 1).sum()))
        places = np.maximum(lengths[:, None] - 1 - np.arange(6), -1)
        values = np.where(places >= 0, digits * 10 ** np.maximum(places, 0), 0).sum(axis=1)
        found = np.concatenate([found, values[[part_of(int(value), NUMBERS) == part for value in values]]])
    return [int(value) for value in found[:size]]


def _days(part: Part, rng: np.random.Generator, size: int) -> list[date]:
    if part == "training":
        years = [y for y in range(TRAINED_YEARS[0], TRAINED_YEARS[1] + 1) if part_of(y, YEARS) == part]
        drawn = rng.choice(years, size).tolist()
    else:
        drawn = _within(YEARS[part], rng, size)
    shares = rng.random(size)
    starts = [date(year, 1, 1) for year in drawn]
    return [
        start + timedelta(days=int(share * (date(start.year + 1, 1, 1) - start).days))
        for start, share in zip(starts, shares, strict=True)
    ]


def _within(ranges: Ranges, rng: np.random.Generator, size: int) -> list[int]:
    """Numbers of all ranges, each range with the same frequency."""
    firsts, lasts = np.array(ranges)[rng.integers(0, len(ranges), size)].T
    return [int(value) for value in rng.integers(firsts, lasts + 1)]
