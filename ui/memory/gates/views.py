"""The views of the page on gates: the gates, the remaining share of the past, and runs with interventions."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis import memory
from rnn_core.analysis.trajectories import distances
from rnn_core.arrays import Array
from rnn_core.cells import AnyTrace
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.cells.gate_names import gate_name
from ui.figures.chart import Chart
from ui.figures.heatmap import state_heatmap
from ui.figures.lines import Line, lines_over_time
from ui.figures.norms import norm_chart
from ui.figures.ribbons import Jaws, ribbons
from ui.figures.words import number
from ui.i18n import _
from ui.memory.gates import intervention_controls
from ui.memory.gates.controls import GateSetup, GateShown, gate_dials, gates_of, keep_letter, memory_symbol
from ui.memory.gates.figures.shares import shares_at_a_step, shares_over_time
from ui.memory.gates.figures.two_runs import two_runs
from ui.memory.gates.functions import other_functions
from ui.memory.gates.intervention_text import Spec
from ui.memory.gates.take import take_gates, take_intervention, take_remains
from ui.memory.sequences import compute
from ui.memory.sequences.previews import Charts, charts_follow
from ui.widgets.choices import choice
from ui.widgets.stage import Stage

CURSOR = "gates"
KEEPS = ("forget_gate", "update_gate")
LITTLE = 0.01


def labels() -> dict[str, str]:
    return {
        "gates": _("The gates"),
        "left": _("What is left"),
        "hold": _("Intervene"),
        "functions": _("Other functions"),
    }


def gates(setup: GateSetup, stage: Stage) -> None:
    shown = gates_of(setup.run.form)
    names = {letter: f"{letter} · {gate_name(gate.name)}" for letter, gate in shown.items()}
    with stage.top:
        letter = choice(
            st.segmented_control, _("Gate"), names, keep_letter(setup.run.form), "gate", label_visibility="collapsed"
        )
    draw = partial(_gates_charts, letter=letter, title=names[letter])
    places = (stage.picture, *st.columns(2))
    with charts_follow(setup, gate_dials(setup), draw):
        for place, (key, chart) in zip(places, draw(setup).items(), strict=True):
            with place:
                plot(chart, key=key, cursor=CURSOR, height="stage" if key == "gate_map" else None)
    take_gates(setup, compute.gated_run(setup.run))


def _gates_charts(setup: GateSetup, *, letter: str, title: str) -> Charts:
    trace, shown, symbol = compute.gated_run(setup.run), gates_of(setup.run.form), memory_symbol(setup.run)
    values = memory.memory(trace).values
    return {
        "gate_map": _gate_picture(trace, shown[letter], values, symbol, title),
        "gate_lines": _gate_lines(trace, list(shown.values()), setup.unit),
        "memory_lines": _memory_lines(trace, values, symbol, setup.unit),
    }


def _gate_picture(trace: AnyTrace, gate: GateShown, values: Array, symbol: str, title: str) -> Chart:
    """The memory between the jaws of the gate. A candidate closes nothing, so it has a picture of its own."""
    opened = getattr(trace, gate.name)
    if gate.signed:
        return ribbons(opened, title=title, symbol=gate.symbol, first_step=1, inputs=trace.xs)
    keeps = gate.name in KEEPS
    left = memory.remaining_start(trace) * values[:1] if keeps else None
    jaws = Jaws(opened, gate.name, gate.symbol, left)
    title, faded = _in_words(gate, opened, symbol, title, keeps=keeps)
    return ribbons(values, title=title, symbol=symbol, inputs=trace.xs, reach=_reach(values), jaws=jaws, mark=faded)


def _reach(values: Array) -> float:
    """A memory that lies within -1..1 has one scale, so that its ribbons can be compared while a dial moves."""
    finite = np.abs(values[np.isfinite(values)])
    return float(max(1.0, finite.max(initial=0.0)))


def _in_words(gate: GateShown, opened: Array, symbol: str, title: str, *, keeps: bool) -> tuple[str, int | None]:
    """How open the gate is; for the gate that keeps, also the step after which less than 1% of the start is left."""
    mean = float(opened.mean())
    if not keeps:
        return _("{gate}: {mean} open on average").format(gate=title, mean=f"<b>{mean:.0%}</b>"), None
    gone = np.flatnonzero(np.cumprod(opened, axis=0).mean(axis=1) < LITTLE)
    words = {"gate": gate.symbol, "mean": f"<b>{mean:.1%}</b>", "start": f"{symbol}₀"}
    if not len(gone):
        left = float(np.prod(opened, axis=0).mean())
        words["left"] = f"<b>{left:.0%}</b>"
        return _(
            "The gate {gate} keeps {mean} per step: {left} of the start {start} (full colour) is left at the end."
        ).format(**words), None
    step = int(gone[0]) + 1
    words["step"] = f"<b>{step}</b>"
    return _(
        "The gate {gate} keeps {mean} per step: after step {step} less than 1% of the start {start} (full colour) is left."
    ).format(**words), step


def _gate_lines(trace: AnyTrace, shown: Sequence[GateShown], unit: int) -> Chart:
    lines = [
        Line(gate.symbol, getattr(trace, gate.name)[:, unit], gate.name, dash="dot" if gate.signed else "solid")
        for gate in shown
    ]
    title = _("The gates of unit {unit}").format(unit=unit + 1)
    return lines_over_time(lines, title=title, y_title=_("value"), y_range=(-1.05, 1.05))


def _memory_lines(trace: AnyTrace, values: Array, symbol: str, unit: int) -> Chart:
    lines = [Line(symbol, values[:, unit], symbol, 0)]
    if symbol == "c":
        lines.append(Line("h", trace.hs[:, unit], "h", 0, dash="dash"))
    return lines_over_time(lines, title=_("The memory of unit {unit}").format(unit=unit + 1), y_title=_("value"))


def what_remains(setup: GateSetup, stage: Stage) -> None:
    trace, symbol = compute.gated_run(setup.run), memory_symbol(setup.run)
    shares, values = compute.memory_shares(setup.run, setup.unit), memory.memory(trace).values[:, setup.unit]
    charts = stage.picture.columns(2)
    with charts[0]:
        plot(_rest_of_start(setup, trace, symbol), key="remaining_start", cursor=CURSOR, height="stage")
    with charts[1]:
        title = _("The contributions to {symbol} of unit {unit}").format(symbol=symbol, unit=setup.unit + 1)
        bands = shares_over_time(shares.bands, values, title=title, symbol=symbol, ink=symbol)
        plot(bands, key="shares", cursor=CURSOR, height="stage")
    steps = setup.run.steps
    now = int(page_dial(_("Take it apart at step"), 1, steps, steps, key=f"now{steps}"))
    title = _("{symbol} of unit {unit} at step {step} is {value}: what each step gave").format(
        symbol=symbol, unit=setup.unit + 1, step=now, value=number(float(values[now]))
    )
    parts = shares.shares[:, now]
    plot(
        shares_at_a_step(parts, now=now, title=title, symbol=symbol, ink=symbol, inputs=trace.xs[:, 0]),
        key="now",
        cursor=CURSOR,
    )
    take_remains(setup, trace, memory.remaining_start(trace), shares.shares)


def _rest_of_start(setup: GateSetup, trace: AnyTrace, symbol: str) -> Chart:
    part = memory.remaining_start(trace)
    order = np.argsort(part[-1], kind="stable")
    lines = [Line(_("unit {unit}").format(unit=setup.unit + 1), part[:, setup.unit], symbol, 0)]
    if setup.run.hidden_size > 1:
        for name, unit, dash in ((_("most"), order[-1], "dash"), (_("least"), order[0], "dot")):
            lines.append(Line(name, part[:, unit], symbol, 0, dash=dash, opacity=0.6))
    biases = dict(setup.run.biases)
    keep = f"b_{keep_letter(setup.run.form)}"
    if keep in biases and setup.run.form != "lstm97":
        at_rest = 1.0 / (1.0 + np.exp(-biases[keep]))
        lines.append(Line(_("bias alone"), at_rest ** np.arange(setup.run.steps + 1), "baseline", 0, dash="longdash"))
    title = _("How much of {symbol}₀ is left").format(symbol=symbol)
    return norm_chart(lines, title=title, y_title=_("part left"))


def interfere(setup: GateSetup, stage: Stage) -> None:
    current = intervention_controls.current_intervention(setup.run, setup.unit + 1, stage)
    in_force = intervention_controls.interventions_in_force(setup.run, current)
    original = compute.gated_run(setup.run)
    interventions = intervention_controls.interventions_of(in_force, setup.run)
    changed = compute.gated_run(setup.run, interventions)
    symbol, chosen = memory_symbol(setup.run), None if current is None else (current.first, current.last)
    charts = stage.picture.columns(2)
    with charts[0]:
        brushed = plot(
            _changed_values(original, changed, setup, current, chosen),
            key="brush",
            cursor=CURSOR,
            events=("select",),
            height="stage",
        ).selection
    with charts[1]:
        runs = (memory.memory(trace).values[:, setup.unit] for trace in (original, changed))
        title = _("The memory {symbol} of unit {unit}").format(symbol=symbol, unit=setup.unit + 1)
        plot(
            two_runs(*runs, title=title, symbol=symbol, ink=symbol, first_step=0, chosen=chosen),
            key="held_memory",
            cursor=CURSOR,
            height="stage",
        )
    take_intervention(setup, original, changed, interventions)
    difference = changed.hs - original.hs
    plot(
        state_heatmap(difference, title=_("h: the held run minus the untouched one")),
        key="held_difference",
        cursor=CURSOR,
    )
    st.markdown(_difference_in_words(distances(changed.hs, original.hs)))
    steps = [round(point.x) for point in brushed if point.x is not None]
    if steps:
        intervention_controls.select_steps((min(steps), max(steps)), setup.run.steps)


def _changed_values(
    original: AnyTrace, changed: AnyTrace, setup: GateSetup, current: Spec | None, chosen: tuple[int, int] | None
) -> Chart:
    shown = gates_of(setup.run.form)
    letter = current.what if current and current.what in shown else None
    if letter is None:  # silence and overwriting are seen on h
        runs = (trace.hs[:, setup.unit] for trace in (original, changed))
        title = _("The state h of unit {unit}").format(unit=setup.unit + 1)
        return two_runs(*runs, title=title, symbol="h", ink="h", first_step=0, chosen=chosen)
    gate = shown[letter]
    runs = (getattr(trace, gate.name)[:, setup.unit] for trace in (original, changed))
    title = _("{gate} of unit {unit}").format(gate=f"{letter} · {gate_name(gate.name)}", unit=setup.unit + 1)
    low = -1.05 if gate.signed else -0.05
    return two_runs(*runs, title=title, symbol=letter, ink=gate.name, chosen=chosen, y_range=(low, 1.05))


def _difference_in_words(apart: Array) -> str:
    different = np.flatnonzero(apart > 0.0)
    if not len(different):
        return _("**No difference**: every number of h is that of the untouched run.")
    largest = int(apart.argmax())
    if different[0] <= 1:
        sentence = _(
            "The runs differ from the start. They are farthest apart at step {largest}, by {gap}; at the last step by {end}."
        )
    else:
        sentence = _(
            "Up to step {before} both runs are the same, number for number. They are farthest apart at step {largest}, by "
            "{gap}; at the last step by {end}."
        )
    return sentence.format(
        before=int(different[0]) - 1,
        largest=largest,
        gap=number(float(apart[largest])),
        end=number(float(apart[-1])),
    )


VIEWS: dict[str, Callable[[GateSetup, Stage], None]] = {
    "gates": gates,
    "left": what_remains,
    "hold": interfere,
    "functions": other_functions,
}
