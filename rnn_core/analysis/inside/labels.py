"""Labels of a text by rule: for each character whether something holds after it was read.

Their names are plain English, the keys of their translations. What a rule marks ends with the last character before the closing
sign: after that sign a reader knows that it is over.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis.inside.pattern import matches
from rnn_core.arrays import Mask
from rnn_core.errors import MAX_STEPS, CoreError

Counts = NDArray[np.int64]
OWN = "own pattern"  # the visitor's regular expression
RAREST = 0.002  # the least share of characters, of both kinds, that a label needs to be measured
_QUOTES = r"\"(?:\\.|[^\"\\\n])*\"|“[^”]*”?|《[^》]*》?"
PROSE = re.compile(f"(?P<comment>(?!))|(?P<string>{_QUOTES})", re.DOTALL)
PYTHON = re.compile(
    r"(?P<comment>#[^\n]*)"
    rf"|(?P<string>'''.*?(?:'''|\Z)|\"\"\".*?(?:\"\"\"|\Z)|'(?:\\.|[^'\\\n])*'|{_QUOTES})",
    re.DOTALL,
)  # an apostrophe opens a string in code only
_CODE = re.compile(r"^ *(def|class|import|from|return|if) ", re.MULTILINE)
LEAST_SPACES = 0.02  # the share of spaces in a text with words
_LINE_BEGINS = 10  # characters
_LATE = 40  # characters into the line
_DEEP = 8  # spaces of indentation


def _each(test: Callable[[str], bool]) -> Callable[[str], Mask]:
    return lambda text: np.array([test(letter) for letter in text], np.bool_)


def is_mark(letter: str) -> bool:
    """Whether the character is punctuation or a symbol."""
    return unicodedata.category(letter)[0] in "PS"


def _inside_quotes(text: str) -> Mask:
    return _spans_of("string", text)


def _inside_comment(text: str) -> Mask:
    return _spans_of("comment", text)


def _spans_of(kind: str, text: str) -> Mask:
    found = np.zeros(len(text), np.bool_)
    for literal in (PYTHON if is_code(text) else PROSE).finditer(text):
        if literal[kind] is not None:
            found[literal.start() : literal.end() - (kind == "string")] = True
    return found


def is_code(text: str) -> bool:
    return len(_CODE.findall(text)) * 400 > len(text)


def depths(text: str) -> Counts:
    """(T,) how many brackets are open. Brackets in strings and comments of code do not count, and none is open after an empty
    line: a bracket without its partner would otherwise count until the end."""
    depth, found = 0, np.zeros(len(text), np.int64)
    ignored = _spans_of("string", text) | _spans_of("comment", text) if is_code(text) else np.zeros(len(text), np.bool_)
    for at, letter in enumerate(text):
        if not ignored[at]:
            depth = max(0, depth + (letter in "([{（") - (letter in ")]}）"))
        if text[at - 1 : at + 1] == "\n\n":
            depth = 0
        found[at] = depth
    return found


def positions(text: str) -> Counts:
    """(T,) the position of each character in its line, from 0."""
    place, found = 0, np.zeros(len(text), np.int64)
    for at, letter in enumerate(text):
        found[at] = place
        place = 0 if letter == "\n" else place + 1
    return found


def indentations(text: str) -> Counts:
    """(T,) the spaces at the beginning of the line, as far as they have been read."""
    found: list[int] = []
    for line in text.split("\n"):
        spaces = len(line) - len(line.lstrip(" "))
        found += [min(place + 1, spaces) for place in range(len(line))] + [spaces]
    return np.array(found[: len(text)], np.int64)


def _capitalised_word(text: str) -> Mask:
    found, capital, in_word = np.zeros(len(text), np.bool_), False, False
    for at, letter in enumerate(text):
        if letter.isalpha() and not in_word:
            capital = letter.isupper()
        in_word = letter.isalpha()
        found[at] = in_word and capital
    return found


def _end_of_word(text: str) -> Mask:
    """The last letter of a word in a text with spaces: the network has to expect the end, because it has not read it yet."""
    if text.count(" ") < LEAST_SPACES * len(text):  # Chinese has no spaces: a run of characters is a clause
        return np.zeros(len(text), np.bool_)
    letters = np.array([letter.isalpha() for letter in text], np.bool_)
    return np.asarray(letters & ~np.append(letters[1:], False))


def _rhyme(text: str) -> Mask:
    """The last character before a mark that ends a line of verse: the place of the rhyme in Chinese poems."""
    ends = np.array([letter in "，。？！；" for letter in text], np.bool_)
    return np.asarray(np.append(ends[1:], False) & ~ends)


RULES: dict[str, Callable[[str], Mask]] = {
    "inside quotation marks": _inside_quotes,
    "inside brackets": lambda text: depths(text) > 0,
    "brackets in brackets": lambda text: depths(text) > 1,
    "start of a line": lambda text: positions(text) < _LINE_BEGINS,
    "late in a line": lambda text: positions(text) >= _LATE,
    "indented line": lambda text: indentations(text) > 0,
    "deeply indented line": lambda text: indentations(text) >= _DEEP,
    "inside a comment": _inside_comment,
    "capital letter": _each(str.isupper),
    "word with a capital": _capitalised_word,
    "end of a word": _end_of_word,
    "vowel": _each(lambda letter: letter.lower() in "aeiou"),
    "digit": _each(str.isdigit),
    "space": _each(lambda letter: letter == " "),
    "punctuation": _each(is_mark),
    "end of a line of verse": _rhyme,
}


def label(name: str, text: str, pattern: str = "") -> Mask:
    """(T,) one label; `pattern` is for the name OWN."""
    if len(text) > MAX_STEPS:
        raise CoreError("text", f"{len(text)} characters", f"at most {MAX_STEPS}")
    if name == OWN:
        return matches(pattern, text)
    if name not in RULES:
        raise CoreError("label", repr(name), "one of " + ", ".join(map(repr, RULES)))
    return RULES[name](text)


def labels(texts: Iterable[str], pattern: str = "") -> dict[str, tuple[Mask, ...]]:
    """Every label that is neither too rare nor too frequent in any of the texts, with its marks in each text."""
    texts = tuple(texts)
    names = (*RULES, OWN) if pattern else tuple(RULES)
    found = {name: tuple(label(name, text, pattern) for text in texts) for name in names}
    return {name: marks for name, marks in found.items() if all(is_measurable(each) for each in marks)}


def is_measurable(marks: Mask) -> bool:
    share = float(marks.mean()) if len(marks) else 0.0
    return RAREST <= share <= 1.0 - RAREST
