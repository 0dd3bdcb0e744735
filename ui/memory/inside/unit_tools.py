"""One unit and its label, and what can be done with them: look back from a prediction, change the unit, find other places."""

import numpy as np
import streamlit as st

from rnn_core.analysis.inside import changes, matching
from rnn_core.arrays import Mask
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.figures.bars import bars
from ui.figures.matrix import matrix
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside import compute
from ui.memory.inside.chosen import Chosen
from ui.memory.inside.compute import Units
from ui.memory.inside.figures import rank_correlation, use_and_meaning
from ui.memory.inside.names import shown_character
from ui.widgets.choices import choice, rerun_page
from ui.widgets.tables import table, text_block

SNIPPET = 24  # characters around a place
LOOKED_BACK_SHOWN = 40
WRITTEN, OTHER_LENGTH = 160, 60  # characters
LONGEST_RANGE = 60  # characters
MATCH, _SELECTED = "inside_match", "inside_selected"


def snippet(text: str, start: int, end: int) -> str:
    inside = text[start:end]
    around = f"{text[max(0, start - SNIPPET) : start]}【{inside}】{text[end : end + SNIPPET]}"
    return "".join(map(shown_character, around.replace(" ", "\N{NO-BREAK SPACE}")))


def looks_back(chosen: Chosen[Units], at: int) -> None:
    subject = chosen.found.subject
    text, back = compute.looks_back(subject, at)
    target = subject.second[at + 1]
    rows = {
        _("gradient"): back.norms,
        _("gradient × input"): back.times_input,
        _("integrated gradients"): back.integrated,
        _("leave one out"): back.left_out,
    }
    scaled = np.array([values / max(1e-12, float(np.abs(values).max())) for values in rows.values()])
    title = _("What explains the prediction of “{character}” here; each row by its own largest value").format(
        character=shown_character(target)
    )
    letters_shown = [shown_character(each) for each in text[-LOOKED_BACK_SHOWN:]]
    plot(
        matrix(scaled[:, -LOOKED_BACK_SHOWN:], title=title, rows=list(rows), columns=letters_shown, reach=1.0),
        key="inside_saliency",
    )
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
    plot(
        bars(
            found.bits,
            [str(length) for length in found.lengths],
            title=title,
            y_title=_("bits per character"),
            x_title=_("characters read"),
            inks="loss",
        ),
        key="inside_context",
    )
    st.markdown(
        _("To come within 0.02 bits of its best, it needs the last **{length}** of {longest} characters.").format(
            length=found.used(0.02), longest=found.lengths[-1]
        )
    )


def importance(chosen: Chosen[Units], _at: int) -> None:
    """All units: what each costs when it is silenced, against how meaningful it looks."""
    found, bits = chosen.found, np.asarray(chosen.ablation().added[:, 1:].mean(axis=1, dtype=np.float64))
    pairs = zip(found.findings, found.untrained, strict=True)
    beyond = np.max([own.auc - max(0.5 + own.band, float(other.auc.max())) for own, other in pairs], axis=0)
    plot(use_and_meaning(beyond, bits, chosen.unit), key="inside_importance")
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
    subject, own, unit = chosen.found.subject, chosen.own, chosen.unit
    left, right = st.columns(2)
    with left:
        how = choice(
            st.segmented_control,
            _("Change"),
            {
                "silence": _("silence it"),
                "clamp": _("hold it"),
                "steer": _("steer along the probe"),
                "overwrite": _("overwrite the state"),
            },
            "silence",
            "change",
        )
    if how == "overwrite":
        _overwrite(chosen, at)
        return
    with right:
        strength = float(
            st.slider(_("Value, or strength"), -6.0, 6.0, 2.0, 0.5, disabled=how == "silence", **in_link("strength"))
        )
    value = chosen.found.value
    match how:
        case "steer":
            made = changes.steer(value, own.probe.weights / own.probe.scale, strength)
        case "clamp":
            made = changes.clamp(value, [unit], strength)
        case _:
            made = changes.silence(value, [unit])
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


def _first_run(marks: Mask, at: int) -> tuple[int, int]:
    """The first range from this place on over which the label holds: its first character and its length."""
    begins = np.flatnonzero(marks[at:]) + at
    if not len(begins):
        return at, 1
    first = int(begins[0])
    holds = marks[first : first + LONGEST_RANGE]
    return min(first, len(marks) - 2), int(holds.argmin()) or len(holds)


def select_range(first: int, last: int) -> None:
    """A range that was selected in the text: it is taken once, and its part of the page opens."""
    if st.session_state.get(_SELECTED) != (first, last):
        st.session_state[_SELECTED] = (first, last)
        st.session_state[MATCH] = True
        rerun_page()


def match(chosen: Chosen[Units], at: int) -> None:
    text, values = chosen.found.subject.second, chosen.found.run.second
    selected: tuple[int, int] | None = st.session_state.get(_SELECTED)
    if selected is not None and selected[1] < len(text) - 1:
        first, count = selected[0], min(LONGEST_RANGE, selected[1] - selected[0] + 1)
    else:
        first, count = _first_run(chosen.marks, at)
    left, right = st.columns(2)
    with left:
        start = int(st.number_input(_("First character"), 0, len(text) - 2, first, **in_link(f"from_{first}")))
    with right:
        length = int(st.number_input(_("Characters"), 1, LONGEST_RANGE, count, **in_link(f"range_{count}")))
    end = min(len(text), start + length)
    pattern = matching.select(values, start, end)
    if not len(pattern.units):
        st.markdown(_("No unit is on over the whole range and off beside it."))
        return
    units = ", ".join(
        f"{unit}{'' if sign > 0 else '↓'}" for unit, sign in zip(pattern.units, pattern.sign, strict=True)
    )
    st.markdown(
        _("On over the whole range, and off beside it: units {units}. ↓ means on when low.").format(units=units)
    )
    found = matching.matches(values, pattern)
    rows = [(start, end, len(pattern.units)), *((each.start, each.end, each.units) for each in found)]
    table(
        {
            _("where"): [in_markdown(snippet(text, first, last)) for first, last, _count in rows],
            _("units on"): [str(count) for _first, _last, count in rows],
        }
    )
