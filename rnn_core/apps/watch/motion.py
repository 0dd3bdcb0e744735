"""Paths of a ball in a square field: eight kinds of motion, and the picture of the ball at each moment."""

import numpy as np

from rnn_core.arrays import Array
from rnn_core.errors import check_array

SIDE = 16  # pixels along the field
FRAMES = 16  # of a strip
SEEN = 10  # frames that are read before the questions of the test
KINDS = ("right", "left", "up", "down", "clockwise", "anticlockwise", "bounce", "swing")
RADIUS = 2.0  # of the ball, in pixels
EDGE = 2.5  # the middle of the ball stays so far from the walls, so that all of it is seen
SLOWEST, FASTEST = 0.4, 0.7  # pixels a frame; circles and swings are as fast on average


def path(kind: str, rng: np.random.Generator, frames: int = FRAMES) -> Array:
    """(frames, 2) the middle of the ball (x, y), with y downwards."""
    times = np.arange(frames, dtype=np.float64)
    match kind:
        case "bounce":
            return _bouncing(rng, times)
        case "swing":
            return _within(_swing(rng, times), rng)
        case "clockwise" | "anticlockwise":
            return _within(_circle(rng, times, 1.0 if kind == "clockwise" else -1.0), rng)
        case _:
            angle = {"right": 0.0, "down": 0.5, "left": 1.0, "up": 1.5}[kind] * np.pi + rng.uniform(-0.25, 0.25)
            speed = rng.uniform(SLOWEST, FASTEST)
            return _within(times[:, None] * speed * np.array([np.cos(angle), np.sin(angle)]), rng)


def _circle(rng: np.random.Generator, times: Array, direction: float) -> Array:
    radius, first = rng.uniform(2.0, 4.5), rng.uniform(0, 2 * np.pi)
    angles = first + direction * times * rng.uniform(SLOWEST, FASTEST) * 1.6 / radius
    return np.asarray(radius * np.stack([np.cos(angles), np.sin(angles)], axis=1))


def _swing(rng: np.random.Generator, times: Array) -> Array:
    """To and fro along a line, slower at the ends."""
    width, angle = rng.uniform(2.0, 4.5), rng.uniform(0, 2 * np.pi)
    along = width * np.sin(rng.uniform(0, 2 * np.pi) + times * rng.uniform(0.35, 0.6))
    return np.asarray(along[:, None] * np.array([np.cos(angle), np.sin(angle)]))


def _bouncing(rng: np.random.Generator, times: Array) -> Array:
    """A straight line that meets a wall among the frames that are read, and leaves it as light leaves a mirror."""
    low, high = EDGE, SIDE - EDGE
    speed, angle, start = 0.0, 0.0, np.zeros(2)
    while True:
        speed, angle = rng.uniform(SLOWEST, 1.6 * FASTEST), rng.uniform(0, 2 * np.pi)
        start = rng.uniform(low, high, 2)
        line = start + times[:, None] * speed * np.array([np.cos(angle), np.sin(angle)])
        beyond = np.maximum(low - line, line - high).max(axis=1)  # pixels behind the nearest wall
        if beyond[2] < 0.0 and beyond[SEEN - 3] > 0.8:
            break
    span = high - low
    folded = np.abs((line - low + span) % (2 * span) - span)
    return np.asarray(low + folded)


def _within(line: Array, rng: np.random.Generator) -> Array:
    """The path at a random place of the field in which no wall is met."""
    low, high = EDGE - line.min(axis=0), SIDE - EDGE - line.max(axis=0)
    return np.asarray(line + rng.uniform(low, np.maximum(low, high)))


def frames_of(points: Array) -> Array:
    """(..., 2) -> (..., SIDE * SIDE): a pixel is 1 inside the ball, 0 outside, and between them at its edge."""
    middles = np.arange(SIDE) + 0.5
    down = (middles[:, None] - points[..., 1, None, None]) ** 2
    right = (middles[None, :] - points[..., 0, None, None]) ** 2
    inside = np.clip(RADIUS + 0.5 - np.sqrt(down + right), 0.0, 1.0)
    return np.asarray(inside.reshape(*points.shape[:-1], SIDE * SIDE))


def centres(frames: Array) -> Array:
    """(..., SIDE * SIDE) -> (..., 2): the centre of mass of each picture; the middle of the field where it is empty."""
    grid = frames.reshape(*frames.shape[:-1], SIDE, SIDE)
    mass = grid.sum(axis=(-2, -1))
    middles = np.arange(SIDE) + 0.5
    x, y = (grid.sum(axis=-2) * middles).sum(axis=-1), (grid.sum(axis=-1) * middles).sum(axis=-1)
    whole = np.where(mass > 1e-9, mass, 1.0)
    found = np.stack([x, y], axis=-1) / whole[..., None]
    return np.where((mass > 1e-9)[..., None], found, SIDE / 2)


def own_path(points: Array) -> Array:
    """A visitor's points (n, 2) in pixels of the field, kept so far from the walls that the whole ball is seen."""
    checked = check_array("points", points, (len(points), 2))
    return np.clip(checked, EDGE, SIDE - EDGE)
