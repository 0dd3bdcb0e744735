"""Interpretable units: the correlation of a unit's value with simple features of the text.

Each unit is assigned the feature with the highest correlation on the validation part; its score is measured on the test
part, so that the selection does not bias it. (Karpathy, Johnson and Fei-Fei 2015 found about one cell in
twenty that could be understood; most could not.)
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.text.data import Symbols
from rnn_core.apps.text.reader import Reader
from rnn_core.arrays import Array

READ = 6_000  # characters of each part
RAREST = 0.005  # the share of characters at which a feature must be there
TINY = 1e-12  # instead of a length of 0
LEAST_SPACES = 0.02  # the share of spaces in a text with words
CAPITALS = re.compile(r"[A-Z]{2}$")
ENDS = set(",;:.!?，。；：！？、")

Features = dict[str, Sequence[float] | Array]  # each (T,)


@dataclass(frozen=True)
class Units:
    features: tuple[str, ...]  # (F,) in plain English
    best: tuple[int, ...]  # (H,) the feature of each unit
    scores: Array  # (H,) |correlation| with it, on the test part
    sign: Array  # (H,) +1 where the unit is high when the feature is
    text: str  # the test part, as far as it was read
    values: Array  # (len(text), H) after each character, or after the word piece that it is in, from -1 to 1


def features(text: str) -> dict[str, Array]:
    """Each (T,): 1 where something holds after reading character t, or a number."""
    found: Features = {
        "a space was read": [letter == " " for letter in text],
        "a capital letter was read": [letter.isupper() for letter in text],
        "a vowel was read": [letter.lower() in "aeiou" for letter in text],
        "a digit was read": [letter.isdigit() for letter in text],
        "a mark was read": [unicodedata.category(letter)[0] in "PS" for letter in text],
        "place in the line": _since(text, lambda letter: letter == "\n"),
        "place in the clause": _since(text, lambda letter: letter in ENDS or letter == "\n"),
        "indentation of the line": _indentation(text),
        "within brackets": _brackets(text),
        **_strings_and_comments(text),
    }
    if text.count(" ") > LEAST_SPACES * len(text):
        found |= _of_words(text)
    return {name: np.array(values, np.float64) for name, values in found.items()}


def _of_words(text: str) -> Features:
    """Features of words, only for texts with spaces: in Chinese a run of letters is a clause."""
    return {
        "place in the word": _since(text, lambda letter: not letter.isalnum() and letter != "_"),
        "within a word in capitals": [bool(CAPITALS.search(text[max(0, t - 1) : t + 1])) for t in range(len(text))],
        "the word began with a capital": _began_with_capital(text),
    }


def units(reader: Reader) -> Units:
    """The units of the last layer."""
    chosen_on, measured_on = reader.settings.parts.validation[:READ], reader.settings.parts.test[:READ]
    names = tuple(features(chosen_on))
    values = states_over(reader, measured_on)
    lengths = [np.array([len(piece) for piece in reader.corpus.cut(text)]) for text in (chosen_on, measured_on)]
    fit = _correlations(names, chosen_on, lengths[0], states_over(reader, chosen_on))
    test = _correlations(names, measured_on, lengths[1], values)
    best, every = np.abs(fit).argmax(axis=0), np.arange(fit.shape[1])
    sign = np.sign(fit[best, every])
    scores = np.maximum(test[best, every] * sign, 0.0)  # a unit whose correlation changes its sign has score 0
    return Units(names, tuple(map(int, best)), scores, sign, measured_on, np.repeat(values, lengths[1], axis=0))


def _correlations(names: Sequence[str], text: str, lengths: Symbols, values: Array) -> Array:
    """(F, H) of every feature with every unit, after each symbol of so many characters; 0 where a feature is rare or constant."""
    ends = np.cumsum(lengths) - 1
    known = {name: feature[ends] for name, feature in features(text).items()}
    centred = values - values.mean(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=0), TINY)
    rows = np.zeros((len(names), len(ends)))
    for row, name in zip(rows, names, strict=True):
        feature = known.get(name, row)
        if np.mean(feature != 0) >= RAREST:
            row[:] = feature - feature.mean()
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), TINY)
    return np.asarray(rows @ centred)


def states_over(reader: Reader, text: str) -> Array:
    """(T, H) of the last layer after each symbol: tanh(c) where there is a cell, else h."""
    states, values = reader.stream.start(), []
    for symbol in reader.corpus.encode(text):
        states, _ = reader.stream.step(states, np.array([symbol]))
        values.append(states.h[-1, 0] if states.c is None else np.tanh(states.c[-1, 0]))
    return np.array(values)


def _since(text: str, begins: Callable[[str], bool]) -> list[int]:
    """How many characters ago the last such one was."""
    counts, count = [], 0
    for letter in text:
        count = 0 if begins(letter) else count + 1
        counts.append(count)
    return counts


def _indentation(text: str) -> list[int]:
    depths = []
    for line in text.split("\n"):
        spaces = len(line) - len(line.lstrip(" "))
        depths += [min(place + 1, spaces) for place in range(len(line))] + [0]
    return depths[: len(text)]


def _brackets(text: str) -> list[bool]:
    depth, inside = 0, []
    for letter in text:
        depth = max(0, depth + (letter in "([{") - (letter in ")]}"))
        inside.append(depth > 0)
    return inside


def _began_with_capital(text: str) -> list[bool]:
    marks, capital, in_word = [], False, False
    for letter in text:
        if letter.isalpha() and not in_word:
            capital = letter.isupper()
        in_word = letter.isalpha()
        marks.append(in_word and capital)
    return marks


LITERAL = re.compile(
    r"(?P<comment>#[^\n]*)|(?P<string>'''.*?(?:'''|\Z)|\"\"\".*?(?:\"\"\"|\Z)|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")|(?P<said>“[^”]*”?)",
    re.DOTALL,
)


def _strings_and_comments(text: str) -> dict[str, Array]:
    """Marks from the opening sign to the last character before the closing one: what a reader knows after each character."""
    quotes, comments = np.zeros(len(text)), np.zeros(len(text))
    for found in LITERAL.finditer(text):
        if found["comment"] is not None:
            comments[found.start() : found.end()] = 1.0
        else:
            quotes[found.start() : max(found.start() + 1, found.end() - 1)] = 1.0
    return {"within quotation marks": quotes, "within a comment": comments}
