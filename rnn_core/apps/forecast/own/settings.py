"""Settings that suit a series of which only the values are known: its season, the form it is read in, and a network for it."""

import numpy as np

from rnn_core.apps.forecast.baselines import likely_form
from rnn_core.apps.forecast.form import Form
from rnn_core.apps.forecast.own.season import likely_season
from rnn_core.apps.forecast.settings import OWN, Settings, standard
from rnn_core.arrays import Array

BLOCKS = "▁▂▃▄▅▆▇█"


def own_settings(values: Array, cell: str, season: int | None = None, usual: tuple[int, ...] = ()) -> Settings:
    """A short series gets a short window, so that enough of it remains for the test. `season`: None looks for one, and prefers the
    `usual` ones of its dates."""
    N = len(values)
    found = likely_season(values, usual) if season is None else season
    window, horizon = max(4, min(36, N // 6, max(2 * found, 12))), max(1, min(12, N // 12))
    form = likely_form(values, found, window, horizon)
    return standard("waves", cell).changed(
        series=OWN,
        own=tuple(values.tolist()),
        own_season=found,
        window=window,
        horizon=horizon,
        linear=True,
        l2=0.01,  # such series are short, and a network overfits them soon
        budget=300,
        log=form.log,
        seasonal=form.season > 0,
        changes=_drifts(values, form),
    )


def _drifts(values: Array, form: Form) -> bool:
    """Whether the series leaves the range that it had at first: then the network learns its changes."""
    read = form.of(values)[form.season :]
    first, last = read[: len(read) // 2], read[len(read) // 2 :]
    return len(first) > 0 and bool(abs(last.mean() - first.mean()) > 1.5 * first.std())


def sparkline(values: Array, width: int = 12) -> str:
    """The course of a series in block characters, one for each part of it; gaps are left out."""
    known = values[np.isfinite(values)]
    if not len(known):
        return ""
    parts = [float(part.mean()) for part in np.array_split(known, min(width, len(known)))]
    low, high = min(parts), max(parts)
    height = (len(BLOCKS) - 1) / (high - low) if high > low else 0.0
    return "".join(BLOCKS[round((part - low) * height)] for part in parts)
