"""Reinforcement learning with and without a memory: two policies in the T-maze, trained live from several seeds."""

from collections.abc import Mapping
from functools import partial

import numpy as np
import streamlit as st

from rnn_core.learn.history import Curves
from rnn_core.studies.maze.settings import POLICIES, WITHOUT_MEMORY, MazeSettings
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.figures.chart import Chart
from ui.figures.lines import Line, lines_over_time
from ui.i18n import _
from ui.lab.comparison.figures import DASHES
from ui.lab.compute import visitor
from ui.lab.figures.training import Curve, named_above
from ui.memory.after.live import command_all, phase_of, runs_of
from ui.memory.after.live_figure import over_whole_budget
from ui.runs.faults import report_run_problems
from ui.runs.pace import seconds_between_looks, with_jitter
from ui.runs.run_button import run_button
from ui.runs.training import TrainingRun
from ui.widgets.stage import PlainStage, stage_note

SEEDS = 3
INKS = {"feed-forward": "rnn", "gru": "gru"}
Place = tuple[str, int]  # a policy and its seed
Runs = Mapping[Place, TrainingRun[MazeSettings]]


def policy_names() -> dict[str, str]:
    return {"feed-forward": _("without memory"), "gru": "GRU"}


def instrument(stage: PlainStage) -> None:
    with stage.dock, st.container(horizontal=True, vertical_alignment="bottom"):
        length = int(page_dial(_("Length of the corridor"), 2, 12, MazeSettings().length, key="maze_length"))
        wanted = {
            (name, seed): MazeSettings(policy=name, seed=seed, length=length)
            for name in POLICIES
            for seed in range(SEEDS)
        }
        runs: Runs = dict(zip(wanted, runs_of("maze", list(wanted.values())), strict=True))
        phase = phase_of(run.progress() for run in runs.values())
        every = runs.values()
        run_button(
            phase,
            _("Train both policies"),
            go=partial(command_all, every, "resume"),
            pause=partial(command_all, every, "pause"),
            key="maze_run",
        )
        st.button(
            _("From the start"),
            on_click=partial(command_all, every, "restart"),
            icon=":material/replay:",
            disabled=phase == "new",
            key="maze_restart",
        )
    with stage.picture:
        busiest = max(run.visitors_per_worker() for run in runs.values())
        pace = seconds_between_looks(busiest) if phase == "running" else None
        st.fragment(_look, run_every=pace and with_jitter(pace))(runs, pace is not None)


def _look(runs: Runs, was_running: bool) -> None:
    visitor()  # keeps the visitor's runs going
    seen = [run.progress() for run in runs.values()]
    if was_running and phase_of(seen) != "running":
        st.rerun()
    done, budget = sum(each.step for each in seen), sum(each.budget for each in seen)
    curves = {place: run.history.curves() for place, run in runs.items()}
    with stage_note():
        if done < budget:
            st.progress(done / budget, text=_("Step {step} of {budget}").format(step=done, budget=budget))
        else:
            st.markdown(_successes(curves))
        report_run_problems(max(each.lost for each in seen), next((each.problem for each in seen if each.problem), ""))
    plot(success_chart(curves, seen[0].budget), key="maze", height="stage")


def success_chart(curves: Mapping[Place, Curves], budget: int) -> Chart:
    """The share of episodes with the right turn, a line for each policy and seed."""
    lines: list[Line] = [
        Line(
            _("at best without memory: {share}").format(share=f"{WITHOUT_MEMORY:.0%}"),
            np.full(2, WITHOUT_MEMORY),
            "baseline",
            0,
            budget,
            dash="dot",
        )
    ]
    for (policy, seed), found in curves.items():
        name = _("{name}, seed {seed}").format(name=policy_names()[policy], seed=seed)
        measured = found.of_checks("measure")
        lines.append(Curve(name, measured, INKS[policy], dash=DASHES[seed], at=found.of_checks("step")))
    chart = lines_over_time(
        [line for line in lines if len(line.values)],
        title=_("Share of episodes with the right turn"),
        y_title=_("share right"),
        x_title=_("training step"),
        y_range=(0.0, 1.03),
    )
    return over_whole_budget(named_above(chart), budget)


def _successes(curves: Mapping[Place, Curves]) -> str:
    """The newest shares of both policies, seed by seed."""
    shares = {
        policy: ", ".join(f"{curves[policy, seed].of_checks('measure')[-1]:.0%}" for seed in range(SEEDS))
        for policy in POLICIES
    }
    return _("Share of correct turns at the end, seed by seed: **GRU** {gru}; **without memory** {without}.").format(
        gru=shares["gru"], without=shares["feed-forward"]
    )
