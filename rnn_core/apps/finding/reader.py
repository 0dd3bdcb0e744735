"""The trained finder in the core's float64: glimpse by glimpse what it reads and where it looks next; and its eye at all places."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.apps.batched import batch_step, first_state
from rnn_core.apps.finding import data
from rnn_core.apps.finding.data import Part
from rnn_core.apps.finding.found import Found, Judged, judged, suppressed
from rnn_core.apps.finding.paths import Whole, from_window, middles
from rnn_core.apps.finding.scenes import SIDE
from rnn_core.apps.finding.settings import (
    ALL_PLACES,
    CELL,
    FEATURES,
    MARGIN,
    MEASURES,
    MOST_GLIMPSES,
    NOTHING,
    PLACES,
    WINDOW,
    Settings,
)
from rnn_core.apps.kept import cached_with_state
from rnn_core.apps.scores import Scores
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.arrays import Array
from rnn_core.blocks.convolution import convolve, max_pool
from rnn_core.blocks.readout import ReadoutParams, softmax
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.errors import check_array
from rnn_core.learn.state import RunState
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

Way = Literal["path", "reset", "random"]  # its own path, with the state reset before every glimpse, or to random places
_AT_ONCE = 50  # pictures that are read together
_RANDOM = 58  # a stream of random numbers


@dataclass(frozen=True)
class Glimpse:
    cell: int
    window: Array  # (WINDOW, WINDOW)
    features: Array  # (FEATURES,)
    chances: Array  # (11,) of the ten digits and of nothing
    box: Array  # (4,) in the picture
    pointed: Array  # (places + 1,) the probabilities from which its place was chosen

    @property
    def kind(self) -> int:
        return int(self.chances.argmax())

    @property
    def found(self) -> Found | None:
        return None if self.kind == NOTHING else Found(self.kind, float(self.chances.max()), self.box, self.cell)


@dataclass(frozen=True)
class Reading:
    glimpses: tuple[Glimpse, ...]
    end: Array  # (places + 1,) the probabilities after the last glimpse
    has_ended: bool  # whether the network ended the path itself

    @property
    def found(self) -> list[Found]:
        return [glimpse.found for glimpse in self.glimpses if glimpse.found is not None]


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        tensors = network_tensors(state)
        self.kernels = {
            name: (tensors[f"{name}.weight"], tensors[f"{name}.bias"])
            for name in ("eye", "eye2", "feature", "coarse", "coarse2")
        }
        self.what, self.box, self.at, self.ask, self.point, self.stop = (
            linear(tensors, f"{name}.") for name in ("what", "box", "at", "ask", "point", "stop")
        )
        self.marks = (tensors["row.weight"][:, None] + tensors["column.weight"][None]).reshape(ALL_PLACES, -1)
        self.params = recurrent(tensors, "recurrent.", self.settings).forward[0]

    def read(self, image: Array, way: Way = "path", seed: int = 0) -> Reading:
        return self.read_all(image[None], way, seed)[0]

    def read_all(self, images: Array, way: Way = "path", seed: int = 0) -> list[Reading]:
        """(N, SIDE, SIDE). Random places are as many as the network's own path would have."""
        images = check_array("images", images, (len(images), SIDE, SIDE))
        if way == "random":
            lengths = [len(reading.glimpses) for reading in self.read_all(images)]
            rng = np.random.default_rng([_RANDOM, seed])
            return [
                self._random(image, rng.integers(ALL_PLACES, size=n)) for image, n in zip(images, lengths, strict=True)
            ]
        wide, seen = _with_margin(images), self.coarse_view(images)
        taken: list[list[Glimpse]] = [[] for _ in images]
        ends: list[Array] = [np.zeros(0) for _ in images]
        active, state = np.arange(len(images)), first_state(self.params, len(images))
        for count in range(MOST_GLIMPSES + 1):
            pointed = self.pointed(seen[active], state.h)
            cells = pointed.argmax(axis=1)
            going = np.flatnonzero((cells < ALL_PLACES) & (count < MOST_GLIMPSES))
            for row in np.setdiff1d(np.arange(len(active)), going).tolist():
                ends[active[row]] = pointed[row]
            active, cells, pointed = active[going], cells[going], pointed[going]
            if not len(active):
                break
            looked = self.look(wide[active], cells, pointed)
            for row, glimpse in zip(active.tolist(), looked, strict=True):
                taken[row].append(glimpse)
            before = state.rows(going)
            if way == "reset" or not self.settings.memory:
                before = first_state(self.params, len(active))
            state = batch_step(self.params, self.inputs(looked), before)
        return [
            Reading(tuple(each), end, bool(end.argmax() == ALL_PLACES)) for each, end in zip(taken, ends, strict=True)
        ]

    def _random(self, image: Array, cells: Whole) -> Reading:
        even = np.full((len(cells) + 1, ALL_PLACES + 1), 1.0 / ALL_PLACES)
        even[:, ALL_PLACES] = 0.0
        wide = np.repeat(_with_margin(image[None]), len(cells), axis=0)
        return Reading(tuple(self.look(wide, cells, even[:-1])), even[-1], has_ended=False)

    def coarse_view(self, images: Array) -> Array:
        """(N, places, POINTING): what the coarse picture shows at each place, with its mark."""
        small = images.reshape(len(images), 1, PLACES, CELL, PLACES, CELL).mean(axis=(3, 5))
        for name in ("coarse", "coarse2"):
            small = np.maximum(convolve(small, *self.kernels[name]), 0.0)
        return _apply(self.at, small.reshape(len(images), -1, ALL_PLACES).transpose(0, 2, 1)) + self.marks

    def pointed(self, seen: Array, h: Array) -> Array:
        """(N, places + 1): the probability of each next place, and of the end, in states (N, H)."""
        scores = _apply(self.point, np.tanh(seen + _apply(self.ask, h)[:, None]))[..., 0]
        return softmax(np.concatenate([scores, _apply(self.stop, h)], axis=1))

    def look(self, wide: Array, cells: Whole, pointed: Array) -> list[Glimpse]:
        """The glimpse at one place of each picture, which has its margin."""
        tops, lefts = CELL * (cells // PLACES), CELL * (cells % PLACES)
        windows = np.array(
            [
                picture[top : top + WINDOW, left : left + WINDOW]
                for picture, top, left in zip(wide, tops, lefts, strict=True)
            ]
        )
        features = self._eye(windows)[:, :, 0, 0]
        chances, boxes = self._answers(features, cells)
        return [
            Glimpse(int(cell), *rest)
            for cell, *rest in zip(cells, windows, features, chances, boxes, pointed, strict=True)
        ]

    def scan(self, image: Array) -> list[Found]:
        """The eye at all places, without suppression: every window in which it finds a digit."""
        features = self._eye(_with_margin(image[None]))[0].reshape(FEATURES, -1).T
        cells = np.arange(ALL_PLACES)
        chances, boxes = self._answers(features, cells)
        kinds = chances.argmax(axis=1)
        return [
            Found(int(kinds[cell]), float(chances[cell].max()), boxes[cell], int(cell))
            for cell in np.flatnonzero(kinds != NOTHING)
        ]

    def inputs(self, glimpses: Sequence[Glimpse]) -> Array:
        """What the recurrent cell reads of each glimpse: its features and the mark of its place."""
        features = np.array([glimpse.features for glimpse in glimpses])
        return np.concatenate([features, self.marks[[glimpse.cell for glimpse in glimpses]]], axis=1)

    def trace(self, reading: Reading) -> AnyTrace:
        """The state over the glimpses of a path, kept from one to the next."""
        return run(self.params, self.inputs(reading.glimpses))

    def gradients(self, image: Array, reading: Reading, trace: AnyTrace, at: int) -> AnyGradients:
        """Of the log-probability of the choice before glimpse `at`; after the last glimpse, of the end."""
        seen, h = self.coarse_view(image[None])[0], trace.hs[at]
        is_end = at == len(reading.glimpses)
        chosen = int(reading.end.argmax()) if is_end else reading.glimpses[at].cell
        chances = reading.end if is_end else reading.glimpses[at].pointed
        dscores = -chances
        dscores[chosen] += 1.0
        units = np.tanh(seen + _apply(self.ask, h))  # (places, POINTING)
        dunits = (dscores[:ALL_PLACES, None] * (1.0 - units**2) * self.point.W_hy[0]).sum(axis=0)
        dhs = np.zeros_like(trace.hs[1:])
        if at:
            dhs[at - 1] = dunits @ self.ask.W_hy + dscores[ALL_PLACES] * self.stop.W_hy[0]
        return bptt(trace, dhs)

    def _eye(self, pictures: Array) -> Array:
        """(N, h, w) -> (N, FEATURES, ., .): one column of features for each window in them, CELL pixels apart."""
        maps = max_pool(np.maximum(self._inner(pictures[:, None], "eye"), 0.0), 2)
        maps = max_pool(np.maximum(self._inner(maps, "eye2"), 0.0), 2)
        return np.maximum(self._inner(maps, "feature"), 0.0)

    def _inner(self, maps: Array, name: str) -> Array:
        """A convolution where the whole kernel lies inside."""
        return convolve(maps, *self.kernels[name])[:, :, 1:-1, 1:-1]

    def _answers(self, features: Array, cells: Whole) -> tuple[Array, Array]:
        boxes = from_window(_apply(self.box, features), middles(cells))
        return softmax(_apply(self.what, features)), boxes


def _apply(layer: ReadoutParams, values: Array) -> Array:
    return values @ layer.W_hy.T + layer.b_y


def _with_margin(images: Array) -> Array:
    return np.pad(images, ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN)))


@cached_with_state
def judged_glimpses(state: RunState, part: Part, way: Way) -> Judged:
    """The pictures of a held-out part, read by glimpses."""
    reader, examples = Reader(state), data.held_out(part)
    readings: list[Reading] = []
    for at in range(0, len(examples.images), _AT_ONCE):
        readings += reader.read_all(examples.images[at : at + _AT_ONCE], way, seed=at)
    windows = sum(len(reading.glimpses) for reading in readings)
    return judged([reading.found for reading in readings], examples.truths, windows)


@cached_with_state
def judged_scan(state: RunState, part: Part) -> Judged:
    """The same pictures, with the eye at all places and non-maximum suppression."""
    reader, examples = Reader(state), data.held_out(part)
    answers = [suppressed(reader.scan(image)) for image in examples.images]
    return judged(answers, examples.truths, ALL_PLACES * len(answers))


def scores(state: RunState) -> Scores:
    found = {part: judged_glimpses(state, part, "path") for part in data.TESTS}
    test = found["test"]
    values = [test.everything_right, test.precision, test.recall, test.windows / test.pictures]
    values += [found[part].everything_right for part in data.TESTS[1:]]
    return {measure.name: value for measure, value in zip(MEASURES, values, strict=True)}
