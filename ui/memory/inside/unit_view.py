"""What the views of one unit have in common: over a long text, over a series, and over short sequences."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

from rnn_core.analysis.inside import matching
from rnn_core.analysis.inside.ranking import Values
from ui.browser.plot import plot
from ui.i18n import _
from ui.memory.inside.chosen import NULLS, Chosen
from ui.memory.inside.figures import two_kinds, units_beside_nulls
from ui.memory.inside.names import value_names
from ui.widgets.choices import choice

PLACES, PLACE_WIDTH = 6, 190  # pixels
OTHER = "other"
Tool = tuple[str, str, Callable[[Any, int], None], str]  # title, icon, what draws it, key


def unit_charts(chosen: Chosen[Any], values: Values, measured_on: str) -> None:
    """The unit beside its nulls, and its values where the label holds and elsewhere."""
    chart = units_beside_nulls(chosen.own, chosen.untrained, chosen.unit, chosen.label, measured_on)
    plot(chart, key=NULLS, height="stage", events=("click",))
    bins = matching.histogram(values, chosen.marks)
    chart = two_kinds(bins, chosen.unit, value_names()[chosen.found.value], chosen.label)
    plot(chart, key="inside_histogram", height="stage")


def chosen_place(name: str, beginning: str, strongest: Iterable[str]) -> str:
    """ "start", the number of one of the places where the unit is strongest (from 1), or OTHER."""
    places = {
        str(number): _("strongest place {number}: {text}").format(number=number, text=text)
        for number, text in enumerate(strongest, 1)
    }
    options = {"start": beginning} | places | {OTHER: _("another place")}
    return choice(
        st.selectbox, _("Go to"), options, "start", f"place_{name}", label_visibility="collapsed", width=PLACE_WIDTH
    )


def open_tools(tools: Sequence[Tool], chosen: Chosen[Any], at: int) -> None:
    """Each tool is computed when the visitor opens it."""
    for title, icon, draw, key in tools:
        part = st.expander(title, icon=icon, key=key, on_change="rerun")
        if part.open:
            with part:
                draw(chosen, at)
