"""The page on spoken digits: the sound, its features step by step, and the belief after each frame."""

import numpy as np
import streamlit as st

from rnn_core.apps.speech.data import WORDS
from rnn_core.apps.speech.features import HOP, WINDOW
from rnn_core.apps.speech.language import SPOKEN, in_language
from rnn_core.apps.speech.playing import Played
from rnn_core.apps.speech.reader import Reading
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.sound import RATE
from rnn_core.apps.speech.wav import write_wav
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.apps.speech import compute, figures
from ui.apps.speech.controls import choose_view, chosen_language, chosen_noise, chosen_order, chosen_speed
from ui.apps.speech.model import Model, model_of, taught_toggle
from ui.apps.speech.source import source
from ui.apps.speech.take import take_word
from ui.apps.speech.words import say_language
from ui.browser.plot import plot
from ui.figures.words import certainty
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.choices import choice
from ui.widgets.lesson import prose
from ui.widgets.stage import dock, stage_top

CURSOR = "speech"


def answer_names() -> dict[str, str]:
    return {
        "always the same word": _("always the same word"),
        "nearest mean of all frames": _("nearest mean of all frames"),
        "bag of frames": _("bag of frames"),
        "nearest recording, by time warping": _("nearest recording, by time warping"),
        "always the same three digits": _("always the same three digits"),
        "cut where it is quiet, bag of frames": _("cut where it is quiet, bag of frames"),
        "right, unheard voices": _("right, unheard voices"),
        "right, in noise (10 dB)": _("in noise (10 dB)"),
        "right, voices of another program": _("another program"),
        "right, through a vocoder": _("vocoder"),
        "right, a recorded person": _("a recorded person"),
        "wrong digits": _("wrong digits"),
    }


def listen(network: frame.Network[Settings], view: str) -> None:
    """The picture, and the controls around it. A fragment: a control here but the `view` reruns nothing else."""
    above, picture, row, below = stage_top(), st.container(), dock(), st.container()
    with above:
        choose_view(view)
        order = chosen_order()
        more = st.popover(_("Voice, speed, language"), icon=":material/record_voice_over:")
        taught_toggle()
    model = model_of(network)
    with row:
        given = source(above, more, below)
        noise = chosen_noise()
    with more:
        speed = chosen_speed()
        spoken = chosen_language() if model.guesses_language else SPOKEN[0]
    played = compute.played(given.recording, noise, speed, order)
    state, digits = model.state, model.digits
    found = None
    if state is not None:
        found = compute.understood(state, given.recording, noise, speed, order, digits)
    heard = None
    if found is not None and digits is not None and model.guesses_language:
        heard = in_language(found.reading.belief, digits, spoken)
    belief = heard.belief if heard is not None else None if found is None else found.reading.belief
    chosen = None if heard is None else spoken
    take_word(network, model, given.recording, (noise, speed, order), played, found, chosen, belief)
    with picture:
        chart, answer = st.columns([6, 1], gap="small", vertical_alignment="center")
        with chart:
            sentence = "" if belief is None else _course(belief, model.words)
            shown = figures.sound_and_beliefs(played.features.log_mel, belief, model.words, sentence)
            plot(shown, key="speech_mel", height="stage", cursor=CURSOR)
        with answer, st.container(key="stage_answer"):
            if found is not None and belief is not None:
                bags = found.bag
                if heard is not None and bags is not None and digits is not None:
                    bags = in_language(bags[None], digits, spoken).belief[-1]
                _answer(belief[-1], bags, given.word, model)
                if heard is not None:
                    say_language(heard.language, heard.share, spoken)
            st.audio(write_wav(played.sound / max(1.0, abs(played.sound).max())), "audio/wav")
    label, icon = _("From sound to 13 numbers, step by step"), ":material/graphic_eq:"
    on_demand(label, lambda: _steps(played), icon=icon, key="speech_steps")
    if state is not None and found is not None:
        on_demand(_("Look inside: this sound"), lambda: _inside(state, found.reading))


def _course(belief: Array, words: list[str]) -> str:
    """Since when the network has predicted its answer, and what it predicted before."""
    best = belief.argmax(axis=1)
    others = np.flatnonzero(best != best[-1])
    share = certainty(float(belief[-1].max()))
    if not len(others):
        said = _("From the first frame on it predicts <b>{word}</b>, <b>{share}</b> in the end.")
        return said.format(word=words[best[-1]], share=share)
    said = _("After {seconds} s the prediction changes from <b>{old}</b> to <b>{word}</b>, <b>{share}</b> in the end.")
    at = ((int(others[-1]) + 1) * HOP + WINDOW / 2) / RATE
    return said.format(seconds=f"{at:.2f}", old=words[best[others[-1]]], word=words[best[-1]], share=share)


def _answer(network: Array, bag: Array | None, spoken: int | None, model: Model) -> None:
    """`spoken`: an index into WORDS. A visitor's own words are not among them."""
    said = None if spoken is None or model.digits is None or spoken not in model.digits else WORDS[spoken]
    name = _("Your network predicts") if model.is_taught else _("The network predicts")
    for title, belief in ((name, network), (_("A bag of frames predicts"), bag)):
        if belief is None:
            continue
        best = int(belief.argmax())
        share, note = _("{share} sure").format(share=certainty(float(belief[best]))), ""
        if said is not None and model.words[best] != said:
            note = " · " + _("wrong: “{word}” was said").format(word=said)
        st.metric(title, model.words[best], share + note, delta_color="off", delta_arrow="off")


def _steps(played: Played) -> None:
    """The waveform, one frame of it on its way to 13 numbers, and these numbers of all frames."""
    found, T = played.features, len(played.features.cepstra)
    plot(figures.waveform(played.sound, T), key="speech_wave", cursor=CURSOR)
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
    plot(figures.coefficients(found.inputs), key="speech_inputs", cursor=CURSOR)
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
