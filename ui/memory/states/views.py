"""The five views of the page on hidden states. Each draws from one frozen setup."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from rnn_core.analysis import trajectories
from rnn_core.arrays import Array
from rnn_core.studies.sequences import Form, PlaneSetup, SequenceSetup, of_form
from ui.browser.dial import page_dial
from ui.browser.plot import Point, last_click, plot
from ui.figures.heatmap import state_heatmap
from ui.figures.lines import Line, unit_lines
from ui.figures.norms import norm_chart
from ui.figures.ribbons import ribbons
from ui.figures.style import CELL_DASHES
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.sequences import compute, controls
from ui.memory.sequences.previews import Charts, charts_follow, sequence_dials
from ui.memory.states.controls import CELLS
from ui.memory.states.figures.paths import path_plane, path_space
from ui.memory.states.figures.phase import Field, Marks, Path, phase_plane
from ui.memory.states.take import take_cells, take_path, take_plane, take_states, take_two_runs
from ui.widgets.choices import choice
from ui.widgets.stage import Stage

CURSOR = "states"
CHANGES = (1e-12, 1e-9, 1e-6, 1e-3, 0.1, 1.0)
MOST_LINES = 6
VISIBLE = 0.01  # a difference is called visible while it is at least this part of its highest


def over_time(setup: SequenceSetup, stage: Stage) -> None:
    with stage.drawer:
        orders = {"none": _("as they are"), "similarity": _("similar units together"), "time": _("slowest first")}
        order = choice(st.segmented_control, _("Order of the units"), orders, "none", "sort")
        chosen = st.multiselect(
            _("Units to draw as lines"),
            list(range(1, controls.MOST_UNITS + 1)),
            [1, 2],
            **in_link("units"),
            max_selections=MOST_LINES,
            help=_("A click on a row of the picture adds its unit."),
        )
    draw = partial(_over_time_charts, order=order, chosen=chosen, clicked=last_click(st.session_state.get("states")))
    with charts_follow(setup, sequence_dials(setup), draw):
        charts = draw(setup)
        with stage.picture:
            plot(charts["states"], key="states", cursor=CURSOR, events=("click",), height="stage")
        plot(charts["lines"], key="lines", cursor=CURSOR)
    take_states(setup, compute.states(setup), compute.order_of_units(setup, order))


def _over_time_charts(setup: SequenceSetup, *, order: str, chosen: Sequence[int], clicked: Point | None) -> Charts:
    run, units = compute.states(setup), compute.order_of_units(setup, order)
    shown = [unit - 1 for unit in chosen if unit <= setup.hidden_size]
    if clicked and clicked.row is not None and clicked.row < setup.hidden_size:
        shown = list(dict.fromkeys([*shown, units[clicked.row]]))[-MOST_LINES:]
    return {
        "states": ribbons(
            run.hs[:, units], title=_title(run.hs), inputs=run.xs, units=units, mark=_faded_after(run.hs)
        ),
        "lines": unit_lines(run.hs, shown or [0], title=_("Single units"), symbol="h", ink="h", first_step=0),
    }


def _faded_after(hs: Array) -> int | None:
    """The last step at which the state is visible, where it fades before the end."""
    norms = np.linalg.norm(hs, axis=1)
    visible = np.flatnonzero(norms >= VISIBLE * norms.max())
    return int(visible[-1]) if norms.max() > 0.0 and visible[-1] < len(norms) - 1 else None


def _title(hs: Array) -> str:
    """What has become of the state: where it has faded, or how large it is at the last step."""
    faded, norms = _faded_after(hs), np.linalg.norm(hs, axis=1)
    if faded is not None:
        return _("The state fades: after step <b>{step}</b> less than 1% of its largest norm is left.").format(
            step=faded
        )
    share = float(norms[-1] / norms.max()) if norms.max() > 0.0 else 0.0
    return _("At the last step the state’s norm is still <b>{share:.0%}</b> of its largest.").format(share=share)


def _directions() -> int:
    labels = {"2": _("two directions"), "3": _("three directions")}
    return int(choice(st.segmented_control, _("Directions"), labels, "2", "dims", label_visibility="collapsed"))


def path(setup: SequenceSetup, stage: Stage) -> None:
    with stage.top:
        space = _directions() if setup.hidden_size > 2 else 2  # two units have no third direction
    found, run = compute.components(setup), compute.states(setup)
    axes = [_("component {number} ({part:.0%})").format(number=k + 1, part=part) for k, part in enumerate(found.shares)]
    title = _("The path of the state: {count} directions hold {part:.1%} of its movement").format(
        count=space, part=float(found.shares[:space].sum())
    )
    left, right = stage.picture.columns(2)
    with left:
        if space == 3:
            one, two, three = (
                f"{k + 1} ({part:.0%})" for k, part in enumerate(found.shares[:3])
            )  # a phone cuts longer ones
            chart = path_space(found.points, title=title, axis_titles=(one, two, three))
        else:
            chart = path_plane(found.points[:, :2], title=title, x_title=axes[0], y_title=axes[1])
        plot(chart, key=f"path{space}", cursor=CURSOR, height="stage")
    with right:
        picture = state_heatmap(run.hs, title=_("The state, unit by unit"), inputs=run.xs)
        plot(picture, key="states", cursor=CURSOR, height="stage")
    take_path(setup, run, found)


def two_runs(setup: SequenceSetup, stage: Stage) -> None:
    steps = setup.steps
    with stage.dock:
        step = int(page_dial(_("The runs differ at step"), 1, steps, max(1, steps // 6), key=f"at{steps}"))
        change = st.select_slider(_("The difference"), CHANGES, 1.0, format_func="{:g}".format, **in_link("size"))
    names, distance = controls.form_labels(), {}
    for form in CELLS:
        one = of_form(setup, form)
        distance[form] = trajectories.distances(compute.states(one).hs, compute.states(one, step - 1, change).hs)
    difference = compute.states(setup, step - 1, change).hs - compute.states(setup).hs
    title = _("{cell}: the second run minus the first").format(cell=names[setup.form])
    picture = state_heatmap(difference, title=title)
    lines = [
        Line(
            names[form],
            distance[form][step:],
            form,
            step,
            dash=CELL_DASHES[form],
            opacity=1.0 if form == setup.form else 0.6,
        )
        for form in CELLS
    ]
    left, right = stage.picture.columns(2)
    with left:
        plot(picture, key="difference", cursor=CURSOR, height="stage")
    with right:
        chart = norm_chart(lines, title=_("How far apart the two states are"), y_title=_("distance"))
        plot(chart, key="distance", cursor=CURSOR, height="stage")
    take_two_runs(setup, step, change, distance)
    st.markdown("  \n".join(_still_visible(form, distance[form], step) for form in CELLS))


def _still_visible(form: Form, distance: np.ndarray, step: int) -> str:
    until = trajectories.visible_until(distance, VISIBLE)
    words = {"cell": controls.form_labels()[form], "part": f"{VISIBLE:.0%}"}
    if until is None:
        return _("**{cell}**: the difference never enters the state.").format(**words)
    if until == len(distance) - 1:
        return _("**{cell}**: still visible at the last step (more than {part} of its highest).").format(**words)
    return _("**{cell}**: visible for {count} steps (more than {part} of its highest).").format(
        count=until - step + 1, **words
    )


def three_cells(setup: SequenceSetup, stage: Stage) -> None:
    with charts_follow(setup, sequence_dials(setup), _three_cells_charts):
        for column, (key, chart) in zip(stage.picture.columns(3), _three_cells_charts(setup).items(), strict=True):
            with column:
                plot(chart, key=key, cursor=CURSOR, height="stage")
    take_cells(setup, {form: compute.states(of_form(setup, form)) for form in CELLS})


def _three_cells_charts(setup: SequenceSetup) -> Charts:
    names = controls.form_labels()
    runs = {form: compute.states(of_form(setup, form)) for form in CELLS}
    reach = max(float(np.abs(run.hs).max()) for run in runs.values())
    return {
        f"states_{form}": state_heatmap(run.hs, title=names[form], inputs=run.xs, reach=reach)
        for form, run in runs.items()
    }


def plane(setup: PlaneSetup, stage: Stage) -> None:
    view = compute.plane(setup)
    kinds = np.array(view.fixed.kinds)
    marks = [
        Marks(name, view.fixed.points[kinds == kind], symbol, "y")
        for kind, (name, symbol) in _kinds().items()
        if (kinds == kind).any()
    ]
    left, right = stage.picture.columns(2)
    with left:
        chart = phase_plane(
            [Path(_("state"), view.path)],
            title=_("Where one step leads, and the fixed points"),
            x_title="h₁",
            y_title="h₂",
            field=Field(view.grid, view.next_states),
            marks=marks,
        )
        plot(chart, key="plane_chart", cursor=CURSOR, height="stage")
    with right:
        lines = unit_lines(view.path, (0, 1), title=_("The same path over time"), symbol="h", ink="h", first_step=0)
        plot(lines, key="plane_lines", cursor=CURSOR, height="stage")
    st.markdown(_fixed_points_in_words(view))
    take_plane(setup, view)


def _kinds() -> dict[str, tuple[str, Any]]:
    return {
        "stable": (_("stable"), "circle"),
        "saddle": (_("saddle"), "x"),
        "unstable": (_("unstable"), "circle-open"),
        "neutral": (_("marginal"), "diamond"),
    }


def _fixed_points_in_words(view: compute.PlaneView) -> str:
    rows = [
        f"| ({_minus(point[0])}, {_minus(point[1])}) | {_kinds()[kind][0]} | {', '.join(map(_eigenvalue, values))} |"
        for point, values, kind in zip(view.fixed.points, view.fixed.eigenvalues, view.fixed.kinds, strict=True)
    ]
    head = "| {} | {} | {} |".format(_("fixed point"), _("kind"), r"$\lambda_1, \lambda_2$")
    return "\n".join([head, "|---|---|---|", *rows])


def _eigenvalue(value: complex) -> str:
    if value.imag == 0:
        return _minus(value.real)
    return f"{_minus(value.real)} {'+' if value.imag > 0 else '−'} {abs(value.imag):.3f}i"


def _minus(value: float) -> str:
    return f"{round(value, 3) + 0.0:.3f}".replace("-", "−")  # + 0.0: a zero has no sign


VIEWS: dict[str, Callable[[Any, Stage], None]] = {
    "time": over_time,
    "path": path,
    "apart": two_runs,
    "cells": three_cells,
    "plane": plane,
}
