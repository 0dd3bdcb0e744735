"""Texts to try, each a small picture of where the shipped network looks while it writes: from the first symbol (below) to the last."""

from functools import cache

import streamlit as st

from rnn_core.apps.translate.data import OWN
from rnn_core.apps.translate.grammar import numbers
from rnn_core.apps.translate.own import OwnText, own_text
from rnn_core.apps.translate.settings import Settings, standard
from ui.apps.translate import compute, own_pairs
from ui.browser.thumbnails import Thumbnail, ThumbnailLine, thumbnails
from ui.cache.shipped import shipped
from ui.i18n import _

NUMBERS = (36_509, 1_001, 12_012, 707_070)
DATES = ("march 9th, 1987", "9/3/1987", "25.12.1999", "2024年2月29日")


def texts_to_try(task: str) -> dict[str, str]:
    """The texts, by the captions of their pictures."""
    if task == "dates":
        return {text: text for text in DATES}
    write = numbers.english if task == "en-zh" else numbers.chinese
    return {f"{number:,}": write(number) for number in NUMBERS}


def presets(settings: Settings, key: str, shown: str) -> None:
    """A click writes the text into the field with this key."""
    task = settings.task
    is_own = task == OWN
    texts = {text: text for text in own_pairs.texts_to_try(settings.rows)} if is_own else texts_to_try(task)
    selected = next((name for name, text in texts.items() if text == shown), None)

    def choose(name: str) -> None:
        st.session_state[key] = texts[name]

    pictures = {name: Thumbnail(name) for name in texts} if is_own else _pictures(task)
    thumbnails(_("Texts to try"), pictures, selected, f"texts_{task}", choose)


@cache
def _pictures(task: str) -> dict[str, Thumbnail]:
    return {name: Thumbnail(name, _lines(task, text)) for name, text in texts_to_try(task).items()}


def _lines(task: str, text: str) -> tuple[ThumbnailLine, ...]:
    settings = standard(task, "gru", True)
    network = shipped(settings)
    found = own_text(text, settings)
    if network is None or not isinstance(found, OwnText):
        return ()
    weights = compute.reader(network.state).translate(found.tokens).attention
    if weights is None:
        return ()
    last = weights.shape[1] - 1
    return (ThumbnailLine((weights.argmax(axis=1) / last).tolist(), "gru"),)
