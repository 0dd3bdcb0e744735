"""From a sentence to words and back, in English and Chinese.

English: "isn't" is two words, "is" and "n't", and n't is read as "not", so that a negation is a word of its own. Chinese has no
spaces: the longest word of the grammar that fits is taken, and where none fits, one character. Any word outside
the vocabulary is <unknown>.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from rnn_core.apps.sentiment.chinese import CHINESE
from rnn_core.apps.sentiment.english import ENGLISH
from rnn_core.apps.sentiment.grammar import Grammar

PAD, UNKNOWN = 0, 1
NAMES = ("<pad>", "<unknown>")
MOST_WORDS = 120

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_PIECE = re.compile(rf"(?P<han>{_HAN}+)|(?P<latin>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<number>\d+)|(?P<other>\S)")
_PAUSES, _STOPS = set(",，、;；:："), set(".。!！?？…")
_ENDINGS = {"n't": "not", "'s": "is", "'re": "are", "'m": "am", "'d": "would", "'ve": "have", "'ll": "will"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}  # can't, won't, shan't


@dataclass(frozen=True)
class Token:
    shown: str  # as written
    word: str  # as in the vocabulary
    glued: bool  # no space before it


def read(text: str) -> tuple[Token, ...]:
    """The words of a text, without a full stop at its end."""
    tokens: list[Token] = []
    for piece in _PIECE.finditer(text):
        glued = piece.start() > 0 and not text[piece.start() - 1].isspace()
        tokens += _tokens(piece, glued)
    while tokens and tokens[-1].word == ".":
        tokens.pop()
    return tuple(tokens)


def words(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in read(text))


def has_word(text: str) -> bool:
    """Whether `words` finds any: full stops alone are none."""
    return any(not letter.isspace() and letter not in _STOPS for letter in text)


def write(tokens: Sequence[Token]) -> str:
    """The text again."""
    return "".join(("" if token.glued or at == 0 else " ") + token.shown for at, token in enumerate(tokens))


def joined(before: Token | None, token: Token) -> Token:
    """The token behind another neighbour: marks, n't and Chinese go without a space."""
    mark, ending = token.word in (",", "."), token.glued and not token.shown.isalpha()
    han = before is not None and is_han(token.shown[0]) and not before.shown.isascii()
    return replace(token, glued=mark or ending or han)


def is_han(letter: str) -> bool:
    return re.fullmatch(_HAN, letter) is not None


def _tokens(piece: re.Match[str], glued: bool) -> list[Token]:
    shown = piece.group()
    match piece.lastgroup:
        case "han":
            return [Token(word, word, glued or at > 0) for at, word in enumerate(segmented(shown))]
        case "latin":
            return _latin(shown, glued)
        case "number":
            return [Token(shown, shown, glued)]
        case _:
            return [Token(shown, "," if shown in _PAUSES else "." if shown in _STOPS else shown, glued)]


def _latin(shown: str, glued: bool) -> list[Token]:
    plain = shown.lower().replace("’", "'")
    if plain == "cannot":
        return [Token(shown[:3], "can", glued), Token(shown[3:], "not", True)]
    for ending, word in _ENDINGS.items():
        if plain.endswith(ending) and len(plain) > len(ending):
            stem = plain.removesuffix(ending)
            at = len(stem)
            return [Token(shown[:at], _STEMS.get(stem, stem), glued), Token(shown[at:], word, True)]
    return [Token(shown, plain, glued)]


def segmented(han: str) -> list[str]:
    """Longest match from the left."""
    known, longest = _chinese_words()
    found: list[str] = []
    at = 0
    while at < len(han):
        size = next((n for n in range(min(longest, len(han) - at), 1, -1) if han[at : at + n] in known), 1)
        found.append(han[at : at + size])
        at += size
    return found


@lru_cache
def _chinese_words() -> tuple[frozenset[str], int]:
    known = frozenset(word for string in _strings(CHINESE) for word in string.split())
    return known, max(map(len, known))


def _strings(grammar: Grammar) -> Iterable[str]:
    """Every text of the grammar, with blanks for the inserted parts."""
    for parts in (grammar.forms, grammar.frames, grammar.patterns):
        yield from (re.sub(r"\{[^}]*\}|，", " ", each.template) for each in parts)
    for both in grammar.verbs:
        yield from (each.format("", "") for each in both)
    yield from (*grammar.pronouns, *grammar.objects, *(each.word for each in grammar.general))
    for topic in grammar.topics:
        yield from topic.neutral_clauses
        for aspect in (topic.whole, *topic.parts):
            yield from (*aspect.name.split("|"), *aspect.good, *aspect.bad)


@dataclass(frozen=True)
class Vocabulary:
    names: tuple[str, ...]  # the first two are <pad> and <unknown>

    @cached_property
    def places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    def ids(self, given: Sequence[str]) -> list[int]:
        return [self.places.get(word, UNKNOWN) for word in given]

    def knows(self, word: str) -> bool:
        return word in self.places


def vocabulary_of(found: Iterable[str]) -> Vocabulary:
    return Vocabulary((*NAMES, *sorted(set(found))))


@lru_cache
def grammar_vocabulary() -> Vocabulary:
    """Every word of both grammars, and the two marks."""
    found = {",", "."} | {word for string in _strings(ENGLISH) for word in words(string)} | _chinese_words()[0]
    return vocabulary_of(found)
