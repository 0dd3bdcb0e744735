"""The trained network of connected digits in the core, in float64: scores of every frame, and the digits that CTC reads from them."""

from dataclasses import dataclass

import numpy as np

from rnn_core.apps.batched import batch_states, reversed_rows
from rnn_core.apps.scores import Scores
from rnn_core.apps.speech.settings import CONDITIONS, Settings
from rnn_core.apps.speech.sound import Integers
from rnn_core.apps.speech.strips import spoken
from rnn_core.apps.speech.strips.scores import scores_of_strips
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.arrays import Array
from rnn_core.blocks.ctc import greedy
from rnn_core.blocks.readout import softmax
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackTrace, run_stack


@dataclass(frozen=True)
class StripReading:
    trace: StackTrace
    scores: Array  # (T, words + 1) the last is the blank

    @property
    def beliefs(self) -> Array:
        """(T, words + 1) rows add up to 1."""
        return softmax(self.scores)


class StripReader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        tensors = network_tensors(state)
        self.params = recurrent(tensors, "recurrent.", self.settings)
        self.readout = linear(tensors, "readout.")

    def read(self, inputs: Array) -> StripReading:
        """Reads inputs (T, 13)."""
        trace = run_stack(self.params, inputs)
        return StripReading(trace, np.asarray(trace.ys @ self.readout.W_hy.T + self.readout.b_y))

    def scores(self, inputs: Array, lengths: Integers) -> Array:
        """(B, T, words + 1) for inputs (B, T, 13); what follows each sound's own last frame is of no use."""
        ways = [batch_states(self.params.forward[0], inputs, lengths)[0][:, 1:]]
        if self.params.backward:
            back = batch_states(self.params.backward[0], reversed_rows(inputs, lengths), lengths)[0][:, 1:]
            ways.append(reversed_rows(back, lengths))
        return np.asarray(np.concatenate(ways, axis=2) @ self.readout.W_hy.T + self.readout.b_y)

    def answers(self, given: spoken.Strips) -> list[tuple[int, ...]]:
        """The words of the likeliest path of each strip, as indices into data.WORDS."""
        scores, first = self.scores(given.sounds.inputs, given.sounds.lengths), self.settings.words.start
        return [
            tuple(label + first for label in greedy(own[:length], self.settings.blank))
            for own, length in zip(scores, given.sounds.lengths, strict=True)
        ]


def strip_scores(state: RunState) -> Scores:
    """The share of strips without a mistake in each condition, and of wrong digits in the first."""
    reader, found = StripReader(state), dict[str, float]()
    for condition in CONDITIONS:
        given = spoken.trial(condition, reader.settings.language)
        if given.labels:
            found |= scores_of_strips(condition, reader.answers(given), given.labels)
    return found
