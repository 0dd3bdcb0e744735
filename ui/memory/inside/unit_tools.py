"""One unit and its label, and what can be done with them: look back from a prediction, change the unit, find other places."""

from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis.inside import matching
from ui.browser.plot import plot
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside import compute
from ui.memory.inside.chosen import Chosen
from ui.memory.inside.compute import Units
from ui.memory.inside.figures import rank_correlation, use_and_meaning
from ui.memory.inside.names import shown_character
from ui.memory.inside.tool_parts import (
    LONGEST_RANGE,
    beyond_both,
    how_to_change,
    looked_back,
    made_change,
    selected_range,
    show_context,
    show_matches,
)
from ui.widgets.tables import text_block

SNIPPET = 24  # characters around a place
WRITTEN, OTHER_LENGTH = 160, 60  # characters


def snippet(text: str, start: int, end: int) -> str:
    before, inside, after = parts(text, start, end)
    return f"{before}【{inside}】{after}"


def parts(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Of a range in its surroundings, each in one line."""
    before, inside, after = (
        "".join(map(shown_character, each.replace(" ", "\N{NO-BREAK SPACE}")))
        for each in (text[max(0, start - SNIPPET) : start], text[start:end], text[end : end + SNIPPET])
    )
    return before, inside, after


def looks_back(chosen: Chosen[Units], at: int) -> None:
    subject = chosen.found.subject
    text, back = compute.looks_back(subject, at)
    target = subject.second[at + 1]
    title = _("What explains the prediction of “{character}” here; each row by its own largest value").format(
        character=shown_character(target)
    )
    plot(looked_back(back, list(map(shown_character, text)), title), key="inside_saliency")
    _context(chosen)
    st.markdown(
        _(
            "The gradient is shown by its norm, so it is never negative: it says how much a small change matters, and not in which direction. Gradient × input is right for a linear network only. Integrated gradients add up exactly to the whole difference from zero inputs. Leaving a character out also moves everything behind it. Where they disagree, the network is saturated there, or two characters matter together only."
        )
    )


def _context(chosen: Chosen[Units]) -> None:
    """The loss against the length of the context, which says how far back the network uses what it read."""
    found = compute.context_loss(chosen.found.subject)
    title = _("How far back the context is used: bits per character after the last characters only")
    show_context(found, title, _("bits per character"), _("characters read"))
    st.markdown(
        _("To come within 0.02 bits of its best, it needs the last **{length}** of {longest} characters.").format(
            length=found.used(0.02), longest=found.lengths[-1]
        )
    )


def importance(chosen: Chosen[Units], _at: int) -> None:
    """All units: what each costs when it is silenced, against how meaningful it looks."""
    found, bits = chosen.found, np.asarray(chosen.ablation().added[:, 1:].mean(axis=1, dtype=np.float64))
    beyond = beyond_both(found.findings, found.untrained)
    cost = _("bits per character if silenced")
    plot(use_and_meaning(beyond, bits, chosen.unit, cost), key="inside_importance")
    st.markdown(
        _(
            "Silencing a unit costs from {low} to {high} bits per character. Rank correlation between cost and meaning: **{correlation}**. A unit without a label may still be needed: the labels are ours, not the network’s."
        ).format(
            low=f"{bits.min():.2f}".replace("-", "−"),
            high=f"{bits.max():.2f}",
            correlation=f"{rank_correlation(beyond, bits):.2f}".replace("-", "−"),
        )
    )


def change(chosen: Chosen[Units], at: int) -> None:
    subject = chosen.found.subject
    how, strength = how_to_change({"overwrite": _("overwrite the state")})
    if how == "overwrite":
        _overwrite(chosen, at)
        return
    made = made_change(how, strength, chosen.found.value, chosen.unit, chosen.own)
    _side_by_side(compute.changed_texts(subject, at, made, WRITTEN))


def _overwrite(chosen: Chosen[Units], at: int) -> None:
    """The state at this place becomes the one that another text has left."""
    other = st.text_input(
        _("The state after this text takes its place"), _other_text(chosen, at), max_chars=400, **in_link("overwritten")
    )
    if other:
        _side_by_side(compute.overwritten_texts(chosen.found.subject, at, other, WRITTEN))


def _other_text(chosen: Chosen[Units], at: int) -> str:
    """A passage far from this place, in one line."""
    text = chosen.found.subject.second
    start = (at + len(text) // 2) % max(1, len(text) - OTHER_LENGTH)
    return " ".join(text[start : start + OTHER_LENGTH].split())


def _side_by_side(texts: compute.Texts) -> None:
    for column, heading, text, bits in zip(
        st.columns(2),
        (_("As it is"), _("With the change")),
        (texts.before, texts.after),
        (texts.bits_before, texts.bits_after),
        strict=True,
    ):
        with column:
            st.markdown(f"**{heading}**")
            text_block(text, height=150)
            st.caption(_("{bits} bits per character of the text that really follows").format(bits=f"{bits:.2f}"))


def match(chosen: Chosen[Units], at: int) -> None:
    text, values = chosen.found.subject.second, chosen.found.run.second
    first, count = selected_range(chosen.marks, at, len(text) - 1)
    left, right = st.columns(2)
    with left:
        start = int(st.number_input(_("First character"), 0, len(text) - 2, first, **in_link(f"from_{first}")))
    with right:
        length = int(st.number_input(_("Characters"), 1, LONGEST_RANGE, count, **in_link(f"range_{count}")))
    end = min(len(text), start + length)
    pattern = matching.select(values, start, end)
    show_matches(pattern, (start, end), lambda: matching.matches(values, pattern), partial(parts, text))
