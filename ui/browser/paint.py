"""A picture on which the visitor draws with the mouse, a finger or keys, beside it what a network believes while it reads the
picture, and the answer.

`drawn_ink(...)` gives the ink, true for a pixel with ink, and `paint(board, ...)` shows the picture that the page has made of it,
or another one. While a stroke is drawn the ink is sent whenever the page has answered. The pixels are kept in the browser, so
that an answer from Python never changes a stroke under the pointer, and in the session, for a field that is made again.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from rnn_core.arrays import Array
from ui.browser import assets, door
from ui.i18n import _

Ink = NDArray[np.bool_]
HEIGHT = 560  # pixels that are reserved until the browser knows the height of its window
MOST_ROWS = 64

_part = st.components.v2.component("unrolled_paint", js=assets.LOADER)


@dataclass(frozen=True)
class Stream:
    """The beliefs along the picture's own axis."""

    names: tuple[str, ...]
    beliefs: Array  # (T, names) after each step, or at each frame
    answers: tuple[int, ...]  # in the end, by their places in `names`
    ink: str  # of the network's cell
    label: str
    after: str  # "after row {step}"
    before: Array | None = None  # (names,) before the first step
    across: bool = False  # from left to right, under the picture
    blank: int | None = None
    steps: tuple[str, ...] = ()  # the names of the steps, where they are words and not rows of the picture


@dataclass(frozen=True)
class Answer:
    says: str
    text: str
    sure: str = ""
    verdict: str = ""
    is_right: bool = False
    note: str = ""
    parts: tuple[tuple[str, float], ...] = ()  # how likely the answer is under other conditions
    parts_title: str = ""


@dataclass(frozen=True)
class Board:
    field: tuple[int, int]  # (width, height) in pixels of the pen
    pen: float  # radius
    label: str
    hint: str  # what to draw, where nothing is drawn
    picture: Array | None  # (rows, columns) from 0 to 1, as the network reads it; None: nothing is drawn yet
    is_own: bool  # made of the ink
    order: tuple[int, ...] = ()  # the pixel that is read at each place; (): row by row
    stream: Stream | None = None
    answer: Answer | None = None
    sentence: str = ""  # **bold**
    covered: tuple[int, ...] | None = None  # blanked rows, from 1; None: none can be


def drawn_ink(width: int, height: int, *, key: str) -> Ink:
    """The ink (height, width) of the field with this key. The session keeps it, so that it is known before the field is made."""
    kept, reader = _kept(key), inked(width, height)
    state: Any = st.session_state.get(key)
    if door.read(state, "ink", reader) is not None:
        st.session_state[kept] = state["ink"]
    ink = door.read(st.session_state, kept, reader)
    return np.zeros((height, width), dtype=np.bool_) if ink is None else ink


def paint(
    board: Board,
    *,
    key: str,
    name: str = "",
    height: int | None = None,
    cursor: str | None = None,
    take_ink: Callable[[], None] = door.no_callback,
    on_cover: Callable[[int], None] | None = None,
) -> None:
    """`name` names a picture that is not the visitor's own: another one is read before the visitor's eyes. Without a `height` the
    board fills the first screen together with the page's head and the dock."""

    def take_covered() -> None:
        row = door.read(st.session_state.get(key), "cover", door.whole(1, MOST_ROWS))
        if row is not None and on_cover is not None:
            on_cover(row)

    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("paint"),
                "height": height or HEIGHT,
                "fills_stage": height is None,
                "name": name,
                "ink": st.session_state.get(_kept(key)),
                "is_own": board.is_own,
                "field": list(board.field),
                "pen": board.pen,
                "label": board.label,
                "hint": board.hint,
                "picture": None if board.picture is None else _picture(board.picture, board.order),
                "stream": None if board.stream is None else _stream(board.stream),
                "answer": None if board.answer is None else _answer(board.answer),
                "sentence": board.sentence,
                "covered": None if board.covered is None or on_cover is None else list(board.covered),
                "cursor": cursor,
                "words": _words(),
            }
        ),
        on_ink_change=take_ink,
        on_cover_change=take_covered,
    )


def inked(width: int, height: int) -> door.Reader[Ink]:
    """The ink of a field of this size: one bit per pixel, in base64."""
    size = (width * height + 7) // 8
    field = door.several(door.whole(1, max(width, height)), 2, 2)
    fields = door.record(field=field, bits=door.text(4 * -(-size // 3)))

    def reader(sent: object) -> Ink:
        ink = fields(sent)
        if ink["field"] != (width, height):
            raise door.Refused
        try:
            packed = np.frombuffer(base64.b64decode(ink["bits"], validate=True), np.uint8)
        except (binascii.Error, ValueError):
            raise door.Refused from None
        if len(packed) != size:
            raise door.Refused
        return np.unpackbits(packed, count=width * height).reshape(height, width).astype(np.bool_)

    return reader


def _kept(key: str) -> str:
    return f"ink of {key}"


def _picture(picture: Array, order: tuple[int, ...]) -> dict[str, object]:
    rows, columns = picture.shape
    return {"rows": rows, "columns": columns, "values": picture.ravel().round(3).tolist(), "order": list(order)}


def _stream(stream: Stream) -> dict[str, object]:
    numbers = {
        "beliefs": stream.beliefs.round(4).tolist(),
        "before": None if stream.before is None else stream.before.round(4).tolist(),
    }
    return {
        "names": list(stream.names),
        "answers": list(stream.answers),
        "across": stream.across,
        "blank": stream.blank,
        "ink": stream.ink,
        "label": stream.label,
        "after": stream.after,
        "steps": list(stream.steps),
        **numbers,
    }


def _answer(answer: Answer) -> dict[str, object]:
    return asdict(answer) | {"parts": [{"label": label, "share": round(share, 4)} for label, share in answer.parts]}


def _words() -> dict[str, str]:
    return {
        "help": _("Draw with the mouse or a finger. Keys: arrows move, the space bar puts the pen down or lifts it."),
        "clear": _("Clear"),
        "erase": _("Eraser"),
        "where": _("row {row}, column {column}, pen {pen}"),
        "down": _("down"),
        "up": _("up"),
        "pad": _("Draw here"),
        "before": _("before the first step"),
        "width": _("width: how likely each answer is"),
        "row": _("row {row}"),
        "cover": _("Cover row {row}, or show it again"),
        "play": _("Read it again"),
        "pause": _("Pause"),
        "unavailable": _("The drawing area could not be loaded. Please reload the page."),
    }
