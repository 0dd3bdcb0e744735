"""The trained recommender in the core, in float64: it reads the clicks of a session and scores every item."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.batched import batch_states
from rnn_core.apps.recommend.data import sessions_for
from rnn_core.apps.recommend.process import Clicks
from rnn_core.apps.recommend.ranking import measures_by_blocks
from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.scores import Scores
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.learn.state import RunState
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run


@dataclass(frozen=True)
class Reading:
    clicks: tuple[int, ...]  # (T,)
    trace: AnyTrace | None  # None before the first click
    chances: Array  # (T+1, V) probability that each item is next, before the first click and after each


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        tensors = network_tensors(state)
        self.embedding = tensors["embedding.weight"]  # (V, E)
        self.params = recurrent(tensors, "recurrent.", self.settings).forward[0]
        if self.settings.tied:
            wish = linear(tensors, "wish.")
            self.W_hy = self.embedding @ wish.W_hy  # (V, H)
            self.b_y = self.embedding @ wish.b_y + tensors["item_bias"]
        else:
            readout = linear(tensors, "readout.")
            self.W_hy, self.b_y = readout.W_hy, readout.b_y

    def read(self, clicks: Sequence[int]) -> Reading:
        trace = run(self.params, self.embedding[list(clicks)]) if clicks else None
        hs = np.zeros((1, self.params.hidden_size)) if trace is None else trace.hs
        return Reading(tuple(clicks), trace, softmax(hs @ self.W_hy.T + self.b_y))

    def effects(self, clicks: Sequence[int]) -> Array:
        """(T, V): the increase of each item's log-probability to be next, compared with a session without this click."""
        last = np.log(self.read(clicks).chances[-1])
        without = [self.read([*clicks[:at], *clicks[at + 1 :]]).chances[-1] for at in range(len(clicks))]
        return np.asarray(last - np.log(np.reshape(without, (len(clicks), len(last)))))

    def gradients(self, reading: Reading, item: int) -> AnyGradients | None:
        """The gradients of the item's log-probability to be next."""
        if reading.trace is None:
            return None
        dhs = np.zeros_like(reading.trace.hs[1:])
        dhs[-1] = self.W_hy[item] - reading.chances[-1] @ self.W_hy
        return bptt(reading.trace, dhs)

    def scores_after(self, sessions: Clicks) -> Array:
        """(N, T) -> (N, T, V): the scores after each click of many sessions."""
        hs, _last = batch_states(self.params, self.embedding[np.maximum(sessions, 0)])
        return np.asarray(hs[:, 1:] @ self.W_hy.T + self.b_y)


def scores(state: RunState) -> Scores:
    reader = Reader(state)
    return measures_by_blocks(
        lambda block: {"": reader.scores_after(block)}, sessions_for(reader.settings, "test"), reader.settings.items
    )[""]
