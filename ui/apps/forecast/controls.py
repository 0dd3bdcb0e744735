"""The widgets of the page on forecasts: the series, and the network."""

import streamlit as st

from rnn_core.apps.forecast.own import NoNumbers, OwnSeries, TooLarge, likely_season, one_a_line
from rnn_core.apps.forecast.settings import AHEAD, OWN, Settings, standard
from rnn_core.apps.forecast.split import SHORTEST
from rnn_core.apps.table import LARGEST, TableRefused
from rnn_core.errors import CoreError
from ui.apps.cell_choice import cell_choice
from ui.apps.forecast import compute
from ui.as_text import in_markdown
from ui.i18n import _
from ui.links.kept_settings import in_link, in_session
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice
from ui.widgets.uploads import digest, report_upload_problem, table_problem, upload

MOST_ROWS_NAMED = 8


def series_labels() -> dict[str, str]:
    return {
        "sunspots": _("Sunspots, by year"),
        "co2": _("CO₂ at Mauna Loa, by month"),
        "elnino": _("El Niño: sea temperature, by month"),
        "nile": _("The Nile, by year"),
        "unemployment": _("Unemployment in the US, by quarter"),
        "waves": _("Two waves and noise (made here)"),
        "chaos": _("Chaos: the logistic map (made here)"),
        OWN: _("My own series"),
    }


def chosen_settings() -> Settings:
    name = choice(st.selectbox, _("Series"), series_labels(), "sunspots", "series")
    cell = cell_choice("forecast_cell")
    own = _own_series() if name == OWN else None
    settings = _with_own(own, cell) if own is not None else standard("sunspots" if name == OWN else name, cell)
    return _changed(settings)


def _changed(settings: Settings) -> Settings:
    """The defaults depend on the series; the keys name it, so that each series has its own widgets."""
    with more_settings():
        ahead_labels = {AHEAD[0]: _("one step, fed back"), AHEAD[1]: _("all steps at once")}
        ahead = choice(st.segmented_control, _("Looks ahead"), ahead_labels, settings.ahead, "ahead")
        changes = {"no": _("the values"), "yes": _("the changes")}
        default = "yes" if settings.changes else "no"
        is_own = settings.series == OWN
        name = f"{OWN}-{digest(repr(settings.own))}" if is_own else settings.series
        place = in_session if is_own else in_link  # a visitor's series is in no link
        reads = choice(st.segmented_control, _("Reads"), changes, default, f"reads_{name}", in_link=not is_own)
        window = st.slider(_("Steps it reads"), 4, 120, settings.window, **place(f"window_{name}"))
        horizon = st.slider(_("Steps ahead"), 1, 24, settings.horizon, **place(f"horizon_{name}"))
        hidden = st.slider(_("Hidden size H"), 4, 64, settings.hidden, **place(f"H_{name}"))
    asked = settings.changed(ahead=ahead, changes=reads == "yes", window=window, horizon=horizon, hidden=hidden)
    try:
        asked.split()
    except CoreError:
        st.error(_("The series is too short to read and to look ahead so far. Choose smaller numbers."))
        return settings
    return asked


def _own_series() -> OwnSeries | None:
    """The visitor's series; a refused one does not replace it."""
    data, problem = upload(_("A CSV file with dates and values"), ["csv", "txt", "tsv"], "forecast_file", LARGEST)
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
        _settings_of(found, "gru").split()
    except CoreError:
        return _too_little(found)
    st.session_state["forecast_own"] = found
    return ""


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
    for rows, words in (
        (found.wrong_rows, _("No number in these rows, so the gap was bridged by a straight line: {rows}.")),
        (found.empty_rows, _("Empty rows, bridged by a straight line: {rows}.")),
        (found.no_date, _("No date that can be read in these rows, so they were left out: {rows}.")),
        (found.repeated, _("Rows whose date stands further up already, left out: {rows}.")),
    ):
        if rows:
            st.warning(
                words.format(rows=", ".join(map(str, rows[:MOST_ROWS_NAMED])) + "…" * (len(rows) > MOST_ROWS_NAMED))
            )
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
    return _settings_of(found, cell)


def _settings_of(found: OwnSeries, cell: str) -> Settings:
    """A short series gets a short window, so that enough of it remains for the test."""
    N = len(found.values)
    season = likely_season(found.values)
    return standard("waves", cell).changed(
        series=OWN,
        own=tuple(found.values.tolist()),
        own_season=season,
        window=max(4, min(36, N // 6, max(2 * season, 12))),
        horizon=max(1, min(12, N // 12)),
        changes=_drifts(found),
    )


def _drifts(found: OwnSeries) -> bool:
    """Whether the series leaves the range that it had at first: then the network learns its changes."""
    first, last = found.values[: len(found.values) // 2], found.values[len(found.values) // 2 :]
    return len(first) > 0 and bool(abs(last.mean() - first.mean()) > 1.5 * first.std())
