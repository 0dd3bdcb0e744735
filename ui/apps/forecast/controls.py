"""The widgets of the page on forecasts: the series, and the network."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from rnn_core.apps.forecast.own.series import NoNumbers, OwnSeries, TooLarge, one_a_line
from rnn_core.apps.forecast.settings import AHEAD, OWN, Settings, standard
from rnn_core.apps.forecast.split import SHORTEST
from rnn_core.apps.table import TableRefused
from rnn_core.errors import CoreError
from ui.apps.cell_choice import cell_choice
from ui.apps.forecast import compute
from ui.as_text import in_markdown
from ui.figures.series_names import series_names
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_link, in_session
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice
from ui.widgets.uploads import digest, report_upload_problem, table_problem, upload_table, warn_of_rows

MOST_COLUMNS_SHOWN = 12
LONGEST_SEASON = 1000
SERIES = "series"


def series_labels() -> dict[str, str]:
    return {**series_names(), OWN: _("My own series")}


def own_is_asked() -> bool:
    """A series of one's own is brought in the drawer."""
    return bool(st.session_state.get(SERIES, st.query_params.get(SERIES)) == OWN)


def chosen_settings() -> Settings:
    name = choice(st.selectbox, _("Series"), series_labels(), "sunspots", SERIES)
    cell = cell_choice("forecast_cell")
    own = _own_series() if name == OWN else None
    settings = _with_own(own, cell) if own is not None else standard("sunspots" if name == OWN else name, cell)
    return _changed(settings)


def _changed(settings: Settings) -> Settings:
    """The defaults depend on the series; the keys name it, so that each series has its own widgets."""
    with more_settings():
        ahead_labels = {AHEAD[0]: _("one step at a time, fed back"), AHEAD[1]: _("all steps at once")}
        key = "ahead_own" if settings.series == OWN else "ahead"
        ahead = choice(
            st.segmented_control, _("Looks ahead"), ahead_labels, settings.ahead, key, in_link=settings.series != OWN
        )
        changes = {"no": _("the values"), "yes": _("the changes")}
        default = "yes" if settings.changes else "no"
        is_own = settings.series == OWN
        name = f"{OWN}-{digest(repr(settings.own))}" if is_own else settings.series
        place = in_session if is_own else in_link  # a visitor's series is in no link
        reads = choice(st.segmented_control, _("Reads"), changes, default, f"reads_{name}", in_link=not is_own)
        window = st.slider(_("Steps it reads"), 4, 120, settings.window, **place(f"window_{name}"))
        horizon = st.slider(_("Steps ahead"), 1, 24, settings.horizon, **place(f"horizon_{name}"))
        hidden = st.slider(_("Hidden size H"), 4, 64, settings.hidden, **place(f"H_{name}"))
        log, seasonal = _form(settings, name, place)
        linear = ahead == AHEAD[0] and st.toggle(
            _("Corrects a linear autoregression"),
            settings.linear,
            help=_(
                "The prediction is a linear autoregression, fitted on the training part, plus what the network learned of its "
                "errors."
            ),
            **place(f"linear_{name}"),
        )
    asked = settings.changed(
        ahead=ahead,
        changes=reads == "yes",
        window=window,
        horizon=horizon,
        hidden=hidden,
        log=log,
        seasonal=seasonal,
        linear=linear,
    )
    try:
        asked.split()
    except CoreError:
        st.error(_("The series is too short to read and to look ahead so far. Choose smaller numbers."))
        return settings
    return asked


def _form(settings: Settings, name: str, place: Callable[[str], Any]) -> tuple[bool, bool]:
    """Logarithms, and differences from the season before, where the series allows them."""
    log = seasonal = False
    if bool(np.all(settings.split().values > 0.0)):
        log = st.toggle(
            _("Logarithms"),
            settings.log,
            help=_("For series whose swings grow with their level: equal ratios become equal differences."),
            **place(f"log_{name}"),
        )
    if settings.season:
        seasonal = st.toggle(
            _("Differences from the season before"),
            settings.seasonal,
            help=_("The network reads and predicts by how much each value differs from that of one season before."),
            **place(f"seasonal_{name}"),
        )
    return log, seasonal


def _own_series() -> OwnSeries | None:
    """The visitor's series; a refused one does not replace it."""
    data, problem = upload_table(_("A CSV file with dates and values"), "forecast_file")
    typed = st.text_area(
        _("or numbers, typed or pasted"), **in_session("forecast_typed"), placeholder="12.1\n13.4\n…", max_chars=100_000
    )
    if data is None and typed.strip():
        data = one_a_line(typed)
    if data is not None:
        problem = problem or _read(data)
    found: OwnSeries | None = st.session_state.get("forecast_own")
    report_upload_problem(problem, found)
    if found is None:
        st.caption(_("At least 60 values. Until then the sunspots are shown."))
    else:
        _what_was_read(found)
        if not problem:
            _what_was_mended(found)
    return found


def _read(data: bytes) -> str:
    """Keeps a valid series; returns the reason why another is refused."""
    try:
        found = compute.own(data, "")
        if len(found.numeric) > 1:
            _show_columns(data)
            last = len(found.numeric) - 1
            key = f"forecast_column_{hash(found.numeric)}"
            found = compute.own(data, st.selectbox(_("Column of values"), found.numeric, last, key=key))
    except TableRefused as problem:
        return table_problem(problem)
    except NoNumbers:
        return _("No column holds numbers. One column of values is needed, and another with dates if you like.")
    except TooLarge:
        return _("The values are too large: a million millions is the most. Count in thousands or millions.")
    try:
        compute.settings_of_own(tuple(found.values.tolist()), "gru", None, found.seasons).split()
    except CoreError:
        return _too_little(found)
    st.session_state["forecast_own"] = found
    return ""


def _show_columns(data: bytes) -> None:
    """Each column's course and range, because names alone do not say which one to choose."""
    for name, (course, low, high) in list(compute.columns(data).items())[:MOST_COLUMNS_SHOWN]:
        span = _("{low} to {high}").format(low=number(low), high=number(high))
        st.caption(f"**{in_markdown(name)}** {course} {span}")


def _too_little(found: OwnSeries) -> str:
    if len(found.values) < SHORTEST:
        return _("At least {count} values are needed, and {given} came.").format(
            count=SHORTEST, given=len(found.values)
        )
    return _("The first 70% of the values are all the same, or rise by the same at every step: nothing to learn there.")


def _what_was_read(found: OwnSeries) -> None:
    st.caption(
        _("{count} values, from {first} to {last}.").format(
            count=len(found.values), first=in_markdown(found.dates[0]), last=in_markdown(found.dates[-1])
        )
    )


def _what_was_mended(found: OwnSeries) -> None:
    if found.sorted:
        st.info(_("The rows were put into the order of their dates."))
    if found.missing:
        st.warning(_("{count} dates in between have no row; straight lines bridge them.").format(count=found.missing))
    faults = (
        (found.wrong_rows, _("No number in these rows, so the gap was bridged by a straight line: {rows}.")),
        (found.empty_rows, _("Empty rows, bridged by a straight line: {rows}.")),
        (found.no_date, _("No date that can be read in these rows, so they were left out: {rows}.")),
        (found.repeated, _("Rows whose date has already occurred above, left out: {rows}.")),
    )
    warn_of_rows(faults)
    if found.unread:
        st.warning(_("The table is very long: its last {count} rows were not read.").format(count=found.unread))
    if found.cut:
        st.warning(
            _("Of the values read, only the last {kept} are used; {cut} earlier ones were left out.").format(
                kept=len(found.values), cut=found.cut
            )
        )


def _with_own(found: OwnSeries, cell: str) -> Settings:
    st.session_state["forecast_dates"] = found.dates
    values = tuple(found.values.tolist())
    likely = compute.settings_of_own(values, cell, None, found.seasons)
    most = min(LONGEST_SEASON, len(values) // 3)
    season = st.number_input(
        _("Season, in steps"),
        0,
        most,
        min(likely.own_season, most),
        help=_("The number of steps after which the series repeats: 12 for months, 7 for days of a week. 0: none."),
        **in_session(f"season_{digest(repr(values))}"),
    )
    return likely if season == likely.own_season else compute.settings_of_own(values, cell, season, ())
