r"""The trained translator in the core, in float64: every state, gate and attention weight, greedy and with beam search.

$$h_j = \text{encoder}(x_j, h_{j-1}) \qquad s_i = \text{decoder}(y_{i-1}, s_{i-1}),\quad s_0 = h_T$$
$$\alpha_{ij} = \frac{e^{s_i^\top W_a h_j}}{\sum_k e^{s_i^\top W_a h_k}} \qquad a_i = \sum_j \alpha_{ij} h_j \qquad
P(y_i) = \text{softmax}\big(W \tanh(W_c [s_i, a_i] + b_c) + b\big)$$
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.batched import batch_states, batch_step
from rnn_core.apps.kept import cached_with_state
from rnn_core.apps.scores import Scores
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.apps.translate.data import Part
from rnn_core.apps.translate.distance import scores_of
from rnn_core.apps.translate.settings import Settings
from rnn_core.apps.translate.tokens import Tokens, encode_pairs
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.learn.state import RunState
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

LONGEST_OUTPUT = 80  # symbols, after which an output without an end is cut


@dataclass(frozen=True)
class Translation:
    source: tuple[int, ...]  # (T,)
    output: tuple[int, ...]  # (S,) the last one is `end`, unless the output was cut
    probabilities: Array  # (S, Y) of every symbol, at each step
    attention: Array | None  # (S, T) each row adds up to 1; None without attention
    encoder: AnyTrace
    decoder: AnyTrace

    @property
    def log_probability(self) -> float:
        return float(np.log(self.probabilities[np.arange(len(self.output)), list(self.output)]).sum())


@dataclass(frozen=True)
class Beam:
    output: tuple[int, ...]
    log_probability: float
    ended: bool


class BothGradients(NamedTuple):
    encoder: AnyGradients
    decoder: AnyGradients


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        self.source_language, self.target_language = self.settings.languages
        tensors = network_tensors(state)
        self.source_embedding, self.target_embedding = (
            tensors["source.weight"],
            tensors["said.weight"],
        )  # (Vs, E), (Y, E)
        self.encoder = recurrent(tensors, "encoder.", self.settings).forward[0]
        self.decoder = recurrent(tensors, "decoder.", self.settings).forward[0]
        self.ask = tensors.get("ask.weight")  # (H, H)
        self.combine = linear(tensors, "combine.")
        self.readout = linear(tensors, "readout.", "softmax")

    def translate(self, source: Sequence[int], beams: int = 1) -> Translation:
        """The best output of a beam search. With one beam it is greedy: the most probable symbol at each step."""
        return self.explain(source, self.search(source, beams)[0].output)

    def explain(self, source: Sequence[int], output: Sequence[int]) -> Translation:
        """All intermediate values for exactly this output."""
        encoder = run(self.encoder, self.source_embedding[list(source)])
        decoder = run(
            self.decoder,
            self.target_embedding[[self.target_language.end, *output[:-1]]],
            encoder.hs[-1],
            _cell(encoder),
        )
        states, read = decoder.hs[1:], encoder.hs[1:]
        weights = None if self.ask is None else softmax(states @ self.ask.T @ read.T)
        context = None if weights is None else weights @ read
        return Translation(tuple(source), tuple(output), self._answer(states, context), weights, encoder, decoder)

    def _answer(self, states: Array, context: Array | None) -> Array:
        """(n, H) -> (n, Y)."""
        return softmax(self._combined(states, context) @ self.readout.W_hy.T + self.readout.b_y)

    def _combined(self, states: Array, context: Array | None) -> Array:
        both = states if context is None else np.concatenate([states, context], axis=1)
        return np.asarray(np.tanh(both @ self.combine.W_hy.T + self.combine.b_y))

    def _attended(self, states: Array, read: Array, behind: NDArray[np.bool_]) -> Array | None:
        """The contexts (B, H) of states (B, H) with attention over read (B, T, H), without the padding."""
        if self.ask is None:
            return None
        asked = np.einsum("bth,bh->bt", read, states @ self.ask.T)
        weights = softmax(np.where(behind, -np.inf, asked))
        return np.asarray(np.einsum("bt,bth->bh", weights, read))

    def search(self, source: Sequence[int], width: int) -> list[Beam]:
        """The `width` most probable outputs that a beam search finds, the best first."""
        read, last = batch_states(self.encoder, self.source_embedding[list(source)][None])
        read, end = read[:, 1:], self.target_language.end
        open_beams, state, found = [Beam((), 0.0, False)], last, list[Beam]()
        for _ in range(LONGEST_OUTPUT):
            before = [beam.output[-1] if beam.output else end for beam in open_beams]
            state = batch_step(self.decoder, self.target_embedding[before], state)
            many = np.repeat(read, len(open_beams), axis=0)
            with np.errstate(divide="ignore"):
                logs = np.log(self._answer(state.h, self._attended(state.h, many, np.zeros(many.shape[:2], bool))))
            total = logs + np.array([[beam.log_probability] for beam in open_beams])
            best = np.argsort(-total, axis=None, kind="stable")[: width - len(found)]
            rows, symbols = np.unravel_index(best, total.shape)
            grown = [
                Beam((*open_beams[row].output, int(symbol)), float(total[row, symbol]), symbol == end)
                for row, symbol in zip(rows, symbols, strict=True)
            ]
            found += [beam for beam in grown if beam.ended]
            kept = [at for at, beam in enumerate(grown) if not beam.ended]
            open_beams, state = [grown[at] for at in kept], state.rows(rows[kept])
            if not open_beams:
                break
        return sorted([*found, *open_beams], key=lambda beam: -beam.log_probability)

    def gradients(self, translation: Translation, at: int) -> BothGradients:
        """The gradients of the log-probability of the output symbol at step `at`, in the encoder and the decoder."""
        states, read = translation.decoder.hs[1:], translation.encoder.hs[1:]
        weights, H = translation.attention, states.shape[1]
        context = None if weights is None else weights[at : at + 1] @ read
        combined = self._combined(states[at : at + 1], context)[0]
        dcombined = self.readout.W_hy[translation.output[at]] - translation.probabilities[at] @ self.readout.W_hy
        both = ((1.0 - combined**2) * dcombined) @ self.combine.W_hy  # on [s, a], or on s without attention
        dstates, dread = np.zeros_like(states), np.zeros_like(read)
        dstates[at] = both[:H]
        if weights is not None and self.ask is not None:
            dweights = read @ both[H:]
            dscores = weights[at] * (dweights - weights[at] @ dweights)
            dread += np.outer(weights[at], both[H:]) + np.outer(dscores, states[at] @ self.ask.T)
            dstates[at] += (dscores @ read) @ self.ask
        back = bptt(translation.decoder, dstates)
        dread[-1] += back.dhs[0]
        dcs = getattr(back, "dcs", None)
        if dcs is None:
            return BothGradients(bptt(translation.encoder, dread), back)
        dcell = np.zeros_like(dread)
        dcell[-1] = dcs[0]
        return BothGradients(bptt(translation.encoder, dread, dcell), back)

    def greedy(self, sources: Tokens, lengths: Tokens) -> list[list[int]]:
        """The greedy outputs for many sources at once, without the end symbol."""
        hs, state = batch_states(self.encoder, self.source_embedding[sources], lengths)
        read, behind = hs[:, 1:], np.arange(sources.shape[1]) >= lengths[:, None]
        output = np.full((len(sources), LONGEST_OUTPUT), self.target_language.end)
        before, active = output[:, 0], np.arange(len(sources))
        for step in range(LONGEST_OUTPUT):
            state = batch_step(self.decoder, self.target_embedding[before], state)
            context = self._attended(state.h, read[active], behind[active])
            before = self._answer(state.h, context).argmax(axis=1)
            output[active, step] = before
            going = np.flatnonzero(before != self.target_language.end)
            if not len(going):
                break
            active, before, state = active[going], before[going], state.rows(going)
        return [
            row[: int((row == self.target_language.end).argmax())].tolist()
            if self.target_language.end in row
            else row.tolist()
            for row in output
        ]


def _cell(trace: AnyTrace) -> Array | None:
    cs = getattr(trace, "cs", None)
    return None if cs is None else cs[-1]


@cached_with_state
def answers(state: RunState, part: Part) -> tuple[tuple[str, ...], ...]:
    """The network's outputs, symbol by symbol, for every pair of a held-out part."""
    reader = Reader(state)
    pairs = reader.settings.data.held_out(part)
    if not pairs:
        return ()
    encoded = encode_pairs(pairs, reader.settings.languages)
    return tuple(
        tuple(reader.target_language.decode(output)) for output in reader.greedy(encoded.sources, encoded.lengths)
    )


def scores(state: RunState) -> Scores:
    settings = cast(Settings, state.settings)
    return scores_of(settings, lambda part: answers(state, part))
