"""Cached results over a training: a unit's AUC, and the map of swapped states, at every recorded step."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.inside import labels, ranking
from rnn_core.analysis.inside.activations import activations
from rnn_core.analysis.inside.patching import STATE, Patch, PatchMap, patch_map, patched_road
from rnn_core.analysis.inside.ranking import Values
from rnn_core.apps.look_inside import network_of_run
from rnn_core.apps.sentiment.settings import Settings as SentimentSettings
from rnn_core.apps.snapshots import snapshots
from rnn_core.apps.tensors import settings_of
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.arrays import Array, Mask
from ui.cache.kept import kept
from ui.cache.read_only import make_read_only

TEXT, REVIEWS = ("text", "english-lstm"), "sentiment"
CHOSEN_ON, MEASURED_ON, SHOWN = 4_000, 6_000, 700  # characters of the validation part, and of the test part
VALUE = "c"


@dataclass(frozen=True)
class Moment:
    """The network at one step: its units on both texts, for L labels."""

    step: int
    shown: Values  # (H, SHOWN) each unit around its mean, from -1 to 1 within three standard deviations
    chosen: Array  # (H, L) the AUC on the first text
    measured: Array  # (H, L) on the second
    probe: Array  # (L,) of a linear probe on all units


@dataclass(frozen=True)
class Course:
    """A training, step by step, on two texts that it never saw: the first decides, the second measures."""

    text: str  # the beginning of the second
    labels: tuple[str, ...]
    marks: Mask  # (L, SHOWN)
    moments: tuple[Moment, ...]
    band: Array  # (L,) |AUC - 1/2| that shifted labels reach with the last network

    @property
    def steps(self) -> tuple[int, ...]:
        return tuple(each.step for each in self.moments)

    def best_unit(self, label: str) -> int:
        """The best of the last network, by the first text."""
        return int(np.abs(self.moments[-1].chosen[:, self.labels.index(label)] - 0.5).argmax())

    def of_unit(self, label: str, unit: int) -> Array:
        """(n,) the AUC of this unit at every step, in the direction that it has in the end."""
        at = self.labels.index(label)
        sign = 1.0 if self.moments[-1].chosen[unit, at] >= 0.5 else -1.0
        return np.array([0.5 + sign * (each.measured[unit, at] - 0.5) for each in self.moments])

    def of_best(self, label: str) -> Array:
        """(n,) the AUC of the unit that is best at that step, by the first text."""
        at, found = self.labels.index(label), []
        for each in self.moments:
            own = each.chosen[:, at] - 0.5
            unit = int(np.abs(own).argmax())
            found.append(0.5 + np.sign(own[unit]) * (each.measured[unit, at] - 0.5))
        return np.array(found)

    def of_probe(self, label: str) -> Array:
        return np.array([each.probe[self.labels.index(label)] for each in self.moments])


@kept(1)
def course() -> Course:
    taken = snapshots(*TEXT)
    settings = settings_of(taken.states[0], TextSettings)
    corpus, parts = settings.corpus, settings.parts
    known = labels.labels((parts.validation[:CHOSEN_ON], parts.test[:MEASURED_ON]))
    first, second = (np.stack([marks[part] for marks in known.values()], axis=1) for part in (0, 1))  # (T, L)
    moments = []
    for state in taken.states:
        network = network_of_run(state)
        one = activations(network, corpus.validation[:CHOSEN_ON], VALUE).values
        two = activations(network, corpus.test[:MEASURED_ON], VALUE).values
        ranks = ranking.ranked(two)
        moments.append(
            Moment(
                state.step,
                _around_mean(two)[:, :SHOWN],
                ranking.auc(ranking.ranked(one), first),
                ranking.auc(ranks, second),
                _probes(one, two, first, second),
            )
        )
    band = np.array([ranking.null_band(ranks, marks) for marks in second.T])  # of the last network
    return make_read_only(Course(parts.test[:SHOWN], tuple(known), second[:SHOWN].T.copy(), tuple(moments), band))


def _around_mean(values: Values) -> Values:
    mean, spread = values.mean(axis=1, keepdims=True), values.std(axis=1, keepdims=True)
    return np.asarray(np.clip((values - mean) / (3 * spread + 1e-12), -1.0, 1.0), np.float32)


def _probes(one: Values, two: Values, first: Mask, second: Mask) -> Array:
    known = ranking.gram(one)
    scores = np.stack([ranking.probe(known, marks).scores(two) for marks in first.T]).astype(np.float32)
    return np.array(
        [float(ranking.auc(ranking.ranked(row[None]), marks)[0]) for row, marks in zip(scores, second.T, strict=True)]
    )


@dataclass(frozen=True)
class SwapCourse:
    """The same two sentences at every recorded step of a training."""

    steps: tuple[int, ...]
    maps: tuple[PatchMap, ...]

    @property
    def answers(self) -> tuple[Array, Array]:
        """(n,) the score of the clean and of the changed sentence at every step."""
        ends = [(each.roads.clean[-1], each.roads.corrupted[-1]) for each in self.maps]
        return np.array([one for one, _two in ends]), np.array([two for _one, two in ends])


def swapped_road(variant: str, at: int, clean: Sequence[str], corrupted: Sequence[str], step: int, unit: int) -> Array:
    """The score after every word, with one unit's state swapped after one word, by the network of one recorded step."""
    state = snapshots(REVIEWS, variant).states[at]
    ids = settings_of(state, SentimentSettings).vocabulary.ids
    return patched_road(network_of_run(state), ids(clean), ids(corrupted), [1.0], (Patch(step, (unit,)),))


@kept(8)
def swaps(variant: str, clean: Sequence[str], corrupted: Sequence[str]) -> SwapCourse:
    taken = snapshots(REVIEWS, variant)
    ids = settings_of(taken.states[0], SentimentSettings).vocabulary.ids
    maps = [patch_map(network_of_run(state), ids(clean), ids(corrupted), [1.0], name=STATE) for state in taken.states]
    return make_read_only(SwapCourse(taken.steps, tuple(maps)))
