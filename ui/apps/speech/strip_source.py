"""The source of a strip: digits that a synthetic voice says in one breath, the microphone, or a file."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.apps.speech.data import WORDS
from rnn_core.apps.speech.strips.spoken import MOST_DIGITS, joined
from rnn_core.apps.speech.trials import around
from ui.apps.speech import compute
from ui.apps.speech.source import as_bytes, chosen_voice, microphone, own_sound, voice_or_own
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.choices import choice

SOURCE = "speech_strip_source"
DIGITS = "speech_digits"
AT_FIRST = "1984"


@dataclass(frozen=True)
class StripSource:
    recording: bytes  # float32 at 8 kHz
    digits: tuple[int, ...] | None  # what was said, where that is known


def strip_source(above: DeltaGenerator, more: DeltaGenerator, below: DeltaGenerator) -> StripSource:
    spoken = microphone(
        _("Say up to six digits in one breath, in English or in Mandarin"), "speech_strip_microphone", SOURCE
    )
    with above:
        chosen = voice_or_own(SOURCE)
    with more:
        voice = chosen_voice("speech_strip_voice")
        languages = {"english": _("English"), "mandarin": _("Mandarin")}
        if voice.program != "eSpeak NG":
            languages.pop("mandarin")
        language = choice(st.segmented_control, _("The voice speaks"), languages, "english", "speech_strip_language")
    label = _("Digits that the voice says")
    typed = st.text_input(label, max_chars=MOST_DIGITS, placeholder=AT_FIRST, **in_link(DIGITS)) or AT_FIRST
    if chosen == "own":
        with below:
            heard = own_sound(spoken, _("A WAV file with up to six spoken digits"), is_strip=True)
            if heard is not None:
                return StripSource(as_bytes(heard.whole), None)
    if not (typed.isascii() and typed.isdigit()):
        st.error(_("Only the digits 0 to 9 can be said."))
        typed = AT_FIRST
    digits = tuple(map(int, typed))
    first = WORDS.index("zero") if language == "english" else WORDS.index("零")
    words = [compute.clip(voice, first + digit).samples for digit in digits]
    sound = around(joined(words, np.random.default_rng(len(digits))))
    return StripSource(as_bytes(sound), digits)
