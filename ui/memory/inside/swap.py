"""Swap a state: two sentences that differ in one word, and which unit, after which word, carries the difference."""

from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis.inside.patching import STATE
from rnn_core.apps.sentiment.settings import SHIPPED, Settings
from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.errors import CoreError
from ui.as_text import in_chart, in_markdown
from ui.browser.plot import last_click, plot
from ui.browser.thumbnails import Thumbnail, thumbnail_choice
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside import compute_runs
from ui.memory.inside.compute_runs import Swap
from ui.memory.inside.names import shown_character, value_names
from ui.memory.inside.swap_figure import Roads, swapped_shares
from ui.memory.inside.take_runs import Place, take_swapped_letters, take_swapped_words
from ui.widgets.choices import choice
from ui.widgets.stage import Stage, stage_note

SHOWN_UNITS, PICTURED_UNITS = 8, 4
LONGEST = 40  # words, or characters
LETTERS = "text"
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
        }
        cell = choice(st.selectbox, _("Network"), readers, "lstm", "reviewer")
    if cell == LETTERS:
        _letters(stage)
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
        _show(swap, road, (_("negative"), _("positive")), partial(take_swapped_words, cell, swap))


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
        take = partial(take_swapped_letters, "english-lstm", swap, answers=answers)
        _show(swap, partial(compute_runs.letters_road, swap, answers), (instead, wanted), take)


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


def _show(
    swap: Swap,
    road_of: Callable[[int, int | None], Array],
    ends: tuple[str, str],
    take: Callable[[Roads, Place], None],
) -> None:
    """`road_of` the step and the unit of a swap: the answer after every word. `take` offers the numbers."""
    order = np.argsort(-np.abs(swap.map.units).max(axis=0), kind="stable")[:SHOWN_UNITS]
    pairs = zip(map(shown_character, swap.clean), map(shown_character, swap.corrupted), strict=True)
    words = [one if one == two else f"{one} → {two}" for one, two in pairs]
    rows = [_("all units"), *(_("unit {unit}").format(unit=unit) for unit in order)]
    values = np.concatenate([swap.map.whole[None], swap.map.units[:, order].T])
    clicked = last_click(st.session_state.get("inside_swap"))
    step, row = _place(swap, order, (clicked.column, clicked.row) if clicked and clicked.row is not None else None)
    unit = None if row == 0 else int(order[row - 1])
    with stage_note():
        _sentence(swap, step, unit)
    road = road_of(step, unit)
    roads = Roads(sigma(swap.map.roads.clean), sigma(swap.map.roads.corrupted), sigma(road))
    take(roads, (step, unit))
    chart = swapped_shares(values, rows, [in_chart(word) for word in words], roads, (step, row), ends)
    plot(chart, key="inside_swap", events=("click",), height="stage")


def _place(
    swap: Swap, order: np.ndarray[tuple[int], np.dtype[np.int64]], clicked: tuple[int, int] | None
) -> tuple[int, int]:
    """The word and the row that were clicked; before any click the unit and the word with the largest share."""
    steps, rows = len(swap.clean), len(order) + 1
    if clicked is not None and clicked[0] < steps and clicked[1] < rows:
        return clicked
    best = swap.map.units[:, order]
    step, row = np.unravel_index(int(best.argmax()), best.shape)
    return int(step), int(row) + 1


def _sentence(swap: Swap, step: int, unit: int | None) -> None:
    word = in_markdown(shown_character(swap.corrupted[step]))
    if unit is None:
        st.markdown(
            _("Swap **all units** after **{word}**, and **{share}** of the answer comes back.").format(
                word=word, share=_percent(swap.map.whole[step])
            )
        )
        return
    st.markdown(
        _(
            "Swap **unit {unit}** alone after **{word}**, and **{share}** of the answer comes back; the other {count} without it bring back {others}. Shares do not add up: the network is not linear. Click another place to see its run."
        ).format(
            unit=unit,
            word=word,
            share=_percent(swap.map.units[step, unit]),
            count=swap.map.units.shape[1] - 1,
            others=_percent(swap.map.others[step, unit]),
        )
    )


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("-", "−")
