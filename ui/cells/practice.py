"""Practice on the cell that is shown: any of its numbers can be hidden and filled in, and a wrong answer gets a sentence on its mistake."""

from collections.abc import Mapping, Sequence

import streamlit as st

from rnn_core.arrays import Cell
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place, place_text
from rnn_core.studies.practice.squares import exists, square_mistakes
from ui.browser.stepper_practice import Asked, Practice, asked_square
from ui.cells.compute import CellRun
from ui.i18n import _
from ui.links.kept_settings import in_session, is_back_or_forward
from ui.links.written import write_in_link
from ui.widgets.mistake_words import mistake_sentence
from ui.widgets.stage import actions

IN_LINK = "practice"


def practice_button() -> None:
    """The switch in the page's head."""
    is_on = _is_on()

    def switch() -> None:
        st.session_state[IN_LINK] = "off" if is_on else "on"

    with actions():
        tip = _("Hide a number of the diagram, and compute it yourself")
        st.button(
            _("Practice"),
            key="practise",
            icon=":material/edit:",
            help=tip,
            type="primary" if is_on else "secondary",
            on_click=switch,
        )


def _is_on() -> bool:
    """Whether practice is on. It stands in the session, and in the link while it is on."""
    in_session(IN_LINK)
    if IN_LINK not in st.session_state or is_back_or_forward():
        st.session_state[IN_LINK] = "on" if st.query_params.get(IN_LINK) == "on" else "off"
    is_on = bool(st.session_state[IN_LINK] == "on")
    write_in_link(IN_LINK, "on" if is_on else None)
    return is_on


def practice_on(runs: Mapping[Cell, CellRun], part: str) -> Practice | None:
    """What the diagram with this key, of one cell or of several, needs while practice is on: the mistakes in the number that it has
    hidden."""
    if not _is_on():
        return None
    asked = asked_square(part)
    run = None if asked is None else runs.get(asked["cell"])
    if asked is None or run is None:
        return {"asked": None, "mistakes": []}
    explainer = Explainer(run.trace, run.grads)
    if not exists(explainer, _place(asked)):
        return {"asked": None, "mistakes": []}
    return {"asked": asked, "mistakes": _mistakes(explainer, _place(asked))}


def _place(asked: Asked) -> Place:
    return Place(asked["name"], asked["t"], *asked["units"])


def _mistakes(explainer: Explainer, place: Place) -> list[tuple[float, str]]:
    def symbol(place: Place) -> str:
        return place_text(explainer.symbols, place)

    def product(places: Sequence[Place]) -> str:
        return " · ".join(map(symbol, places))

    return [(each.value, mistake_sentence(each, symbol, product)) for each in square_mistakes(explainer, place)]
