"""The language of a word, guessed from the belief in all words, or chosen by the visitor."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.apps.speech.settings import Settings
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax

Spoken = Literal["guess", "english", "mandarin"]
SPOKEN: tuple[Spoken, ...] = ("guess", "english", "mandarin")


@dataclass(frozen=True)
class InLanguage:
    language: Literal["english", "mandarin"]
    share: float  # the network's belief in the language
    belief: Array  # (..., words) of the words of this language alone; 0 for the others


def in_language(belief: Array, words: range, spoken: Spoken) -> InLanguage:
    """belief (T, words): at every frame, the words of the language alone, which is guessed from the last frame."""
    english = np.isin(words, Settings(language="english").words)
    share = float(belief[-1] @ english)
    guessed: Literal["english", "mandarin"] = "english" if share >= 0.5 else "mandarin"
    language = guessed if spoken == "guess" else spoken
    inside = english if language == "english" else ~english
    if not inside.any():  # a network of one language alone
        language, inside = guessed, np.ones_like(english)
    kept = np.where(inside, belief, 0.0)
    total = kept.sum(axis=-1, keepdims=True)
    return InLanguage(
        language,
        share if language == "english" else 1.0 - share,
        np.where(total > 0.0, kept / np.where(total > 0.0, total, 1.0), inside / inside.sum()),
    )


@dataclass(frozen=True)
class StripInLanguage:
    language: Literal["english", "mandarin"]
    share: float  # of all that the network predicts but the blank
    scores: Array  # (T, 11) of the ten digits of this language and of the blank


def strip_in_language(scores: Array, words: range, spoken: Spoken) -> StripInLanguage:
    """scores (T, words + 1): the digits of one language alone, which is guessed from all frames."""
    english = np.isin(words, Settings(language="english").words)
    said = softmax(scores)[:, :-1].sum(axis=0)
    share = float(said @ english / said.sum())
    guessed: Literal["english", "mandarin"] = "english" if share >= 0.5 else "mandarin"
    language = guessed if spoken == "guess" else spoken
    inside = english if language == "english" else ~english
    if not inside.any():
        language, inside = guessed, ~inside
    kept = np.concatenate([scores[:, :-1][:, inside], scores[:, -1:]], axis=1)
    return StripInLanguage(language, share if language == "english" else 1.0 - share, kept)
