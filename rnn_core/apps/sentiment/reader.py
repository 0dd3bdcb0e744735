"""The trained network in the core, in float64: one sentence with all intermediate values, and the scores on test data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.sentiment import classes
from rnn_core.apps.sentiment.batch import gather, outputs_of, padded
from rnn_core.apps.sentiment.data import Examples, encoded
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.tensors import network_tensors, recurrent, settings_of
from rnn_core.arrays import Array, Mask
from rnn_core.blocks.readout import softmax
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackGradients, StackTrace, bptt_stack, run_stack


@dataclass(frozen=True)
class Reading:
    """One sentence of T words. A score above 0 means that positive is more probable than negative.

    The belief is P(positive). Where there is a neutral class, half of its probability is added, so that 1/2 means neutral.
    """

    known: Mask  # (T,) false where the network reads <unknown>
    trace: StackTrace
    score: float
    before: float  # the score of a sentence without words: all states 0
    prefixes: Array  # (T,) the score of the sentence up to this word
    without: Array  # (T,) the score of the sentence without this word
    weights: Array  # (T,) the weight of each state in the readout's input, with sum 1
    saliency: Array  # (T,) gradient of the score on the word's vector, times that vector
    gradients: StackGradients  # of the score
    chances: Array  # (T+1, K) the probability of each class before the first word, and after each
    chances_without: Array  # (T, K) of the sentence without this word

    @property
    def belief(self) -> float:
        return float(self.beliefs[-1])

    @property
    def beliefs(self) -> Array:
        """(T+1,) the belief before the first word, and after each."""
        return classes.balance(self.chances)

    @property
    def moves(self) -> Array:
        """(T,) the change of the belief by each word."""
        return np.diff(self.beliefs)

    @property
    def left_out(self) -> Array:
        """(T,) the decrease of the score without this word: above 0 if the word is evidence for positive."""
        return self.score - self.without

    @property
    def state_changes(self) -> Array:
        """(T,) the length of h_t - h_{t-1} in the last layer that reads forward."""
        return np.asarray(np.linalg.norm(np.diff(self.trace.forward[-1].hs, axis=0), axis=1))


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        self.tensors = network_tensors(state)
        self.stack = recurrent(self.tensors, "layers.", self.settings)

    def ids(self, words: Sequence[str]) -> list[int]:
        return self.settings.vocabulary.ids(words)

    def score(self, words: Sequence[str]) -> float:
        return float(self.scores([self.ids(words)])[0])

    def scores(self, sentences: Sequence[Sequence[int]]) -> Array:
        return classes.score(self.outputs(sentences))

    def outputs(self, sentences: Sequence[Sequence[int]]) -> Array:
        return outputs_of(self.stack, self.tensors, self.settings, *padded(sentences))

    def of_examples(self, given: Examples) -> Array:
        """(N, K) the outputs."""
        kept = encoded(given, self.settings.vocabulary)
        return outputs_of(self.stack, self.tensors, self.settings, kept.ids, kept.lengths)

    def read(self, words: Sequence[str]) -> Reading:
        """Read one word or more."""
        ids = self.ids(words)
        T = len(ids)
        xs = self.tensors["embedding.weight"][ids]
        trace = run_stack(self.stack, xs)
        answer, of_words = np.split(self.answer, [self.settings.directions * self.settings.hidden])
        gathered = gather(self.tensors, self.settings, trace.ys[None], np.array([T]))[0]
        nothing = self.tensors["answer.bias"][None]
        before = float(classes.score(nothing)[0])
        prefixes = self.outputs([ids[: t + 1] for t in range(T)])
        without = self.outputs([ids[:t] + ids[t + 1 :] for t in range(T)]) if T > 1 else nothing
        weights, dys = self._gathering(trace.ys, answer)
        gradients = bptt_stack(trace, dys)
        past_the_states = float(of_words @ xs.mean(axis=0)) if self.settings.words_too else 0.0
        if self.settings.words_too:
            gradients = replace(gradients, dxs=gradients.dxs + of_words / T)
        return Reading(
            np.array([self.settings.vocabulary.knows(word) for word in words]),
            trace,
            float(answer @ gathered) + past_the_states + before,
            before,
            classes.score(prefixes),
            classes.score(without),
            weights,
            np.asarray((gradients.dxs * xs).sum(axis=1)),
            gradients,
            classes.chances(np.concatenate([nothing, prefixes])),
            classes.chances(without),
        )

    @property
    def answer(self) -> Array:
        """The weights of the score: of the one output, or the difference of two."""
        weights = self.tensors["answer.weight"]
        return np.asarray(weights[0] if len(weights) == 1 else weights[classes.POSITIVE] - weights[classes.NEGATIVE])

    def _gathering(self, ys: Array, answer: Array) -> tuple[Array, Array]:
        """(T,) the weight of each state in the readout's input, and (T, D*H) the gradient of the score on every state."""
        T, H = len(ys), self.settings.hidden
        dys = np.zeros_like(ys)
        match self.settings.pooling:
            case "last":
                dys[-1, :H], dys[0, H:] = answer[:H], answer[H:]
                weights = np.zeros(T)
                weights[[-1, 0] if self.settings.bidirectional else -1] = 0.5 if self.settings.bidirectional else 1.0
                if T == 1:
                    weights[:] = 1.0
            case "mean":
                dys += answer / T
                weights = np.full(T, 1.0 / T)
            case "max":
                winners = ys.argmax(axis=0)  # (D*H,) each unit is read where it is largest
                dys[winners, np.arange(len(answer))] = answer
                weights = np.bincount(winners, minlength=T) / len(winners)
            case _:
                query = self.tensors["attention.weight"][0]
                weights = softmax(ys @ query)
                of_values = ys @ answer
                dscores = weights * (of_values - weights @ of_values)
                dys = weights[:, None] * answer + dscores[:, None] * query
        return weights, dys


def scores(state: RunState) -> Scores:
    """The share of right answers on each part of the test data."""
    reader = Reader(state)
    found = {}
    for name, given in reader.settings.data.tests().items():
        found[name] = float(np.mean(classes.answers(reader.of_examples(given)) == given.labels))
    return found
