"""Swap a state: two sentences that differ in one word, and which unit, after which word, carries the difference."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis.inside.patching import STATE
from rnn_core.apps.recommend.items import by_name, items
from rnn_core.apps.sentiment.settings import SHIPPED, Settings
from rnn_core.cells.activations import sigma
from rnn_core.errors import CoreError
from ui.as_text import in_chart, in_markdown
from ui.browser.thumbnails import Thumbnail, thumbnail_choice
from ui.i18n import _, language
from ui.links.kept_settings import in_link
from ui.memory.inside import compute_runs, swap_series
from ui.memory.inside.chosen import ABOVE
from ui.memory.inside.names import shown_character, value_names
from ui.memory.inside.swap_figure import probability
from ui.memory.inside.swap_shown import show
from ui.memory.inside.take_runs import take_swapped_letters, take_swapped_words
from ui.widgets.choices import choice
from ui.widgets.stage import Stage

PICTURED_UNITS = 4
LONGEST = 40  # words, or characters
MOST_TYPED = 400  # characters
LETTERS, SHOP, STRINGS, SERIES = "text", "shop", "strings", "series"
FIRST_SEQUENCES = {
    LETTERS: ("and thou shal", "and they shal"),  # shalt and shall
    SHOP: ("camera, coffee beans, photo frame", "tent, coffee beans, photo frame"),
    STRINGS: ("|aaaaabbbb", "|aaaabbbbb"),
}
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
    with stage.top:
        readers = {
            "lstm": _("Reviews, LSTM"),
            "gru": _("Reviews, GRU"),
            "rnn-tanh": _("Reviews, RNN"),
            LETTERS: _("English text, LSTM"),
            SHOP: _("Sessions of a shop, GRU"),
            STRINGS: _("Strings a^n b^n, LSTM"),
            SERIES: _("A series: one value changed"),
        }
        cell = choice(st.selectbox, _("Network"), readers, "lstm", "reviewer", **ABOVE)
    if cell in FIRST_SEQUENCES:
        _symbols(cell, stage)
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
        answer = probability((_("negative"), _("positive")))
        show(swap, road, sigma, answer, partial(take_swapped_words, cell, swap))


def _symbols(reader: str, stage: Stage) -> None:
    """Two sequences that differ in some symbols, and the symbol that follows."""
    values = compute_runs.symbols_network(reader).values
    with stage.dock:
        single = {name: label for name, label in value_names().items() if name in values}
        name = choice(st.selectbox, _("Swap"), {STATE: _("the whole state"), **single}, STATE, f"swap_of_{reader}")
    with stage.picture:
        first, second = st.columns(2)
        start = [
            (", " if reader == SHOP else "").join(_names(reader).get(each, each) for each in _cut(reader, typed))
            for typed in FIRST_SEQUENCES[reader]
        ]
        with first:
            clean = st.text_input(_clean_label(reader), start[0], max_chars=MOST_TYPED, **in_link(f"clean_{reader}"))
        with second:
            other = st.text_input(
                _("The same length with other symbols"), start[1], max_chars=MOST_TYPED, **in_link(f"other_{reader}")
            )
        try:
            both = (_cut(reader, clean), _cut(reader, other))
            swap, answers = compute_runs.swapped_symbols(reader, *both, name)
        except CoreError as problem:
            st.info(in_markdown(_("These two texts cannot be compared: {reason}").format(reason=problem)))
            return
        names = _names(reader)
        wanted, instead = (f"“{in_chart(shown_character(names.get(symbol, symbol)))}”" for symbol in answers)
        road = partial(compute_runs.symbols_road, reader, swap, answers)
        one, two = (tuple(names.get(symbol, symbol) for symbol in each) for each in (swap.clean, swap.corrupted))
        answer = probability((instead, wanted), are_words=False)
        take = partial(take_swapped_letters, "english-lstm", swap, answers=answers) if reader == LETTERS else None
        show(replace(swap, clean=one, corrupted=two), road, sigma, answer, take)


def _names(reader: str) -> dict[str, str]:
    """The symbols that have another name in the page's language."""
    return {item.en: item.zh for item in items()} if reader == SHOP and language() == "zh" else {}


def _clean_label(reader: str) -> str:
    return {
        LETTERS: _("Clean text"),
        SHOP: _("Clean session: items of the shop, with commas"),
        STRINGS: _("Clean string of a, b and |"),
    }[reader]


def _cut(reader: str, typed: str) -> tuple[str, ...]:
    """The symbols, LONGEST at most. Items may be written in either language."""
    if reader != SHOP:
        return tuple(typed)[:LONGEST]
    shop, known = items(), by_name()
    written = [each.strip() for each in typed.replace("，", ",").split(",") if each.strip()]
    places = [known.get(each.casefold(), -1) for each in written[:LONGEST]]
    return tuple(shop[place].en if place >= 0 else name for place, name in zip(places, written, strict=False))


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
