"""What the answer after a short sequence looks back at, and how far back the network uses what it read."""

import streamlit as st

from ui.as_text import in_chart
from ui.browser.plot import plot
from ui.i18n import _
from ui.memory.inside import answers_compute as compute
from ui.memory.inside.chosen import Chosen
from ui.memory.inside.names import answer_name, shown_character
from ui.memory.inside.sequence_text import tokens_of
from ui.memory.inside.sequences_compute import SequenceUnits, context
from ui.memory.inside.tool_parts import looked_back, show_context
from ui.widgets.choices import choice

TOLERANCE = 0.02  # of the loss: the words on the page say it too


def looks_back(chosen: Chosen[SequenceUnits], at: int) -> None:
    opened, answers, unit = chosen.found.opened, chosen.found.opened.answers, chosen.unit
    sequence = opened.passage.sequence_of(at)
    tokens = [
        shown_character(each) for each in tokens_of(opened, sequence)[: at + 1 - int(opened.passage.starts[sequence])]
    ]
    of_unit = _("h of unit {unit}").format(unit=unit)
    asked = "unit"
    if answers is not None:
        ways = {"answer": _("the answer"), "unit": of_unit}
        asked = choice(st.segmented_control, _("Explain"), ways, "answer", "explained")
    if answers is not None and asked == "answer":
        shares = compute.shares_along(opened, answers, sequence)[len(tokens) - 1]
        answer = compute.best(shares)
        found = compute.explain_answer(opened, answers, at, answer)
        what = _("the answer “{answer}” after this step").format(answer=in_chart(answer_name(opened, answer)))
    else:
        found = compute.explain_unit(opened, at, unit)
        what = of_unit
        if answers is None:
            st.markdown(
                _("This part of the network gives no answer of its own, so the unit’s hidden state is explained.")
            )
    title = _("What {what} looks back at; each row by its own largest value").format(what=what)
    plot(looked_back(found, tokens, title), key="inside_saliency")
    st.markdown(
        _(
            "The inputs are the vectors that the recurrent layer reads: embeddings, pixels, or features. Integrated gradients add up to the difference from zero inputs, here {whole}; gradient × input adds up to {linear}. Leaving a step out also moves all later steps forward."
        ).format(
            whole=f"{found.value - found.value_at_zero:.2f}".replace("-", "−"),
            linear=f"{float(found.times_input.sum()):.2f}".replace("-", "−"),
        )
    )
    _context(chosen)


def _context(chosen: Chosen[SequenceUnits]) -> None:
    opened = chosen.found.opened
    answers, found = opened.answers, context(opened)
    if answers is None:
        loss = _("distance from the state after the whole sequence")
    elif answers.output == "identity":
        loss = _("distance from the output after the whole sequence")
    elif answers.right:
        loss = _("bits of the right answer")
    else:
        loss = _("bits by which the answer misses that after the whole sequence")
    title = _("How far back the sequence is used: reading its last steps only")
    show_context(found, title, loss, _("steps read"), _("all"))
    count, used = len(compute.measured(opened, compute.MOVED_OVER)), found.used(TOLERANCE)
    if used == found.lengths[-1]:
        says = _("Over {count} test sequences, no shorter part comes within 0.02 of the whole sequence.")
    else:
        says = _("Over {count} test sequences, the last **{length}** steps come within 0.02 of the best.")
    st.markdown(says.format(count=count, length=used))
