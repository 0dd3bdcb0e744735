"""The stage of a sentence: a road that bends with each word, as the belief of a network does, one lane for each order of the words.

The browser code is in road/. A click on a word asks the page to leave it out.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import streamlit as st

from rnn_core.arrays import Array
from ui.browser import assets, door
from ui.i18n import _

HEIGHT = 620
LEFT_OUT = "left_out"

_part = st.components.v2.component("unrolled_road", js=assets.LOADER)


class RoadWord(NamedTuple):
    shown: str
    is_known: bool
    is_mark: bool  # a comma or a full stop
    is_glued: bool  # no space before it


@dataclass(frozen=True)
class ThreeClasses:
    """Probabilities of negative, positive and neutral. With them a belief is P(positive) and half of P(neutral)."""

    after: Array  # (T+1, 3) before the first word and after each
    without: Array  # (T, 3) of the sentence without this word
    bag: Array  # (3,) by the bag of words


@dataclass(frozen=True)
class Lane:
    words: Sequence[RoadWord]
    beliefs: Array  # (T+1,) P(positive) before the first word and after each
    without: Array  # (T,) P(positive) of the sentence without this word
    left_out: Array  # (T,) how much lower the score is without this word
    states: Array  # (T, units)
    bag: float  # P(positive) by the bag of words
    three: ThreeClasses | None = None  # None where there are two classes


def road(lanes: Sequence[Lane], sentence: str, *, key: str, leave_out: Callable[[int, int], None]) -> bool:
    """`sentence` says what is shown, strong between **. A click on a word calls `leave_out` with its lane and its place, before the
    page's run, and the result is whether it did."""

    def take_click() -> None:
        clicked = clicked_word(st.session_state.get(key), lanes)
        if clicked is not None:
            leave_out(*clicked)

    sent = _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("road"),
                "height": HEIGHT,
                "lanes": [_lane(lane) for lane in lanes],
                "sentence": sentence,
                "words": _words(),
            }
        ),
        on_left_out_change=take_click,
    )
    return door.read(sent, LEFT_OUT, door.record(lane=door.whole(0, 1), word=door.whole(0, 10_000))) is not None


def clicked_word(sent: object, lanes: Sequence[Lane]) -> tuple[int, int] | None:
    longest = max(len(lane.words) for lane in lanes)
    reader = door.record(lane=door.whole(0, len(lanes) - 1), word=door.whole(0, longest - 1))
    found = door.read(sent, LEFT_OUT, reader)
    if found is None or found["word"] >= len(lanes[found["lane"]].words):
        return None
    return found["lane"], found["word"]


def _lane(lane: Lane) -> dict[str, object]:
    return {
        "words": [
            {"shown": word.shown, "isKnown": word.is_known, "isMark": word.is_mark, "isGlued": word.is_glued}
            for word in lane.words
        ],
        "beliefs": lane.beliefs.round(5).tolist(),
        "without": lane.without.round(5).tolist(),
        "leftOut": lane.left_out.round(4).tolist(),
        "states": (100 * lane.states).round().astype(int).tolist(),
        "bag": round(lane.bag, 5),
        "three": None
        if lane.three is None
        else {name: value.round(5).tolist() for name, value in asdict(lane.three).items()},
    }


def _words() -> dict[str, str]:
    return {
        "positive": _("positive"),
        "negative": _("negative"),
        "neutral": _("neutral"),
        "sure": _("{share} sure"),
        "bag": _("bag of words"),
        "state": _("its state, {count} units"),
        "left_out": _("if left out"),
        "without": _("without “{word}”: {share} positive"),
        "without_three": _("without “{word}”: {side} {share}"),
        "leave_out": _("Leave out “{word}”"),
        "comma": _("comma"),
        "unknown": _("The network was never trained on this word."),
        "play": _("Read it again, word by word"),
        "pause": _("Pause"),
        "axis": _("Words read: the arrow keys go through the sentence"),
        "nothing": _("nothing read yet"),
        "unavailable": _("The picture could not be loaded. Please reload the page."),
    }
