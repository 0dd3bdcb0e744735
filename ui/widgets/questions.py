"""A question as the lessons write it, and the order in which its answers are shown.

The question; its answers as a list, `- [x]` before the right one, and under each wrong one an indented line that names the
mistake behind it; the reason why the right one is right; and if a view of the app shows it, a line `view:` with its link. Blank
lines divide the parts.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

_ANSWER = re.compile(r"^- \[([ x])\] (.+)((?:\n  .+)*)", flags=re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    text: str
    right: bool
    mistake: str  # the mistake behind a wrong answer; empty for the right one


@dataclass(frozen=True)
class Question:
    text: str
    answers: tuple[Answer, ...]
    reason: str
    view: str = ""  # a link of the app that shows the reason, such as `gates?view=left`


def read_question(text: str) -> Question:
    ask, answers, reason, *view = text.split("\n\n")
    link = view[0].removeprefix("view: ") if view else ""
    return Question(ask, tuple(_answer(found) for found in _ANSWER.finditer(answers)), reason, link)


def _answer(found: re.Match[str]) -> Answer:
    return Answer(found[2], found[1] == "x", " ".join(found[3].split()))


def shuffled(count: int, key: str) -> list[int]:
    """The places 0 to count - 1 in an order that depends on the question's key alone, so both languages show the same order."""
    return sorted(range(count), key=lambda at: sha256(f"{key} {at}".encode()).digest())
