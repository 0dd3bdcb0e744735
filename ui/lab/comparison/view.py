"""A set of runs on a page: buttons, progress, charts, the table of results, and exports."""

import math
from collections.abc import Mapping, Sequence

import streamlit as st

from rnn_core.lab.comparison import Comparison, to_csv
from rnn_core.lab.outcomes import Outcome, Spread, result, spread
from rnn_core.lab.settings import RunSettings
from ui.browser.plot import plot
from ui.figures.words import number
from ui.i18n import _
from ui.lab.comparison import figures
from ui.lab.comparison.names import looks, short_names
from ui.lab.comparison.notebook import notebook
from ui.lab.compute import baseline, visitor
from ui.lab.names import measure_label
from ui.runs.faults import report_run_problems
from ui.runs.pace import time_left, with_jitter
from ui.runs.run_button import run_button
from ui.runs.run_set import RunSet, SetProgress
from ui.widgets import tables

SECONDS_BETWEEN_LOOKS = 1.0
Outcomes = Mapping[RunSettings, Sequence[Outcome]]  # of each setting with seed 0: all its seeds


def run_set(name: str, runs: Sequence[RunSettings]) -> RunSet:
    """The visitor's set of this name. Finished runs that the new set also has are kept."""
    this_visitor, key = visitor(), f"run set {name}"
    before: RunSet | None = st.session_state.get(key)
    if before is not None and before.visitor is this_visitor and before.runs == tuple(runs):
        return before
    if before is not None:
        before.close()
    st.session_state[key] = new = RunSet(this_visitor, name, runs, before.finished() if before is not None else None)
    return new


def buttons(runs: RunSet, name: str, start: str) -> None:
    phase = runs.progress().phase
    with st.container(horizontal=True, vertical_alignment="center"):
        if phase != "ended":
            run_button(phase, start, go=runs.start, pause=runs.pause, key=f"{name}_run")
        if phase in ("running", "paused"):
            st.button(_("Stop"), on_click=runs.stop, icon=":material/stop:", key=f"{name}_stop")
        if phase != "new":
            st.button(_("From the start"), on_click=runs.restart, icon=":material/replay:", key=f"{name}_restart")


def words(progress: SetProgress) -> None:
    parts = [
        _("{done} of {runs} runs are done").format(done=progress.done, runs=progress.runs),
        _("step {step} of {budget}").format(step=f"{progress.step:,}", budget=f"{progress.budget:,}"),
    ]
    if progress.place:
        parts.append(_("{count} before you in the queue").format(count=progress.place))
    if progress.seconds_left is not None:
        parts.append(time_left(progress.seconds_left))
    st.progress(progress.step / progress.budget, text=" · ".join(parts))
    report_run_problems(progress.lost, progress.problem)


def compared(runs: RunSet, comparison: Comparison) -> None:
    """Reruns itself while something runs; at the end it reruns the whole page once."""
    running = runs.progress().phase == "running"
    st.fragment(_look, run_every=with_jitter(SECONDS_BETWEEN_LOOKS) if running else None)(runs, comparison, running)


def _look(runs: RunSet, comparison: Comparison, was_running: bool) -> None:
    visitor()  # keeps its runs going
    runs.tick()
    progress = runs.progress()
    if was_running and progress.phase != "running":
        st.rerun()
    words(progress)
    outcomes = by_setting(runs.outcomes())
    if outcomes:
        curves("runs", comparison.settings, outcomes)
        table(comparison.settings, outcomes)
    elif progress.phase == "running":
        st.markdown(_("The first numbers come in a moment."))
    else:
        st.markdown(_("Press Start all. The curves grow here while the networks learn."))


def by_setting(outcomes: Mapping[RunSettings, Outcome]) -> Outcomes:
    grouped: dict[RunSettings, list[Outcome]] = {}
    for run, outcome in outcomes.items():
        grouped.setdefault(run.changed(seed=0), []).append(outcome)
    return grouped


def spreads(settings: Sequence[RunSettings], outcomes: Outcomes, column: str) -> list[figures.Named]:
    """A median and a band for each setting that has been validated."""
    named = []
    for name, look, each in zip(short_names(settings), looks(settings), settings, strict=True):
        if each in outcomes:
            seen: Spread = spread(outcomes[each], column)
            if len(seen.steps):
                named.append(figures.Named(name, look, seen, each.budget))
    return named


def curves(key: str, settings: Sequence[RunSettings], outcomes: Outcomes) -> None:
    """Validation loss and success, side by side."""
    task = settings[0].task
    losses, success = (spreads(settings, outcomes, column) for column in ("loss", "measure"))
    left, right = st.columns(2)
    with left:
        line = (_("baseline"), baseline(task))
        plot(figures.losses_chart(losses, _("Held-out loss"), line), key=f"{key}_loss")
    with right:
        title = _("Success: {measure}").format(measure=measure_label(task.measure_name))
        plot(figures.success_chart(success, title), key=f"{key}_success")
    seeds = max(map(len, outcomes.values()))
    if seeds > 1:
        st.caption(_("Lines: the median over the seeds. Bands: from the lowest seed to the highest."))


def table(settings: Sequence[RunSettings], outcomes: Outcomes) -> None:
    columns: dict[str, list[str]] = {}
    for name, each in zip(short_names(settings), settings, strict=True):
        if each not in outcomes:
            continue
        row = result(outcomes[each])
        recorded = math.isnan(row.seconds)  # on another machine
        cells = {
            _("Setting"): name,
            _("Parameters"): f"{each.parameters:,}",
            _("Steps"): f"{row.steps:,}",
            **({} if recorded else {_("Seconds of training"): f"{row.seconds:.1f}"}),
            _("Held-out loss"): _in_range(row.loss),
            _("Success"): _in_range(row.measure),
            _("Solved"): _("{count} of {seeds}").format(count=row.solved, seeds=row.seeds)
            + (f" ({_('{count} diverged').format(count=row.diverged)})" if row.diverged else ""),
        }
        for head, value in cells.items():
            columns.setdefault(head, []).append(value)
    tables.table(columns)


def _in_range(values: tuple[float, float, float]) -> str:
    """The median and the range."""
    low, middle, high = values
    if math.isnan(middle):
        return "—"
    return _short(middle) if low == high else f"{_short(middle)} ({_short(low)} … {_short(high)})"


def _short(value: float) -> str:
    return number(float(f"{value:.2g}"))


def csv_of(comparison: Comparison, outcomes: Outcomes) -> str:
    names = short_names(comparison.settings)
    return to_csv((name, outcomes.get(each, ())) for name, each in zip(names, comparison.settings, strict=True))


def exports(comparison: Comparison, outcomes: Outcomes, link: str) -> None:
    names = short_names(comparison.settings)
    with st.container(horizontal=True):
        st.download_button(
            _("All numbers as CSV"),
            csv_of(comparison, outcomes),
            "unrolled-runs.csv",
            "text/csv",
            icon=":material/table:",
            disabled=not outcomes,
            on_click="ignore",
            key="runs_csv",
        )
        st.download_button(
            _("The runs as a notebook"),
            notebook(comparison, names, link),
            "unrolled-runs.ipynb",
            "application/x-ipynb+json",
            icon=":material/code:",
            on_click="ignore",
            key="runs_notebook",
        )
