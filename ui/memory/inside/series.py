"""What units know about a series: the series coloured by a unit, labels by rule or marked by the visitor, and the nulls."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from rnn_core.analysis.inside import changes
from rnn_core.analysis.inside.series_labels import OWN, Range
from rnn_core.analysis.trajectories import time_scales
from rnn_core.apps.forecast.settings import SHIPPED
from rnn_core.errors import CoreError
from ui.as_text import in_markdown
from ui.browser import door
from ui.browser.plot import MOST, last_click, plot, point
from ui.figures.series_names import series_names
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside import series_compute as compute
from ui.memory.inside.chosen import (
    ABOVE,
    Chosen,
    beyond_nulls,
    choose,
    clicked_dot,
    pairs,
    show_own_label,
    verdict,
    what_it_knows,
)
from ui.memory.inside.compute import around_mean, spread_of
from ui.memory.inside.names import label_names, value_names
from ui.memory.inside.series_compute import SeriesUnits
from ui.memory.inside.series_figure import ROWS, series_by_unit
from ui.memory.inside.series_tools import change, importance, looks_back, match
from ui.memory.inside.source import OF_FORECAST, Source, shipped
from ui.memory.inside.take import take_series
from ui.memory.inside.tool_parts import MATCH, SELECTED
from ui.memory.inside.unit_view import Tool, open_tools, unit_charts
from ui.widgets.choices import choice
from ui.widgets.stage import Stage, stage_halves, stage_note
from ui.widgets.tables import table

CHART, MARKED = "inside_series", "marked"


def view(stage: Stage) -> None:
    """Of the networks that ship."""
    with stage.top:
        name = choice(st.selectbox, _("Series"), series_names(), "sunspots", "inside_series_of", **ABOVE)
        cells = {"lstm": _("LSTM"), "gru": _("GRU"), "rnn-tanh": _("RNN")}
        cell = choice(st.segmented_control, _("Cell"), cells, "gru", "inside_series_cell", label_visibility="collapsed")
    settings = SHIPPED[f"{name}-{cell}"]
    value = "c" if cell == "lstm" else "h"
    with stage.drawer:
        ranges = own_ranges()
    with stage.picture:
        found = compute.units(settings, value)
    if ranges:
        try:
            found = compute.units_with(settings, value, ranges)
        except CoreError as refused:
            with stage.top:
                st.warning(in_markdown(str(refused)))
    own = compute.written_ranges(ranges) if any(each.label == OWN for each in found.findings) else ""
    show_own_label(OWN, f"{name}_{cell}", own)
    source = replace(shipped("forecast", f"{name}-{cell}", OF_FORECAST), ranges=ranges)
    show(found, lambda: compute.ablation(settings, value), f"{name}_{cell}", stage, source)


def own_ranges() -> tuple[Range, ...]:
    """The visitor's own label: ranges of steps that were typed, or brushed on the chart."""
    brushed = _brushed()
    if brushed is not None:
        known = _read_or_nothing(st.session_state.get(MARKED, ""))
        st.session_state[MARKED] = compute.written_ranges((*known, brushed)[-compute.MOST_RANGES :])
        st.session_state[SELECTED], st.session_state[MATCH] = brushed, True
    typed = st.text_input(
        _("Your own label: ranges of steps"),
        max_chars=200,
        placeholder="10-25, 60-80",
        help=_("Or brush them on the series. Left of the dotted line they decide, right of it they measure."),
        **in_link(MARKED),
    )
    try:
        return compute.read_ranges(typed)
    except CoreError as refused:
        st.warning(in_markdown(str(refused)))
        return ()


def _read_or_nothing(text: str) -> tuple[Range, ...]:
    try:
        return compute.read_ranges(text)
    except CoreError:
        return ()


def _brushed() -> Range | None:
    """The steps that were brushed since the last run."""
    points = door.read(st.session_state.get(CHART), "select", door.several(point, 0, MOST)) or ()
    steps = sorted({round(each.x) - 1 for each in points if each.x is not None})
    new = (steps[0], steps[-1]) if steps else None
    known = st.session_state.get(f"{CHART}_brush")
    st.session_state[f"{CHART}_brush"] = new
    return new if new is not None and new != known and new[0] >= 0 else None


def show(
    found: SeriesUnits,
    ablation: Callable[[], changes.Ablation],
    name: str,
    stage: Stage,
    source: Source,
) -> None:
    if not found.findings:
        st.info(_("This series is too short for any label."))
        return
    first = OWN if any(each.label == OWN for each in found.findings) else _clearest(found)
    chosen = choose(found, ablation, first, name, stage, _clicked(found))
    st.session_state[f"{CHART}_order"] = chosen.own.order.tolist()
    take_series(chosen, source)
    values = around_mean(found.units, spread_of(found.units))
    with stage.picture:
        with stage_note():
            _sentence(chosen)
        left, right = st.columns([3, 2], gap="medium")
        with left:
            chart = series_by_unit(
                found.series,
                found.dates,
                values,
                chosen.own.order.tolist(),
                chosen.unit,
                chosen.label,
                chosen.marks,
                found.first,
                value_names()[found.value],
            )
            plot(chart, key=CHART, height="stage", events=("click", "select"))
        with right, stage_halves():
            unit_charts(chosen, found.units[chosen.unit], _("later values"))
    _everything_it_knows(chosen)
    tools: tuple[Tool, ...] = (
        (_("What it looks back at"), ":material/history:", looks_back, "inside_back"),
        (_("Change this unit"), ":material/tune:", change, "inside_change"),
        (_("How much each unit is needed"), ":material/scatter_plot:", importance, "inside_importance_open"),
        (_("Select a range, and find others like it"), ":material/content_paste_search:", match, MATCH),
    )
    open_tools(tools, chosen, 0)


def _clearest(found: SeriesUnits) -> str:
    """The label whose best unit lies furthest above both nulls."""
    return max(pairs(found), key=lambda pair: beyond_nulls(pair[0], pair[1], pair[0].best))[0].label


def _clicked(found: SeriesUnits) -> int | None:
    """The unit whose dot or row was clicked since the last run. The rows were drawn in the order of the label before."""
    clicked, known = last_click(st.session_state.get(CHART)), st.session_state.get(f"{CHART}_click")
    st.session_state[f"{CHART}_click"] = clicked
    order: list[int] = st.session_state.get(f"{CHART}_order", [])
    if clicked is not None and clicked != known and clicked.curve == ROWS and clicked.row is not None:
        return order[clicked.row] if clicked.row < len(order) else None
    return clicked_dot(found.network.hidden_size)


def _sentence(chosen: Chosen[SeriesUnits]) -> None:
    found, ablated = chosen.found, chosen.ablation()
    later = slice(found.first, None)  # the part that was not trained on
    cost, own = float(ablated.added[chosen.unit, later].mean()), float(ablated.cost[later].mean())
    says = _(
        "If the unit is held at its mean, the error of the next value changes from {before} to **{after}**."
    ).format(before=number(own), after=number(own + cost))
    st.markdown(f"{verdict(chosen, _('later values'))} {says}")


def _everything_it_knows(chosen: Chosen[SeriesUnits]) -> None:
    unit, found = chosen.unit, chosen.found
    rows = sorted(range(len(found.findings)), key=lambda at: -found.findings[at].auc[unit])
    scale = float(time_scales(found.units[unit].astype(np.float64)[:, None])[0])
    st.markdown(what_it_knows(unit, scale, _("Its values resemble each other over about {steps} steps.")))
    table(
        {
            _("label"): [label_names()[found.findings[at].label] for at in rows],
            _("AUC"): [_bold_if_beyond(found, at, unit) for at in rows],
            _("shifted labels reach"): [f"{0.5 + found.findings[at].band:.2f}" for at in rows],
            _("best untrained unit"): [f"{found.untrained[at].auc.max():.2f}" for at in rows],
            _("probe on all units"): [f"{found.findings[at].probe_auc:.2f}" for at in rows],
        }
    )
    later = found.series[found.first :]
    st.caption(
        _(
            "The training part ({first} steps) decides which values mean a label, and the other {later} steps measure it. With so few steps chance reaches far: compare with the shifted labels."
        ).format(first=found.first, later=len(later))
    )


def _bold_if_beyond(found: SeriesUnits, at: int, unit: int) -> str:
    own, untrained = found.findings[at], found.untrained[at]
    text = f"{own.auc[unit]:.2f}"
    return f"**{text}**" if beyond_nulls(own, untrained, unit) > 0 else text
