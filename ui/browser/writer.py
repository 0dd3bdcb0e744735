"""A text that a network continues, by characters or word pieces, with the probabilities of the options at each.

All characters and their probabilities are sent once; playing, stepping and pointing happen in the browser. A click on an
option writes it instead of the network's choice. `chosen` returns the visitor's choices, by their places in the text.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from rnn_core.apps.text import pieces
from rnn_core.apps.text.writing import Choice, Written
from rnn_core.arrays import Array
from ui.browser import assets, door
from ui.figures.style import INKS
from ui.i18n import _

HEIGHT = 620
LONGEST = 10_000  # characters: no page writes so many
LONGEST_PIECE = pieces.LONGEST

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
    character = door.text(LONGEST_PIECE)(sent)
    if not character:
        raise door.Refused
    return character


@dataclass(frozen=True)
class Units:
    """Some units of the state while the text is written."""

    numbers: Sequence[int]  # from 1
    values: Array  # (T, units) after each character, from -1 to 1
    of: int  # so many units has the state


def writer(
    written: Written,
    *,
    key: str,
    name: str,
    at_once: bool,
    units: Units,
    sentence: str,
    is_code: bool = False,
    in_pieces: bool = False,
) -> None:
    """`at_once`: show the whole text and do not play it, for a network that is being trained and writes another text each time.
    `sentence` says what was written, strong between **. `is_code`: every character is as wide as any other. `in_pieces`: the symbols
    are word pieces, and their bounds are drawn."""
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
                "isCode": is_code,
                "inPieces": in_pieces,
                "sentence": sentence,
                "units": {
                    "numbers": list(units.numbers),
                    "values": (100 * units.values.T).round().astype(int).tolist(),
                    "of": units.of,
                },
                "inks": INKS,
                "words": _words() | (_words_of_pieces() if in_pieces else {}),
            }
        ),
        on_forced_change=door.no_callback,
    )


def _as_json(choice: Choice) -> list[str | list[str] | list[int] | int]:
    """[character, options, probabilities of the network, probabilities used, forced], probabilities in ten-thousandths."""
    return [
        choice.character,
        list(choice.options),
        _ten_thousandths(choice.predicted),
        _ten_thousandths(choice.used),
        int(choice.forced),
    ]


def _ten_thousandths(probabilities: Array) -> list[int]:
    return [round(10_000 * float(p)) for p in probabilities]


def _words_of_pieces() -> dict[str, str]:
    return {
        "text": _("The text. Arrow keys move from word piece to word piece."),
        "first": _("First word piece"),
        "next": _("Next word piece"),
        "place": _("word piece {n} of {count}: it cost {bits} bits"),
        "units": _(
            "Units of the state, one row each, one column per word piece. Up and down choose a unit that colours the text."
        ),
        "unit": _(
            "unit {unit}: {value} after this word piece. Blue is above zero, orange below; click again for the surprisal"
        ),
    }


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
        "legend": _("bar: the network’s probability; line: the probability that it draws with"),
        "rest": _("all others: {share}"),
        "space": _("space"),
        "line": _("new line"),
        "unknown": _("unknown"),
        "units": _(
            "Units of the state, one row each, one column per character. Up and down choose a unit that colours the text."
        ),
        "units_shown": _("{count} of {of} units, those that change most; click one to colour the text by it"),
        "unit": _(
            "unit {unit}: {value} after this character. Blue is above zero, orange below; click again for the surprisal"
        ),
        "unavailable": _("The text could not be loaded. Please reload the page."),
    }
