"""The cliff and its descents, and a real RNN's gradient before and after clipping."""

from dataclasses import dataclass
from functools import cache

import numpy as np

import rnn_core as rc
from rnn_core.analysis import cliff, clip
from rnn_core.analysis.cliff import Descent
from rnn_core.arrays import Array
from rnn_core.studies.gradients import RNNSetup, rnn_trace
from ui.cache.read_only import make_read_only
from ui.cache.shared import shared

W_RANGE, B_RANGE = (3.8, 5.8), (-2.9, -1.5)
STEPS = 50
# One network whose gradient vanishes, and one whose gradient explodes.
VANISHING = RNNSetup("orthogonal", 0.9, "tanh", steps=60, hidden_size=16)
EXPLODING = RNNSetup("orthogonal", 2.5, "tanh", steps=60, hidden_size=16)


@dataclass(frozen=True)
class Landscape:
    w: Array  # (W,)
    b: Array  # (B,)
    losses: Array  # (B, W)


@cache
def landscape(points: int) -> Landscape:
    w, b = np.linspace(*W_RANGE, points), np.linspace(*B_RANGE, points)
    return make_read_only(Landscape(w, b, cliff.losses(w[None, :], b[:, None]).values))


@dataclass(frozen=True)
class Descents:
    free: Descent
    by_norm: Descent
    by_value: Descent


@shared(256)
def descents(start: tuple[float, float], rate: float, threshold: float) -> Descents:
    return make_read_only(Descents(*cliff.descend(start, rate, STEPS, ("none", "norm", "value"), threshold)))


@dataclass(frozen=True)
class ClippedRun:
    """The contribution of each step to the gradient of W_hh, before and after clipping by norm."""

    raw: Array  # (T,) lengths
    clipped: Array  # (T,)
    norm_before: float  # of all weights together
    norm_after: float


@shared(128)
def clipped_run(setup: RNNSetup, threshold: float) -> ClippedRun:
    trace = rnn_trace(setup, 0)
    direct = np.zeros((setup.steps, setup.hidden_size))
    direct[-1] = setup.hidden_size**-0.5
    grads = rc.bptt(trace, direct)
    result = clip.clip_by_norm(grads.params, threshold)
    raw = grads.contribution_norms("W_hh")
    return make_read_only(
        ClippedRun(raw, raw * (result.norm_after / result.norm_before), result.norm_before, result.norm_after)
    )
