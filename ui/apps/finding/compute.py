"""Cached results of the page on finding."""

from dataclasses import dataclass

import numpy as np

from rnn_core.apps.digits.cut import connected, ink_of, line_of
from rnn_core.apps.finding.data import Part
from rnn_core.apps.finding.found import Found, Judged, suppressed
from rnn_core.apps.finding.reader import Reader, Reading, Way, judged_glimpses, judged_scan
from rnn_core.apps.finding.scenes import SIDE, Truth, drawn, read_scene
from rnn_core.arrays import Array, Mask
from rnn_core.learn.state import RunState
from ui.apps import photo
from ui.browser.finder import ink_of as own_ink
from ui.browser.finder import ink_text
from ui.cache.kept import kept, kept_for_visitor

USUAL = 12.0  # pixels: the height of a digit in the training data
MOST_ENLARGED = 1.0  # a picture is made smaller, and never larger


@dataclass(frozen=True)
class Picture:
    image: Array  # (SIDE, SIDE)
    truth: Truth
    is_known: bool  # whether the truth is all that is in it


@dataclass(frozen=True)
class Scanned:
    candidates: tuple[Found, ...]
    kept: tuple[Found, ...]


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


def picture(scene: str, ink: str) -> Picture:
    image, truth = drawn(read_scene(scene))
    return Picture(np.maximum(image, own_ink(ink)), truth, is_known=not ink)


@kept_for_visitor(32)
def reading(state: RunState, scene: str, ink: str, way: Way) -> Reading:
    return reader(state).read(picture(scene, ink).image, way)


@kept_for_visitor(32)
def scanned(state: RunState, scene: str, ink: str) -> Scanned:
    candidates = reader(state).scan(picture(scene, ink).image)
    return Scanned(tuple(candidates), tuple(suppressed(candidates)))


@kept(16)
def judged_by_glimpses(state: RunState, part: Part, way: Way) -> Judged:
    return judged_glimpses(state, part, way)


@kept(8)
def judged_by_scan(state: RunState, part: Part) -> Judged:
    return judged_scan(state, part)


@kept_for_visitor(4)
def photographed(data: bytes) -> str | photo.Refused:
    """The ink of a picture file, brought to the size of the page's picture; "" where no ink stands out."""
    grey = photo.brightness(data)
    if isinstance(grey, photo.Refused):
        return grey
    ink = line_of(ink_of(grey))
    return ink_text(_fitted(ink)) if ink.any() else ""


def _fitted(ink: Mask) -> Array:
    """(SIDE, SIDE): the ink in the middle, its digits about as high as in the training data, where that fits."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    found = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    usual = float(np.median([piece.height for piece in connected(found)]))
    scale = min(USUAL / usual, (SIDE - 4) / max(found.shape), MOST_ENLARGED)
    fine = 4  # samples along a pixel
    at = (np.arange(SIDE * fine) + 0.5) / fine - SIDE / 2
    down, across = (np.floor(at / scale + length / 2).astype(int) for length in found.shape)
    inside = (down >= 0) & (down < found.shape[0]), (across >= 0) & (across < found.shape[1])
    sampled = np.zeros((SIDE * fine, SIDE * fine))
    sampled[np.ix_(*inside)] = found[np.ix_(down[inside[0]], across[inside[1]])]
    return np.asarray(sampled.reshape(SIDE, fine, SIDE, fine).mean(axis=(1, 3)))
