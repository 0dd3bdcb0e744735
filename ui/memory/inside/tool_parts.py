"""What the tools for long texts and those for short sequences have in common."""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from rnn_core.analysis.inside import changes
from rnn_core.analysis.inside.context import ContextLoss
from rnn_core.analysis.inside.matching import Match, Pattern
from rnn_core.analysis.inside.ranking import Finding
from rnn_core.analysis.inside.saliency import Saliency
from rnn_core.arrays import Array, Mask
from ui.as_text import in_chart, in_markdown
from ui.browser.plot import plot
from ui.figures.bars import bars
from ui.figures.chart import Chart
from ui.figures.matrix import matrix
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.choices import choice, rerun_page
from ui.widgets.tables import table

LONGEST_RANGE = 60  # characters, or steps
SHOWN_BACK = 40
MATCH, SELECTED = "inside_match", "inside_selected"


def looked_back(back: Saliency, tokens: Sequence[str], title: str) -> Chart:
    """Each method by its own largest value, over the last steps."""
    rows = {
        _("gradient"): back.norms,
        _("gradient × input"): back.times_input,
        _("integrated gradients"): back.integrated,
        _("leave one out"): back.left_out,
    }
    scaled = np.array(
        [np.nan_to_num(values) / max(1e-12, float(np.nanmax(np.abs(values), initial=0.0))) for values in rows.values()]
    )
    columns = [in_chart(token) for token in tokens[-SHOWN_BACK:]]
    return matrix(scaled[:, -SHOWN_BACK:], title=title, rows=list(rows), columns=columns, reach=1.0)


def show_context(found: ContextLoss, title: str, loss: str, read: str, last: str = "") -> None:
    """The loss against the length of the context. `last`: how the longest is called, where it is a whole sequence."""
    names = [str(length) for length in found.lengths]
    names[-1] = last or names[-1]
    plot(bars(found.loss, names, title=title, y_title=loss, x_title=read, inks="loss"), key="inside_context")


def how_to_change(more: dict[str, str]) -> tuple[str, float]:
    """The kind of change, and its value or strength. `more`: what this view offers beside the three ways that all have."""
    left, right = st.columns(2)
    ways = {"silence": _("silence it"), "clamp": _("hold it"), "steer": _("steer along the probe")} | more
    with left:
        how = choice(st.segmented_control, _("Change"), ways, "silence", "change")
    if how in more:
        return how, 0.0
    with right:
        strength = st.slider(
            _("Value, or strength"), -6.0, 6.0, 2.0, 0.5, disabled=how == "silence", **in_link("strength")
        )
    return how, float(strength)


def made_change(how: str, strength: float, value: str, unit: int, own: Finding) -> changes.Change:
    match how:
        case "steer":
            return changes.steer(value, own.probe.weights / own.probe.scale, strength)
        case "clamp":
            return changes.clamp(value, [unit], strength)
        case _:
            return changes.silence(value, [unit])


def select_range(first: int, last: int) -> None:
    """A range that was selected in the text: it is taken once, and its part of the page opens."""
    if st.session_state.get(SELECTED) != (first, last):
        st.session_state[SELECTED] = (first, last)
        st.session_state[MATCH] = True
        rerun_page()


def selected_range(marks: Mask, at: int, end: int) -> tuple[int, int]:
    """The first place and the length of what was selected, or else of the first range from `at` on over which the label holds."""
    selected: tuple[int, int] | None = st.session_state.get(SELECTED)
    if selected is not None and selected[1] < end:
        return selected[0], min(LONGEST_RANGE, selected[1] - selected[0] + 1)
    begins = np.flatnonzero(marks[at:]) + at
    if not len(begins):
        return at, 1
    first = int(begins[0])
    holds = marks[first : first + LONGEST_RANGE]
    return min(first, len(marks) - 2), int(holds.argmin()) or len(holds)


def says_pattern(pattern: Pattern) -> None:
    """Which units tell the range from what is beside it."""
    if not len(pattern.units):
        st.markdown(_("No unit is on over the whole range and off beside it."))
        return
    units = ", ".join(
        f"{unit}{'' if sign > 0 else '↓'}" for unit, sign in zip(pattern.units, pattern.sign, strict=True)
    )
    st.markdown(
        _("On over the whole range, and off beside it: units {units}. ↓ means on when low.").format(units=units)
    )


def show_matches(
    pattern: Pattern,
    own: tuple[int, int],
    found: Callable[[], tuple[Match, ...]],
    parts: Callable[[int, int], tuple[str, str, str]],
) -> None:
    """`own`: the range that was selected. `parts` of a range: what comes before it, the range, and what comes after."""
    says_pattern(pattern)
    if not len(pattern.units):
        return
    rows = [(*own, len(pattern.units)), *((each.start, each.end, each.units) for each in found())]
    before, inside, after = zip(*(map(in_markdown, parts(first, last)) for first, last, _count in rows), strict=True)
    table(
        {
            _("before"): before,
            _("range"): [f"**{each}**" for each in inside],
            _("after"): after,
            _("units on"): [str(count) for _first, _last, count in rows],
        },
        aligned="rclr",
    )


def beyond_both(findings: Sequence[Finding], untrained: Sequence[Finding]) -> Array:
    """(H,) how far each unit's best label lies above both nulls."""
    return np.asarray(
        np.max(
            [
                own.auc - max(0.5 + own.band, float(other.auc.max()))
                for own, other in zip(findings, untrained, strict=True)
            ],
            axis=0,
        )
    )
