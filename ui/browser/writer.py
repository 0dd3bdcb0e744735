"""A text that a network goes on with, character by character, and beside it among what it chose at each.

All characters and their probabilities are sent once; playing, stepping and pointing happen in the browser. A click on a
character of the list writes that one instead: `writer` returns every place where a hand has chosen.
"""

import hashlib
from typing import Any

import streamlit as st

from rnn_core.apps.text.writing import Choice, Written
from rnn_core.arrays import Array
from ui.browser import assets, door
from ui.figures.style import INKS
from ui.i18n import _

HEIGHT = 430
LONGEST = 10_000  # characters: no page writes so many

_part = st.components.v2.component("unrolled_writer", js=assets.LOADER)


def name_of(text: str, beginning: str) -> str:
    """What a hand's choices belong to: with another beginning they are forgotten."""
    return hashlib.sha256(f"{text}\0{beginning}".encode()).hexdigest()[:12]


def chosen(key: str, name: str, length: int) -> dict[int, str]:
    """What a hand has chosen so far, by place."""
    places = door.read(st.session_state.get(key), "forced", choices(name)) or {}
    return {place: character for place, character in places.items() if place < length}


def choices(name: str) -> door.Reader[dict[int, str]]:
    """A character by each place, where they belong to the text of this name. The text may have been longer."""
    fields = door.record(name=door.exactly(name), places=door.table(_place, _character, LONGEST))
    return lambda told: fields(told)["places"]


def _place(told: Any) -> int:
    """JSON has no other keys than text."""
    digits = door.text(len(str(LONGEST)))(told)
    if not (digits.isascii() and digits.isdecimal()):
        raise door.Refused
    return int(digits)


def _character(told: Any) -> str:
    character = door.text(1)(told)
    if not character:
        raise door.Refused
    return character


def writer(written: Written, *, key: str, name: str, at_once: bool) -> None:
    """`at_once`: the whole text is shown, as while a network is trained and says something else every moment."""
    _part(
        key=key,
        data=assets.parcel(
            {
                "module": assets.serve("writer"),
                "height": HEIGHT,
                "name": name,
                "given": written.beginning,
                "choices": [_plain(choice) for choice in written.choices],
                "atOnce": at_once,
                "inks": INKS,
                "words": _words(),
            }
        ),
        **door.callbacks("forced"),
    )


def _plain(choice: Choice) -> list[Any]:
    """[character, options, said, used, forced], with probabilities in tenths of a thousandth."""
    options = "".join(choice.options)
    return [choice.character, options, _small(choice.predicted), _small(choice.used), int(choice.forced)]


def _small(probabilities: Array) -> list[int]:
    return [round(10_000 * float(p)) for p in probabilities]


def _words() -> dict[str, str]:
    return {
        "text": _("The text. Arrow keys move from character to character."),
        "play": _("Play"),
        "pause": _("Pause"),
        "first": _("First character"),
        "next": _("Next character"),
        "last": _("All of it"),
        "free": _("Take my choices back"),
        "place": _("character {n} of {count}: it cost {bits} bits"),
        "forced": _("chosen by you"),
        "ask": _("What could come here? A click writes it instead."),
        "legend": _("bar: what the network says; line: what it draws from"),
        "rest": _("all others: {share}"),
        "space": _("space"),
        "line": _("new line"),
        "unknown": _("unknown"),
        "unavailable": _("The text could not be loaded. Please reload the page."),
    }
