"""A text that a network goes on with, character by character, and beside it among what it chose at each.

All characters and their probabilities are sent once; playing, stepping and pointing happen in the browser. A click on a
character of the list writes that one instead: `writer` returns every place where a hand has chosen.
"""

import hashlib
from typing import Any

import streamlit as st

from rnn_core.apps.text.writing import Choice, Written
from rnn_core.arrays import Array
from ui.browser import assets
from ui.figures.style import INKS
from ui.i18n import _

HEIGHT = 430

_part = st.components.v2.component("unrolled_writer", js=assets.LOADER)


def name_of(text: str, beginning: str) -> str:
    """What a hand's choices belong to: with another beginning they are forgotten."""
    return hashlib.sha256(f"{text}\0{beginning}".encode()).hexdigest()[:12]


def chosen(key: str, name: str, length: int) -> dict[int, str]:
    """What a hand has chosen so far, by place. A browser may send anything: only what can be meant is taken."""
    told = st.session_state.get(key)
    given = told.get("forced") if told else None
    if not isinstance(given, dict) or given.get("name") != name or not isinstance(given.get("places"), dict):
        return {}
    places = {
        int(place): character
        for place, character in given["places"].items()
        if str(place).isdecimal() and isinstance(character, str) and len(character) == 1
    }
    return {place: character for place, character in places.items() if place < length}


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
        on_forced_change=_heard,
    )


def _plain(choice: Choice) -> list[Any]:
    """[character, options, said, used, forced], with probabilities in tenths of a thousandth."""
    options = "".join(choice.options)
    return [choice.character, options, _small(choice.said), _small(choice.used), int(choice.forced)]


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


def _heard() -> None:
    """Streamlit keeps only the state that has a callback; `chosen` reads it."""
