"""The trained network in NumPy: the picture's features, the states after each word, their fusion, and ablations."""

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
from rnn_core.cells.activations import sigma
from rnn_core.errors import check_array
from rnn_core.learn.state import RunState
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run


@dataclass(frozen=True)
class PictureFeatures:
    image: Array  # (8, 8)
    first: Array  # (1, C, 8, 8) the first convolution after its ReLU
    second: Array  # (1, 2C, 4, 4) the second one
    seen: Array  # (P,) the picture's features, from -1 to 1


@dataclass(frozen=True)
class Reading:
    sight: PictureFeatures
    trace: AnyTrace  # of the words
    gates: Array | None  # (T, H) 1: the words decide, 0: the picture; gated fusion only
    fused: Array  # (T, M) the joint layer's input after each word
    scores: Array  # (T,) above 0 is yes
    yes: Array  # (T,) the probability of yes

    @property
    def answer(self) -> bool:
        return bool(self.scores[-1] > 0)


@dataclass(frozen=True)
class Gradients:
    words: AnyGradients  # of the score of yes after the last word
    picture: Array  # (8, 8)


@dataclass(frozen=True)
class Ablation:
    """The probability of yes with both inputs, and without each of them."""

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

    def encode_picture(self, image: Array) -> PictureFeatures:
        picture = check_array("image", image, (8, 8))
        if self.settings.inputs == "question":
            picture = data.mean_picture()
        first = np.maximum(self._convolved(picture[None, None], "first"), 0.0)
        second = np.maximum(self._convolved(max_pool(first, 2), "second"), 0.0)
        return PictureFeatures(picture, first, second, np.tanh(_apply(self.sight, max_pool(second, 2).ravel())))

    def _convolved(self, images: Array, name: str) -> Array:
        return convolve(images, self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"])

    def read(self, sight: PictureFeatures, words: Sequence[int]) -> Reading:
        """`words` are numbers of the vocabulary, at least one."""
        given = [0] if self.settings.inputs == "picture" else list(words)
        xs = self.tensors["embedding.weight"][given]  # (T, E)
        beside = np.tile(sight.seen, (len(xs), 1))  # (T, P)
        trace = run(self.params, np.concatenate([xs, beside], axis=1) if self.settings.fusion == "early" else xs)
        gates, fused = self._fused(trace.hs[1:], sight.seen)
        scores = self._answered(fused)
        return Reading(sight, trace, gates, fused, scores, sigma(scores))

    def score_of(self, states: Array, seen: Array) -> Array:
        """(...,) the score of yes from states (..., H) beside a picture's features (P,)."""
        return self._answered(self._fused(states, seen)[1])

    def _fused(self, states: Array, seen: Array) -> tuple[Array | None, Array]:
        """The gates of gated fusion, and the joint layer's input (..., M)."""
        beside = np.broadcast_to(seen, (*states.shape[:-1], len(seen)))
        if self.settings.fusion == "early":
            return None, states
        both = np.concatenate([states, beside], axis=-1)
        if self.settings.fusion == "late":
            return None, both
        gates = sigma(_apply(self.gate, both))
        return gates, gates * states + (1.0 - gates) * np.tanh(_apply(self.picture, beside))

    def _answered(self, fused: Array) -> Array:
        return np.asarray(_apply(self.answer, np.maximum(_apply(self.joint, fused), 0.0))[..., 0])

    def gradients(self, reading: Reading) -> Gradients:
        """The gradients of the score of yes after the last word."""
        seen = reading.sight.seen
        dh, dseen = self.gradients_of_score(reading.trace.hs[-1], seen)
        direct = np.zeros_like(reading.trace.hs[1:])
        direct[-1] = dh
        words = bptt(reading.trace, direct)
        if self.settings.fusion == "early":
            dseen = words.dxs[:, -self.settings.sight :].sum(axis=0)
        return Gradients(words, self._back_to_pixels(reading.sight, dseen))

    def gradients_of_score(self, h: Array, seen: Array) -> tuple[Array, Array]:
        """The gradients of the score of yes by a state (H,), and by the picture's features (P,) beside it."""
        gates, fused = self._fused(h, seen)
        awake = _apply(self.joint, fused) > 0
        dfused = (self.answer.W_hy[0] * awake) @ self.joint.W_hy
        H = len(h)
        if self.settings.fusion == "early":
            return dfused, np.zeros_like(seen)
        if gates is None:
            return dfused[:H], dfused[H:]
        shown = np.tanh(_apply(self.picture, seen))
        back = (dfused * (h - shown) * gates * (1.0 - gates)) @ self.gate.W_hy
        by_picture = (dfused * (1.0 - gates) * (1.0 - shown**2)) @ self.picture.W_hy
        return dfused * gates + back[:H], back[H:] + by_picture

    def _back_to_pixels(self, sight: PictureFeatures, dseen: Array) -> Array:
        dflat = (dseen * (1.0 - sight.seen**2)) @ self.sight.W_hy
        pooled = max_pool(sight.second, 2)
        dsecond = max_pool_back(dflat.reshape(pooled.shape), sight.second, 2) * (sight.second > 0)
        dpooled = convolve_back(dsecond, self.tensors["second.weight"])
        dfirst = max_pool_back(dpooled, sight.first, 2) * (sight.first > 0)
        return np.asarray(convolve_back(dfirst, self.tensors["first.weight"])[0, 0])

    def ablated(self, image: Array, words: Sequence[int]) -> Ablation:
        sights, questions = (self.encode_picture(image), self.encode_picture(data.mean_picture())), (list(words), [0])
        yes = [[float(self.read(sight, question).yes[-1]) for question in questions] for sight in sights]
        return Ablation(yes[0][0], yes[1][0], yes[0][1], yes[1][1])


def _apply(layer: ReadoutParams, values: Array) -> Array:
    return values @ layer.W_hy.T + layer.b_y


def scores(state: RunState) -> Scores:
    """The scores on the three kinds of test."""
    reader = Reader(state)
    each: dict[str, float] = {}
    for kind in KINDS:
        test = data.evaluation_examples("test", kind)
        answers = [
            reader.read(reader.encode_picture(image), row[:length]).answer
            for image, row, length in zip(test.images, test.words.tolist(), test.lengths.tolist(), strict=True)
        ]
        each[kind] = float(np.mean(np.array(answers) == test.yes))
    return {"right answers": float(np.mean(list(each.values())))} | each
