"""The presets of the page on gradients, each a small picture of its own lines."""

from functools import cache

import numpy as np

from rnn_core.arrays import Array
from ui.browser.thumbnails import Thumbnail, ThumbnailLine, thumbnails
from ui.figures.style import CELL_DASHES
from ui.i18n import Language, _, language
from ui.memory.gradients import compute
from ui.memory.gradients.controls import DEFAULTS, PRESETS, apply_preset, matching_preset, preset_name, view_of

LOWEST, HIGHEST = -20.0, 6.0  # powers of ten between the lower and the upper edge of a thumbnail
MOST_POINTS = 30


def preset_thumbnails() -> None:
    thumbnails(_("Look at"), _pictures(language()), matching_preset(), "gradient_preset", apply_preset)


def start_lines() -> tuple[ThumbnailLine, ...]:
    """The lines that the page opens with."""
    return _lines(next(iter(PRESETS)))


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    return {name: Thumbnail(preset_name(name), _lines(name)) for name in PRESETS}


@cache
def _lines(preset: str) -> tuple[ThumbnailLine, ...]:
    view = view_of(DEFAULTS | PRESETS[preset])
    bound = ThumbnailLine(_heights(compute.bound(view.rnn, view.seed)), "baseline", "dot")
    lines = []
    for cell, setup in zip(("rnn", "gru", "lstm"), view.setups, strict=True):
        norms = compute.gradient_lengths(setup, view.seed, with_chance=False).chosen
        logs = norms.h[0] if norms.c is None else norms.c[0]
        lines.append(ThumbnailLine(_heights(logs[int(norms.ends[0]) :: -1]), cell, CELL_DASHES[cell]))
    return (bound, *lines)


def _heights(logs: Array) -> list[float]:
    """The logarithms on the scale of a thumbnail, from the loss at the left back to the first step. -inf lies at its edge."""
    chosen = logs[np.linspace(0, len(logs) - 1, min(len(logs), MOST_POINTS)).round().astype(int)]
    heights = (np.nan_to_num(chosen, nan=HIGHEST) - LOWEST) / (HIGHEST - LOWEST)
    return [float(height) for height in np.clip(heights, 0.0, 1.0)]
