"""A set of runs on a page: buttons, progress, charts, the table of results, and exports."""

import math
from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.lab.comparison import Comparison, to_csv
from rnn_core.lab.experiments import EXPERIMENTS
from rnn_core.lab.outcomes import Outcome, Spread, result, spread
from rnn_core.lab.ready import record_name
from rnn_core.lab.recorded import recording
from rnn_core.lab.settings import RunSettings
from ui.browser.plot import plot
from ui.figures.words import number
from ui.i18n import _
from ui.lab.comparison import figures
from ui.lab.comparison.names import looks, short_names
from ui.lab.comparison.notebook import notebook
from ui.lab.comparison.recordings import ready_name, recorded_beside
from ui.lab.compute import baseline, visitor
from ui.lab.experiments.titles import titles
from ui.lab.names import measure_label
from ui.runs.faults import report_run_problems
from ui.runs.pace import time_left, with_jitter
from ui.runs.run_button import run_button
from ui.runs.run_set import RunSet, SetProgress
from ui.runs.training import Phase
from ui.widgets import tables
from ui.widgets.stage import PlainStage, stage_note

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


def buttons(runs: RunSet, name: str, start: str) -> Phase:
    """The phase that the buttons show. A run may end a moment later, so the rest of the page takes this phase too."""
    phase = runs.progress().phase
    with st.container(horizontal=True, vertical_alignment="center", key="run_buttons"):
        if phase != "ended":
            run_button(phase, start, go=runs.start, pause=runs.pause, key=f"{name}_run")
        if phase in ("running", "paused"):
            st.button(_("Stop"), on_click=runs.stop, icon=":material/stop:", key=f"{name}_stop")
        if phase != "new":
            st.button(_("From the start"), on_click=runs.restart, icon=":material/replay:", key=f"{name}_restart")
    return phase


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


def compared(runs: RunSet, shown: Phase, comparison: Comparison, stage: PlainStage) -> None:
    """Reruns itself while something runs; at the end it reruns the whole page once. `shown`: the phase of the buttons."""
    running = shown == "running"
    every = with_jitter(SECONDS_BETWEEN_LOOKS) if running else None
    with stage.picture:
        st.fragment(_look, run_every=every)(runs, comparison, running)
    st.fragment(_table_below, run_every=every)(runs, comparison)


def _look(runs: RunSet, comparison: Comparison, was_running: bool) -> None:
    visitor()  # keeps its runs going
    runs.tick()
    progress = runs.progress()
    if was_running and progress.phase != "running":
        st.rerun()
    outcomes = by_setting(runs.outcomes())
    if outcomes:
        with stage_note():
            words(progress)
        curves_side_by_side("runs", comparison.settings, outcomes)
    else:
        _recorded(comparison, progress)


def _recorded(comparison: Comparison, progress: SetProgress) -> None:
    """Before the first numbers of one's own: recorded runs of the same settings, or else of a comparison like this one."""
    ready = ready_name(comparison)
    name = record_name(ready) if ready is not None else recorded_beside(comparison)
    made = recording(name)
    with stage_note():
        if progress.phase == "running":
            words(progress)
        elif ready is not None:
            st.markdown(
                _(
                    "These are recorded runs of the same settings and seeds ({runs} runs). Press **Start all** to train them yourself."
                ).format(runs=len(made.outcomes))
            )
        else:
            st.markdown(
                _(
                    "Nothing has been run with these settings yet. Until you press **Start all**, the charts show a recorded comparison with its own settings: **{title}** ({runs} runs)."
                ).format(title=titles()[name], runs=len(made.outcomes))
            )
    settings = comparison.settings if ready is not None else EXPERIMENTS[name].settings
    outcomes = by_setting({each.settings: each for each in made.outcomes})
    curves_side_by_side("runs_recorded", [each for each in settings if each.task == settings[0].task], outcomes)


def _table_below(runs: RunSet, comparison: Comparison) -> None:
    outcomes = by_setting(runs.outcomes())
    if outcomes:
        table(comparison.settings, outcomes)


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


def curves_side_by_side(key: str, settings: Sequence[RunSettings], outcomes: Outcomes) -> None:
    left, right = st.columns(2)
    curves(key, settings, outcomes, places=(left, right))


def curves(
    key: str,
    settings: Sequence[RunSettings],
    outcomes: Outcomes,
    title: str = "",
    places: tuple[DeltaGenerator, DeltaGenerator] | None = None,
) -> None:
    """Validation loss and success, as tall as the stage allows. `title` says of which task, where there are several."""
    task = settings[0].task
    losses, success = (spreads(settings, outcomes, column) for column in ("loss", "measure"))
    seeds = max(map(len, outcomes.values()))
    of_task = f" ({title})" if title else ""
    bands = _("loss (log scale): median and range of {seeds} seeds").format(seeds=seeds) if seeds > 1 else ""
    upper, lower = places or (st.container(), st.container())
    with upper:
        told = figures.loss_result(losses) if losses else _("Validation loss")
        chart = figures.losses_chart(losses, told + of_task, (_("baseline"), baseline(task)), bands)
        plot(chart, key=f"{key}_loss", height="stage")
    with lower:
        measure = measure_label(task.measure_name)
        told = figures.success_result(success, measure) if success else measure
        chart = figures.success_chart(success, told + of_task)
        plot(chart, key=f"{key}_success", height="stage")


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
            _("Validation loss"): _in_range(row.loss),
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
    with st.container(horizontal=True, vertical_alignment="center", key="run_exports"):
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
