"""The series as small pictures, and the dial of the day from which the forecast starts."""

from functools import cache

import numpy as np
import streamlit as st

from rnn_core.apps.forecast.series import NAMES, series
from rnn_core.apps.forecast.settings import OWN, Settings
from rnn_core.arrays import Array
from ui.apps.forecast import compute
from ui.apps.forecast.controls import SERIES
from ui.browser.dial import DialSpec
from ui.browser.thumbnails import Thumbnail, ThumbnailLine, thumbnails
from ui.i18n import _
from ui.widgets.stage import open_drawer

_CLICKED = "a series was clicked"
LONGEST_DATE = 16  # letters beside the dial
POINTS = 60  # of a small picture


def today_dial(settings: Settings) -> DialSpec:
    """The origin, from the last value before the test part to the last value of all, after which nothing is known.

    An own series opens with its future. Ours open where one can see what came.
    """
    origins = settings.split().origins("test", settings.horizon)
    first, last = int(origins[0]), int(origins[-1])
    dates = compute.series_of(settings).dates
    is_own = settings.series == OWN  # then it is in no link
    end = len(dates) - 1
    return DialSpec(
        _("Today is"),
        first,
        end,
        end if is_own else first + (last - first) // 3,
        key=f"today_{settings.series}_{first}_{last}",
        asks_page=True,
        names=tuple(date[:LONGEST_DATE] for date in dates[first:]),
        in_link=not is_own,
    )


def series_choice(settings: Settings) -> None:
    """A click on a series shows it; the one for a series of one's own opens the settings, where it can be brought."""
    labels = _short_labels()
    pictures = {name: Thumbnail(labels[name], lines=(ThumbnailLine(_course(name), "x"),)) for name in NAMES}
    own = (ThumbnailLine(_scaled(settings.split().values), "x"),) if settings.series == OWN else ()
    pictures[OWN] = Thumbnail(labels[OWN], lines=own)

    def show(name: str) -> None:
        st.session_state.update({SERIES: name, _CLICKED: True})
        st.query_params.pop(today_dial(settings).key, None)  # it belongs to the series that is left
        if name == OWN:
            open_drawer()

    thumbnails(_("Series"), pictures, st.session_state.get(SERIES, settings.series), "series", show)
    if st.session_state.pop(_CLICKED, False):
        st.rerun()  # the network is another: the whole page follows


def _short_labels() -> dict[str, str]:
    return {
        "sunspots": _("Sunspots"),
        "co2": _("CO₂"),
        "elnino": _("El Niño"),
        "nile": _("The Nile"),
        "unemployment": _("Unemployment"),
        "waves": _("Two waves"),
        "chaos": _("Chaos"),
        OWN: _("My own series"),
    }


@cache
def _course(name: str) -> tuple[float, ...]:
    return _scaled(series(name).values)


def _scaled(values: Array) -> tuple[float, ...]:
    """The newest values at some points, from 0 to 1."""
    newest = values[-3 * POINTS :]
    shown = newest[np.linspace(0, len(newest) - 1, min(POINTS, len(newest))).astype(int)]
    low, high = float(shown.min()), float(shown.max())
    return tuple(((shown - low) / ((high - low) or 1.0)).tolist())
