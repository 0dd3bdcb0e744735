"""What the held-out loss of a run says about its settings."""

from typing import Literal

import numpy as np

from rnn_core.arrays import Array

Advice = Literal["rate too large", "overfitting", "still falling", "flat"]
FEWEST = 4  # evaluations before anything can be said
FALL = 0.02  # of the loss, from the third to the last quarter of the run
RISE = 0.1


def advice(losses: Array) -> Advice:
    """From the held-out losses of a run (m,), the first one before any update.

    A loss that ends no lower than it began was driven up by its updates; one that fell and rose again overfits.
    """
    known = losses[np.isfinite(losses)]
    if len(known) < FEWEST:
        return "still falling"
    quarter = max(1, len(known) // 4)
    last, before, best = known[-quarter:].mean(), known[-2 * quarter : -quarter].mean(), known[:-quarter].min()
    if len(known) == len(losses) and best < (1 - RISE) * known[0] and last > (1 + RISE) * best:
        return "overfitting"
    if len(known) < len(losses) or last >= known[0]:
        return "rate too large"
    return "still falling" if before - last > FALL * abs(before) else "flat"
