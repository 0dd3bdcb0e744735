"""A scene of coloured shapes that the visitor draws by dragging, and the sentence that a network writes of it, word by word.

The browser code is in scene/. The part sends the whole scene whenever a shape enters another cell, is added, changed or removed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from rnn_core.apps.caption.scenes import (
    CELL,
    CELLS,
    COLOURS,
    FORMS,
    RADIUS,
    RGB,
    SIDE,
    SIZES,
    Scene,
    outline,
    read_scene,
    written,
)
from rnn_core.arrays import Array
from rnn_core.errors import CoreError
from ui.browser import assets, door
from ui.i18n import _

HEIGHT = 600
SCENE = "scene"
MOST_CHANGES = 1_000_000_000  # in one visit

_part = st.components.v2.component("unrolled_scene", js=assets.LOADER)


@dataclass(frozen=True)
class SceneWord:
    text: str
    chance: float  # of this word, after the ones before it
    wanted: str  # the word of the right sentence at this place, where it is another one
    looks_at: Array | None  # (places,) the attention; None without it


@dataclass(frozen=True)
class SceneText:
    """The text beside the scene."""

    title: str
    words: Sequence[SceneWord]
    joined: str  # between the words: a space, or nothing
    sentence: str  # whether the output is right; bold between **
    note: str = ""


@dataclass(frozen=True)
class Names:
    """The names in the reader's language, in the order of the core."""

    forms: Sequence[str]
    colours: Sequence[str]
    sizes: Sequence[str]
    cells: Sequence[str]


def scene_stage(scene: Scene, text: SceneText, names: Names, *, key: str, take: Callable[[Scene], None]) -> None:
    """Calls `take` with another scene before the page's run."""

    def take_scene() -> None:
        found = door.read(st.session_state.get(key), SCENE, drawn_scene)
        if found is not None:
            scene, st.session_state[taken] = found
            take(scene)

    taken = f"{key}_taken"

    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("scene"),
                "height": HEIGHT,
                "scene": written(scene),
                "taken": st.session_state.get(taken, 0),
                "side": SIDE,
                "cell": CELL,
                "forms": [
                    {
                        "name": form,
                        "label": label,
                        "letter": _letter(form),
                        "outline": [list(corner) for corner in outline(form)],
                    }
                    for form, label in zip(FORMS, names.forms, strict=True)
                ],
                "colours": [
                    {"name": colour, "label": label, "letter": _letter(colour), "css": _css(RGB[colour])}
                    for colour, label in zip(COLOURS, names.colours, strict=True)
                ],
                "sizes": [
                    {"name": size, "label": label, "letter": _letter(size), "radius": RADIUS[size]}
                    for size, label in zip(SIZES, names.sizes, strict=True)
                ],
                "cells": list(names.cells),
                "title": text.title,
                "said": [_word(word) for word in text.words],
                "joined": text.joined,
                "sentence": text.sentence,
                "note": text.note,
                "words": _words(),
            }
        ),
        on_scene_change=take_scene,
    )


def drawn_scene(sent: object) -> tuple[Scene, int]:
    """A scene as the browser writes it, and the number of the visitor's change."""
    fields = door.record(scene=door.text(4 * CELLS), number=door.whole(1, MOST_CHANGES))(sent)
    try:
        return read_scene(fields["scene"]), fields["number"]
    except CoreError:
        raise door.Refused from None


def _letter(name: str) -> str:
    return "x" if name == "star" else name[0]


def _css(rgb: tuple[float, float, float]) -> str:
    return f"rgb({' '.join(str(round(255 * part)) for part in rgb)})"


def _word(word: SceneWord) -> dict[str, object]:
    weights = None if word.looks_at is None else (100 * word.looks_at).round(1).tolist()
    return {"text": word.text, "chance": round(word.chance, 4), "wanted": word.wanted, "weights": weights}


def _words() -> dict[str, str]:
    return {
        "field": _("Your scene: drag shapes from cell to cell"),
        "keys": _(
            "Keys: arrows choose a cell, Enter adds a shape or picks it up, F, C and S change its form, colour and size, Delete removes it."
        ),
        "hint": _("Drag a shape into a cell, or click a cell."),
        "forms": _("Form"),
        "colours": _("Colour"),
        "sizes": _("Size"),
        "remove": _("Remove"),
        "clear": _("Clear"),
        "empty": _("empty"),
        "picked": _("picked up"),
        "play": _("Write it again, word by word"),
        "looks": _("“{word}”: {chance}"),
        "wanted": _("right: {word}"),
        "legend": _("bright: where it looks when it writes this word"),
        "unavailable": _("The scene could not be loaded. Please reload the page."),
    }
