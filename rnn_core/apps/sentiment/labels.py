"""The labels of a visitor's reviews: words, 1 and 0, a scale, stars in many ways of writing, or scores up to ten."""

import re
from collections.abc import Sequence

from rnn_core.apps.sentiment.classes import NEGATIVE, NEUTRAL, POSITIVE

PRAISE = frozenset(
    [
        "1",
        "+",
        "pos",
        "positive",
        "good",
        "true",
        "yes",
        "like",
        "正",
        "正面",
        "正向",
        "积极",
        "好",
        "好评",
        "是",
        "喜欢",
    ]
)
BLAME = frozenset(
    [
        "0",
        "-1",
        "-",
        "neg",
        "negative",
        "bad",
        "false",
        "no",
        "dislike",
        "负",
        "负面",
        "负向",
        "消极",
        "坏",
        "差",
        "差评",
        "否",
        "不喜欢",
    ]
)
BETWEEN = frozenset(["neutral", "neu", "mixed", "中", "中性", "中立", "中评", "一般"])
STARS = frozenset("12345")
HIGH = frozenset(("6", "7", "8", "9", "10"))  # only on a scale up to ten
SCALES = {  # labels that only together say what they mean
    frozenset(("-1", "0", "1")): {"-1": NEGATIVE, "0": NEUTRAL, "1": POSITIVE},
    frozenset(("0", "1", "2")): {"0": NEGATIVE, "1": NEUTRAL, "2": POSITIVE},
}
OF_STARS = {"1": NEGATIVE, "2": NEGATIVE, "3": NEUTRAL, "4": POSITIVE, "5": POSITIVE}
OF_TEN = {str(score): NEGATIVE if score < 5 else NEUTRAL if score < 7 else POSITIVE for score in range(11)}
OF_WORDS = dict.fromkeys(PRAISE, POSITIVE) | dict.fromkeys(BLAME, NEGATIVE) | dict.fromkeys(BETWEEN, NEUTRAL)
LEAST_HIGH = 0.1  # share of the labels from which a column is taken for scores up to ten

_NUMBERS = {
    word: str(n)
    for n, pair in enumerate(("one 一", "two 二", "three 三", "four 四", "five 五"), 1)
    for word in pair.split()
}
_STARS = re.compile(r"([1-5]|one|two|three|four|five)(?:\s*-?\s*stars?|\s*/\s*5)?|([1-5一二三四五])\s*(?:颗?星级?|分)")
_HALVES = re.compile(r"([1-4])\.5")
_DEGREE = re.compile(r"(?:very|extremely|somewhat|slightly|mostly)[ _-]+|非常|比较")


def meaning(labels: Sequence[str]) -> tuple[str, dict[str, int]]:
    """How the labels of a column are read, and the class of each."""
    numbers = frozenset(labels) & {"-1", *"012345"}
    if sum(label in HIGH for label in labels) >= LEAST_HIGH * len(labels):
        return "ten", OF_WORDS | OF_TEN
    if numbers in SCALES:
        return " ".join(sorted(numbers, key=int)), OF_WORDS | SCALES[numbers]
    return ("stars", OF_STARS) if numbers & (STARS - {"1"}) else ("words", OF_WORDS)


def is_label(cell: str, *, up_to_ten: bool = False) -> bool:
    label = label_of(cell)
    return label in OF_WORDS or label in STARS or (up_to_ten and label in HIGH)


def label_of(cell: str) -> str:
    """1.0 is 1, because some programs write integers in this way. "Four stars", "4/5", "★★★★☆" and "四星" are 4; a half
    star counts away from the middle."""
    label = cell.strip().lower().removesuffix(".0")
    if label and not label.strip("★⭐☆\ufe0f"):
        return str(label.count("★") + label.count("⭐"))
    if half := _HALVES.fullmatch(label):
        return str(int(half[1]) + (int(half[1]) >= 3))
    if stars := _STARS.fullmatch(label):
        number = stars[1] or stars[2]
        return _NUMBERS.get(number, number)
    return _DEGREE.sub("", label, count=1)
