"""Two networks of the study on keeping track, trained live with the recorded study's settings."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from rnn_core.studies.tracking.results import CELLS, recorded
from rnn_core.studies.tracking.settings import TrackingSettings, rights
from ui.browser.plot import plot
from ui.i18n import _
from ui.lab.compute import visitor
from ui.memory.after.live_figure import live_chart
from ui.memory.after.study_figure import task_names
from ui.runs.checks import computed_by_worker
from ui.runs.faults import report_run_problems
from ui.runs.pace import seconds_between_looks, time_left, with_jitter
from ui.runs.run_button import run_button
from ui.runs.training import Phase, Progress, S, TrainingRun
from ui.widgets.stage import PlainStage
from ui.widgets.tables import table

Run = TrainingRun[TrackingSettings]


def train_together(stage: PlainStage, part: str, networks: Mapping[str, TrackingSettings]) -> None:
    """`networks`: the settings of each network by its name on the page. `part` tells the runs of two pictures apart."""
    runs = dict(zip(networks, runs_of(part, list(networks.values())), strict=True))
    seen = [run.progress() for run in runs.values()]  # one reading for all that is drawn
    phase = phase_of(seen)
    with stage.dock, st.container(key="run_buttons", horizontal=True, vertical_alignment="center"):
        run_button(
            phase,
            _("Train both"),
            go=partial(command_all, runs.values(), "resume"),
            pause=partial(command_all, runs.values(), "pause"),
            key=part,
        )
        st.button(
            _("From the start"),
            on_click=partial(command_all, runs.values(), "restart"),
            icon=":material/replay:",
            disabled=phase == "new",
            key=f"{part}_restart",
        )
    with stage.picture:
        busiest = max(run.visitors_per_worker() for run in runs.values())
        pace = seconds_between_looks(busiest) if phase == "running" else None
        st.fragment(_look, run_every=pace and with_jitter(pace))(runs, pace is not None)
        if all(progress.ending is not None for progress in seen):
            _compared(runs)


def runs_of(part: str, wanted: Sequence[S]) -> list[TrainingRun[S]]:
    """The visitor's runs with these settings: those that exist, or new ones in place of those with other settings."""
    this_visitor, found = visitor(), []
    for place, settings in enumerate(wanted):
        name = f"{part} {place + 1}"
        known = this_visitor.runs.get(name)
        if known is None or known.settings != settings:
            known = this_visitor.new_run(name, settings, views=False)
        found.append(known)
    return found


def phase_of(seen: Iterable[Progress]) -> Phase:
    phases = {progress.phase for progress in seen}
    if "running" in phases:
        return "running"
    return phases.pop() if len(phases) == 1 else "paused"


def command_all(runs: Iterable[TrainingRun[Any]], command: str) -> None:
    for run in runs:
        getattr(run, command)()


def _look(runs: Mapping[str, Run], was_running: bool) -> None:
    visitor()  # keeps the visitor's runs going
    seen = {name: run.progress() for name, run in runs.items()}
    if was_running and phase_of(seen.values()) != "running":
        st.rerun()
    for column, (name, progress) in zip(st.columns(len(seen)), seen.items(), strict=True):
        with column:
            st.progress(min(1.0, progress.step / progress.budget), text=f"**{name}** · {_status(progress)}")
            report_run_problems(progress.lost, progress.problem)
    curves = {name: run.history.curves() for name, run in runs.items()}
    first = next(iter(runs.values())).settings
    plot(live_chart(curves, first), key="live", height="stage")


def _status(progress: Progress) -> str:
    parts = [_("Step {step} of {budget}").format(step=progress.step, budget=progress.budget)]
    if progress.phase == "running" and progress.loss is None and not progress.place:
        parts.append(_("a worker is getting ready"))
    if progress.place:
        parts.append(_("{count} before you in the queue").format(count=progress.place))
    if progress.seconds_left is not None:
        parts.append(time_left(progress.seconds_left))
    return " · ".join(parts)


def _compared(runs: Mapping[str, Run]) -> None:
    """The shares of right answers at every length, beside the recorded ones."""
    task = next(iter(runs.values())).settings.shown_task
    shares = {name: _rights(run) for name, run in runs.items()}
    rows = [name for name, share in shares.items() if share]
    columns = {task_names()[task.name]: rows} | {
        _("length {length}").format(length=length): [
            f"{100 * shares[name][place]:.0f} %{_recorded(runs[name].settings, length)}" for name in rows
        ]
        for place, length in enumerate(task.lengths)
    }
    if rows:
        table(columns)
        st.caption(
            _("Your networks; in brackets the recorded mean of {seeds} seeds.").format(seeds=recorded().budget.seeds)
        )


def _recorded(settings: TrackingSettings, length: int) -> str:
    found = recorded().outcome(settings.task, settings.cell) if settings.cell in CELLS else None
    return "" if found is None else f" ({100 * found.at(length).mean():.0f} %)"


def _rights(run: Run) -> tuple[float, ...]:
    """The shares of right answers at all lengths; empty until a worker has computed them."""
    # Not at the top of the file: the first visitor would wait for all that worker processes need.
    from ui.runs.executor import workers

    state = run.state
    if state is None:
        return ()
    key = f"live {state.digest}"
    if key not in st.session_state:
        done = computed_by_worker(
            _("The trained networks are tested on longer sequences…"),
            lambda: workers().submit("checks", rights, state).result(timeout=60),
        )
        if done is None:
            return ()
        st.session_state[key] = done
    found: tuple[float, ...] = st.session_state[key]
    return found
