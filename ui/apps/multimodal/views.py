"""What the page on pictures with questions shows: the belief after each word, what each input is worth, and the inside."""

import numpy as np
import streamlit as st

from rnn_core.apps.multimodal.reader import Reading
from ui.apps import frame
from ui.apps.figures.pictures import picture_chart
from ui.apps.figures.step_names import with_step_names
from ui.apps.inside import inside
from ui.apps.multimodal import compute, controls
from ui.apps.multimodal.controls import Picture, Question
from ui.browser.plot import plot
from ui.figures.bars import bars
from ui.figures.chart import Chart
from ui.figures.heatmap import gate_heatmap
from ui.figures.lines import Line, lines_over_time
from ui.i18n import _

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


def play(network: frame.Network) -> None:
    left, right = st.columns([2, 3], gap="medium")
    with left:
        shown = controls.picture()
    with right:
        asked = controls.question()
    if shown is None:
        return
    with left:
        plot(picture_chart(shown.image, title=_("What the network is given"), height=290), key="asked_about")
    if network.state is None:
        return
    reader = compute.reader(network.state)
    reading = reader.read(reader.encode_picture(shown.image), asked.numbers)
    with right:
        _belief(reading, asked)
        _verdict(reading, shown, asked)
    _what_counts(network, shown, asked)
    if reading.gates is not None:
        chart = gate_heatmap(
            reading.gates, title=_("The gate where they meet: 1 the words, 0 the picture"), ink="update_gate"
        )
        plot(_named(chart, reading, asked), key="meeting_gate", cursor=CURSOR)
    _inside(network, reading, asked)


def _named(chart: Chart, reading: Reading, asked: Question) -> Chart:
    """A network that is given the picture alone reads one empty word instead."""
    names = asked.words if len(reading.yes) == len(asked.words) else [_("no question")] * len(reading.yes)
    return with_step_names(chart, names)


def _belief(reading: Reading, asked: Question) -> None:
    line = Line(_("yes"), reading.yes, "y")
    title = _("The belief in “yes” after each word")
    chart = lines_over_time([line], title=title, y_title=_("probability"), x_title=_("word"), y_range=(0.0, 1.0))
    plot(_named(chart, reading, asked), key="yes", height=270, cursor=CURSOR)


def _verdict(reading: Reading, shown: Picture, asked: Question) -> None:
    share = float(reading.yes[-1]) if reading.answer else 1.0 - float(reading.yes[-1])
    words = _("It says **{answer}** and is {share} sure").format(
        answer=_("yes") if reading.answer else _("no"), share=f"{share:.0%}"
    )
    known = compute.known_question(list(asked.words))
    if known is None or shown.digit is None:
        st.markdown(_("{said}.").format(said=words))
    else:
        right = known.asked.is_true_for(shown.digit) == reading.answer
        verdict = _("right.") if right else _("wrong.")
        st.markdown(_("{said}: {verdict}").format(said=words, verdict=verdict))
        if known.new_wording:
            st.caption(_("It was never trained on this wording."))
        if known.new_pair(shown.digit):
            st.caption(_("It was never asked this about this digit."))
    if known is None:
        st.caption(_("This question is not from its grammar: whatever it says, nobody taught it."))


def _what_counts(network: frame.Network, shown: Picture, asked: Question) -> None:
    """What remains of the answer without one of the inputs, and what the same question gets on other digits."""
    left, right = st.columns(2, gap="medium")
    reader = compute.reader(network.state)
    with left:
        found = reader.ablated(shown.image, asked.numbers)
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
        values = compute.yes_of_each_digit(network.state, asked.numbers).round(2)
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


def _inside(network: frame.Network, reading: Reading, asked: Question) -> None:
    opened = st.expander(
        _("Look inside: this question"), icon=":material/search:", key="inside_open", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        back = compute.reader(network.state).gradients(reading)
        left, right = st.columns([2, 3])
        with left:
            title = _("More ink here: for yes (pink), for no (green)")
            plot(picture_chart(back.picture, title=title, push=True), key="push")
        with right:
            words = _(
                "What happens while the question is read. Gradients are of what speaks for yes after the last word."
            )
            st.markdown(words)
        steps = asked.words if len(reading.yes) == len(asked.words) else ()
        inside(reading.trace, back.words, CURSOR, steps)
