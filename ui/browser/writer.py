"""A text that a network continues, character by character, with the probabilities of the options at each character.

All characters and their probabilities are sent once; playing, stepping and pointing happen in the browser. A click on an
option writes it instead of the network's choice. `chosen` returns the visitor's choices, by their places in the text.
"""

import hashlib

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
    """The name of the text that a visitor's choices belong to: with another beginning they are forgotten."""
    return hashlib.sha256(f"{text}\0{beginning}".encode()).hexdigest()[:12]


def chosen(key: str, name: str, length: int) -> dict[int, str]:
    """The visitor's choices so far, by place."""
    places = door.read(st.session_state.get(key), "forced", choices(name)) or {}
    return {place: character for place, character in places.items() if place < length}


def choices(name: str) -> door.Reader[dict[int, str]]:
    """The chosen character at each place, if they belong to the text of this name. That text may have been longer."""
    fields = door.record(name=door.exactly(name), places=door.table(_place, _character, LONGEST))

    def reader(sent: object) -> dict[int, str]:
        places: dict[int, str] = fields(sent)["places"]
        return places

    return reader


def _place(sent: object) -> int:
    """A place from a key: all keys in JSON are text."""
    digits = door.text(len(str(LONGEST)))(sent)
    if not (digits.isascii() and digits.isdecimal()):
        raise door.Refused
    return int(digits)


def _character(sent: object) -> str:
    character = door.text(1)(sent)
    if not character:
        raise door.Refused
    return character


def writer(written: Written, *, key: str, name: str, at_once: bool) -> None:
    """`at_once`: show the whole text and do not play it, for a network that is being trained and writes another text each time."""
    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("writer"),
                "height": HEIGHT,
                "name": name,
                "given": written.beginning,
                "choices": [_as_json(choice) for choice in written.choices],
                "atOnce": at_once,
                "inks": INKS,
                "words": _words(),
            }
        ),
        on_forced_change=door.no_callback,
    )


def _as_json(choice: Choice) -> list[str | list[int] | int]:
    """[character, options, probabilities of the network, probabilities used, forced], probabilities in ten-thousandths."""
    options = "".join(choice.options)
    return [
        choice.character,
        options,
        _ten_thousandths(choice.predicted),
        _ten_thousandths(choice.used),
        int(choice.forced),
    ]


def _ten_thousandths(probabilities: Array) -> list[int]:
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
