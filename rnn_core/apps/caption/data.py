"""Scenes with their sentences, in disjoint parts.

Training, validation and test scenes have one to three shapes; the digest of a scene decides to which part it belongs. Nine pairs
of a colour and a place occur in none of them: they are for the test of new pairs. A last test has four shapes.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.caption.grammar import Language, Words, sentence, vocabulary
from rnn_core.apps.caption.scenes import CELLS, COLOURS, FORMS, MOST_MOVED, SIZES, Scene, Shape, Shift, picture, written
from rnn_core.arrays import Array

Part = Literal["training", "validation", "test", "new pairs", "four shapes"]
Tokens = NDArray[np.int64]

TESTS: tuple[Part, ...] = ("test", "new pairs", "four shapes")
MOST_SHAPES = 3  # in training
SHARES = (0.2, 0.35, 0.45)  # of scenes with one, two and three shapes
COUNTS: dict[Part, int] = {"validation": 200, "test": 300, "new pairs": 300, "four shapes": 300}
_STREAMS: dict[Part, int] = {"training": 1, "validation": 2, "test": 3, "new pairs": 4, "four shapes": 5}


@dataclass(frozen=True)
class Examples:
    scenes: tuple[Scene, ...]
    images: Array  # (N, 3, SIDE, SIDE)


def is_new_pair(shape: Shape) -> bool:
    """Whether training never shows this colour at this place."""
    return COLOURS.index(shape.colour) == (2 * shape.cell) % len(COLOURS)


def part_of(scene: Scene) -> Part:
    if any(map(is_new_pair, scene)):
        return "new pairs"
    if len(scene) > MOST_SHAPES:
        return "four shapes"
    group = zlib.crc32(written(scene).encode()) % 8
    return "test" if group == 0 else "validation" if group == 1 else "training"


def draw(part: Part, rng: np.random.Generator, count: int) -> Examples:
    scenes: list[Scene] = []
    while len(scenes) < count:
        scene = _scene(rng, 4 if part == "four shapes" else 1 + int(rng.choice(MOST_SHAPES, p=SHARES)), part)
        if part_of(scene) == part:
            scenes.append(scene)
    shifts = [tuple(_shift(shape, rng) for shape in scene) for scene in scenes]
    return Examples(tuple(scenes), np.stack([picture(*each) for each in zip(scenes, shifts, strict=True)]))


@cache
def held_out(part: Part) -> Examples:
    """The scenes of a held-out part. They come from a fixed seed, so every run is judged on the same ones."""
    return draw(part, np.random.default_rng([_STREAMS[part]]), COUNTS[part])


def _scene(rng: np.random.Generator, count: int, part: Part) -> Scene:
    cells = sorted(rng.choice(CELLS, count, replace=False).tolist())
    rows = rng.integers(0, [len(FORMS), len(COLOURS), len(SIZES)], (count, 3)).tolist()
    if part == "new pairs":  # one shape of the scene is new
        at = int(rng.integers(count))
        rows[at][1] = (2 * cells[at]) % len(COLOURS)
    made = [Shape(cell, FORMS[f], COLOURS[c], SIZES[s]) for cell, (f, c, s) in zip(cells, rows, strict=True)]
    return tuple(made)


def _shift(shape: Shape, rng: np.random.Generator) -> Shift:
    most = MOST_MOVED[shape.size]
    down, right = rng.integers(-most, most + 1, 2).tolist()
    return int(down), int(right)


def tokens_of(words: Words, language: Language) -> list[int]:
    return [vocabulary(language).index(word) for word in words]


def words_of(tokens: Sequence[int], language: Language) -> Words:
    return tuple(vocabulary(language)[token] for token in tokens)


def sentences(scenes: Sequence[Scene], language: str) -> list[Words]:
    return [sentence(scene, cast(Language, language)) for scene in scenes]


def table(targets: Sequence[Words], language: str) -> tuple[Tokens, Tokens]:
    """The decoder's inputs (N, S), which begin with the end symbol, and its targets (N, S), which end with it and then -1."""
    spoken = cast(Language, language)
    end, width = len(vocabulary(spoken)), 1 + max(map(len, targets))
    inputs, wanted = np.zeros((len(targets), width), np.int64), np.full((len(targets), width), -1)
    for row, words in enumerate(targets):
        tokens = tokens_of(words, spoken)
        inputs[row, : len(tokens) + 1] = [end, *tokens]
        wanted[row, : len(tokens) + 1] = [*tokens, end]
    return inputs, wanted
