"""The trained network in the core's float64: a strip frame by frame, and the frames that it predicts from its own predictions."""

from dataclasses import dataclass

import numpy as np

from rnn_core.apps.batched import BatchState, batch_step, first_state
from rnn_core.apps.scores import Scores
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.apps.watch import data
from rnn_core.apps.watch.motion import FRAMES, SEEN, centres
from rnn_core.apps.watch.settings import MEASURES, PIXELS, Settings
from rnn_core.arrays import Array
from rnn_core.blocks.readout import ReadoutParams, softmax
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.cells.activations import sigma
from rnn_core.errors import check_array
from rnn_core.learn.state import RunState
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

AHEAD = FRAMES - SEEN  # frames on own predictions, in the test
_SHUFFLES = 47  # a stream of random numbers


@dataclass(frozen=True)
class Reading:
    inputs: Array  # (T, PIXELS) the frames that were read, then the network's own
    seen: int  # how many of them were read
    trace: AnyTrace
    beliefs: Array  # (T, kinds) after each frame
    predicted: Array  # (T, PIXELS) the next frame, after each frame

    @property
    def kind(self) -> int:
        """After the last frame that was read."""
        return int(self.beliefs[self.seen - 1].argmax())


@dataclass(frozen=True)
class Gradients:
    """The gradients of the log-probability of the likeliest kind after the last frame that was read."""

    recurrent: AnyGradients
    frames: Array  # (T, PIXELS)


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        tensors = network_tensors(state)
        self.params = recurrent(tensors, "recurrent.", self.settings).forward[0]
        self.frame, self.motion, self.between, self.next = (
            linear(tensors, f"{name}.") for name in ("frame", "motion", "between", "next")
        )

    def read(self, frames: Array, ahead: int) -> Reading:
        """(seen, PIXELS) from 0 to 1; then `ahead` steps on own predictions."""
        seen = len(frames)
        inputs = [*check_array("frames", frames, (seen, PIXELS))]
        state = first_state(self.params, 1)
        for step in range(seen + ahead):
            state = self._step(inputs[step][None], state)
            if step >= seen - 1:
                inputs.append(self._next(state.h)[0])
        read = np.array(inputs[: seen + ahead])
        trace = run(self.params, self.embedded(read))
        states = trace.hs[1:]
        return Reading(read, seen, trace, self._beliefs(states), self._next(states))

    def roll(self, frames: Array, ahead: int) -> tuple[Array, Array]:
        """For strips (N, seen, PIXELS): the kinds' probabilities (N, seen, kinds) after each frame, and the predicted frames
        (N, seen + ahead - 1, PIXELS) after each of them and after each own frame, the last of which is `ahead` frames ahead."""
        state = first_state(self.params, len(frames))
        beliefs: list[Array] = []
        predicted: list[Array] = []
        for step in range(frames.shape[1] + ahead - 1):
            is_read = step < frames.shape[1]
            state = self._step(frames[:, step] if is_read else predicted[-1], state)
            predicted.append(self._next(state.h))
            if is_read:
                beliefs.append(self._beliefs(state.h))
        return np.stack(beliefs, axis=1), np.stack(predicted, axis=1)

    def gradients(self, reading: Reading) -> Gradients:
        last = reading.seen - 1
        dstates = np.zeros_like(reading.trace.hs[1:])
        dstates[last] = self.motion.W_hy[reading.kind] - reading.beliefs[last] @ self.motion.W_hy
        back = bptt(reading.trace, dstates)
        awake = _apply(self.frame, reading.inputs) > 0
        return Gradients(back, (back.dxs * awake) @ self.frame.W_hy)

    def _step(self, frames: Array, state: BatchState) -> BatchState:
        return batch_step(self.params, self.embedded(frames), state)

    def embedded(self, frames: Array) -> Array:
        """(..., EMBEDDING): what the recurrent layer reads of frames (..., PIXELS)."""
        return np.asarray(np.maximum(_apply(self.frame, frames), 0.0))

    def _beliefs(self, states: Array) -> Array:
        return softmax(_apply(self.motion, states))

    def _next(self, states: Array) -> Array:
        return sigma(_apply(self.next, np.maximum(_apply(self.between, states), 0.0)))


def _apply(layer: ReadoutParams, values: Array) -> Array:
    return values @ layer.W_hy.T + layer.b_y


def distance_off(predicted: Array, wanted: Array) -> float:
    """The mean distance between the centres of mass of frames (N, PIXELS) and points (N, 2), in pixels."""
    return float(np.linalg.norm(centres(predicted) - wanted, axis=-1).mean())


def shuffled_test() -> Array:
    """(N, SEEN, PIXELS): the frames of the test strips that are read, each strip in an order of its own."""
    return data.shuffled(data.held_out("test").frames, [_SHUFFLES], SEEN)[:, :SEEN]


def scores(state: RunState) -> Scores:
    reader, test = Reader(state), data.held_out("test")
    beliefs, predicted = reader.roll(test.frames[:, :SEEN], AHEAD)
    mixed, _predicted = reader.roll(shuffled_test(), 1)
    kind, kind_shuffled, next_off, ahead_off = (measure.name for measure in MEASURES)
    is_mixed = reader.settings.order == "shuffled"  # it is tested on the order that it was trained on
    shares = [float((each[:, -1].argmax(axis=1) == test.kinds).mean()) for each in (beliefs, mixed)]
    found = {kind: shares[1] if is_mixed else shares[0], kind_shuffled: shares[1]}
    if is_mixed:
        return found
    return found | {
        next_off: distance_off(predicted[:, SEEN - 1], test.paths[:, SEEN]),
        ahead_off: distance_off(predicted[:, -1], test.paths[:, SEEN + AHEAD - 1]),
    }
