"""Labels by rule, and a visitor's pattern: what they mark, that they end in time, and what is refused."""

import contextlib
import re
import time

import numpy as np
import pytest

from rnn_core.analysis.inside import labels
from rnn_core.analysis.inside.pattern import matches, spans
from rnn_core.errors import CoreError

PYTHON = 'def f(a, b=(1, "x)")):  # one (two\n    return {"k": [a, \'q\']}\nimport os\n'
PROSE = 'He said "no, don\'t". Then (so they say) left.\n'


def marked(name: str, text: str, pattern: str = "") -> str:
    return "".join(
        letter if here else "." for letter, here in zip(text, labels.label(name, text, pattern), strict=True)
    )


def test_quotes_brackets_and_comments_of_code() -> None:
    assert marked("inside quotation marks", PYTHON).replace(".", "") == '"x)"k\'q'
    assert marked("inside a comment", PYTHON).strip(".") == "# one (two"
    assert marked("inside brackets", "import os\nf((a)b)c\n").strip(".") == "((a)b"
    assert marked("brackets in brackets", "import os\nf((a)b)c\n").strip(".") == "(a"
    assert labels.depths(PYTHON)[-1] == 0  # the brackets in the string and in the comment do not count


def test_an_apostrophe_opens_no_quotation_in_prose() -> None:
    assert marked("inside quotation marks", PROSE).strip(".") == "\"no, don't"
    assert marked("inside a comment", "# 1 is not a comment here. " * 20).strip(".") == ""


def test_words_and_lines() -> None:
    assert marked("word with a capital", "the Lord of hosts") == "....Lord........."
    assert marked("end of a word", "no, never") == ".o......r"
    assert marked("deeply indented line", "if a:\n          b\n")[6:].startswith(".......   b")
    assert marked("late in a line", "x" * 45 + "\ny").count("x") == 5
    assert marked("end of a line of verse", "白日依山尽，黄河入海流。") == "....尽.....流."


def test_labels_that_are_everywhere_or_nowhere_are_left_out() -> None:
    found = labels.labels([PYTHON * 30, PYTHON * 20])
    assert "inside a comment" in found
    assert "end of a line of verse" not in found
    assert labels.OWN in labels.labels([PYTHON * 30], r"\d")


PATTERNS = [
    r"\d+",
    r"[A-Z]\w*",
    r'"[^"\n]*"',
    r"(ab)*c",
    r"a{2,3}b?",
    r"^\s+",
    r"#[^\n]*",
    r"x(y|z)+x",
    r"[]a]",
    r"a\.b",
    r"(?:ab|c)+d",
    r"(a*)*b",
    r"(a|b)*abb",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_marks_what_python_s_own_marks(pattern: str) -> None:
    """The longest match at the first place; `re` finds it by trying every end."""
    rng = np.random.default_rng(0)
    compiled = re.compile(pattern, re.MULTILINE)
    for _ in range(15):
        text = "".join(rng.choice(list('aabbc xyzAB12"\n.#]-_def'), 50))
        expected, at = [], 0
        while at < len(text):
            end = next((end for end in range(len(text), at, -1) if compiled.fullmatch(text, at, end)), None)
            if end is not None:
                expected.append((at, end))
            at = at + 1 if end is None else end
        assert list(spans(pattern, text)) == expected


def test_borders_of_words_and_ends_of_lines() -> None:
    assert list(spans(r"\bdef\b", "def defx xdef def")) == [(0, 3), (14, 17)]
    assert list(spans(r"\w+$", "ab c\nd e")) == [(3, 4), (7, 8)]
    assert marked(labels.OWN, "in 1492,", r"\d+") == "...1492."


@pytest.mark.parametrize("pattern", ["(a*)*b", "(a|aa)+$", "(a|a)*b", "a*a*a*a*b", "(.*)(.*)(.*)=y", "(a?){30}a{30}b"])
def test_a_pattern_that_keeps_python_s_own_busy_ends_in_time(pattern: str) -> None:
    began = time.thread_time()
    with contextlib.suppress(CoreError):  # where it would take longer than two seconds
        matches(pattern, "a" * 100_000)
    assert time.thread_time() - began < 4.0


def test_a_match_is_read_no_further_than_it_reaches() -> None:
    """Each of the matches could go on to an x that never comes."""
    assert matches("a|a.*x", "a" * 40_000).all()


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "(",
        ")",
        "a)",
        "[a",
        "*a",
        "a**",
        "a+?",
        "(?=a)",
        r"(a)\1",
        "a^b",
        r"\q",
        "a{3,1}",
        "[z-a]",
        "a" * 201,
        "(a{200}){200}",
        7,
    ],
    ids=str,
)
def test_other_patterns_get_a_sentence(pattern: object) -> None:
    with pytest.raises(CoreError, match="pattern"):
        matches(pattern, "text")  # type: ignore[arg-type]
