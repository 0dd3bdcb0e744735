"""One experiment on the page: recorded or live, its charts and its table."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from rnn_core.lab.comparison import MOST_SETTINGS, Comparison
from rnn_core.lab.experiments import EXPERIMENTS, Experiment
from rnn_core.lab.outcomes import Outcome
from rnn_core.lab.recorded import names, recording
from rnn_core.lab.settings import RunSettings
from ui.browser.plot import plot
from ui.i18n import _
from ui.lab import settings as lab_settings
from ui.lab.comparison import figures, view
from ui.lab.comparison.names import cell_kind
from ui.lab.comparison.view import Outcomes
from ui.lab.compute import baseline, visitor
from ui.lab.experiments import figures as counting
from ui.lab.experiments.compute import CELLS, LONGEST, right_strings, string_read
from ui.lab.names import cell_labels, task_labels
from ui.links.kept_settings import in_link, in_session
from ui.runs.executor import workers
from ui.runs.run_set import RunSet
from ui.shell.frame import link
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part
from ui.widgets.stage import PlainStage, stage_halves, stage_note
from ui.widgets.tables import table


def source_choice(name: str) -> str:
    """Recorded or live runs. Runs that take less than a minute are not recorded."""
    if name not in names():
        return "live"
    labels = {"recorded": _("Recorded runs"), "live": _("Run it here, live")}
    return choice(st.segmented_control, _("Runs"), labels, "recorded", "runs_from", label_visibility="collapsed")


def show(name: str, source: str, stage: PlainStage) -> None:
    _set_others_aside(name)
    if source == "recorded":
        outcomes = view.by_setting({outcome.settings: outcome for outcome in recording(name).outcomes})
        with stage.picture:
            _note(name)
            _charts(name, outcomes)
        _tables(name, outcomes)
        _how_recorded(name)
    else:
        runs = view.run_set(_key(name), EXPERIMENTS[name].runs(EXPERIMENTS[name].live_seeds))
        with stage.dock:
            running = view.buttons(runs, "story", _("Start")) == "running"
        every = view.SECONDS_BETWEEN_LOOKS if running else None
        with stage.picture:
            st.fragment(_live, run_every=every)(name, runs, running)
        st.fragment(_live_tables, run_every=every)(name, runs)
    if name == "counting" and name in names():
        counter()


def _note(name: str) -> None:
    with stage_note():
        prose_part("experiments", name, "watch", beside_others=True)


def _key(name: str) -> str:
    return f"story {name}"


def _set_others_aside(name: str) -> None:
    """Pauses the runs of the experiments that are not shown."""
    for other in EXPERIMENTS:
        runs: RunSet | None = st.session_state.get(f"run set {_key(other)}")
        if other != name and runs is not None:
            runs.pause()


def _how_recorded(name: str) -> None:
    made = recording(name)
    st.caption(
        _(
            "**Recorded**: {runs} runs, {seeds} seeds for each setting, made by `{command}` with PyTorch {torch}."
        ).format(runs=len(made.outcomes), seeds=made.seeds, command=made.command, torch=made.torch)
    )


def _costs(experiment: Experiment) -> str:
    """The cost of the runs, shown before they begin."""
    return _(
        "{runs} runs, {seeds} of them for each setting. Alone on this machine that takes about {seconds} s."
    ).format(
        runs=len(experiment.settings) * experiment.live_seeds,
        seeds=experiment.live_seeds,
        seconds=math.ceil(experiment.live_seconds / workers().width()),
    )


def _live(name: str, runs: RunSet, was_running: bool) -> None:
    visitor()  # keeps its runs going
    runs.tick()
    progress = runs.progress()
    if was_running and progress.phase != "running":
        st.rerun()
    outcomes = view.by_setting(runs.outcomes())
    with stage_note():
        if progress.phase != "new":
            view.words(progress)
        else:
            st.markdown(f"{_costs(EXPERIMENTS[name])} {_('Until you start, the recorded runs are shown.')}")
    _charts(name, outcomes or view.by_setting({each.settings: each for each in recording(name).outcomes}))


def _live_tables(name: str, runs: RunSet) -> None:
    outcomes = view.by_setting(runs.outcomes())
    if outcomes:
        _tables(name, outcomes)


def _of_tasks(name: str, outcomes: Outcomes) -> list[tuple[str, list[RunSettings]]]:
    """The settings of each task with outcomes, and the task's name where there are several."""
    tasks = EXPERIMENTS[name].tasks
    groups = []
    for task in tasks:
        own = [each for each in EXPERIMENTS[name].settings if each.task == task]
        if any(each in outcomes for each in own):
            groups.append((task_labels()[task.name] if len(tasks) > 1 else "", own))
    return groups


def _charts(name: str, outcomes: Outcomes) -> None:
    if name == "reach":
        _reach(EXPERIMENTS[name].settings, outcomes)
        return
    groups = _of_tasks(name, outcomes)
    if len(groups) > 1:  # one column a task: loss above, success below
        for place, (column, (task, own)) in enumerate(zip(st.columns(len(groups)), groups, strict=True)):
            with column, stage_halves(str(place)):
                view.curves(f"story_{place}", own, outcomes, task)
        return
    (_task, own), *_others = groups
    match name:
        case "overfit":
            _overfit(own, outcomes)
        case "clip" | "pascanu":
            _with_gradients(own, outcomes)
        case _:
            view.curves_side_by_side("story_0", own, outcomes)


def _tables(name: str, outcomes: Outcomes) -> None:
    if name == "reach":
        table(_solved(EXPERIMENTS[name].settings, outcomes))
        return
    for task, own in _of_tasks(name, outcomes):
        if task:
            st.markdown(f"**{task}**")
        view.table(own, outcomes)


def _overfit(settings: Sequence[RunSettings], outcomes: Outcomes) -> None:
    line = (_("baseline"), baseline(settings[0].task))
    kept, trained = (view.spreads(settings, outcomes, column) for column in ("loss", "training"))
    left, right = st.columns(2)
    with left:
        plot(
            figures.losses_chart(trained, _("Loss on the few training sequences"), line),
            key="story_trained",
            height="stage",
        )
    with right:
        plot(figures.losses_chart(kept, _("Validation loss"), line), key="story_kept", height="stage")


def _with_gradients(settings: Sequence[RunSettings], outcomes: Outcomes) -> None:
    losses, lengths = (view.spreads(settings, outcomes, column) for column in ("loss", "gradient"))
    left, right = st.columns(2)
    with left:
        line = (_("baseline"), baseline(settings[0].task))
        plot(figures.losses_chart(losses, _("Validation loss"), line), key="story_loss", height="stage")
    with right:
        title = _("Largest gradient norm since the last evaluation, before clipping")
        if lengths:
            plot(
                figures.losses_chart(lengths, title, None, _("norm (log scale)")), key="story_gradient", height="stage"
            )


def _reach(settings: Sequence[RunSettings], outcomes: Outcomes) -> None:
    """Of finished runs only: the loss of an unfinished one is not what the cell can reach."""
    cells = list(dict.fromkeys(each.cell for each in settings))
    lengths = list(dict.fromkeys(each.task.length for each in settings))
    seeds = max(len(of_cell) for of_cell in outcomes.values())
    reached = []
    for cell, look in zip(cells, figures.looks_of(list(map(cell_kind, cells))), strict=True):
        losses = np.full((len(lengths), seeds), np.nan)
        for each in settings:
            over = [outcome.final_loss for outcome in outcomes.get(each, ()) if outcome.ending]
            if each.cell == cell:
                losses[lengths.index(each.task.length), : len(over)] = over
        reached.append(figures.Reach(cell_labels()[cell], look, np.array(lengths, np.float64), losses))
    line = (_("baseline"), baseline(settings[0].task))
    plot(
        figures.reach_chart(reached, _("Validation loss at the end of the budget"), line),
        key="story_reach",
        height="stage",
    )


def _solved(settings: Sequence[RunSettings], outcomes: Outcomes) -> dict[str, list[str]]:
    """How many seeds of each cell solve each length."""
    cells = list(dict.fromkeys(each.cell for each in settings))
    lengths = list(dict.fromkeys(each.task.length for each in settings))
    over = {
        (each.cell, each.task.length): [outcome for outcome in outcomes.get(each, ()) if outcome.ending]
        for each in settings
    }
    columns = {_("Solved"): [cell_labels()[cell] for cell in cells]}
    for length in lengths:
        columns[f"T = {length}"] = [_share_solved(over.get((cell, length), [])) for cell in cells]
    return columns


def _share_solved(of_cell: Sequence[Outcome]) -> str:
    if not of_cell:
        return "—"
    return _("{count} of {seeds}").format(count=sum(outcome.solved for outcome in of_cell), seeds=len(of_cell))


def counter() -> None:
    """Drag n: a recorded network reads a^n b^n, and its memory is drawn."""
    st.markdown(f"### {_('Look inside while it counts')}")
    labels = cell_labels()
    left, right = st.columns([1, 2])
    with left:
        cell = st.segmented_control(
            _("Cell"),
            CELLS,
            format_func=labels.__getitem__,
            default="lstm",
            required=True,
            **in_session("counter_cell"),
        )
        n = st.slider("n", 1, LONGEST, 12, **in_link("counter_n"))
        read = string_read(cell, n)
        wrong = [step for step, right_here in enumerate(read.right, 1) if not right_here]
        if wrong:
            st.markdown(_("For n = {n} the first mistake is at step {step}.").format(n=n, step=wrong[0]))
        else:
            st.markdown(_("For n = {n} every b and the end are right.").format(n=n))
    with right:
        plot(counting.memory_chart(read, "c" if cell == "lstm" else "h"), key="counter_memory")
    plot(counting.counted_chart([labels[each] for each in CELLS], right_strings(), 20), key="counter_right")
    made = recording("counting")
    counts = _by_cell(made.outcomes, made.counts_to)
    lengths = "; ".join(f"{labels[each]} {', '.join(map(str, counts[each]))}" for each in CELLS)
    st.caption(
        _(
            "The largest n up to which every string is right, for each recorded seed ({most} were tried): {told}."
        ).format(most=LONGEST, told=lengths)
        + " "
        + _("What is drawn is the network of the seed that counts furthest.")
    )


def _by_cell(outcomes: Sequence[Outcome], counts: Sequence[int]) -> Mapping[str, list[int]]:
    grouped: dict[str, list[int]] = {cell: [] for cell in CELLS}
    for outcome, count in zip(outcomes, counts, strict=True):
        grouped[outcome.settings.cell].append(count)
    return grouped


def ways_on(name: str) -> None:
    """Links to the pages where the same settings can be changed."""
    settings = EXPERIMENTS[name].settings
    comparable = len(EXPERIMENTS[name].tasks) == 1 and len(settings) <= MOST_SETTINGS
    ways = iter(st.columns(2))
    if comparable:
        with next(ways):
            packed = Comparison(settings, seeds=EXPERIMENTS[name].live_seeds).pack()
            link("runs", _("Change these settings: compare runs"), list=packed)
    with next(ways):
        values = lab_settings.values_of(settings[-1])
        link("lab", _("Watch one of them closely: the training lab"), **lab_settings.in_link(values))
