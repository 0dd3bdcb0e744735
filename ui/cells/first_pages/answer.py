"""The page from a state to an answer: one prediction with every number open, and the words of training."""

import numpy as np
import streamlit as st

from rnn_core.studies.answer import READOUT, STATE, TARGET, logit_gradient, softmax
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.cells.first_pages import figures
from ui.cells.first_pages.prediction_figure import prediction_chart
from ui.cells.first_pages.shapes import shapes
from ui.figures.words import number
from ui.i18n import _
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part
from ui.widgets.stage import PlainStage, plain_stage, stage_note
from ui.widgets.tables import table

REACH = 3.0  # of the output and of the target
OF_ONE_PREDICTION = ("readout", "softmax", "entropy", "back")


def labels() -> dict[str, str]:
    return {
        "readout": _("Readout"),
        "softmax": "Softmax",
        "entropy": _("Cross-entropy"),
        "back": _("Its gradient"),
        "numbers": _("Squared error"),
        "shapes": _("Shapes of tasks"),
        "losses": _("Which loss where"),
        "training": _("Words of training"),
    }


def _prediction(stage: PlainStage) -> None:
    names = ["A", "B", "C"]
    with stage.dock:
        h = np.array(
            [
                page_dial(f"h{place}", -3.0, 3.0, float(default), 0.1, key=f"state{place}")
                for place, default in enumerate(STATE, start=1)
            ]
        )
        temperature = page_dial(_("Temperature"), 0.2, 5.0, 1.0, 0.1, key="tau")
        options = {name: name for name in names}
        right = names.index(choice(st.segmented_control, _("Right answer"), options, names[TARGET], "right_answer"))
    scores = READOUT @ h
    probabilities, gradient = softmax(scores, temperature), logit_gradient(scores, right)
    with stage.picture:
        plot(prediction_chart(scores, names, right, temperature), key="probabilities", height="stage")
    table(
        {
            _("answer"): names,
            "v": [
                f"{number(row[0])}·({number(h[0])}) + ({number(row[1])})·({number(h[1])}) = {number(v)}"
                for row, v in zip(READOUT, scores, strict=True)
            ],
            "p": [number(float(p)) for p in probabilities],
            _("target"): ["1" if place == right else "0" for place in range(len(names))],
            _("p − target, at temperature 1"): [number(float(g)) for g in gradient],
        },
        words=2,
    )


def _number(stage: PlainStage) -> None:
    with stage.dock:
        y = page_dial(_("Output y"), -REACH, REACH, 2.0, 0.1, key="output")
        t = page_dial(_("Target t"), -REACH, REACH, 0.0, 0.1, key="target_number")
    with stage.picture:
        with stage_note():
            st.markdown(
                _("L = ½·({y} − ({t}))² = **{loss}**, and ∂L/∂y = y − t = **{gradient}**.").format(
                    y=number(y), t=number(t), loss=number(0.5 * (y - t) ** 2), gradient=number(y - t)
                )
            )
        plot(figures.squared_error(y, t, REACH), key="squared", height="stage")


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    stage = plain_stage()
    with stage.top:
        part = choice(st.pills, _("Look at"), labels(), "readout", "part", label_visibility="collapsed", wrap=True)
    if part in OF_ONE_PREDICTION:
        _prediction(stage)
    elif part == "numbers":
        _number(stage)
    elif part == "shapes":
        shapes(stage)
    prose_part("answer", "steps", part)
