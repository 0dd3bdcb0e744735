"""Recorded runs as small pictures: the validation loss of each setting, on a logarithmic scale."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from rnn_core.arrays import Array
from rnn_core.lab.outcomes import Outcome, spread
from rnn_core.lab.ready import READY, record_name
from rnn_core.lab.recorded import recording
from rnn_core.lab.settings import RunSettings
from ui.browser.thumbnails import Thumbnail, ThumbnailLine
from ui.i18n import _
from ui.lab.comparison.figures import Look
from ui.lab.comparison.names import looks

POINTS = 40
OUTSIDE = 1.5  # above the picture: where a run that overflowed has no loss


def ready_labels() -> dict[str, str]:
    return {
        "cells": _("Three cells"),
        "after": _("After the LSTM"),
        "forget": _("Three forget biases"),
        "optimisers": _("Four optimisers"),
        "sizes": _("Five sizes"),
    }


def ready_pictures() -> dict[str, Thumbnail]:
    return {name: Thumbnail(label, _curves_of(name)) for name, label in ready_labels().items()}


@cache
def _curves_of(name: str) -> tuple[ThumbnailLine, ...]:
    return losses_over_steps(READY[name].settings, recording(record_name(name)).outcomes)


def losses_over_steps(settings: Sequence[RunSettings], outcomes: Sequence[Outcome]) -> tuple[ThumbnailLine, ...]:
    of_each = [[each for each in outcomes if each.settings.changed(seed=0) == one] for one in settings]
    curves = [_median(seeds, one) for seeds, one in zip(of_each, settings, strict=True)]
    return loss_lines(curves, looks(settings))


def loss_lines(curves: Sequence[Array], drawn: Sequence[Look]) -> tuple[ThumbnailLine, ...]:
    """Losses at equal distances. The scale is that of all of them together."""
    with np.errstate(all="ignore"):
        logs = [np.log10(curve) for curve in curves]
    low, high = np.nanmin(np.concatenate(logs)), np.nanmax(np.concatenate(logs))
    return tuple(
        ThumbnailLine(np.nan_to_num((log - low) / (high - low), nan=OUTSIDE).tolist(), look.ink, look.dash)
        for log, look in zip(logs, drawn, strict=True)
    )


def _median(seeds: Sequence[Outcome], settings: RunSettings) -> Array:
    """Of the seeds; NaN after the last step of a run that ended early."""
    seen = spread(seeds, "loss")
    at = np.linspace(0.0, settings.budget, POINTS)
    return np.interp(at, seen.steps, seen.median, right=np.nan)
