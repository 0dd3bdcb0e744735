"""The stage of the translator's page: the answer with its attention, or both readings of an ambiguous date side by side."""

import math

import streamlit as st

from rnn_core.apps.translate.data import OWN
from rnn_core.apps.translate.own import OwnText, truths
from rnn_core.apps.translate.reader import Translation
from rnn_core.learn.state import RunState
from ui.apps.translate import compute
from ui.apps.translate.figures import END, visible
from ui.as_text import in_markdown, in_sentence
from ui.browser.attention import Panel, attention
from ui.i18n import _


def picture(state: RunState, text: OwnText, found: Translation) -> None:
    """Draws the answer, and says whether it is right."""
    right = truths(text.text, compute.reader(state).settings)
    if len(right) > 1 and compute.reader(state).settings.task != OWN:
        readings = [compute.reading(state, text.tokens, each) for each in right]
        names = (_("day first"), _("month first"))
        panels = [
            panel(state, reading, _("{name}: the network gives it {share}").format(name=name, share=share_of(reading)))
            for name, reading in zip(names, readings, strict=True)
        ]
    else:
        panels = [panel(state, found, "")]
    length = len(found.output)

    def say(place: int) -> None:
        if place < length:
            st.session_state[said_key(length)] = place

    attention(panels, what_happened(state, text, found, right), key="attention_stage", say=say)
    if right and right[0].startswith("--"):
        st.caption(_("The text names no year. ISO 8601 writes such a day as --month-day."))


def said_key(length: int) -> str:
    """The key of the slider below the stage, which has as many places as the output has symbols."""
    return f"said_{length}"


def symbols_of(state: RunState, found: Translation) -> tuple[list[str], list[str]]:
    """What is read and what is written, with the end of the output."""
    output = compute.output_symbols(state, found.output)
    source = compute.reader(state).source_language.decode(found.source)
    return list(source), [*output, *[END] * (len(found.output) - len(output))]


def panel(state: RunState, found: Translation, title: str) -> Panel:
    source, output = symbols_of(state, found)
    return Panel(title, visible(source), visible(output), found.attention, found.encoder.hs[-1])


def share_of(found: Translation) -> str:
    return f"{math.exp(found.log_probability):.1%}"


def what_happened(state: RunState, text: OwnText, found: Translation, right: tuple[str, ...]) -> str:
    written = compute.output_text(state, found.output)
    output = in_sentence(written) or _("(nothing)")
    chance = _("probability {chance}").format(chance=share_of(found))
    if len(right) > 1 and compute.reader(state).settings.task != OWN:
        words = _("“{text}” has two readings: **{day_first}** and **{month_first}**. The network writes **{output}**.")
        return words.format(text=text.text, day_first=right[0], month_first=right[1], output=output)
    if not right and compute.reader(state).settings.task == OWN:
        words = _(
            "It writes **{output}** ({chance}). Your file has no pair with this text, so there is no right answer."
        )
        return words.format(output=output, chance=chance)
    if not right:
        words = _(
            "It writes **{output}** ({chance}). The grammar writes no number and no date in this way, so there is no right answer."
        )
        return words.format(output=output, chance=chance)
    if written in right:
        return _("It writes **{output}**: right, with {chance}.").format(output=output, chance=chance)
    words = _("It writes **{output}**: wrong, with {chance}. Right is **{wanted}**.")
    return words.format(output=output, chance=chance, wanted=in_sentence(right[0]))


def chosen_symbol(output: list[str]) -> int:
    if len(output) < 2:
        return 0
    names = visible(output)
    key = said_key(len(output))
    return st.select_slider(
        _("Symbol that is written"),
        range(len(output)),
        0,
        format_func=lambda at: f"{at + 1}. {in_markdown(names[at])}",
        key=key,
        persist_state="session",
    )
