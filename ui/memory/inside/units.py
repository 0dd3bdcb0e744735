"""What units know: a text coloured by a unit, the unit beside its nulls, and what happens without it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from rnn_core.analysis.inside import changes, matching
from rnn_core.analysis.inside.labels import OWN
from rnn_core.analysis.inside.ranking import Finding, share_above, share_beyond
from rnn_core.analysis.trajectories import time_scales
from rnn_core.apps.text.settings import SHIPPED
from rnn_core.errors import CoreError
from ui.as_text import in_markdown
from ui.browser.long_text import LongText, long_text
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside import compute
from ui.memory.inside.chosen import (
    ABOVE,
    Chosen,
    beyond_nulls,
    choose,
    clicked_dot,
    show_own_label,
    signed,
    take_position,
    verdict,
    what_it_knows,
)
from ui.memory.inside.compute import Units
from ui.memory.inside.names import label_names, text_names, value_names
from ui.memory.inside.source import OF_TEXT_MODEL, Source, shipped
from ui.memory.inside.take import take_units
from ui.memory.inside.tool_parts import MATCH, SHOWN_BACK, select_range
from ui.memory.inside.unit_strip import unit_strip, window
from ui.memory.inside.unit_tools import change, importance, looks_back, match, snippet
from ui.memory.inside.unit_view import OTHER, PLACE_WIDTH, PLACES, Tool, chosen_place, open_tools, unit_charts
from ui.widgets.choices import choice
from ui.widgets.stage import Stage, stage_halves, stage_note
from ui.widgets.tables import table

NEXT = 1_000  # characters that the field of a place moves on
FIRST_LABEL = {"english": "word with a capital", "python": "inside brackets", "chinese": "end of a line of verse"}


def view(stage: Stage) -> None:
    """Of the text models that ship."""
    with stage.top:
        variant = choice(st.selectbox, _("Network"), text_names(), "english-lstm", "network", **ABOVE)
    with stage.drawer:
        settings = SHIPPED[variant]
        cell = settings.core_cell
        names = compute.subject_of(settings).network.values
        labels = {name: text for name, text in value_names().items() if name in names}
        kind = choice(st.selectbox, _("Look at"), labels, "c" if cell == "lstm" else "h", f"value_{cell}")
        pattern = st.text_input(
            _("Your own label: a regular expression"), max_chars=200, placeholder=r"\bLORD\b", **in_link("pattern")
        )
        problem = st.container()
    with stage.picture, st.spinner(_("Reading the text …")):
        found = compute.units(settings, kind)
    if pattern:
        try:
            found = compute.units_with(settings, kind, pattern)
        except CoreError as refused:
            problem.warning(in_markdown(str(refused)))
    show_own_label(OWN, variant, pattern if any(each.label == OWN for each in found.findings) else "")
    source = replace(shipped("text", variant, OF_TEXT_MODEL), pattern=pattern)
    show(found, lambda: compute.ablation(settings, kind), FIRST_LABEL[settings.text], variant, stage, source)


def show(
    found: Units,
    ablation: Callable[[], changes.Ablation],
    default: str,
    name: str,
    stage: Stage,
    source: Source,
) -> None:
    """Everything about one unit. `name` tells the settings of several networks apart in the link."""
    first = OWN if any(each.label == OWN for each in found.findings) else default
    chosen = choose(found, ablation, first, name, stage, clicked_dot(found.network.hidden_size))
    with stage.top:
        at = _place(chosen, name)
    take_units(chosen, source)
    with stage.picture:
        with stage_note():
            _sentence(chosen)
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _text(chosen, at, name)
        with right, stage_halves():
            unit_charts(chosen, found.run.second[chosen.unit], _("the test text"))
        shown = window(at, 0, len(found.subject.second))
        over = _("the {count} characters from the marked one on").format(count=shown.stop - shown.start)
        unit_strip(chosen, found.run.second[:, shown], found.run.spread, over)
    _everything_it_knows(chosen)
    _shares(found)
    tools: tuple[Tool, ...] = (
        (_("What the prediction here looks back at"), ":material/history:", looks_back, "inside_back"),
        (_("Change this unit"), ":material/tune:", change, "inside_change"),
        (_("How much each unit is needed"), ":material/scatter_plot:", importance, "inside_importance_open"),
        (_("Select a range, and find others like it"), ":material/content_paste_search:", match, MATCH),
    )
    open_tools(tools, chosen, at)


def _place(chosen: Chosen[Units], name: str) -> int:
    """The place of the text that is looked at."""
    values, text = chosen.found.run.second[chosen.unit] * chosen.own.sign[chosen.unit], chosen.found.subject.second
    places = matching.strongest(values[SHOWN_BACK:-2], PLACES) + SHOWN_BACK
    strongest = (snippet(text, int(at), int(at) + 1) for at in places)
    where = chosen_place(name, _("start of the text"), strongest)
    if where == OTHER:
        label = _("Character, of {count}").format(count=len(text))
        return int(
            st.number_input(
                label,
                SHOWN_BACK,
                len(text) - 2,
                step=NEXT,
                label_visibility="collapsed",
                width=PLACE_WIDTH,
                **in_link("at"),
            )
        )
    return SHOWN_BACK if where == "start" else int(places[int(where) - 1])


def _sentence(chosen: Chosen[Units]) -> None:
    there, elsewhere = chosen.ablation().there_and_elsewhere(chosen.marks[: compute.ABLATED_ON])
    cost = _(
        "If it is silenced, the loss of the next character changes by **{there}** bits where the label holds, and by {elsewhere} elsewhere."
    ).format(there=signed(there[chosen.unit]), elsewhere=signed(elsewhere[chosen.unit]))
    st.markdown(f"{verdict(chosen, _('the test text'))} {cost}")


def _text(chosen: Chosen[Units], at: int, name: str) -> None:
    """The whole text. A click goes to its place, the arrow keys to the unit before or after."""
    found = chosen.found
    title = _(
        "Test text: blue where unit {unit} is above its mean, orange below; underlined where the label holds"
    ).format(unit=chosen.unit)
    brushed = long_text(
        LongText(
            found.subject.second,
            compute.shown_values(found.run.second, chosen.unit, found.run.spread),
            chosen.marks,
            at,
            chosen.position,
            found.network.hidden_size,
        ),
        key="inside_letters",
        title=title,
        alt=_("The test text. Each character has the colour of the unit’s value after it was read. {title}").format(
            title=title
        ),
        help=_(
            "Drag on the strip. Keys: ← → other units, ↑ ↓ scroll. Click: look back from here. Select: find others like it."
        ),
        take_place=lambda place: go_to_place(place, name, len(found.subject.second)),
        take_position=take_position,
    )
    if brushed is not None:
        select_range(*brushed)


def go_to_place(place: int, name: str, length: int) -> None:
    """For a callback: a click on a character."""
    st.session_state[f"place_{name}"] = OTHER
    st.session_state["at"] = min(max(place, SHOWN_BACK), length - 2)


def _everything_it_knows(chosen: Chosen[Units]) -> None:
    unit, found = chosen.unit, chosen.found
    ablated = chosen.ablation()
    scale = float(time_scales(found.run.second[unit].astype(np.float64)[:, None])[0])
    st.markdown(what_it_knows(unit, scale, _("Its values resemble each other over about {steps} characters.")))
    rows = sorted(range(len(found.findings)), key=lambda at: -found.findings[at].auc[unit])
    marks = dict(found.marks)
    bits = [ablated.there_and_elsewhere(marks[found.findings[at].label][: compute.ABLATED_ON]) for at in rows]
    table(
        {
            _("label"): [label_names()[found.findings[at].label] for at in rows],
            _("AUC"): [_bold_if(found.findings[at], found.untrained[at], unit) for at in rows],
            _("shifted labels reach"): [f"{0.5 + found.findings[at].band:.2f}" for at in rows],
            _("best untrained unit"): [f"{found.untrained[at].auc.max():.2f}" for at in rows],
            _("bits if silenced, there"): [signed(there[unit]) for there, _elsewhere in bits],
            _("elsewhere"): [signed(elsewhere[unit]) for _there, elsewhere in bits],
        }
    )


def _bold_if(own: Finding, untrained: Finding, unit: int) -> str:
    """Bold where the unit beats both nulls."""
    auc = float(own.auc[unit])
    return f"**{auc:.2f}**" if beyond_nulls(own, untrained, unit) > 0 else f"{auc:.2f}"


def _shares(found: Units) -> None:
    st.caption(
        _(
            "Of all {units} units, {above} lie above the band of shifted labels for at least one label, and {beyond} beat every unit of an untrained network. A bold AUC beats both."
        ).format(
            units=found.network.hidden_size,
            above=f"{share_above(found.findings):.0%}",
            beyond=f"{share_beyond(found.findings, found.untrained):.0%}",
        )
    )
