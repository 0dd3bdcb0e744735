"""The four shapes of sequence tasks, drawn with the numbers of a run that goes step by step."""

from collections.abc import Sequence

import streamlit as st

from rnn_core.studies.task_shapes import SHAPES, Shape, StepOfTask, task_steps
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.cells.first_pages.shape_figure import shape_chart
from ui.figures.words import number
from ui.i18n import _
from ui.widgets.choices import choice
from ui.widgets.stage import PlainStage, stage_note

MOST_STEPS = max(len(task_steps(shape)) for shape in SHAPES)


def shape_names() -> dict[Shape, str]:
    return {
        "one_to_many": _("One to many"),
        "many_to_one": _("Many to one"),
        "many_to_many": _("Many to many"),
        "encoder_decoder": _("Encoder–decoder"),
    }


def shapes(stage: PlainStage) -> None:
    names = shape_names()
    with stage.dock:
        label = _("Shape of the task")
        shape = choice(
            st.segmented_control, label, names, "many_to_one", "shape", label_visibility="collapsed", width="stretch"
        )
        done = int(page_dial(_("Steps done"), 0, MOST_STEPS, MOST_STEPS, key="shape_step"))
    steps = task_steps(shape)
    done = min(done, len(steps))
    with stage.picture:
        if done:
            with stage_note():
                st.markdown(_arithmetic(steps, done))
        plot(shape_chart(steps, done, title=names[shape]), key="task_shape", height="stage")


def _arithmetic(steps: Sequence[StepOfTask], done: int) -> str:
    step, old = steps[done - 1], steps[done - 2].h if done > 1 else 0.0
    of_input, of_state = (0.5, 1.0) if step.is_decoder else (1.0, 0.5)
    shown = _("Step {step}: h = tanh({of_input}·({x}) + {of_state}·({old})) = **{h}**.").format(
        step=done,
        of_input=number(of_input),
        x=number(step.x or 0.0),
        of_state=number(of_state),
        old=number(old),
        h=number(step.h),
    )
    reported = {
        (False, False): _("Nothing is put out here, so no loss looks at this step."),
        (True, False): _("The output is compared with its target: the loss looks at this step."),
        (True, True): _(
            "The input is the output of the step before; in training it can be the right one (teacher forcing)."
        ),
    }
    return f"{shown} {reported[step.y is not None, step.is_fed_back]}"
