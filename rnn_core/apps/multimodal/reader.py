"""The trained network in NumPy: what it sees, what it reads word by word, where both meet, and what each is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.multimodal import data
from rnn_core.apps.multimodal.data import KINDS
from rnn_core.apps.multimodal.settings import Settings
from rnn_core.apps.scores import Scores
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.arrays import Array
from rnn_core.blocks.convolution import convolve, convolve_back, max_pool, max_pool_back
from rnn_core.blocks.readout import ReadoutParams
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.errors import check_array
from rnn_core.learn.state import RunState
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run


@dataclass(frozen=True)
class Sight:
    image: Array  # (8, 8)
    first: Array  # (1, C, 8, 8) the first convolution after its ReLU
    second: Array  # (1, 2C, 4, 4) the second one
    seen: Array  # (P,) the picture as numbers from -1 to 1


@dataclass(frozen=True)
class Reading:
    sight: Sight
    trace: AnyTrace  # of the words
    gates: Array | None  # (T, H) 1: the words decide, 0: the picture; gated fusion only
    meeting: Array  # (T, M) what the joint layer reads after each word
    scores: Array  # (T,) above 0 is yes
    yes: Array  # (T,) the probability of yes

    @property
    def answer(self) -> bool:
        return bool(self.scores[-1] > 0)


@dataclass(frozen=True)
class Gradients:
    words: AnyGradients  # of what speaks for yes after the last word
    picture: Array  # (8, 8)


@dataclass(frozen=True)
class Ablation:
    """The probability of yes with both inputs, and with each of them taken away."""

    both: float
    no_picture: float  # the mean picture instead
    no_question: float  # the empty question instead
    neither: float


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        tensors = network_tensors(state)
        self.tensors = tensors
        self.params = recurrent(tensors, "recurrent.", self.settings).forward[0]
        self.sight, self.joint, self.answer = (linear(tensors, f"{name}.") for name in ("sight", "joint", "answer"))
        if self.settings.fusion == "gated":
            self.gate, self.picture = (linear(tensors, f"{name}.") for name in ("gate", "picture"))

    def look(self, image: Array) -> Sight:
        picture = check_array("image", image, (8, 8))
        if self.settings.inputs == "question":
            picture = data.mean_picture()
        first = np.maximum(self._convolved(picture[None, None], "first"), 0.0)
        second = np.maximum(self._convolved(max_pool(first, 2), "second"), 0.0)
        return Sight(picture, first, second, np.tanh(_apply(self.sight, max_pool(second, 2).ravel())))

    def _convolved(self, images: Array, name: str) -> Array:
        return convolve(images, self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"])

    def read(self, sight: Sight, words: Sequence[int]) -> Reading:
        """`words` are numbers of the vocabulary, at least one."""
        given = [0] if self.settings.inputs == "picture" else list(words)
        xs = self.tensors["embedding.weight"][given]  # (T, E)
        beside = np.tile(sight.seen, (len(xs), 1))  # (T, P)
        trace = run(self.params, np.concatenate([xs, beside], axis=1) if self.settings.fusion == "early" else xs)
        states, gates = trace.hs[1:], None
        meeting = states
        if self.settings.fusion == "late":
            meeting = np.concatenate([states, beside], axis=1)
        elif self.settings.fusion == "gated":
            gates = 1.0 / (1.0 + np.exp(-_apply(self.gate, np.concatenate([states, beside], axis=1))))
            meeting = gates * states + (1.0 - gates) * np.tanh(_apply(self.picture, beside))
        scores = _apply(self.answer, np.maximum(_apply(self.joint, meeting), 0.0))[:, 0]
        return Reading(sight, trace, gates, meeting, scores, 1.0 / (1.0 + np.exp(-scores)))

    def gradients(self, reading: Reading) -> Gradients:
        """Of the score after the last word: what speaks for yes."""
        H, seen, h = self.settings.hidden, reading.sight.seen, reading.trace.hs[-1]
        awake = _apply(self.joint, reading.meeting[-1]) > 0
        dmeeting = (self.answer.W_hy[0] * awake) @ self.joint.W_hy
        dseen, dh = np.zeros_like(seen), dmeeting
        if self.settings.fusion == "late":
            dh, dseen = dmeeting[:H], dmeeting[H:]
        elif reading.gates is not None:
            g, shown = reading.gates[-1], np.tanh(_apply(self.picture, seen))
            back = (dmeeting * (h - shown) * g * (1.0 - g)) @ self.gate.W_hy
            dh = dmeeting * g + back[:H]
            dseen = back[H:] + (dmeeting * (1.0 - g) * (1.0 - shown**2)) @ self.picture.W_hy
        direct = np.zeros_like(reading.trace.hs[1:])
        direct[-1] = dh
        words = bptt(reading.trace, direct)
        if self.settings.fusion == "early":
            dseen = words.dxs[:, -self.settings.sight :].sum(axis=0)
        return Gradients(words, self._back_to_pixels(reading.sight, dseen))

    def _back_to_pixels(self, sight: Sight, dseen: Array) -> Array:
        dflat = (dseen * (1.0 - sight.seen**2)) @ self.sight.W_hy
        pooled = max_pool(sight.second, 2)
        dsecond = max_pool_back(dflat.reshape(pooled.shape), sight.second, 2) * (sight.second > 0)
        dpooled = convolve_back(dsecond, self.tensors["second.weight"])
        dfirst = max_pool_back(dpooled, sight.first, 2) * (sight.first > 0)
        return np.asarray(convolve_back(dfirst, self.tensors["first.weight"])[0, 0])

    def ablated(self, image: Array, words: Sequence[int]) -> Ablation:
        sights, questions = (self.look(image), self.look(data.mean_picture())), (list(words), [0])
        yes = [[float(self.read(sight, question).yes[-1]) for question in questions] for sight in sights]
        return Ablation(yes[0][0], yes[1][0], yes[0][1], yes[1][1])


def _apply(layer: ReadoutParams, values: Array) -> Array:
    return values @ layer.W_hy.T + layer.b_y


def scores(state: RunState) -> Scores:
    """On the three kinds of test."""
    reader = Reader(state)
    each: dict[str, float] = {}
    for kind in KINDS:
        test = data.to_judge("test", kind)
        said = [
            reader.read(reader.look(image), row[:length]).answer
            for image, row, length in zip(test.images, test.words.tolist(), test.lengths.tolist(), strict=True)
        ]
        each[kind] = float(np.mean(np.array(said) == test.yes))
    return {"right answers": float(np.mean(list(each.values())))} | each
