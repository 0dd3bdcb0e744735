"""The readers of messages from browser parts, in whose place anybody may send anything."""

import base64
from collections.abc import Callable
from typing import Any

import numpy as np

from rnn_core.apps.digits import drawing
from tests.outside.reader import Reader
from ui.browser import door, draw, own_pairs, wave, writer
from ui.browser.dial import DialSpec, moved
from ui.browser.finder import sent_picture
from ui.browser.paint import inked
from ui.browser.plot import point
from ui.browser.road import LEFT_OUT, Lane, RoadWord, clicked_word
from ui.browser.scene import drawn_scene
from ui.browser.solved import kept_progress
from ui.browser.stepper_practice import square
from ui.browser.strip import drawn_path

SIDE = 64
START, NAME = "0a1b2c", "3d4e5f"


def painted(reported: Any) -> object:
    ink = inked(SIDE, SIDE)(reported)
    return drawing.digit_of(ink), drawing.strip_of(ink)


def _ink(*places: tuple[slice, slice]) -> dict[str, Any]:
    field = np.zeros((SIDE, SIDE), dtype=np.bool_)
    for place in places:
        field[place] = True
    return {"field": [SIDE, SIDE], "bits": base64.b64encode(np.packbits(field).tobytes()).decode()}


def left_out(reported: Any) -> object:
    word = RoadWord("a", True, False, False)
    numbers = np.zeros(3)
    lane = Lane([word] * 3, numbers, numbers, numbers, np.zeros((3, 2)), 0.5)
    found = clicked_word({LEFT_OUT: reported}, [lane, lane])
    if found is None:
        raise door.Refused
    return found


DRAWINGS = (
    _ink((slice(5, 60), slice(30, 36))),
    _ink((slice(10, 50), slice(10, 14)), (slice(10, 14), slice(10, 40)), (slice(30, 60), slice(50, 60))),
    _ink((slice(20, 21), slice(20, 21))),
    _ink((slice(0, 64), slice(0, 64))),
)

WAVE = {"started": START, "values": [0.5, -0.25, 1.0, 0.0]}
OWN_PAIRS = {
    "pairs": [{"angle": 20, "x": 70, "y": -60}, {"angle": 95, "x": 0, "y": 100}],
    "query": 60,
    "at": 1764511200000,
}
CLICK = {"curve": 1, "row": None, "column": 3, "x": 4.0, "y": 0.5}
CELL = {"curve": 0, "row": 2, "column": 3, "x": "12", "y": "3"}
LONG_WAVE = {"started": START, "values": [0.5, -0.25] * 20}
BIAS = DialSpec("forget bias", -12.0, 12.0, 1.0, "bias", step=0.1)
CHOICES = {"name": NAME, "places": {"3": "a", "12": "中"}}
KEPT = {"forget": 0, "solved": {"rnn_sum": {"tries": 2, "hints": 0}, "of another version": {"tries": 1, "hints": 0}}}


def through_the_door(reader: door.Reader[Any]) -> Callable[[Any], object]:
    """Reads as a page does: a refused value counts as not sent."""

    def read(reported: Any) -> object:
        found = door.read({"message": reported}, "message", reader)
        if found is None:
            raise door.Refused
        return found

    return read


def part(name: str, reader: door.Reader[Any], *examples: Any, enters: str, share: float = 1.0) -> Reader:
    return Reader(name, through_the_door(reader), examples, (door.Refused,), (enters,), share)


BROWSER = (
    part("a drawing", painted, *DRAWINGS, enters="unrolled_paint", share=0.3),
    part("a drawn wave", draw.drawing(START, 4, (-1.0, 1.0)), WAVE, enters="unrolled_draw"),
    part("the wave of Home", wave.drawn_wave(START), LONG_WAVE, enters="unrolled_wave"),
    part("keys and values that were placed", own_pairs.PLACED, OWN_PAIRS, enters="unrolled_own_pairs"),
    part("a dial", moved(BIAS), {"value": 2.5, "at": 1764511200000}, enters="unrolled_dial"),
    part("a page of the menu", door.one_of({"home", "lstm"}), "lstm", enters="unrolled_top_bar"),
    part(
        "what the search has found",
        door.one_of({"claims?claim=14", "glossary?term=bptt"}),
        "claims?claim=14",
        enters="unrolled_top_bar",
    ),
    part("a card of Home", door.one_of({"rnn", "gru"}), "gru", enters="unrolled_cards"),
    part("a preset", door.one_of({"latch", "counter"}), "latch", enters="unrolled_thumbnails"),
    part("a click on a chart", point, CLICK, CELL, enters="unrolled_plot"),
    part("a word that is left out", left_out, {"lane": 1, "word": 2}, enters="unrolled_road"),
    part(
        "a number that is asked", square, {"cell": "gru", "name": "hs", "t": 3, "units": [1]}, enters="unrolled_stepper"
    ),
    part("a click in the shop", door.whole(0, 119), 14, enters="unrolled_shop"),
    part("a written symbol", door.whole(0, 79), 3, enters="unrolled_attention"),
    part(
        "digits and ink",
        sent_picture,
        {"scene": "7am1618", "ink": "", "number": 1},
        {"scene": "", "ink": "0f" * 2048, "number": 12},
        enters="unrolled_finder",
    ),
    part(
        "a scene",
        drawn_scene,
        {"scene": "0crl4sbs", "number": 1},
        {"scene": "0xbs2xbl7xbs", "number": 7},
        enters="unrolled_scene",
    ),
    part("a path of the ball", drawn_path, [[4.5, 8.0], [5.0, 8.5], [5.5, 9.0]], enters="unrolled_strip"),
    part("solved exercises of a browser", kept_progress(("rnn_sum", "hold_bit"), 0), KEPT, enters="unrolled_solved"),
    part("characters that were chosen", writer.choices(NAME), CHOICES, enters="unrolled_writer"),
)
