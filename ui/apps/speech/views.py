"""The page on spoken digits: the sound, its features step by step, and the belief after each frame."""

import streamlit as st

from rnn_core.apps.speech.data import WORDS
from rnn_core.apps.speech.playing import Played
from rnn_core.apps.speech.reader import Reading
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.sound import RATE
from rnn_core.apps.speech.wav import write_wav
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.apps.speech import compute, figures
from ui.apps.speech.controls import chosen_change
from ui.apps.speech.source import source
from ui.browser.plot import plot
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.choices import choice
from ui.widgets.lesson import prose

CURSOR = "speech"


def answer_names() -> dict[str, str]:
    return {
        "always the same word": _("always the same word"),
        "nearest mean of all frames": _("nearest mean of all frames"),
        "bag of frames": _("bag of frames"),
        "nearest recording, by time warping": _("nearest recording, by time warping"),
        "right, unheard voices": _("right, unheard voices"),
        "right, in noise (10 dB)": _("in noise (10 dB)"),
        "right, voices of another program": _("another program"),
        "right, through a vocoder": _("vocoder"),
    }


def listen(network: frame.Network[Settings]) -> None:
    """Controls beside the picture. A fragment: a slider here reruns nothing else."""
    left, right = st.columns([2, 5], gap="medium")
    with left:
        change, given = chosen_change(), source()
    played = compute.played(given.recording, change.noise, change.speed, change.order)
    words = [WORDS[word] for word in network.settings.words]
    T = len(played.features.cepstra)
    state = network.state
    found = (
        None if state is None else compute.understood(state, given.recording, change.noise, change.speed, change.order)
    )
    with right:
        if found is not None:
            _answer(found, given.word, words)
        st.audio(write_wav(played.sound / max(1.0, abs(played.sound).max())), "audio/wav")
        plot(figures.waveform(played.sound, T), key="speech_wave", cursor=CURSOR)
        if found is not None:
            plot(figures.belief_lines(found.reading.belief, words), key="speech_belief", cursor=CURSOR)
        plot(figures.spectrogram(played.features.log_mel), key="speech_mel", cursor=CURSOR)
        plot(figures.coefficients(played.features.inputs), key="speech_inputs", cursor=CURSOR)
    label, icon = _("From sound to 13 numbers, step by step"), ":material/graphic_eq:"
    on_demand(label, lambda: _steps(played), icon=icon, key="speech_steps")
    if state is not None and found is not None:
        on_demand(_("Look inside: this sound"), lambda: _inside(state, found.reading))


def _answer(found: compute.Understood, spoken: int | None, words: list[str]) -> None:
    ours, bags = st.columns(2)
    for place, name, belief in (
        (ours, _("The network hears"), found.reading.belief[-1]),
        (bags, _("A bag of frames hears"), found.bag),
    ):
        best = int(belief.argmax())
        note = None
        if spoken is not None and words[best] != WORDS[spoken]:
            note = _("wrong: “{word}” was said").format(word=WORDS[spoken])
        place.metric(name, f"{words[best]} · {belief[best]:.0%}", note, delta_color="off", delta_arrow="off")


def _steps(played: Played) -> None:
    """One frame, from the waveform to its 13 numbers."""
    found, T = played.features, len(played.features.cepstra)
    loudest = int(found.mel.sum(axis=1).argmax()) + 1
    at = st.slider(_("Frame"), 1, T, min(20, T), **in_link(f"speech_frame_{T}"))
    st.caption(
        _("Frame {frame} of {frames}, {seconds} s after the beginning. The loudest is frame {loudest}.").format(
            frame=at, frames=T, seconds=f"{found.times[at - 1]:.2f}", loudest=loudest
        )
    )
    for place, (chart, key) in zip(
        st.columns(3),
        (
            (figures.frame_wave(found, at - 1), "speech_frame_wave"),
            (figures.frame_spectrum(found, at - 1), "speech_frame_spectrum"),
            (figures.frame_cepstrum(found, at - 1), "speech_frame_cepstrum"),
        ),
        strict=True,
    ):
        with place:
            plot(chart, key=key)
    prose("speech", "steps")


def _inside(state: RunState, reading: Reading) -> None:
    st.markdown(_("Gradients are of the logarithm of the answer’s probability."))
    back = compute.gradients(state, reading)
    trace, gradients = reading.trace.forward[0], back.forward[0]
    if reading.trace.backward:
        ways = {"forward": _("forward"), "backward": _("backward, from the last frame on")}
        if choice(st.segmented_control, _("Direction"), ways, "forward", "speech_direction") == "backward":
            trace, gradients = reading.trace.backward[0], back.backward[0]
    inside(trace, gradients, CURSOR)


def confusion_and_noise(network: frame.Network[Settings]) -> None:
    """Which words are confused, and how the accuracy falls with noise."""
    state = network.state
    label = _("Which words are confused, and in how much noise")
    words = [WORDS[word] for word in network.settings.words]

    def draw() -> None:
        if state is not None:
            _confusion_and_noise(state, words)

    on_demand(label, draw, icon=":material/grid_on:", key="speech_fares")


def _confusion_and_noise(state: RunState, words: list[str]) -> None:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        plot(figures.confusion_chart(compute.confusion(state), words), key="speech_confusion")
    with right:
        measured = compute.in_noise(state)
        shares = {_("the network"): measured.network, _("bag of frames"): measured.bag}
        plot(figures.noise_lines(measured.louder, shares), key="speech_noise_lines")
        st.caption(
            _("Each point: {count} words of voices that were never trained on, at {rate} samples a second.").format(
                count=int(compute.confusion(state).sum()), rate=f"{RATE:,}"
            )
        )
