"""The page on pictures with questions: the belief after each word, the influence of each input, and the inside."""

import numpy as np
import streamlit as st

from rnn_core.apps.multimodal.reader import Ablation, Reading
from rnn_core.apps.multimodal.settings import Settings
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.figures.pictures import picture_chart
from ui.apps.inside import inside
from ui.apps.multimodal import compute, controls
from ui.apps.multimodal.board import board, empty_board, step_names
from ui.apps.multimodal.controls import Picture, Question
from ui.apps.multimodal.presets import preset_choice
from ui.apps.multimodal.take import take_answer
from ui.apps.on_demand import on_demand
from ui.browser.paint import Board, paint
from ui.browser.plot import plot
from ui.figures.bars import bars
from ui.figures.heatmap import gate_heatmap
from ui.figures.lines import Line, lines_over_time
from ui.figures.step_names import with_step_names
from ui.i18n import _
from ui.widgets.stage import dock, stage_top

CURSOR = "multimodal"


def answer_names() -> dict[str, str]:
    return {
        "always the same answer": _("always the same answer"),
        "all pixels and words, weighted": _("all pixels and words, weighted"),
        "nearest pictures, and the rules told": _("nearest pictures, and the rules told"),
        "the network, the question only": _("the network, the question only"),
        "the network, the picture only": _("the network, the picture only"),
        "right answers": _("right answers"),
        "known wordings": _("known wordings"),
        "new wordings": _("new wordings"),
        "new pairs of question and digit": _("new pairs of question and digit"),
    }


def play(network: frame.Network[Settings]) -> None:
    examples, place, below, reported = stage_top(), st.container(), dock(), st.container()
    with below:
        shown = controls.picture()
        asked = controls.question(examples, reported)
        preset_choice()
    state = network.state
    if state is None or shown.image is None:
        with place:
            _draw(empty_board(shown), shown)
        return
    reader = compute.reader(state)
    reading = reader.read(reader.encode_picture(shown.image), asked.numbers)
    with place:
        without = reader.ablated(shown.image, asked.numbers)
        take_answer(network, shown.image, asked.numbers, step_names(reading, asked), reading, without)
        _draw(board(network.settings, shown, asked, reading, without), shown)
    _influence_of_inputs(state, without, asked)
    if reading.gates is not None:
        chart = gate_heatmap(reading.gates, title=_("The fusion gate: 1 the words, 0 the picture"), ink="update_gate")
        plot(with_step_names(chart, step_names(reading, asked)), key="meeting_gate", cursor=CURSOR)
    on_demand(_("Look inside: this question"), lambda: _inside(state, reading, asked))


def _draw(drawn: Board, shown: Picture) -> None:
    paint(drawn, key=controls.PAD, name=shown.name, cursor=CURSOR, take_ink=controls.take_drawing)


def _influence_of_inputs(state: RunState, found: Ablation, asked: Question) -> None:
    """The answer without one of the inputs, and the answers to the same question about other digits."""
    left, right = st.columns(2, gap="medium")
    with left:
        values = np.array([found.both, found.no_picture, found.no_question, found.neither]).round(2)
        labels = [_("both"), _("mean picture"), _("no question"), _("neither")]
        title = _("Yes, with one input taken away")
        chart = bars(
            values,
            labels,
            title=title,
            y_title=_("probability"),
            inks=["h", *["baseline"] * 3],
            y_range=(0.0, 1.08),
            as_percent=True,
        )
        plot(chart, key="ablation")
    with right:
        values = compute.yes_of_each_digit(state, asked.numbers).round(2)
        known = compute.known_question(list(asked.words))
        inks = ["h" if known is None or known.asked.is_true_for(digit) else "baseline" for digit in range(10)]
        title = _("Yes, by digit in the picture")
        chart = bars(
            values,
            list(map(str, range(10))),
            title=title,
            y_title=_("probability"),
            inks=inks,
            y_range=(0.0, 1.08),
            as_percent=True,
        )
        plot(chart, key="by_digit")
        if known is not None:
            st.caption(
                _("Strong where yes is right, grey where no is right; {count} test pictures of each digit.").format(
                    count=compute.OF_EACH_DIGIT
                )
            )


def _inside(state: RunState, reading: Reading, asked: Question) -> None:
    left, right = st.columns([2, 3])
    with left:
        plot(picture_chart(reading.sight.image, title=_("The network’s input"), height=290), key="asked_about")
    with right:
        line = Line(_("yes"), reading.yes, "y")
        title = _("The probability of “yes” after each word")
        chart = lines_over_time([line], title=title, y_title=_("probability"), x_title=_("word"), y_range=(0.0, 1.0))
        plot(with_step_names(chart, step_names(reading, asked)), key="yes", height=270, cursor=CURSOR)
    back = compute.reader(state).gradients(reading)
    left, right = st.columns([2, 3])
    with left:
        title = _("More ink here: for yes (pink), for no (green)")
        plot(picture_chart(back.picture, title=title, push=True), key="push")
    with right:
        words = _(
            "The states while the question is read. The gradients are of the score for “yes” after the last word."
        )
        st.markdown(words)
    steps = asked.words if len(reading.yes) == len(asked.words) else ()
    inside(reading.trace, back.words, CURSOR, steps)
