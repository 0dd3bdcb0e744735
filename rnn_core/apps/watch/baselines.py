"""The baselines: for the kind of motion, the most similar frame and the most similar bag of frames; for the next frames, a ball
that stays and a ball that goes straight on."""

from collections.abc import Callable
from functools import cache

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.watch import data
from rnn_core.apps.watch.motion import KINDS, SEEN
from rnn_core.apps.watch.reader import AHEAD
from rnn_core.apps.watch.settings import MEASURES, Settings
from rnn_core.arrays import Array

ONE, BAG = "the last frame alone", "all frames as a bag"
STAYS, STRAIGHT = "the ball stays", "the ball goes straight on"
NEIGHBOURS = 15


def baselines(settings: Settings) -> dict[str, Scores]:
    """They depend on no setting."""
    return _baselines()


@cache
def _baselines() -> dict[str, Scores]:
    test = data.held_out("test")
    kind, kind_shuffled, next_off, ahead_off = (measure.name for measure in MEASURES)
    last = test.paths[:, SEEN - 1]
    speed = last - test.paths[:, SEEN - 2]

    def moved(steps: float) -> Scores:
        """The ball at its last place plus `steps` times its speed. It may leave the field, so its place is compared and not its picture."""
        ends = {next_off: (1, SEEN), ahead_off: (AHEAD, SEEN + AHEAD - 1)}
        return {
            name: float(np.linalg.norm(last + steps * ahead * speed - test.paths[:, at], axis=1).mean())
            for name, (ahead, at) in ends.items()
        }

    frame = _share(lambda strips: strips.frames[:, SEEN - 1])
    bag = _share(lambda strips: strips.frames[:, :SEEN].mean(axis=1))
    return {
        ONE: {kind: frame},
        BAG: {kind: bag, kind_shuffled: bag},
        STAYS: moved(0.0),
        STRAIGHT: moved(1.0),
    }


def _share(features: Callable[[data.Strips], Array]) -> float:
    """How many kinds are right by a vote of the training strips with the smallest squared distance."""
    known, test = data.held_out("known"), data.held_out("test")
    ours, theirs = features(test), features(known)
    distances = (theirs**2).sum(axis=1) - 2.0 * ours @ theirs.T
    nearest = known.kinds[np.argpartition(distances, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]]
    votes = (nearest[:, :, None] == np.arange(len(KINDS))).sum(axis=1)
    return float((votes.argmax(axis=1) == test.kinds).mean())
