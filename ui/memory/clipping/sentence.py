"""What clipping does on the way, in one sentence that is computed from the paths."""

import numpy as np

from rnn_core.analysis.cliff import Descent
from ui.figures.words import number
from ui.i18n import _
from ui.memory.clipping.compute import B_RANGE, W_RANGE, Descents


def steepest(found: Descents) -> int:
    """The step (from 0) at which the path that is clipped by norm meets its longest gradient."""
    return int(np.linalg.norm(found.by_norm.gradients[:-1], axis=1).argmax())


def sentence(found: Descents, threshold: float) -> str:
    step = steepest(found)
    length = float(np.linalg.norm(found.by_norm.gradients[step]))
    words = {"step": step + 1, "norm": f"<b>{number(length)}</b>", "limit": f"{threshold:g}"}
    if length <= threshold:
        return _(
            "No gradient on the clipped path exceeds the threshold c = {limit}: the largest norm, at step {step}, is {norm}."
        ).format(**words)
    words |= {"times": f"<b>{number(length / threshold)}</b>", "free": _free(found.free), "end": _end(found.by_norm)}
    return _(
        "Step {step}: the gradient’s norm is {norm}, {times} times the threshold c = {limit}. {free}; clipped by norm, {end}."
    ).format(**words)


def _free(descent: Descent) -> str:
    low, high = np.array([W_RANGE, B_RANGE]).T
    if ((descent.points < low) | (descent.points > high)).any():
        return _("Without clipping the path leaves the map")
    return _("Without clipping the path ends at a loss of E = {loss}").format(
        loss=f"<b>{number(float(descent.losses[-1]))}</b>"
    )


def _end(descent: Descent) -> str:
    return _("it ends at a loss of E = {loss}").format(loss=f"<b>{number(float(descent.losses[-1]))}</b>")
