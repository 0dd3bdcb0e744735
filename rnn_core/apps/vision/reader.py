"""The trained networks in NumPy: one digit step by step, or one strip frame by frame, with all intermediate values."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.digits.pictures import HEIGHT, SIDE, WIDTH
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.apps.vision import data
from rnn_core.apps.vision.settings import BLANK, POOL, Settings
from rnn_core.arrays import Array
from rnn_core.blocks.convolution import convolve, convolve_back, max_pool, max_pool_back
from rnn_core.blocks.ctc import CTC, ctc, greedy
from rnn_core.blocks.readout import cross_entropy, read_out, read_out_backward
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.errors import check_array
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackGradients, StackTrace, bptt_stack, run_stack


@dataclass(frozen=True)
class DigitReading:
    image: Array  # (8, 8)
    trace: StackTrace
    scores: Array  # (T, 10) after each step
    beliefs: Array  # (T, 10) rows add up to 1

    @property
    def layer(self) -> AnyTrace:
        return self.trace.forward[0]

    @property
    def answer(self) -> int:
        return int(self.beliefs[-1].argmax())


@dataclass(frozen=True)
class DigitGradients:
    loss: float  # of the last step's output
    layer: AnyGradients
    picture: Array  # (8, 8) the gradient on every pixel, in its place


@dataclass(frozen=True)
class StripReading:
    image: Array  # (HEIGHT, WIDTH)
    first: Array  # (C, HEIGHT, WIDTH) the first convolution after its ReLU
    second: Array  # (2C, HEIGHT/2, T) the second one
    trace: StackTrace
    scores: Array  # (T, 11) the last is the blank
    beliefs: Array  # (T, 11)

    @property
    def answer(self) -> tuple[int, ...]:
        """The labels of the most probable path."""
        return greedy(self.scores, BLANK)


@dataclass(frozen=True)
class StripGradients:
    aligned: CTC
    layers: StackGradients
    picture: Array  # (HEIGHT, WIDTH)


class DigitReader:
    def __init__(self, state: RunState) -> None:
        self.settings = vision_settings(state)
        tensors = network_tensors(state)
        self.recurrent = recurrent(tensors, "recurrent.", self.settings)
        self.readout = linear(tensors, "readout.", "softmax")

    def read(self, image: Array) -> DigitReading:
        picture = check_array("image", image, (SIDE, SIDE))
        trace = run_stack(self.recurrent, data.as_steps(picture[None], self.settings.order)[0])
        answer = read_out(self.readout, trace.ys)
        return DigitReading(picture, trace, answer.scores, answer.ys)

    @property
    def first_scores(self) -> Array:
        """(10,) before the first step, from the state h_0 = 0."""
        return self.readout.b_y

    def gradients(self, reading: DigitReading, digit: int) -> DigitGradients:
        """The gradients of the last step's loss with the target `digit`."""
        answer, last = read_out(self.readout, reading.trace.ys), len(reading.beliefs) - 1
        loss = cross_entropy(answer, np.full(last + 1, digit), at=[last])
        back = bptt_stack(reading.trace, read_out_backward(answer, loss.dscores).dhs)
        return DigitGradients(loss.value, back.forward[0], data.as_picture(back.dxs, self.settings.order))


class StripReader:
    def __init__(self, state: RunState) -> None:
        self.settings = vision_settings(state)
        self.tensors = network_tensors(state)
        self.recurrent = recurrent(self.tensors, "recurrent.", self.settings)
        self.readout = linear(self.tensors, "readout.", "softmax")

    def read(self, image: Array) -> StripReading:
        strip = check_array("image", image, (HEIGHT, WIDTH))
        first, second = self.maps(strip[None])
        trace = run_stack(self.recurrent, as_frames(second[0]))
        answer = read_out(self.readout, trace.ys)
        return StripReading(strip, first[0], second[0], trace, answer.scores, answer.ys)

    def maps(self, images: Array) -> tuple[Array, Array]:
        """Both convolutions of images (N, HEIGHT, WIDTH), after their ReLU."""
        first = self._convolved(images[:, None], "first")
        return first, self._convolved(max_pool(first, POOL), "second")

    def _convolved(self, images: Array, name: str) -> Array:
        return np.maximum(convolve(images, self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]), 0.0)

    def gradients(self, reading: StripReading, digits: Sequence[int]) -> StripGradients:
        """The gradients of the CTC loss of these digits."""
        aligned = ctc(reading.scores, digits, BLANK)
        dys = read_out_backward(read_out(self.readout, reading.trace.ys), aligned.dscores).dhs
        back = bptt_stack(reading.trace, dys)
        dmaps = back.dxs.T.reshape(1, *reading.second.shape) * (reading.second > 0)
        dpooled = convolve_back(dmaps, self.tensors["second.weight"])
        dfirst = max_pool_back(dpooled, reading.first[None], POOL) * (reading.first > 0)
        picture = convolve_back(dfirst, self.tensors["first.weight"])[0, 0]
        return StripGradients(aligned, back, picture)


def as_frames(second: Array) -> Array:
    """(T, 2C * HEIGHT/2): what the recurrent layer reads, column by column, of the second convolution (2C, HEIGHT/2, T)."""
    return second.reshape(-1, second.shape[-1]).T


def read(state: RunState) -> DigitReader | StripReader:
    """The reader for the task that the network was trained on."""
    return DigitReader(state) if vision_settings(state).task == "digit" else StripReader(state)


def vision_settings(state: RunState) -> Settings:
    return settings_of(state, Settings)
