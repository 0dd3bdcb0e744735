"""The source of the sound: a voice that no network was trained on, the microphone, or a file."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from rnn_core.apps.speech.data import WORDS
from rnn_core.apps.speech.listen import Heard, heard_file
from rnn_core.apps.speech.trials import around
from rnn_core.apps.speech.wav import SoundError
from ui.apps.speech import compute
from ui.as_text import in_markdown
from ui.i18n import _
from ui.widgets.choices import choice
from ui.widgets.uploads import free_upload, report_upload_problem


@dataclass(frozen=True)
class Source:
    recording: bytes  # float32 at 8 kHz
    word: int | None  # what was said, where that is known


def source() -> Source:
    labels = {"voice": _("a synthetic voice"), "own": _("my own voice")}
    if choice(st.segmented_control, _("Sound from"), labels, "voice", "speech_source", wrap=True) == "own":
        found = _own()
        if found is not None:
            return found
        st.caption(_("Until then you hear a synthetic voice."))
    return _voice()


def _voice() -> Source:
    voices = {f"{each.program}-{each.name}": each for each in compute.unheard_voices()}
    names = {key: f"{each.name} ({each.program})" for key, each in voices.items()}
    voice = voices[choice(st.selectbox, _("Voice (never trained on)"), names, next(iter(names)), "speech_voice")]
    # The other program speaks only English: its words have another name in the link, so that a Chinese word is kept.
    spoken, name = (WORDS, "speech_word") if voice.program == "eSpeak NG" else (WORDS[:10], "speech_word_en")
    word = WORDS.index(choice(st.pills, _("Word"), {word: word for word in spoken}, "seven", name, wrap=True))
    return Source(_bytes(around(compute.clip(voice, word).samples)), word)


def _own() -> Source | None:
    """The visitor's sound; a refused one does not replace it."""
    spoken = st.audio_input(_("Say one digit, in English or in Mandarin"), key="speech_microphone")
    given = st.file_uploader(_("or a WAV file"), type=None, key="speech_file")
    for name, file in (("microphone", spoken), ("file", given)):
        # Each is read when it is new, so that the latest one is used.
        identity = None if file is None else file.file_id
        if file is not None and st.session_state.get(f"speech_{name}_read") != identity:
            st.session_state[f"speech_{name}_read"] = identity
            _read(file.getvalue())
            free_upload(file)
    if st.session_state["speech_microphone"] is None and st.session_state["speech_file"] is None:
        st.session_state["speech_problem"] = None
    heard: Heard | None = st.session_state.get("speech_own")
    problem = st.session_state.get("speech_problem")
    report_upload_problem(refused(*problem) if problem else "", heard, icon=":material/hearing_disabled:")
    if heard is None:
        return None
    for remark in heard.remarks:
        st.warning(remarks()[remark], icon=":material/info:")
    return Source(_bytes(heard.whole), None)


def _read(data: bytes) -> None:
    try:
        st.session_state["speech_own"] = heard_file(data)
        st.session_state["speech_problem"] = None
    except SoundError as problem:
        st.session_state["speech_problem"] = (problem.fault, problem.detail)


def _bytes(samples: np.ndarray) -> bytes:
    return samples.astype(np.float32).tobytes()


def refused(fault: str, detail: str) -> str:
    """Why a sound is refused, and what to do."""
    words = {
        "empty": _("There is nothing in this file. Record again, or choose another."),
        "large": _("The file is too large ({detail}). One spoken digit is enough: a second or two."),
        "compressed file": _("This is a file of another kind ({detail}). Save the sound as WAV (PCM), and try again."),
        "text": _("This is text, not sound. Choose a WAV file."),
        "not sound": _("This is not a WAV file. Choose one, or use the microphone."),
        "cut off": _("The file begins like a WAV file and breaks off. Save or record it again."),
        "format": _("A WAV file of a form that is not read here ({detail}). Save it as PCM with 16 bits."),
        "rate": _("{detail} is a sampling rate that speech does not come in. From 4,000 to 192,000 Hz can be read."),
        "numbers": _("The file holds values that are no numbers. Save it again as PCM with 16 bits."),
        "long": _("The recording lasts {detail} seconds, and ten are the most. Say one digit."),
        "silent": _("Nothing is heard, only silence. Is the right microphone chosen, and not muted?"),
        "short": _("Only {detail} seconds of sound: too short for a word. Say the digit a little more slowly."),
        "several words": _("{detail} seconds of speech: more than one word? Say a single digit."),
    }
    return words[fault].format(detail=in_markdown(detail))


def remarks() -> dict[str, str]:
    return {
        "clipped": _("Too loud: the peaks are cut off (clipping). Move away from the microphone, or turn it down."),
        "quiet": _("Very quiet. It is read all the same; nearer to the microphone is better."),
        "noisy": _("The voice hardly stands out from the background. Where it is quieter, the answer is surer."),
        "low rate": _("A low sampling rate: the high tones of s and f are missing."),
    }
