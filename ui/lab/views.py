"""The views of a run: its curves, and the network at a step of its history, one view at a time."""

from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from rnn_core.learn.history import Curves
from rnn_core.learn.state import View
from ui.browser.plot import plot
from ui.figures.marks import marked
from ui.i18n import _
from ui.lab.comparison.figures import losses_chart
from ui.lab.comparison.recordings import recorded_on
from ui.lab.comparison.view import spreads
from ui.lab.compute import LabRun, baseline, before_training
from ui.lab.figures import training as figures
from ui.lab.figures.run_lines import sizes_chart, success_chart, tensor_names
from ui.lab.figures.scene import answer_in_words, is_one_class, scene
from ui.lab.guess import guessed
from ui.lab.inside import states_and_gates
from ui.lab.names import answer_label, cell_labels, inside_note, measure_label
from ui.lab.take import take_curves, take_view
from ui.links.kept_settings import in_session
from ui.runs.training import Phase
from ui.widgets.choices import choice
from ui.widgets.stage import stage_halves

MOMENT_WIDTH = 340  # pixels
LONGEST_WAIT = 5  # equal columns of a sample that are shown
Marks = list[tuple[float, str]]


@dataclass(frozen=True)
class Seen:
    """What is seen of a run."""

    look: str = "example"
    moment: int | None = None  # the training step whose network is shown; None: the newest


def seen_choice(run: LabRun, phase: Phase) -> Seen:
    """Of a run that has begun: which picture, and, once it rests, after how many training steps."""
    if phase == "new":
        return Seen()
    looks = {
        "example": _("An example"),
        "gradient": _("Gradient"),
        "inside": _("States and gates"),
        "sizes": _("Weights"),
    }
    look = choice(st.segmented_control, _("Look at"), looks, "example", "look", label_visibility="collapsed")
    steps = run.history.view_steps()
    if phase == "running" or len(steps) < 2:
        return Seen(look)
    label = _("The network after this many training steps")
    moment = st.select_slider(
        label,
        steps,
        steps[-1],
        format_func=lambda step: _("after {step} training steps").format(step=step),
        key=f"moment_{len(steps)}_{steps[-1]}",
        label_visibility="collapsed",
        width=MOMENT_WIDTH,
    )
    return Seen(look, int(moment))


def _view(run: LabRun, seen: Seen) -> View | None:
    steps = run.history.view_steps()
    if not steps:  # a forked run has a state from its start
        return before_training(run.settings) if run.state is None else None
    return run.history.view_at(steps[-1] if seen.moment is None else seen.moment)


def _classes(run: LabRun) -> tuple[list[str], bool]:
    task = run.settings.task
    return [answer_label(name) for name in task.output_names], task.loss == "squared error"


def answer(run: LabRun, seen: Seen) -> str:
    """The prediction for the example, in words."""
    view = _view(run, seen)
    return "" if view is None else answer_in_words(view, *_classes(run))


def charts(run: LabRun, before: LabRun | None, seen: Seen) -> None:
    curves, view = run.history.curves(), _view(run, seen)
    take_curves(curves)
    take_view(run, view)
    if not len(curves.steps):
        _before_training(run, view)
        return
    marks = _marks(run, curves, seen.moment)
    left, right = (None, states_and_gates(view)) if seen.look == "inside" else st.columns([3, 2], gap="medium")
    with right, stage_halves():
        _learning(run, curves, run.progress().step, before, marks)
    if left is None:
        return
    match seen.look:
        case "gradient":
            with left, stage_halves("left"):
                _gradient(run, curves, run.progress().step, view, marks)
        case "sizes":
            with left:
                _sizes(curves, marks)
        case _:
            with left:
                _example(run, view)


def _before_training(run: LabRun, view: View | None) -> None:
    """The task and the untrained network; beside them what recorded runs of the same task came to."""
    recorded = recorded_on(run.settings.task)
    left, right = st.columns([3, 2], gap="medium") if recorded else (st.container(), st.container())
    with left:
        _example(run, view)
    if recorded:
        settings, outcomes = recorded
        line = (_("baseline"), baseline(run.settings.task))
        with right:
            title = _("Recorded runs on this task: validation loss")
            guess = guessed(run.settings.task)
            chart = losses_chart(spreads(settings, outcomes, "loss"), title, line, guess=guess)
            plot(chart, key="recorded", height="stage")


def _marks(run: LabRun, curves: Curves, moment: int | None) -> Marks:
    """The step of the fork, and the step that is shown where it is not the newest."""
    marks: Marks = []
    if run.began_at and curves.of_steps("step")[0] > run.began_at:
        marks.append((run.began_at, _("new settings")))
    if moment is not None and moment != run.history.view_steps()[-1]:
        marks.append((moment, _("shown beside")))
    return marks


def _learning(run: LabRun, curves: Curves, step: int, before: LabRun | None, marks: Marks) -> None:
    task = run.settings.task
    loss = figures.loss_chart(curves, step, baseline(task), _earlier(run, before), guessed(task))
    plot(marked(loss, marks), key="loss", height="stage")
    success = success_chart(curves, step, measure_label(task.measure_name))
    plot(marked(success, marks), key="success", height="stage")


def _earlier(run: LabRun, before: LabRun | None) -> figures.Earlier | None:
    """The run before, when it had the same kind of task."""
    if before is None or before.settings.task.name != run.settings.task.name:
        return None
    curves, cell = before.history.curves(), cell_labels()[before.settings.cell]
    if len(curves.checks) > 1:
        return figures.Earlier(
            _("previous run: {cell}").format(cell=cell), curves.of_checks("step"), curves.of_checks("loss")
        )
    if len(curves.steps) > 1:  # it ended before its second validation
        name = _("previous run: {cell}, training").format(cell=cell)
        return figures.Earlier(name, curves.of_steps("step"), curves.of_steps("loss"))
    return None


def _gradient(run: LabRun, curves: Curves, step: int, view: View | None, marks: Marks) -> None:
    gradient = figures.gradient_chart(curves, step, run.settings.clip_norm)
    plot(marked(gradient, marks), key="gradient", height="stage")
    if view is not None:
        plot(figures.state_gradient_chart(view.layers), key="felt", height="stage")


def _example(run: LabRun, view: View | None) -> None:
    if view is None:
        st.markdown(_("The example is computed when the next steps have been made."))
        return
    plot(scene(view, *_classes(run)), key="example", height="stage")


def below_the_stage(run: LabRun, seen: Seen) -> None:
    """What the pictures of a cell leave out, and what has no place on the example's axis of time: the probabilities of a single
    answer, and other sequences of symbols."""
    if seen.look in ("inside", "gradient") and (note := inside_note(run.settings)):
        st.caption(note)
    view, (names, squared) = _view(run, seen), _classes(run)
    if view is None or seen.look != "example":
        return
    if is_one_class(view, squared):
        plot(figures.example_chart(view, names, squared), key="answer")
    if view.samples:
        _samples(view)


def _samples(view: View) -> None:
    """Of a task about symbols: the input, the target and the prediction."""
    st.caption(_("Other validation sequences: input, target and prediction"))
    for sample in view.samples:
        given, wanted, predicted = without_waits((sample.given, sample.target, sample.predicted))
        verdict = "✓" if predicted == wanted else "✗"
        st.code(f"{given}\n{wanted}  ←\n{predicted}  {verdict}", language=None, wrap_lines=len(given) != len(wanted))


def without_waits(lines: tuple[str, str, str]) -> tuple[str, str, str]:
    """Leaves a part out of all three lines where they are constant for long."""
    if len(set(map(len, lines))) > 1:
        return lines
    kept, columns = [], list(zip(*lines, strict=True))
    for column, group in groupby(columns):
        same = list(group)
        kept += same if len(same) <= LONGEST_WAIT else [column, ("…", "…", "…"), column]
    given, wanted, predicted = ("".join(line) for line in zip(*kept, strict=True))
    return given, wanted, predicted


def _sizes(curves: Curves, marks: Marks) -> None:
    tensors = tensor_names(curves)
    if not tensors:
        st.markdown(_("The sizes of the weights come with the next evaluation on the validation set."))
        return
    layers = sorted({name.split(".")[1] for name in tensors if name.startswith("layers.")})
    if len(layers) > 1:
        chosen = st.selectbox(
            _("Layer"),
            layers,
            format_func=lambda layer: _("layer {number}").format(number=int(layer) + 1),
            **in_session("lab_sizes_layer"),
            width=220,
        )
        tensors = [name for name in tensors if not name.startswith("layers.") or name.split(".")[1] == chosen]
    with stage_halves("left"):
        plot(marked(sizes_chart(curves, tensors, "weight"), marks), key="weights", height="stage")
        if len(curves.checks) > 1:
            plot(marked(sizes_chart(curves, tensors, "update"), marks), key="updates", height="stage")
