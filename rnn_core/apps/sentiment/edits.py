"""Small changes to a sentence: omit a word, exchange two words, or exchange the two parts around a "but"."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from rnn_core.apps.sentiment.words import Token, joined, write

JOINTS = frozenset(("but", "yet", "although", "though", "however", "still"))
JOINTS_ZH = frozenset(("但是", "但", "不过", "可是", "虽然", "尽管"))
OPENERS = frozenset(("even", "although", "though", "but", "yet", "still", "however")) | JOINTS_ZH
NEGATIONS = frozenset(("not", "never", "不"))


def without(tokens: Sequence[Token], places: Sequence[int]) -> str:
    return _again(tokens, [token for at, token in enumerate(tokens) if at not in places])


def exchanged(tokens: Sequence[Token], first: int, second: int) -> str:
    changed = list(tokens)
    changed[first], changed[second] = changed[second], changed[first]
    return _again(tokens, changed)


def first_negation(tokens: Sequence[Token]) -> tuple[int, ...]:
    """The places of the first negation and of the words that belong to it: "not at all", 一点也不. Empty where there is none."""
    found = [token.word for token in tokens]
    at = next((place for place, word in enumerate(found) if word in NEGATIONS), None)
    if at is None:
        return ()
    first = at - 2 if at > 1 and found[at - 2] == "一点" and found[at - 1] in ("也", "都") else at
    last = at + 2 if found[at + 1 : at + 3] == ["at", "all"] else at
    return tuple(range(first, last + 1))


def parts_exchanged(tokens: Sequence[Token]) -> str | None:
    """The two parts around a contrast change places, and its words stay: "slow, but not boring" becomes "not boring, but slow".

    None where there is only one part.
    """
    parts = _parts(tokens)
    pair = _pair(parts)
    if pair is None:
        return None
    (a_open, a), (b_open, b) = (_opened(parts[at]) for at in pair)
    if not a or not b:
        return None
    changed = list(parts)
    changed[pair[0]], changed[pair[1]] = a_open + b, b_open + a
    return _again(tokens, [token for part in changed for token in part])


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """The parts between marks and words of contrast; each mark is a part of its own."""
    parts: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        belongs = at > 0 and tokens[at - 1].word in ("even", "anything", "nothing")  # "anything but boring" is one part
        if token.word in (",", "."):
            parts += [[token], []]
            continue
        if parts[-1] and (token.word == "even" or (token.word in JOINTS | JOINTS_ZH and not belongs)):
            parts.append([])
        parts[-1].append(token)
    return [part for part in parts if part]


def _pair(parts: Sequence[Sequence[Token]]) -> tuple[int, int] | None:
    """The two contrasted parts: those around a contrast, else the first two."""
    spoken = [at for at, part in enumerate(parts) if part[0].word not in (",", ".")]
    for before, after in itertools.pairwise(spoken):
        if _opened(parts[after])[0]:
            return before, after
    for before, after in itertools.pairwise(spoken):
        if _opened(parts[before])[0]:
            return before, after
    return (spoken[0], spoken[1]) if len(spoken) > 1 else None


def _opened(part: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The conjunctions of a part, and the rest of it."""
    count = next((at for at, token in enumerate(part) if token.word not in OPENERS), len(part))
    return list(part[:count]), list(part[count:])


def _again(before: Sequence[Token], after: Sequence[Token]) -> str:
    """The tokens as text, with a capital letter at the beginning if there was one."""
    if not before or not after:
        return ""
    head = before[0]
    tokens = list(after)
    if head.shown[:1].isupper() and head.word != "i" and tokens[0] != head:
        tokens = [replace(each, shown=each.shown.lower()) if each == head else each for each in tokens]
        tokens[0] = replace(tokens[0], shown=tokens[0].shown[:1].upper() + tokens[0].shown[1:])
    follows = dict(zip(map(id, before[1:]), before, strict=False))
    known = [None, *after]
    return write(
        [
            token if follows.get(id(old)) is left else joined(left, token)
            for token, old, left in zip(tokens, after, known, strict=False)
        ]
    )
