"""Swap a state: two sentences that differ in one word, and which unit, after which word, carries the difference."""

from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis.inside.patching import STATE
from rnn_core.apps.sentiment.settings import SHIPPED, Settings
from rnn_core.cells.activations import sigma
from rnn_core.errors import CoreError
from ui.as_text import in_chart, in_markdown
from ui.browser.thumbnails import Thumbnail, thumbnail_choice
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside import compute_runs, swap_series
from ui.memory.inside.names import shown_character, value_names
from ui.memory.inside.swap_figure import probability
from ui.memory.inside.swap_shown import show
from ui.widgets.choices import choice
from ui.widgets.stage import Stage

PICTURED_UNITS = 4
LONGEST = 40  # words, or characters
LETTERS, SERIES = "text", "series"
GATES = ("input_gate", "forget_gate", "candidate", "output_gate")
FIRST_TEXTS = ("and thou shal", "and they shal")  # shalt and shall
PAIRS = {
    "negation": ("i do not think that the film is boring", "i do still think that the film is boring"),
    "nobody": ("nobody finds this film boring", "everybody finds this film boring"),
    "litotes": ("the plot is not bad at all", "the plot is really bad at all"),
    "last": ("the story is long but clear", "the story is long but dull"),
}
REVIEWERS = {"lstm": SHIPPED["lstm"], "gru": SHIPPED["gru"], "rnn-tanh": SHIPPED["rnn-tanh"]}


def pair_names() -> dict[str, str]:
    changed = {name: _changed_words(*pair) for name, pair in PAIRS.items()}
    return {name: f"{one} → {two}" for name, (one, two) in changed.items()} | {"own": _("your own sentence")}


def _changed_words(clean: str, corrupted: str) -> tuple[str, str]:
    return next((one, two) for one, two in zip(clean.split(), corrupted.split(), strict=True) if one != two)


def view(stage: Stage) -> None:
    with stage.drawer:
        readers = {
            "lstm": _("Film reviews, LSTM"),
            "gru": _("Film reviews, GRU"),
            "rnn-tanh": _("Film reviews, RNN"),
            LETTERS: _("English text, LSTM"),
            SERIES: _("A series: one value changed"),
        }
        cell = choice(st.selectbox, _("Network"), readers, "lstm", "reviewer")
    if cell == LETTERS:
        _letters(stage)
        return
    if cell == SERIES:
        swap_series.view(stage)
        return
    settings = REVIEWERS[cell]
    with stage.dock:
        pair = thumbnail_choice(_("Change one word"), _pictures(settings), "negation", "pair")
        single = {name: label for name, label in value_names().items() if name in compute_runs.values_of(settings)}
        name = choice(st.selectbox, _("Swap"), {STATE: _("the whole state"), **single}, STATE, f"swap_{cell}")
    with stage.picture:
        clean, corrupted = _own() if pair == "own" else PAIRS[pair]
        try:
            swap = compute_runs.swapped(settings, clean, corrupted, name)
        except CoreError as problem:
            st.info(in_markdown(_("These two sentences cannot be compared: {reason}").format(reason=problem)))
            return
        road = partial(compute_runs.swapped_road, settings, swap)
        show(swap, road, sigma, probability((_("negative"), _("positive"))))


def _letters(stage: Stage) -> None:
    """Two texts that differ in some characters, and the character that follows."""
    with stage.dock:
        single = {name: label for name, label in value_names().items() if name in ("h", "c", *GATES)}
        name = choice(st.selectbox, _("Swap"), {STATE: _("the whole state"), **single}, STATE, "swap_letters")
    with stage.picture:
        first, second = st.columns(2)
        with first:
            clean = st.text_input(_("Clean text"), FIRST_TEXTS[0], max_chars=LONGEST, **in_link("clean_text"))
        with second:
            other = st.text_input(
                _("The same length with other characters"), FIRST_TEXTS[1], max_chars=LONGEST, **in_link("other_text")
            )
        try:
            swap, answers = compute_runs.swapped_letters(clean, other, name)
        except CoreError as problem:
            st.info(in_markdown(_("These two texts cannot be compared: {reason}").format(reason=problem)))
            return
        wanted, instead = (f"“{in_chart(shown_character(letter))}”" for letter in answers)
        show(swap, partial(compute_runs.letters_road, swap, answers), sigma, probability((instead, wanted)))


def _pictures(settings: Settings) -> dict[str, Thumbnail]:
    """Of each pair: what the swap of single units brings back, of those that bring back most."""
    pictures = {}
    for pair, label in pair_names().items():
        ribbons: tuple[list[float], ...] = ()
        if pair in PAIRS:
            shares = compute_runs.swapped(settings, *PAIRS[pair], STATE).map.units
            best = np.argsort(-np.abs(shares).max(axis=0), kind="stable")[:PICTURED_UNITS]
            ribbons = tuple(shares[:, unit].tolist() for unit in best)
        pictures[pair] = Thumbnail(label, ribbons=ribbons)
    return pictures


def _own() -> tuple[str, str]:
    start = PAIRS["negation"]
    both = [
        st.text_input(label, sentence, max_chars=300, **in_link(key))
        for label, sentence, key in (
            (_("Clean sentence"), start[0], "clean_own"),
            (_("The same with another word"), start[1], "other_own"),
        )
    ]
    clean, corrupted = (" ".join(sentence.lower().split()[:LONGEST]) or "film" for sentence in both)
    return clean, corrupted
