"""The trained caption writer in the core's float64: the features, every word with its attention, and its gradients."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from rnn_core.apps.batched import BatchState, batch_step
from rnn_core.apps.caption import data
from rnn_core.apps.caption.bleu import scores_of
from rnn_core.apps.caption.data import Part
from rnn_core.apps.caption.grammar import Language, Words
from rnn_core.apps.caption.scenes import CELL, SIDE
from rnn_core.apps.caption.settings import FEATURES, LONGEST, PLACES, Settings
from rnn_core.apps.kept import cached_with_state
from rnn_core.apps.scores import Scores
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.arrays import Array
from rnn_core.blocks.convolution import convolve, convolve_back, max_pool, max_pool_back
from rnn_core.blocks.readout import softmax
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.errors import check_array
from rnn_core.learn.state import RunState
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

_AT_ONCE = 50  # pictures in one convolution, for scores
_POOLED = CELL // 4  # places along a cell


@dataclass(frozen=True)
class Sight:
    """The features of N pictures, and the decoder's first state for each."""

    first: Array  # (N, C, h, w) after its ReLU
    second: Array
    third: Array  # (N, FEATURES, PLACES, PLACES)
    seen: Array  # (N, places, FEATURES) with the mark of each place; without marks where there is no attention
    start: Array  # (N, H) the decoder's first state


@dataclass(frozen=True)
class Caption:
    sight: Sight
    output: tuple[int, ...]  # the words that are explained, with the end symbol where it was written
    probabilities: Array  # (S, words)
    attention: Array | None  # (S, places)
    decoder: AnyTrace

    @property
    def likeliest(self) -> tuple[int, ...]:
        return tuple(self.probabilities.argmax(axis=1).tolist())


@dataclass(frozen=True)
class Gradients:
    """The gradients of the log-probability of one word."""

    decoder: AnyGradients
    picture: Array  # (3, SIDE, SIDE)


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        self.language = cast(Language, self.settings.language)
        tensors = network_tensors(state)
        self.kernels = {
            name: (tensors[f"{name}.weight"], tensors[f"{name}.bias"]) for name in ("first", "second", "third")
        }
        self.place, self.ask = tensors.get("place.weight"), tensors.get("ask.weight")
        self.words = tensors["word.weight"]
        self.decoder = recurrent(tensors, "decoder.", self.settings).forward[0]
        self.start, self.combine, self.readout = (
            linear(tensors, f"{name}.") for name in ("start", "combine", "readout")
        )

    @property
    def end(self) -> int:
        """The number of the end symbol. As an input it is also the symbol before the first word."""
        return len(self.settings.words)

    def see(self, images: Array) -> Sight:
        """(N, 3, SIDE, SIDE)."""
        images = check_array("images", images, (len(images), 3, SIDE, SIDE))
        first = np.maximum(convolve(images, *self.kernels["first"]), 0.0)
        second = np.maximum(convolve(max_pool(first, 2), *self.kernels["second"]), 0.0)
        third = np.maximum(convolve(max_pool(second, 2), *self.kernels["third"]), 0.0)
        seen = third.reshape(len(images), FEATURES, -1).transpose(0, 2, 1)
        pooled = max_pool(third, _POOLED).reshape(len(images), -1)
        start = np.tanh(pooled @ self.start.W_hy.T + self.start.b_y)
        return Sight(first, second, third, seen if self.place is None else seen + self.place, start)

    def caption(self, image: Array) -> Caption:
        """The sentence that the network writes: greedy, the most probable word at each step."""
        sight = self.see(image[None])
        return self.explain(sight, self._greedy(sight)[0])

    def explain(self, sight: Sight, output: Sequence[int]) -> Caption:
        """All intermediate values for exactly this output: each word is predicted from the ones before it."""
        decoder = run(self.decoder, self.words[[self.end, *output[:-1]]], sight.start[0])
        weights, scores = self.predict(decoder.hs[1:], sight.seen[0])
        return Caption(sight, tuple(output), softmax(scores), weights, decoder)

    def predict(self, states: Array, seen: Array) -> tuple[Array | None, Array]:
        """The attention (..., places) of states (..., H) over a picture's features, and the scores of the next word (..., words)."""
        weights = None if self.ask is None else softmax(states @ self.ask.T @ seen.T)
        context = None if weights is None else weights @ seen
        return weights, self._scores(self._combined(states, context))

    def _combined(self, states: Array, context: Array | None) -> Array:
        both = states if context is None else np.concatenate([states, context], axis=-1)
        return np.asarray(np.tanh(both @ self.combine.W_hy.T + self.combine.b_y))

    def _scores(self, combined: Array) -> Array:
        return combined @ self.readout.W_hy.T + self.readout.b_y

    def gradients(self, caption: Caption, at: int) -> Gradients:
        """The gradients of the log-probability of word `at`."""
        states, seen = caption.decoder.hs[1:], caption.sight.seen[0]
        dscores = -caption.probabilities[at]
        dscores[caption.output[at]] += 1.0
        dstates = np.zeros_like(states)
        dstates[at], dseen = self.gradients_of_scores(states[at], seen, dscores)
        back = bptt(caption.decoder, dstates)
        return Gradients(back, self._to_pixels(caption.sight, dseen, back.dhs[0]))

    def gradients_of_scores(self, h: Array, seen: Array, dscores: Array) -> tuple[Array, Array]:
        """The gradients by a state (H,) and by the features that it attends to, from the gradient by the scores of the next word."""
        H, dseen = len(h), np.zeros_like(seen)
        weights = None if self.ask is None else softmax(h @ self.ask.T @ seen.T)
        combined = self._combined(h, None if weights is None else weights @ seen)
        both = ((1.0 - combined**2) * (dscores @ self.readout.W_hy)) @ self.combine.W_hy
        if weights is None or self.ask is None:
            return both, dseen
        dweights = seen @ both[H:]
        dmatches = weights * (dweights - weights @ dweights)
        dseen += np.outer(weights, both[H:]) + np.outer(dmatches, h @ self.ask.T)
        return both[:H] + (dmatches @ seen) @ self.ask, dseen

    def _to_pixels(self, sight: Sight, dseen: Array, dstart: Array) -> Array:
        dpooled = (dstart * (1.0 - sight.start[0] ** 2)) @ self.start.W_hy
        back = max_pool_back(dpooled.reshape(1, FEATURES, SIDE // CELL, SIDE // CELL), sight.third, _POOLED)
        back += dseen.T.reshape(1, FEATURES, PLACES, PLACES)
        for maps, below, name in ((sight.third, sight.second, "third"), (sight.second, sight.first, "second")):
            back = max_pool_back(convolve_back(back * (maps > 0), self.kernels[name][0]), below, 2)
        return np.asarray(convolve_back(back * (sight.first > 0), self.kernels["first"][0])[0])

    def _greedy(self, sight: Sight) -> list[list[int]]:
        """The words for each picture, with the end symbol where it was written."""
        state = BatchState(sight.start, np.zeros_like(sight.start) if self.settings.core_cell == "lstm" else None)
        output: list[list[int]] = [[] for _ in sight.start]
        active, before, seen = np.arange(len(sight.start)), np.full(len(sight.start), self.end), sight.seen
        for _ in range(LONGEST):
            state = batch_step(self.decoder, self.words[before], state)
            context = None
            if self.ask is not None:
                weights = softmax(np.einsum("bpf,bf->bp", seen[active], state.h @ self.ask.T))
                context = np.einsum("bp,bpf->bf", weights, seen[active])
            before = self._scores(self._combined(state.h, context)).argmax(axis=1)
            for row, word in zip(active.tolist(), before.tolist(), strict=True):
                output[row].append(word)
            going = np.flatnonzero(before != self.end)
            active, before, state = active[going], before[going], state.rows(going)
            if not len(active):
                break
        return output

    def captions(self, images: Array) -> list[Words]:
        """The sentences of many pictures."""
        found: list[Words] = []
        for at in range(0, len(images), _AT_ONCE):
            for output in self._greedy(self.see(images[at : at + _AT_ONCE])):
                found.append(data.words_of([word for word in output if word != self.end], self.language))
        return found

    def next_words(self, image: Array, words: Words) -> Caption:
        """Teacher forcing: the network reads these words, and predicts each of them and the end."""
        return self.explain(self.see(image[None]), [*data.tokens_of(words, self.language), self.end])


@cached_with_state
def answers(state: RunState, part: Part) -> tuple[Words, ...]:
    """The network's sentences for every scene of a held-out part."""
    return tuple(Reader(state).captions(data.held_out(part).images))


@cached_with_state
def forced_share(state: RunState) -> float:
    """The share of the words of the test sentences, with the ends, that the network predicts under teacher forcing."""
    reader, test = Reader(state), data.held_out("test")
    right: list[bool] = []
    for image, words in zip(test.images, data.sentences(test.scenes, reader.language), strict=True):
        caption = reader.next_words(image, words)
        right += [one == other for one, other in zip(caption.likeliest, caption.output, strict=True)]
    return sum(right) / len(right)


def scores(state: RunState) -> Scores:
    settings = settings_of(state, Settings)
    return scores_of(settings.language, lambda part: answers(state, part))
