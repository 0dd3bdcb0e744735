"""The page on moving pictures: the strip, what the network makes of it, and the inside."""

import numpy as np
import streamlit as st

from rnn_core.apps.watch.motion import SIDE, centres
from rnn_core.apps.watch.reader import Reader, Reading
from rnn_core.apps.watch.settings import Settings
from ui.apps import frame
from ui.apps.figures.pictures import picture_chart
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.apps.watch import compute, controls, own_path, presets
from ui.apps.watch.compute import Strip
from ui.apps.watch.take import take_frames
from ui.browser.plot import plot
from ui.browser.strip import Played, strip_stage
from ui.figures.words import certainty
from ui.i18n import _, language
from ui.widgets.stage import dock

CURSOR, STAGE = "watch", "watch_stage"


def answer_names() -> dict[str, str]:
    return {
        "the last frame alone": _("the last frame alone"),
        "all frames as a bag": _("all frames as a bag"),
        "the ball stays": _("the ball stays"),
        "the ball goes straight on": _("the ball goes straight on"),
        "kind of motion": _("kind of motion"),
        "kind of motion, frames shuffled": _("kind of motion, frames shuffled"),
        "next frame: pixels off": _("next frame: pixels off"),
        "six frames ahead: pixels off": _("six frames ahead: pixels off"),
    }


def play(network: frame.Network[Settings], order: str) -> None:
    path, kind = own_path.chosen_path(), presets.chosen_kind()
    shown = st.container()
    with dock():
        presets.presets(kind, path is not None)
        number = controls.strip_number()
        seen = controls.frames_read() if path is None else len(path)
        ahead = controls.frames_ahead()
    strip = compute.test_strip(kind, number, seen, order) if path is None else compute.own_strip(path, order)
    if network.state is None:
        with shown:
            strip_stage(_unread(strip, network), key=STAGE, take=own_path.take)
        return
    reader = compute.reader(network.state)
    reading = reader.read(strip.frames, ahead)
    take_frames(network, strip.frames, ahead, reading)
    with shown:
        strip_stage(_played(strip, reading, order), key=STAGE, take=own_path.take)
    on_demand(_("Look inside: these frames"), lambda: _inside(reader, reading))


def _unread(strip: Strip, network: frame.Network[Settings]) -> Played:
    words = _("No network with these settings is ready. Train one: it takes {steps} steps.")
    sentence = words.format(steps=network.settings.budget)
    kinds = controls.kind_names()
    return Played(
        strip.name, strip.frames, len(strip.frames), None, strip.places, None, None, kinds, None, strip.right, sentence
    )


def _played(strip: Strip, reading: Reading, order: str) -> Played:
    expected = np.concatenate([np.zeros_like(reading.predicted[:1]), reading.predicted[:-1]])
    return Played(
        strip.name,
        reading.inputs,
        reading.seen,
        expected,
        strip.places,
        reading.trace.hs[1:],
        reading.beliefs,
        controls.kind_names(),
        reading.kind,
        strip.right,
        _sentence(strip, reading, order),
    )


def _sentence(strip: Strip, reading: Reading, order: str) -> str:
    names, seen = controls.kind_names(), reading.seen
    said = names[reading.kind]
    sure = certainty(float(reading.beliefs[seen - 1, reading.kind]))
    if order == "shuffled":
        words = _("The same frames, shuffled: now it expects **{kind}** ({sure}). The bag of frames has not changed.")
        return words.format(kind=said, sure=sure)
    if order == "backwards":
        return _("The same frames, backwards: now it expects **{kind}** ({sure}).").format(kind=said, sure=sure)
    if strip.right is None:
        return _("After {count} frames of your path it expects **{kind}** ({sure}).").format(
            count=seen, kind=said, sure=sure
        )
    words = _("After {count} frames it expects **{kind}** ({sure}).").format(count=seen, kind=said, sure=sure)
    wrong = _("That is wrong, the right kind is: {kind}.").format(kind=names[strip.right])
    verdict = _("That is right.") if strip.right == reading.kind else wrong
    between = "" if language() == "zh" else " "
    return between.join(filter(None, (words, verdict, _distance(strip, reading))))


def _distance(strip: Strip, reading: Reading) -> str:
    """How far its own frames are off, where the ball is known."""
    last = min(len(strip.places), len(reading.inputs)) - 1
    if last < reading.seen:
        return ""
    off = float(np.linalg.norm(centres(reading.inputs[last]) - strip.places[last]))
    words = _("Its own frame {frame} is {off} pixels off.")
    return words.format(frame=last + 1, off=f"{off:.1f}")


def _inside(reader: Reader, reading: Reading) -> None:
    back = reader.gradients(reading)
    kind = controls.kind_names()[reading.kind]
    at = st.slider(_("Frame"), 1, reading.seen, reading.seen, key=f"watch_frame_{reading.seen}")
    left, right = st.columns([2, 3])
    with left:
        title = _("More ink here: for “{kind}” (pink), against it (green)").format(kind=kind)
        plot(picture_chart(back.frames[at - 1].reshape(SIDE, SIDE), title=title, push=True), key="watch_push")
    with right:
        st.markdown(
            _("The gradients are of the log-probability of “{kind}” after frame {frame}.").format(
                kind=kind, frame=reading.seen
            )
        )
    inside(reading.trace, back.recurrent, CURSOR)
