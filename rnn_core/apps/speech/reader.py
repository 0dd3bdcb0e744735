"""The trained network in the core, in float64: from a sound to the belief after every frame, with every gate."""

from dataclasses import dataclass

import numpy as np

from rnn_core.apps.batched import batch_states, reversed_rows
from rnn_core.apps.kept import cached_with_state
from rnn_core.apps.scores import Scores
from rnn_core.apps.speech import trials
from rnn_core.apps.speech.augment import Sounds
from rnn_core.apps.speech.settings import CONDITIONS, VOICES, Settings
from rnn_core.apps.speech.sound import Integers
from rnn_core.apps.speech.strips.reader import StripReader, strip_scores
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.cells import Params
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackGradients, StackTrace, bptt_stack, run_stack


@dataclass(frozen=True)
class Reading:
    trace: StackTrace
    belief: Array  # (T, words) the probabilities if the sound ended at this frame

    @property
    def answer(self) -> int:
        """The most probable word at the end."""
        return int(self.belief[-1].argmax())


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        tensors = network_tensors(state)
        self.params = recurrent(tensors, "recurrent.", self.settings)
        self.readout = linear(tensors, "readout.")

    def read(self, inputs: Array) -> Reading:
        """Reads inputs (T, 13). Every prefix of the sound is read as a complete sound."""
        T = len(inputs)
        beginnings = np.broadcast_to(inputs, (T, *inputs.shape))
        return Reading(run_stack(self.params, inputs), softmax(self.scores(beginnings, np.arange(1, T + 1))))

    def gradients(self, reading: Reading, word: int) -> StackGradients:
        """The gradients of one word's log-probability at the end."""
        dscores = -reading.belief[-1]
        dscores[word] += 1.0
        dpooled = dscores @ self.readout.W_hy  # (D*H,)
        T, H = len(reading.belief), self.settings.hidden
        dys = np.zeros_like(reading.trace.ys)
        if self.settings.pooling == "mean":
            dys += dpooled / T
        else:  # the last state of each direction: the backward one ends at the first frame
            dys[-1, :H] = dpooled[:H]
            dys[0, H:] = dpooled[H:]
        return bptt_stack(reading.trace, dys)

    def scores(self, inputs: Array, lengths: Integers) -> Array:
        """(B, words) for inputs (B, T, 13), each read up to its own length."""
        ways = [_pooled(self.params.forward[0], inputs, lengths, self.settings.pooling)]
        if self.params.backward:
            back = reversed_rows(inputs, lengths)
            ways.append(_pooled(self.params.backward[0], back, lengths, self.settings.pooling))
        return np.asarray(np.concatenate(ways, axis=1) @ self.readout.W_hy.T + self.readout.b_y)

    def answers(self, sounds: Sounds) -> Integers:
        """(B,) indices into data.WORDS."""
        return np.asarray(self.scores(sounds.inputs, sounds.lengths).argmax(axis=1) + self.settings.words.start)


def _pooled(params: Params, inputs: Array, lengths: Integers, pooling: str) -> Array:
    """(B, H): the state after each sound's own last frame, or the mean of its states."""
    hs, last = batch_states(params, inputs, lengths)
    if pooling == "last":
        return last.h
    hs = hs[:, 1:]
    inside = np.arange(hs.shape[1]) < lengths[:, None]
    return np.asarray((hs * inside[..., None]).sum(axis=1) / lengths[:, None])


def read(state: RunState) -> Reader | StripReader:
    """The reader for the task that the network was trained on."""
    return Reader(state) if settings_of(state, Settings).task == "word" else StripReader(state)


def right(reader: Reader, sounds: Sounds, words: Integers) -> float:
    return float(np.mean(reader.answers(sounds) == words))


def scores(state: RunState) -> Scores:
    if settings_of(state, Settings).task == "strip":
        return strip_scores(state)
    reader = Reader(state)
    made = {condition: trials.trial(condition, reader.settings.language) for condition in CONDITIONS}
    return {condition: right(reader, *recordings) for condition, recordings in made.items() if len(recordings[1])}


@cached_with_state
def confusion(state: RunState) -> Integers:
    """(words, words) counts on the test voices: one row for each spoken word."""
    reader = Reader(state)
    counts = np.zeros((len(reader.settings.words),) * 2, np.int64)
    sounds, words = trials.trial(VOICES, reader.settings.language)
    first = reader.settings.words.start
    np.add.at(counts, (words - first, reader.answers(sounds) - first), 1)
    return counts


@cached_with_state
def by_noise(state: RunState) -> Array:
    """(len(trials.NOISES),) the share of right answers at each noise level."""
    reader = Reader(state)
    return np.array([right(reader, *trials.noise_trial(each, reader.settings.language)) for each in trials.NOISES])
