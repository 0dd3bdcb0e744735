"""One unit that reads short sequences, and what can be done with it: change the unit, find other places."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis.inside import changes, matching
from rnn_core.analysis.inside.answers import overwrite, state_at
from rnn_core.analysis.inside.changes import Change
from rnn_core.apps.passages import Answers, Opened
from rnn_core.arrays import Array
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside import answers_compute as compute
from ui.memory.inside.answers_figure import answer_by_step, distance_by_step
from ui.memory.inside.chosen import Chosen
from ui.memory.inside.figures import rank_correlation, use_and_meaning
from ui.memory.inside.names import answer_name, shown_character, value_names
from ui.memory.inside.sequence_text import line_of, shown_tokens, tokens_of
from ui.memory.inside.sequences_compute import SequenceUnits
from ui.memory.inside.tool_parts import (
    LONGEST_RANGE,
    beyond_both,
    how_to_change,
    made_change,
    selected_range,
    show_matches,
)
from ui.widgets.choices import choice
from ui.widgets.tables import table

SHOWN_ANSWERS, BESIDE, OTHERS = 4, 4, 60


def change(chosen: Chosen[SequenceUnits], at: int) -> None:
    """The answer of the sequence at the place, before and after; and of all sequences, where the change does not need the place."""
    found, opened = chosen.found, chosen.found.opened
    sequence = opened.passage.sequence_of(at)
    how, strength = how_to_change({"swap": _("take it from another sequence"), "overwrite": _("overwrite the state")})
    step = at - int(opened.passage.starts[sequence])
    if how in ("swap", "overwrite"):
        other = _other_sequence(opened, sequence)
        inputs = opened.passage.inputs[compute.steps_of(opened, other)]
        there = min(step, len(inputs) - 1)
        if how == "overwrite":
            made = overwrite(state_at(opened.network, inputs, there, opened.h_0(other)), step)
        else:
            value = float(found.units[chosen.unit, int(opened.passage.starts[other]) + there])
            made = (changes.clamp(found.value, [chosen.unit], value, steps=(step, step + 1)),)
        st.caption(
            _(
                "At the marked step ({step}) of this sequence, the {what} becomes that of step {there} of the other one."
            ).format(
                step=step + 1,
                what=_("whole state") if how == "overwrite" else f"{value_names()[found.value]} {chosen.unit}",
                there=there + 1,
            )
        )
    else:
        made = (made_change(how, strength, found.value, chosen.unit, chosen.own),)
    if opened.answers is None:
        _state_moves(opened, sequence, made)
        return
    _answers_change(opened, opened.answers, sequence, made)
    if how not in ("swap", "overwrite"):
        _over_all(opened, opened.answers, made)


def _other_sequence(opened: Opened, sequence: int) -> int:
    others = [each for each in compute.measured(opened, OTHERS) if each != sequence]
    right = () if opened.answers is None else opened.answers.right
    first = next((each for each in others if right and right[each] != right[sequence]), others[0])
    names = {str(each): shown_line(opened, each) for each in others}
    return int(choice(st.selectbox, _("The other sequence"), names, str(first), "other_sequence", in_link=False))


def shown_line(opened: Opened, sequence: int) -> str:
    return line_of(opened, sequence)


def _answers_change(opened: Opened, answers: Answers, sequence: int, made: Sequence[Change]) -> None:
    roads = compute.roads(opened, answers, sequence, made)
    name = partial(answer_name, opened)
    tokens = tokens_of(opened, sequence)
    if answers.output == "identity":
        plot(answer_by_step(roads, 0, answers.names[0], tokens), key="inside_answer")
        return
    plot(answer_by_step(roads, roads.first, name(roads.first), tokens), key="inside_answer")
    likely = np.argsort(-np.maximum(roads.before[-1], roads.after[-1]), kind="stable")[:SHOWN_ANSWERS]
    likely = likely[np.argsort(-roads.before[-1][likely], kind="stable")]
    table(
        {
            _("answer at the end"): [in_markdown(name(int(each))) for each in likely],
            _("as it is"): [_bold(roads.before[-1, each], each == roads.first) for each in likely],
            _("with the change"): [_bold(roads.after[-1, each], each == roads.second) for each in likely],
        }
    )


def _bold(share: float, is_answer: bool) -> str:
    text = f"{share:.1%}"
    return f"**{text}**" if is_answer else text


def _over_all(opened: Opened, answers: Answers, made: Sequence[Change]) -> None:
    if answers.output == "identity":
        return
    with st.spinner(_("Reading the sequences …")):
        found = compute.everywhere(opened, answers, made)
    says = _("Of {count} test sequences, the change gives **{changed}** another answer at the end.").format(
        count=found.sequences, changed=f"{found.changed:.0%}"
    )
    if np.isfinite(found.right_before):
        says += " " + _("Right answers: {before} as it is, **{after}** with the change.").format(
            before=f"{found.right_before:.0%}", after=f"{found.right_after:.0%}"
        )
    st.markdown(says)


def _state_moves(opened: Opened, sequence: int, made: Sequence[Change]) -> None:
    """Of a part that gives no answer: how long the change stays in the state."""
    plot(
        distance_by_step(compute.state_distance(opened, sequence, made), tokens_of(opened, sequence)),
        key="inside_distance",
    )
    st.markdown(
        _(
            "This part of the network gives no answer of its own: its states go on to another part. The line says how far the change moves the state, and for how long."
        )
    )


def importance(chosen: Chosen[SequenceUnits], moved: Callable[[], Array]) -> None:
    """All units: what each does to the answers, against how meaningful it looks."""
    found = chosen.found
    if found.opened.answers is None:
        st.markdown(
            _(
                "This part of the network gives no answer of its own, so what it loses without a unit cannot be measured here."
            )
        )
        return
    beyond, costs = beyond_both(found.findings, found.untrained), moved()
    is_number = found.opened.answers.output == "identity"
    cost = _("change of the outputs, in standard deviations") if is_number else _("probability that moves")
    plot(use_and_meaning(beyond, costs, chosen.unit, cost), key="inside_importance")
    st.markdown(
        _(
            "Each unit is held at its mean over {count} test sequences. Rank correlation between its effect and its meaning: **{correlation}**. A unit without a label may still be needed: the labels are ours, not the network’s."
        ).format(
            count=len(compute.measured(found.opened, compute.MOVED_OVER)),
            correlation=f"{rank_correlation(beyond, costs):.2f}".replace("-", "−"),
        )
    )


def match(chosen: Chosen[SequenceUnits], at: int) -> None:
    """A range of one sequence, and ranges of the others in which the same units are on."""
    found, read = chosen.found, chosen.found.passage
    first, count = selected_range(chosen.marks, at, len(read.tokens))
    sequence = read.sequence_of(first)
    end = int(read.ends[sequence])
    left, right = st.columns(2)
    with left:
        start = int(
            st.number_input(
                _("First step"), read.first, len(read.tokens) - 1, max(first, read.first), **in_link(f"from_{first}")
            )
        )
    with right:
        length = int(
            st.number_input(_("Steps"), 1, LONGEST_RANGE, max(1, min(count, end - first)), **in_link(f"range_{count}"))
        )
    sequence = read.sequence_of(start)
    within = int(read.starts[sequence]), int(read.ends[sequence])
    end = min(start + length, within[1])
    if (start, end) == within:
        st.markdown(_("Select a part of a sequence: its units are compared with those beside it."))
        return
    pattern = matching.select(found.units, start, end, within=within)
    show_matches(
        pattern,
        (start, end),
        lambda: matching.matches(found.units, pattern, ends=read.ends),
        partial(_parts, found.opened),
    )


def _parts(opened: Opened, start: int, end: int) -> tuple[str, str, str]:
    read, tokens = opened.passage, shown_tokens(opened.passage)
    sequence = read.sequence_of(start)
    low, high = max(int(read.starts[sequence]), start - BESIDE), min(int(read.ends[sequence]), end + BESIDE)
    parts = (tokens[low:start], tokens[start:end], tokens[end:high])
    before, inside, after = (read.between.join(map(shown_character, each)) for each in parts)
    return before, inside, after
