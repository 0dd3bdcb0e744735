"""Connected digits: a strip spoken in one breath, the prediction of every frame, and the digits that CTC reads from them."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from rnn_core.apps.speech.language import SPOKEN, StripInLanguage, strip_in_language
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.strips.digit_model import YEARS, digit_model
from rnn_core.apps.speech.wav import write_wav
from rnn_core.blocks.ctc import LanguageModel, Prefix, ctc, frames_needed, greedy, prefix_beam
from rnn_core.blocks.readout import softmax
from ui.apps import frame
from ui.apps.figures.pictures import alignment_chart
from ui.apps.on_demand import on_demand
from ui.apps.speech import compute
from ui.apps.speech.controls import choose_view, chosen_language, chosen_noise, chosen_speed
from ui.apps.speech.strip_figures import strip_and_beliefs
from ui.apps.speech.strip_source import strip_source
from ui.apps.speech.take import take_strip
from ui.apps.speech.words import say_language
from ui.browser.plot import plot
from ui.figures.words import certainty
from ui.i18n import _
from ui.links.kept_settings import in_session
from ui.widgets.choices import choice
from ui.widgets.stage import dock, stage_top
from ui.widgets.tables import table

CURSOR = "speech"
BLANK = 10
NAMES = (*map(str, range(10)), "–")
BEAM, ROWS = 16, 5
MOST_NUMBERS = 200


def listen_to_strip(network: frame.Network[Settings], view: str) -> None:
    """The picture, and the controls around it. A fragment: a control here but the `view` reruns nothing else."""
    above, picture, row, below = stage_top(), st.container(), dock(), st.container()
    with above:
        choose_view(view)
        more = st.popover(_("Voice, speed, language"), icon=":material/record_voice_over:")
    with row:
        given = strip_source(above, more, below)
        noise = chosen_noise()
    with more:
        speed = chosen_speed()
        spoken = chosen_language() if network.settings.language == "both" else SPOKEN[0]
    played = compute.played_strip(given.recording, noise, speed)
    state, heard = network.state, None
    if state is not None:
        scores = compute.strip_reader(state).read(played.features.inputs).scores
        heard = strip_in_language(scores, network.settings.words, spoken)
    take_strip(network, given.recording, noise, speed, played, spoken, heard)
    with picture:
        chart, answer = st.columns([6, 1], gap="small", vertical_alignment="center")
        with chart:
            beliefs = None if heard is None else softmax(heard.scores)
            emitted = [] if heard is None else _emitted(heard)
            sentence = "" if heard is None else _sentence(heard)
            shown = strip_and_beliefs(played.features.log_mel, beliefs, NAMES, emitted, sentence)
            plot(shown, key="speech_strip", height="stage", cursor=CURSOR)
        with answer, st.container(key="stage_answer"):
            if heard is not None:
                _answer(heard, given.digits)
                if network.settings.language == "both":
                    say_language(heard.language, heard.share, spoken)
            st.audio(write_wav(played.sound / max(1.0, abs(played.sound).max())), "audio/wav")
    if heard is not None:
        _below(heard, given.digits)


def _emitted(heard: StripInLanguage) -> list[tuple[int, str]]:
    path = heard.scores.argmax(axis=1).tolist()
    return [
        (at + 1, NAMES[label]) for at, label in enumerate(path) if label != BLANK and (at == 0 or path[at - 1] != label)
    ]


def _sentence(heard: StripInLanguage) -> str:
    path = heard.scores.argmax(axis=1)
    words = _(
        "At {share} of the {frames} frames the likeliest output is the blank. Repeats are merged and blanks dropped: <b>{digits}</b>."
    )
    return words.format(
        share=f"{float((path == BLANK).mean()):.0%}", frames=len(path), digits=as_digits(greedy(heard.scores, BLANK))
    )


def as_digits(labels: Sequence[int]) -> str:
    return "".join(map(str, labels)) or _("nothing")


def _answer(heard: StripInLanguage, said: tuple[int, ...] | None) -> None:
    answer = greedy(heard.scores, BLANK)
    note = certainty(float(np.exp(-ctc(heard.scores, answer, BLANK).loss)))
    words = _("{share} sure").format(share=note)
    if said is not None and said != answer:
        words += " · " + _("wrong: “{word}” was said").format(word=as_digits(said))
    st.metric(_("The network predicts"), as_digits(answer), words, delta_color="off", delta_arrow="off")


def _below(heard: StripInLanguage, said: tuple[int, ...] | None) -> None:
    """The alignment of the digits, and what a language model changes."""
    answer = greedy(heard.scores, BLANK)
    digits = said if said is not None and frames_needed(said) <= len(heard.scores) else answer
    aligned = ctc(heard.scores, digits, BLANK)
    places = [NAMES[label] for label in aligned.places]
    title = _("Which frames output which digit")
    plot(alignment_chart(aligned.alignment, places, title=title), key="speech_alignment", cursor=CURSOR)
    on_demand(
        _("Other readings, and a language model"), lambda: _readings(heard), icon=":material/format_list_numbered:",
        key="speech_readings",
    )  # fmt: skip


def _readings(heard: StripInLanguage) -> None:
    labels = {"none": _("none"), "years": _("the years 1900 to 2049"), "own": _("numbers of my own")}
    kind = choice(st.segmented_control, _("Language model"), labels, "none", "speech_model")
    model = _model(kind)
    left, right = st.columns(2, gap="large")
    with left:
        _beam(prefix_beam(heard.scores, BLANK, BEAM), _("sound alone"))
    with right:
        if model is not None:
            _beam(prefix_beam(heard.scores, BLANK, BEAM, model), _("sound and language model"))
    st.caption(
        _(
            "The beam search keeps the {count} likeliest beginnings at each frame. A language model multiplies each with how often its digits follow one another in a list of numbers, against digits that are all equally likely. End-to-end means that one network learns from sound to digits; a language model adds what it cannot hear."
        ).format(count=BEAM)
    )


def _model(kind: str) -> LanguageModel | None:
    if kind == "none":
        return None
    if kind == "years":
        return digit_model(YEARS)
    typed = st.text_input(
        _("Numbers that are likely, separated by spaces"), max_chars=1000, **in_session("speech_numbers")
    )
    numbers = [word for word in (typed or "").split() if word.isascii() and word.isdigit()]
    if typed and not numbers:
        st.error(_("Only the digits 0 to 9 are numbers here."))
    return digit_model(numbers[:MOST_NUMBERS]) if numbers else None


def _beam(found: Sequence[Prefix], name: str) -> None:
    total = sum(each.probability for each in found)
    table(
        {
            name: [as_digits(each.labels) for each in found[:ROWS]],
            _("share"): [f"{each.probability / total:.1%}" for each in found[:ROWS]],
        }
    )
