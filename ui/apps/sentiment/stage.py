"""The stage of the page on sentiment: the review as a road, the same words in the other order, and the bag of words."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from rnn_core.apps.sentiment import classes, edits
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.sentiment.words import MOST_WORDS, Token, read
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.sentiment import compute
from ui.apps.sentiment.controls import class_names
from ui.apps.sentiment.reviews import language_read, set_review
from ui.apps.untrained import untrained
from ui.browser.road import Lane, RoadWord, ThreeClasses, road
from ui.i18n import _, listed

MARKS = (",", ".")
MOST_NAMED = 2  # jumps
LARGE_JUMP = 0.2


def play(network: frame.Network[Settings], tokens: tuple[Token, ...], has_other_order: bool) -> None:
    state, settings = network.state, network.settings
    if state is None:
        untrained(network)
        return
    shown = [tokens]
    other = edits.parts_exchanged(tokens) if has_other_order else None
    if other is not None:
        shown.append(read(other)[:MOST_WORDS])
    lanes = [lane_of(state, settings, each) for each in shown]

    def leave_out(lane: int, word: int) -> None:
        set_review(edits.without(shown[lane], [word]), language_read(settings))

    if road(lanes, what_happened(lanes), key="road", leave_out=leave_out):
        st.rerun()  # the field with the review is outside this fragment


def lane_of(state: RunState, settings: Settings, tokens: Sequence[Token]) -> Lane:
    words = tuple(token.word for token in tokens)
    reading = compute.reading(state, words)
    after, without = compute.tempered_roads(state, words), compute.tempered_without(state, words)
    of_the_bag = compute.bag_chances(settings, words, False)
    weights = compute.reader(state).answer[: settings.directions * settings.hidden]
    return Lane(
        [
            RoadWord(token.shown, bool(known), token.word in MARKS, token.glued)
            for token, known in zip(tokens, reading.known, strict=True)
        ],
        classes.balance(after),
        classes.balance(without),
        reading.left_out,
        reading.trace.ys[:, np.argsort(-weights)],
        float(classes.balance(of_the_bag)),
        ThreeClasses(after, without, of_the_bag) if settings.classes > 2 else None,
    )


def what_happened(lanes: Sequence[Lane]) -> str:
    """Which answer for which order, and the largest jumps of the first road."""
    first = lanes[0]
    sides = [_side(lane) for lane in lanes]
    count = sum(not word.is_mark for word in first.words)
    bag = f"{first.bag:.1%}" if first.three is None else _answer(first.three.bag)
    if len(lanes) > 1 and sides[0] != sides[1]:
        text = _(
            "The same {count} words in two orders: the network finds one **{first}**, the other **{second}**. "
            "The bag of words stays at **{bag}**."
        )
        text = text.format(count=count, first=sides[0], second=sides[1], bag=bag)
        return " ".join(filter(None, (text, _unknown(first))))
    elif len(lanes) > 1:
        text = _("In both orders the network finds it **{side}**. The bag of words stays at **{bag}**.")
        text = text.format(side=sides[0], bag=bag)
    else:
        sure = max(first.beliefs[-1], 1 - first.beliefs[-1]) if first.three is None else first.three.after[-1].max()
        text = _("The network finds it **{side}** and is {sure} sure. The bag of words gives **{bag}**.")
        text = text.format(side=sides[0], sure=f"{sure:.1%}", bag=bag)
    return " ".join(filter(None, (text, _largest_jumps(first), _unknown(first))))


def _side(lane: Lane) -> str:
    if lane.three is None:
        return _("positive") if lane.beliefs[-1] >= 0.5 else _("negative")
    return class_names()[classes.most_probable(lane.three.after[-1])]


def _answer(chances: Array) -> str:
    """The most probable of three classes, and its probability."""
    return f"{class_names()[classes.most_probable(chances)]} {chances.max():.0%}"


def _largest_jumps(lane: Lane) -> str:
    moves = np.diff(lane.beliefs)
    large = [at for at in np.argsort(-np.abs(moves))[:MOST_NAMED] if abs(moves[at]) >= LARGE_JUMP]
    if not large:
        return _("No single word moves its belief far.")
    named = listed(
        _("{word} ({points} points)").format(
            word=_("the comma") if lane.words[at].shown == "," else f"“{lane.words[at].shown}”",
            points=f"{100 * moves[at]:+.0f}".replace("-", "−"),
        )
        for at in large
    )
    return _("It jumps most at {words}.").format(words=named)


def _unknown(lane: Lane) -> str:
    counted = [word for word in lane.words if not word.is_mark]
    unknown = sum(not word.is_known for word in counted)
    if not unknown:
        return ""
    return _("It was never trained on {count} of the {all} words.").format(count=unknown, all=len(counted))
