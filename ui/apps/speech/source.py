"""The source of the sound: a voice that no network was trained on, the microphone, or a file."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from rnn_core.apps.speech.data import WORDS, Voice
from rnn_core.apps.speech.listen import Heard, heard_file
from rnn_core.apps.speech.trials import around
from rnn_core.apps.speech.wav import SoundError
from ui.apps.speech import compute
from ui.apps.speech.faults import refused, remarks
from ui.browser.thumbnails import Thumbnail, chosen_thumbnail, thumbnails, write_thumbnail_link
from ui.i18n import _
from ui.widgets.choices import choice
from ui.widgets.uploads import free_upload, report_upload_problem

SOURCE = "speech_source"


@dataclass(frozen=True)
class Source:
    recording: bytes  # float32 at 8 kHz
    word: int | None  # what was said, where that is known


def source(above: DeltaGenerator, more: DeltaGenerator, below: DeltaGenerator) -> Source:
    """The microphone and the words here; whether the voice is the visitor's in the place `above`, the choice of another in the
    place `more`. A file is asked for in the place `below`."""
    spoken = microphone(_("Say one digit, in English or in Mandarin"), "speech_microphone", SOURCE)
    with above:
        chosen = voice_or_own(SOURCE)
    with more:
        voice = chosen_voice("speech_voice")
    word = _word(voice, is_highlighted=chosen == "voice")
    if chosen == "own":
        with below:
            heard = own_sound(spoken, _("A WAV file with one spoken digit"))
            if heard is not None:
                return Source(as_bytes(heard.whole), None)
    return Source(as_bytes(around(compute.clip(voice, word).samples)), word)


def microphone(label: str, key: str, source_key: str) -> UploadedFile | None:
    """The visitor's recording; a new one becomes the source of the sound."""

    def take_recording() -> None:
        if st.session_state[key] is not None:
            st.session_state[source_key] = "own"

    return st.audio_input(label, key=key, label_visibility="collapsed", on_change=take_recording)


def voice_or_own(key: str) -> str:
    labels = {"voice": _("a synthetic voice"), "own": _("my own voice")}
    return choice(st.segmented_control, _("Sound from"), labels, "voice", key, label_visibility="collapsed")


def chosen_voice(name: str) -> Voice:
    voices = {f"{each.program}-{each.name}": each for each in compute.unheard_voices()}
    names = {key: f"{each.name} ({each.program})" for key, each in voices.items()}
    label = _("Voice (never trained on)")
    return voices[choice(st.selectbox, label, names, next(iter(names)), name)]


def _word(voice: Voice, *, is_highlighted: bool) -> int:
    """The other program speaks only English: its words have another name in the link, so that a Chinese word is kept."""
    spoken, name = (WORDS, "speech_word") if voice.program == "eSpeak NG" else (WORDS[:10], "speech_word_en")
    pictures = {word: Thumbnail(word, pixels=compute.small_spectrogram(voice, WORDS.index(word))) for word in spoken}
    chosen = chosen_thumbnail(pictures, "seven", name)

    def say(word: str) -> None:
        st.session_state.update({name: word, SOURCE: "voice"})

    thumbnails(_("Word"), pictures, chosen if is_highlighted else None, name, say)
    write_thumbnail_link(chosen, "seven", name)
    return WORDS.index(chosen)


def own_sound(spoken: UploadedFile | None, label: str, *, is_strip: bool = False) -> Heard | None:
    """The visitor's sound, of the microphone or of a file that is asked for here; a refused one does not replace it."""
    kind = "speech_strip" if is_strip else "speech"
    given = st.file_uploader(label, type=None, key=f"{kind}_file")
    for name, file in (("microphone", spoken), ("file", given)):
        # Each is read when it is new, so that the latest one is used.
        identity = None if file is None else file.file_id
        if file is not None and st.session_state.get(f"{kind}_{name}_read") != identity:
            st.session_state[f"{kind}_{name}_read"] = identity
            _read(file.getvalue(), kind, is_strip)
            free_upload(file)
    if spoken is None and given is None:
        st.session_state[f"{kind}_problem"] = None
    heard: Heard | None = st.session_state.get(f"{kind}_own")
    problem = st.session_state.get(f"{kind}_problem")
    report_upload_problem(refused(*problem) if problem else "", heard, icon=":material/hearing_disabled:")
    for remark in heard.remarks if heard is not None else ():
        st.warning(remarks()[remark], icon=":material/info:")
    if heard is None:
        st.caption(_("Until then you hear a synthetic voice."))
    return heard


def _read(data: bytes, kind: str, is_strip: bool) -> None:
    try:
        st.session_state[f"{kind}_own"] = heard_file(data, is_strip)
        st.session_state[f"{kind}_problem"] = None
    except SoundError as problem:
        st.session_state[f"{kind}_problem"] = (problem.fault, problem.detail)


def as_bytes(samples: np.ndarray) -> bytes:
    return samples.astype(np.float32).tobytes()
