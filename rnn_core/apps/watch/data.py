"""Strips of a moving ball. Training, validation and test strips come from different streams of random numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.watch.motion import FRAMES, KINDS, frames_of, path
from rnn_core.arrays import Array

Part = Literal["known", "validation", "test"]
Places = NDArray[np.int64]
COUNTS: dict[Part, int] = {"known": 4000, "validation": 240, "test": 480}  # "known": training strips for the baselines
_STREAMS: dict[Part, int] = {"known": 1, "validation": 2, "test": 3}


@dataclass(frozen=True)
class Strips:
    paths: Array  # (N, FRAMES, 2)
    frames: Array  # (N, FRAMES, pixels)
    kinds: Places  # (N,) numbers of KINDS


def draw(seed: Sequence[int], count: int) -> Strips:
    """Every kind equally often."""
    rng = np.random.default_rng(seed)
    kinds = np.resize(rng.permutation(len(KINDS)), count)
    paths = np.stack([path(KINDS[kind], rng) for kind in kinds])
    return Strips(paths, frames_of(paths), kinds)


@cache
def held_out(part: Part) -> Strips:
    return draw([_STREAMS[part]], COUNTS[part])


def shuffled(frames: Array, seed: Sequence[int], seen: int = FRAMES) -> Array:
    """Strips (N, frames, pixels) with the first `seen` frames of each in a random order of its own."""
    rng = np.random.default_rng(seed)
    orders = rng.random((len(frames), seen)).argsort(axis=1)
    mixed = np.take_along_axis(frames[:, :seen], orders[:, :, None], axis=1)
    return np.concatenate([mixed, frames[:, seen:]], axis=1)
