"""Questions about a digit in two languages: a small grammar of relations and their wordings.

A question is a relation, a number where the relation needs one, and a wording: subject and phrase. Every word occurs in
training; some pairs of subject and phrase do not, and some pairs of question and digit do not.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Literal

from rnn_core.apps.digits.pictures import DIGITS

Language = Literal["en", "zh"]
RELATIONS = ("equal", "greater", "less", "even", "odd")
NUMBERS = {"equal": range(DIGITS), "greater": range(1, 9), "less": range(1, 9), "even": range(1), "odd": range(1)}
EMPTY = ""  # the word of an empty question, which also pads short ones

SUBJECTS: dict[Language, tuple[str, ...]] = {
    "en": ("it", "this", "that", "the digit", "the number"),
    "zh": ("它", "这", "这个数", "这个数字", "图里的数"),
}
PHRASES: dict[Language, dict[str, tuple[str, ...]]] = {
    "en": {
        "equal": ("is {s} {n}", "is {s} a {n}", "is {s} equal to {n}", "does {s} say {n}"),
        "greater": ("is {s} greater than {n}", "is {s} bigger than {n}", "is {s} more than {n}", "is {s} above {n}"),
        "less": ("is {s} less than {n}", "is {s} smaller than {n}", "is {s} below {n}", "is {s} under {n}"),
        "even": ("is {s} even", "is {s} an even number", "can {s} be halved"),
        "odd": ("is {s} odd", "is {s} an odd number", "is {s} not even"),
    },
    "zh": {
        "equal": ("{s}是{n}吗", "{s}等于{n}吗", "{s}是不是{n}", "{s}写的是{n}吗"),
        "greater": ("{s}比{n}大吗", "{s}大于{n}吗", "{s}超过{n}吗", "{s}在{n}以上吗"),
        "less": ("{s}比{n}小吗", "{s}小于{n}吗", "{s}不到{n}吗", "{s}在{n}以下吗"),
        "even": ("{s}是偶数吗", "{s}是双数吗", "{s}能被二整除吗"),
        "odd": ("{s}是奇数吗", "{s}是单数吗", "{s}不是偶数吗"),
    },
}
_SAME = str.maketrans("這個數圖於嗎過寫雙單〇", "这个数图于吗过写双单零")  # other ways to write the same signs
NUMBER_WORDS: dict[Language, tuple[str, ...]] = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "zh": ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九"),
}


@dataclass(frozen=True)
class Question:
    relation: str
    number: int  # 0 where the relation needs none

    def is_true_for(self, digit: int) -> bool:
        match self.relation:
            case "equal":
                return digit == self.number
            case "greater":
                return digit > self.number
            case "less":
                return digit < self.number
            case "even":
                return digit % 2 == 0
            case _:
                return digit % 2 == 1


@dataclass(frozen=True)
class Wording:
    language: Language
    subject: int
    phrase: int
    spelled: bool  # the number as a word, not as a figure

    def held_out(self, relation: str) -> bool:
        """Each phrase has one subject in five that never occurs with it in training."""
        return (self.subject + self.phrase + RELATIONS.index(relation)) % len(SUBJECTS[self.language]) == 0


ALL: tuple[Question, ...] = tuple(Question(relation, n) for relation in RELATIONS for n in NUMBERS[relation])


def pair_held_out(asked: Question, digit: int) -> bool:
    """Whether this question is never trained about this digit. Where no other digit has this answer ("is it 7": yes), it is."""
    answer = asked.is_true_for(digit)
    alone = sum(asked.is_true_for(other) == answer for other in range(DIGITS)) == 1
    return not alone and (5 * digit + asked.number + RELATIONS.index(asked.relation)) % 6 == 0


@cache
def wordings(relation: str) -> tuple[Wording, ...]:
    every = [
        Wording(language, subject, phrase, spelled)
        for language in SUBJECTS
        for subject, phrase, spelled in product(
            range(len(SUBJECTS[language])), range(len(PHRASES[language][relation])), (False, True)
        )
    ]
    return tuple(each for each in every if each.spelled or len(NUMBERS[relation]) > 1)


def written(asked: Question, wording: Wording) -> str:
    """The question without its question mark."""
    number = NUMBER_WORDS[wording.language][asked.number] if wording.spelled else str(asked.number)
    phrase = PHRASES[wording.language][asked.relation][wording.phrase]
    return phrase.format(s=SUBJECTS[wording.language][wording.subject], n=number)


def split_words(question: str) -> list[str]:
    """Latin words and whole numbers, and each other sign by itself; punctuation and spaces are left out.

    What has a sign or a point is a number too, and none that is known: -5 is not 5.
    """
    text = unicodedata.normalize("NFKC", question).casefold().translate(_SAME)
    return re.findall(r"[+-]?[0-9]+(?:[.,][0-9]+)*|[a-z0-9]+|[^\W_]", text)


@cache
def vocabulary() -> tuple[str, ...]:
    found = {
        word for asked in ALL for wording in wordings(asked.relation) for word in split_words(written(asked, wording))
    }
    return (EMPTY, *sorted(found))


@cache
def _numbers() -> dict[str, int]:
    return {word: k for k, word in enumerate(vocabulary())}


def read_words(words: Sequence[str]) -> list[int]:
    """The numbers of the words that are known; a question without any is the empty one."""
    known = [_numbers()[word] for word in words if word in _numbers()]
    return known or [0]


def unknown_words(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _numbers()]


def longest() -> int:
    return max(len(split_words(written(asked, wording))) for asked in ALL for wording in wordings(asked.relation))
