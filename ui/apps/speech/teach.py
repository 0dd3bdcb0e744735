"""Teaching the network a voice: rounds of words are recorded or uploaded, and a worker fine-tunes the network on them."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from rnn_core.apps.speech.data import ENGLISH, MANDARIN
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.sound import RATE
from rnn_core.apps.speech.teaching.lesson import (
    FEWEST_ROUNDS,
    FEWEST_WORDS,
    MOST_ROUNDS,
    MOST_WORDS,
    Lesson,
    Taught,
    teach,
)
from rnn_core.apps.speech.teaching.rounds import LEAST_PAUSE, round_of_words
from rnn_core.apps.speech.wav import SoundError, write_wav
from rnn_core.learn.state import RunState
from ui.apps.frame import Network
from ui.apps.on_demand import on_demand
from ui.apps.speech.faults import refused
from ui.apps.speech.model import TAUGHT, USES_TAUGHT, taught
from ui.as_text import in_markdown
from ui.i18n import _, language
from ui.links.kept_settings import in_session
from ui.runs.checks import computed_by_worker
from ui.widgets.choices import choice, rerun_page
from ui.widgets.lesson import prose
from ui.widgets.uploads import free_upload

ROUNDS = "speech_rounds"  # of the visit: the words -> the rounds of them
TURN = "speech_turn"  # uploaders and recorders with another key begin empty
GOOD_ROUNDS = 3
LONGEST_LABEL = 24
SECONDS_TO_WAIT = 300  # a busy server shares its cores

Words = tuple[str, ...]
Round = tuple[bytes, ...]


def teach_section(network: Network[Settings], is_open: bool) -> None:
    """`is_open`: a lesson is what the visitor has come for. Otherwise it is folded away."""
    label = _("Teach it your voice, or words of your own")
    if is_open:
        st.subheader(label, anchor=False)
        _lesson(network)
        return
    on_demand(label, lambda: _lesson(network), icon=":material/school:", key="speech_teach")


def _lesson(network: Network[Settings]) -> None:
    state = network.state
    words, digits = _chosen_words(network.settings)
    if state is None or not FEWEST_WORDS <= len(words) <= MOST_WORDS:
        st.info(_("Train the network first.") if state is None else _how_many_words(), icon=":material/info:")
        return
    rounds = _rounds_of(words)
    _ask_for_round(words, rounds)
    _show_rounds(words, rounds)
    if st.button(
        _("Teach"),
        type="primary",
        icon=":material/school:",
        disabled=len(rounds) < FEWEST_ROUNDS,
        key="speech_teach_go",
    ):
        _teach(state, Lesson(words, digits, tuple(rounds)))
    found = taught()
    if found is not None and found.words == words:
        _report(found)
    prose("speech", "teach")


def _chosen_words(settings: Settings) -> tuple[Words, range | None]:
    """The words to teach, and where they are digits that the network may know."""
    labels = {"english": _("English digits"), "mandarin": _("Mandarin digits"), "own": _("words of my own")}
    if settings.language != "both":
        labels.pop("mandarin" if settings.language == "english" else "english")
    at_first = "mandarin" if language() == "zh" and "mandarin" in labels else next(iter(labels))
    kind = choice(st.segmented_control, _("Words to teach"), labels, at_first, "speech_lesson", in_link=False)
    if kind != "own":
        return (ENGLISH, range(10)) if kind == "english" else (MANDARIN, range(10, 20))
    typed = st.text_input(
        _("Your words, separated by spaces or commas"),
        value=_("yes no stop go"),
        max_chars=MOST_WORDS * LONGEST_LABEL,
        **in_session("speech_own_words"),
    )
    return _words_in(typed), None


def _words_in(typed: str) -> Words:
    for separator in ",，、;；":
        typed = typed.replace(separator, " ")
    return tuple(dict.fromkeys(word[:LONGEST_LABEL] for word in typed.split()))


def _how_many_words() -> str:
    return _("Name {fewest} to {most} different words.").format(fewest=FEWEST_WORDS, most=MOST_WORDS)


def _rounds_of(words: Words) -> list[Round]:
    kept: dict[Words, list[Round]] = st.session_state.setdefault(ROUNDS, {})
    return kept.setdefault(words, [])


def _ask_for_round(words: Words, rounds: list[Round]) -> None:
    """One recording holds all words: three recordings teach ten digits."""
    if len(rounds) >= MOST_ROUNDS:
        return
    said = _("Round {number}: say these words in this order, with a short pause after each.").format(
        number=len(rounds) + 1
    )
    st.markdown(f"{said}\n\n### {_spaced(words)}")
    turn = st.session_state.get(TURN, 0)
    left, right = st.columns(2, gap="medium")
    with left:
        recorded = st.audio_input(_("Record a round"), key=f"speech_round_{turn}")
    with right:
        files = st.file_uploader(
            _("Or WAV files of rounds"), accept_multiple_files=True, key=f"speech_round_files_{turn}"
        )
    given = [*([recorded] if recorded is not None else []), *files]
    if given:
        problems = []
        for file in given[: MOST_ROUNDS - len(rounds)]:
            problems.append(_take(file.getvalue(), words, rounds))
            free_upload(file)
        st.session_state[TURN], st.session_state["speech_round_problems"] = (
            turn + 1,
            [each for each in problems if each],
        )
        rerun_page()
    for problem in st.session_state.pop("speech_round_problems", []):
        st.error(problem, icon=":material/hearing_disabled:")


def _spaced(words: Words) -> str:
    return " · ".join(in_markdown(word) for word in words)


def _take(data: bytes, words: Words, rounds: list[Round]) -> str:
    """Adds the round to those of these words, or returns why it cannot be used."""
    try:
        sounds = round_of_words(data, len(words))
    except SoundError as problem:
        if problem.fault == "pauses":
            words_of_it = _(
                "Only {found} of {count} words could be told apart: make a pause of at least {seconds} s after each, and stay close to the microphone."
            )
            return words_of_it.format(found=problem.detail, count=len(words), seconds=LEAST_PAUSE)
        return refused(problem.fault, problem.detail)
    rounds.append(tuple(sound.astype(np.float32).tobytes() for sound in sounds))
    return ""


def _show_rounds(words: Words, rounds: list[Round]) -> None:
    st.caption(
        _("{count} of {wanted} rounds. With two it can learn, with three it learns better.").format(
            count=len(rounds), wanted=max(GOOD_ROUNDS, len(rounds))
        )
    )
    if not rounds:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        newest = np.concatenate([np.frombuffer(sound, np.float32) for sound in rounds[-1]]).astype(np.float64)
        st.audio(write_wav(newest / max(1.0, float(np.abs(newest).max())), RATE), "audio/wav", width=320)
        if st.button(_("Remove the last round"), icon=":material/undo:", key="speech_round_back"):
            rounds.pop()
            rerun_page()


def _teach(state: RunState, lesson: Lesson) -> None:
    # Not at the top of the file: the first visitor would wait for all that worker processes need.
    from ui.runs.executor import workers

    found = computed_by_worker(
        _("It learns from your rounds twice: first without the last one, which then tests it. About half a minute…"),
        lambda: workers().submit("teaching", teach, state, lesson).result(timeout=SECONDS_TO_WAIT),
    )
    if found is not None:
        st.session_state[TAUGHT], st.session_state[USES_TAUGHT] = found, True
        rerun_page()


def _report(found: Taught) -> None:
    shares: Sequence[tuple[str, float | None]] = (
        (_("Before teaching"), found.before),
        (_("Nearest of your recordings, by time warping"), found.warping),
        (_("After teaching"), found.after),
    )
    for place, (name, share) in zip(st.columns(3), shares, strict=True):
        place.metric(name, "–" if share is None else f"{share:.0%}")
    st.caption(
        _(
            "Of the {count} words of your last round, when it had learned from the rounds before. Then it learned from all of them; {seconds} s in all. The microphone of this page now uses this network."
        ).format(count=len(found.words), seconds=f"{found.seconds:.0f}")
    )
