"""A picture with digits that the visitor drags and draws, and how a network finds them: glimpse by glimpse, or in all windows.

The browser code is in finder/. The part sends the digits and the visitor's own ink whenever the page has answered, with a number
that the page sends back: so the part knows which of its pictures an answer is about.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from rnn_core.apps.finding.reader import Reading
from rnn_core.apps.finding.scenes import (
    HANDS,
    MOST_DIGITS,
    SIDE,
    SIZES,
    STAMP,
    Placed,
    Scene,
    read_scene,
    stamp_of,
    written,
)
from rnn_core.apps.finding.settings import CELL, WINDOW
from rnn_core.arrays import Array
from rnn_core.errors import CoreError
from ui.browser import assets, door
from ui.i18n import _

HEIGHT = 600
SENT = "sent"
MOST_SENT = 1_000_000_000  # pictures in one visit
FULL = 15  # of the ink of a pixel

_part = st.components.v2.component("unrolled_finder", js=assets.LOADER)


@dataclass(frozen=True)
class Box:
    """A digit that was found; or with `is_right` None one that nobody can judge."""

    digit: int
    chance: float
    box: Array  # (4,)
    cell: int
    is_right: bool | None


@dataclass(frozen=True)
class FinderText:
    """The text beside the picture."""

    title: str
    reading: str  # the digits, bold between **
    sentence: str
    legend: str
    note: str = ""
    rival: str = ""  # the scan beside the glimpses
    end: str = ""  # what the network does after its last glimpse


@dataclass(frozen=True)
class Scan:
    candidates: Sequence[Box]  # of all windows
    found: Sequence[Box]  # after suppression


@dataclass(frozen=True)
class Glimpses:
    reading: Reading
    found: Sequence[Box | None]  # of each glimpse


def finder_stage(
    scene: Scene,
    ink: str,
    boxes: Array,
    glimpses: Glimpses | None,
    scan: Scan | None,
    text: FinderText,
    *,
    key: str,
    take: Callable[[Scene, str], None],
) -> None:
    """Without glimpses the scan is shown in the picture, with them beside it. Calls `take` with another scene or other ink
    before the page's run."""

    def take_sent() -> None:
        found = door.read(st.session_state.get(key), SENT, sent_picture)
        if found is not None:
            scene, ink, st.session_state[taken] = found
            take(scene, ink)

    taken = f"{key}_taken"

    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("finder"),
                "height": HEIGHT,
                "scene": written(scene),
                "ink": ink,
                "taken": st.session_state.get(taken, 0),
                "side": SIDE,
                "place": CELL,
                "window": WINDOW,
                "stamp": STAMP,
                "most": MOST_DIGITS,
                "hands": HANDS,
                "sizes": "".join(SIZES),
                "stamps": _stamps(scene),
                "boxes": boxes.round(1).tolist(),
                "isScan": glimpses is None and scan is not None,
                "glimpses": [] if glimpses is None else _glimpses(glimpses),
                "end": [] if glimpses is None else _percents(glimpses.reading.end),
                "endWords": text.end,
                "candidates": [] if scan is None else [_found(each) for each in scan.candidates],
                "found": [] if scan is None else [_found(each) for each in scan.found],
                "rival": text.rival,
                "title": text.title,
                "reading": text.reading,
                "sentence": text.sentence,
                "note": text.note,
                "legend": text.legend,
                "words": _words(),
            }
        ),
        on_sent_change=take_sent,
    )


def sent_picture(sent: object) -> tuple[Scene, str, int]:
    """The digits and the ink, as the browser writes them, and the number of the picture."""
    reader = door.record(scene=door.text(7 * MOST_DIGITS), ink=door.text(SIDE * SIDE), number=door.whole(1, MOST_SENT))
    fields = reader(sent)
    try:
        scene = read_scene(fields["scene"])
    except CoreError:
        raise door.Refused from None
    if not is_ink(fields["ink"]):
        raise door.Refused
    return scene, fields["ink"], fields["number"]


def is_ink(text: str) -> bool:
    return len(text) in (0, SIDE * SIDE) and set(text) <= set("0123456789abcdef")


def ink_of(text: str) -> Array:
    """(SIDE, SIDE) from 0 to 1."""
    if not text:
        return np.zeros((SIDE, SIDE))
    return np.array([int(figure, 16) for figure in text]).reshape(SIDE, SIDE) / FULL


def ink_text(ink: Array) -> str:
    """Ink from 0 to 1 as a hex figure a pixel."""
    return "".join(f"{value:x}" for value in np.round(ink.ravel() * FULL).astype(int).tolist())


def _stamps(scene: Scene) -> dict[str, str]:
    """Those of the palette and of the scene."""
    first = [Placed(digit, HANDS[0], "m", 0, 0) for digit in range(10)]
    return {each.text[:3]: ink_text(stamp_of(each.digit, each.hand, each.size)) for each in (*first, *scene)}


def _glimpses(shown: Glimpses) -> list[dict[str, object]]:
    return [
        {
            "cell": glimpse.cell,
            "chance": round(float(glimpse.chances.max()), 4),
            "found": None if found is None else _found(found),
            "where": _percents(glimpse.pointed),
        }
        for glimpse, found in zip(shown.reading.glimpses, shown.found, strict=True)
    ]


def _percents(pointed: Array) -> list[int]:
    """Of the places, without the end."""
    return [round(100 * share) for share in pointed[:-1].tolist()]


def _found(found: Box) -> dict[str, object]:
    return {
        "label": str(found.digit),
        "chance": round(found.chance, 4),
        "box": found.box.round(1).tolist(),
        "cell": found.cell,
        "isRight": found.is_right,
    }


def _words() -> dict[str, str]:
    return {
        "field": _("Your picture: drag the digits, add some, or draw"),
        "keys": _(
            "Keys: 0 to 9 adds a digit, N selects the next one, arrows move it, W changes the handwriting, S the size, Delete removes it."
        ),
        "at": _("digit {digit}, {x} across, {y} down"),
        "none": _("no digit is selected"),
        "digits": _("Digits to drag into the picture"),
        "tools": _("Tool"),
        "move": _("Move digits"),
        "pen": _("Draw with a pen"),
        "rubber": _("Rub out what you drew"),
        "hand": _("Other handwriting"),
        "size": _("Size"),
        "remove": _("Remove"),
        "clear": _("Clear"),
        "play": _("Play"),
        "back": _("Glimpse before"),
        "next": _("Next glimpse"),
        "nothing": _("no digit in the middle"),
        "glimpse": _("Glimpse {number}: {name}, {chance}"),
        "chosen": _("Purple squares: the probability of each next place. The frame is the window of this glimpse."),
        "unavailable": _("The picture could not be loaded. Please reload the page."),
    }
