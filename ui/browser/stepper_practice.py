"""The messages between the diagram and the page while the reader practises: which number is hidden, and the usual mistakes in it."""

from typing import TypedDict, get_args

import streamlit as st

from rnn_core.arrays import Cell
from ui.browser import door
from ui.i18n import _

ASKED = "asked"
CELLS: tuple[Cell, ...] = get_args(Cell)
MOST_STEP, MOST_UNIT, LONGEST_NAME = 200, 7, 60


class Asked(TypedDict):
    cell: Cell
    name: str
    t: int | None  # None: of a weight
    units: list[int]


class Practice(TypedDict):
    asked: Asked | None  # the number that the mistakes are about
    mistakes: list[tuple[float, str]]  # the value that each gives, and the sentence on it


def asked_square(part: str) -> Asked | None:
    """The number that is hidden in the diagram with this key."""
    return door.read(st.session_state.get(part), ASKED, square)


def square(sent: object) -> Asked:
    found = _FIELDS(sent)
    return {"cell": found["cell"], "name": found["name"], "t": found["t"], "units": list(found["units"])}


_FIELDS = door.record(
    cell=door.one_of(CELLS),
    name=door.text(LONGEST_NAME),
    t=door.optional(door.whole(0, MOST_STEP)),
    units=door.several(door.whole(0, MOST_UNIT), 1, 2),
)


def practice_words() -> dict[str, str]:
    return {
        "fill_in": _("Compute the hidden number. Each product can be filled in and is checked on its own."),
        "check": _("Check"),
        "hint": _("Hint {number} of {count}"),
        "another": _("Another number"),
        "product": _("product {number}"),
        "right": _("Right. Here is the whole arithmetic."),
        "sign": _("The size is right, and the sign is wrong."),
        "not_a_number": _("This is not a number. Write it such as −0.45, 0,45 or 4.5e-3."),
        "some_wrong": _("The marked products are not right yet."),
        "unknown": _("Not yet. This number fits none of the usual mistakes: fill in the products one by one."),
        "missing": _("Give the result as well."),
    }
