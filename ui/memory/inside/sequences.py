"""What units know about many short sequences: reviews, sessions, sources of translations, spoken words, pictures, questions, captions,
strips of frames, strings of the lab."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from rnn_core.analysis.inside import matching
from rnn_core.analysis.inside.context import time_scale_within
from rnn_core.analysis.inside.labels import OWN
from rnn_core.analysis.inside.ranking import share_above, share_beyond
from rnn_core.arrays import Array
from rnn_core.errors import CoreError
from ui.as_text import in_markdown
from ui.browser.long_text import LongText, long_text
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside import answers_compute
from ui.memory.inside import sequences_compute as compute
from ui.memory.inside.chosen import (
    ABOVE,
    Chosen,
    beyond_nulls,
    choose,
    clicked_dot,
    pairs,
    show_own_label,
    take_position,
    verdict,
    what_it_knows,
)
from ui.memory.inside.compute import shown_values
from ui.memory.inside.names import answer_name, label_name, value_names
from ui.memory.inside.sequence_back import looks_back
from ui.memory.inside.sequence_networks import application_names, network_names
from ui.memory.inside.sequence_swap import swap
from ui.memory.inside.sequence_text import Lines, line_of, lines
from ui.memory.inside.sequence_tools import change, importance, match
from ui.memory.inside.sequences_compute import SequenceUnits
from ui.memory.inside.source import OF_SEQUENCES, Source, shipped
from ui.memory.inside.take import take_sequences
from ui.memory.inside.tool_parts import MATCH, select_range
from ui.memory.inside.unit_strip import unit_strip, window
from ui.memory.inside.unit_view import OTHER, PLACE_WIDTH, PLACES, Tool, chosen_place, open_tools, unit_charts
from ui.widgets.choices import choice
from ui.widgets.stage import Stage, stage_halves, stage_note
from ui.widgets.tables import table

SNIPPET = 40  # characters
STEP = "step_of_sequence"


def view(stage: Stage) -> None:
    with stage.top:
        application = choice(st.selectbox, _("Sequences"), application_names(), "sentiment", "sequences_of", **ABOVE)
        names = network_names(application)
        variant = choice(st.selectbox, _("Network"), names, next(iter(names)), f"sequences_{application}", **ABOVE)
    with stage.drawer:
        network = compute.open_shipped(application, variant).network
        labels = {name: text for name, text in value_names().items() if name in network.values}
        first = "c" if network.cell == "lstm" else "h"
        value = choice(st.selectbox, _("Look at"), labels, first, f"value_sequences_{network.cell}")
        pattern = own_pattern()
        problem = st.container()
    with stage.picture, st.spinner(_("Reading the sequences …")):
        found = compute.units(application, variant, value)
    if pattern:
        try:
            found = compute.units_with(application, variant, value, pattern)
        except CoreError as refused:
            problem.warning(in_markdown(str(refused)))
    name = f"{application}-{variant}"
    show_own_label(OWN, name, pattern if any(each.label == OWN for each in found.findings) else "")
    source = replace(shipped(application, variant, OF_SEQUENCES), pattern=pattern)
    show(found, lambda: compute.moved(application, variant, value), name, stage, source)


def own_pattern() -> str:
    return st.text_input(
        _("Your own label: a regular expression"),
        max_chars=200,
        placeholder="not|never",
        help=_("It holds at the steps whose text is part of a match in the line."),
        **in_link("pattern"),
    )


def show(found: SequenceUnits, moved: Callable[[], Array], name: str, stage: Stage, source: Source) -> None:
    """`moved` (H,): what holding each unit at its mean does to the answers."""
    best = max(pairs(found), key=lambda pair: beyond_nulls(pair[0], pair[1], pair[0].best))
    first = OWN if any(each.label == OWN for each in found.findings) else best[0].label
    chosen = choose(found, None, first, name, stage, clicked_dot(found.network.hidden_size))
    written = lines(found.opened)
    with stage.top:
        at = _place(chosen, name)
    take_sequences(chosen, source)
    with stage.picture:
        with stage_note():
            st.markdown(" ".join([verdict(chosen, _("the test sequences")), *_effect(chosen, moved, at)]))
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _text(chosen, written, at, name)
        with right, stage_halves():
            unit_charts(chosen, found.units[chosen.unit], _("the test sequences"))
        sequence = found.passage.sequence_of(at)
        shown = window(at, int(found.passage.starts[sequence]), int(found.passage.ends[sequence]))
        unit_strip(chosen, found.units[:, shown], found.spread, _("the marked sequence"))
    _everything_it_knows(chosen)
    tools: tuple[Tool, ...] = (
        (_("What it looks back at"), ":material/history:", looks_back, "inside_back"),
        (_("Change this unit"), ":material/tune:", change, "inside_change"),
        (_("Swap its states with those of another sequence"), ":material/swap_horiz:", swap, "inside_swap_open"),
        (
            _("How much each unit is needed"),
            ":material/scatter_plot:",
            lambda chosen, _at: importance(chosen, moved),
            "inside_importance_open",
        ),
        (_("Select a range, and find others like it"), ":material/content_paste_search:", match, MATCH),
    )
    open_tools(tools, chosen, at)


def _place(chosen: Chosen[SequenceUnits], name: str) -> int:
    """The step that is looked at: the end of the first sequence, a step at which the unit is strongest, or one that was clicked."""
    found, read = chosen.found, chosen.found.passage
    values = found.units[chosen.unit, read.first :] * chosen.own.sign[chosen.unit]
    strongest = matching.strongest(values, PLACES) + read.first
    where = chosen_place(name, _("the first sequence"), (_around(found, int(step)) for step in strongest))
    if where == OTHER:
        low, high = read.first, len(read.tokens) - 1
        label = _("Step, from {low} to {high}").format(low=low, high=high)
        if not low <= st.session_state.get(STEP, low) <= high:
            st.session_state[STEP] = low  # it was a step of other sequences
        chosen_step = st.number_input(
            label, low, high, label_visibility="collapsed", width=PLACE_WIDTH, **in_link(STEP)
        )
        return int(chosen_step)
    if where == "start":
        return int(read.ends[read.sequence_of(read.first)]) - 1
    return int(strongest[int(where) - 1])


def _around(found: SequenceUnits, step: int) -> str:
    return line_of(found.opened, found.passage.sequence_of(step))[:SNIPPET]


def _effect(chosen: Chosen[SequenceUnits], moved: Callable[[], Array], at: int) -> list[str]:
    """The answer at the place, and what the unit does to the answers."""
    opened, answers = chosen.found.opened, chosen.found.opened.answers
    if answers is None:
        return [_("Its states go on to another part of the network, whose answer cannot be read off one state.")]
    share = f"{float(moved()[chosen.unit]):.0%}"
    if answers.output == "identity":
        return [
            _("Held at its mean, it changes the outputs by **{share}** of their standard deviation.").format(
                share=share
            )
        ]
    held = _("Held at its mean, it moves **{share}** of the probability to other answers.").format(share=share)
    sequence = opened.passage.sequence_of(at)
    shares = answers_compute.shares_along(opened, answers, sequence)[at - int(opened.passage.starts[sequence])]
    answer = answers_compute.best(shares)
    says = _("After the marked step the network answers **{answer}** ({share}).").format(
        answer=in_markdown(answer_name(opened, answer)), share=f"{shares[answer]:.0%}"
    )
    return [held, says]


def _text(chosen: Chosen[SequenceUnits], written: Lines, at: int, name: str) -> None:
    """The sequences that measure, each in a line; all characters of a step have its colour."""
    found = chosen.found
    values = shown_values(found.units, chosen.unit, found.spread)[written.steps]
    title = _(
        "Test sequences: blue where unit {unit} is above its mean, orange below; underlined where the label holds"
    ).format(unit=chosen.unit)
    brushed = long_text(
        LongText(
            written.text,
            np.where(written.lit, values, 0.0),
            chosen.marks[written.steps] & written.lit,
            written.character_of(at),
            chosen.position,
            found.network.hidden_size,
        ),
        key="inside_sequences",
        title=title,
        alt=_("Sequences, each read from its own first state. {title}").format(title=title),
        help=_(
            "Drag on the strip. Keys: ← → other units, ↑ ↓ scroll. Click: look at this step. Select: find others like it."
        ),
        take_place=lambda character: go_to_step(written.step_of(character), name),
        take_position=take_position,
    )
    if brushed is not None:
        select_range(*map(written.step_of, brushed))


def go_to_step(step: int, name: str) -> None:
    """For a callback: a click on a character."""
    st.session_state[f"place_{name}"] = OTHER
    st.session_state[STEP] = step


def _everything_it_knows(chosen: Chosen[SequenceUnits]) -> None:
    unit, found = chosen.unit, chosen.found
    rows = sorted(pairs(found), key=lambda pair: -pair[0].auc[unit])
    scale = time_scale_within(found.units[unit], found.passage.ends)
    st.markdown(
        what_it_knows(unit, scale, _("Within a sequence its values resemble each other over about {steps} steps."))
    )
    table(
        {
            _("label"): [label_name(own.label) for own, _null in rows],
            _("AUC"): [
                f"**{own.auc[unit]:.2f}**" if beyond_nulls(own, null, unit) > 0 else f"{own.auc[unit]:.2f}"
                for own, null in rows
            ],
            _("shifted labels reach"): [f"{0.5 + own.band:.2f}" for own, _null in rows],
            _("best untrained unit"): [f"{null.auc.max():.2f}" for _own, null in rows],
            _("probe on all units"): [f"{own.probe_auc:.2f}" for own, _null in rows],
        }
    )
    st.caption(
        _(
            "Of all {units} units, {above} lie above the band of shifted labels for at least one label, and {beyond} beat every unit of an untrained network. A bold AUC beats both."
        ).format(
            units=found.network.hidden_size,
            above=f"{share_above(found.findings):.0%}",
            beyond=f"{share_beyond(found.findings, found.untrained):.0%}",
        )
    )
