"""The parts of a regular expression as a tree, and a clear sentence for everything that `pattern.py` does not match."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rnn_core.errors import CoreError

LONGEST = 200  # characters of a pattern
ARGUMENT = "pattern"
Test = Callable[[str], bool]  # of one character


def is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


_CLASSES: dict[str, Test] = {
    "d": str.isdecimal,
    "w": is_word,
    "s": str.isspace,
}
_CONTROL = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class Node:
    kind: str  # "letter", "row", "either", "repeat"
    test: Test | None = None
    parts: tuple["Node", ...] = ()
    least: int = 1
    most: int | None = 1


@dataclass(frozen=True)
class Parsed:
    first: str  # what must hold where a match begins: "^", "b" for a border of a word, or ""
    last: str  # and where it ends: "$", "b" or ""
    body: Node


def parse(pattern: object) -> Parsed:
    if not isinstance(pattern, str) or not 1 <= len(pattern) <= LONGEST:
        raise CoreError(ARGUMENT, f"{len(str(pattern))} characters", f"1 to {LONGEST} characters")
    parser = _Parser(pattern)
    first, last, body = parser.anchors()
    return Parsed(first, last, parser.parsed(body))


class _Parser:
    def __init__(self, pattern: str) -> None:
        self.text, self.at = pattern, 0

    def anchors(self) -> tuple[str, str, str]:
        """What must hold where a match begins and where it ends, and the pattern between."""
        body, first, last = self.text, "", ""
        for sign, name in (("^", "^"), (r"\b", "b")):
            if body.startswith(sign):
                first, body = name, body[len(sign) :]
                break
        for sign, name in (("$", "$"), (r"\b", "b")):
            if body.endswith(sign) and not re.search(r"(?<!\\)(\\\\)*\\$", body[: -len(sign)]):
                last, body = name, body[: -len(sign)]
                break
        return first, last, body

    def parsed(self, body: str) -> Node:
        self.text, self.at = body, 0
        if not body:
            raise self.wrong("an empty pattern")
        node = self.either()
        if self.at < len(self.text):
            raise self.wrong("a ')' without its '('")
        return node

    def wrong(self, given: str) -> CoreError:
        wanted = r"characters, [classes], (groups), |, *, +, ?, {m,n}, and ^, $ or \b at the ends"
        return CoreError(ARGUMENT, given, wanted)

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        letter = self.peek()
        self.at += 1
        return letter

    def either(self) -> Node:
        parts = [self.row()]
        while self.peek() == "|":
            self.take()
            parts.append(self.row())
        return parts[0] if len(parts) == 1 else Node("either", parts=tuple(parts))

    def row(self) -> Node:
        parts = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(self.one()))
        return Node("row", parts=tuple(parts))

    def repeated(self, node: Node) -> Node:
        sign = self.peek()
        bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign)
        if bounds is not None:
            self.take()
        elif sign == "{" and (found := re.compile(r"\{(\d{1,3})(,(\d{0,3}))?\}").match(self.text, self.at)):
            self.at = found.end()
            least = int(found[1])
            bounds = (least, least if found[2] is None else int(found[3]) if found[3] else None)
            if bounds[1] is not None and bounds[1] < least:
                raise self.wrong(f"the repeat {found[0]}")
        else:
            return node
        if self.peek() in ("?", "+", "*", "{"):
            raise self.wrong(f"{sign}{self.peek()}, a repeat of a repeat or a lazy one")
        return Node("repeat", parts=(node,), least=bounds[0], most=bounds[1])

    def one(self) -> Node:
        letter = self.take()
        match letter:
            case "(":
                if self.peek() == "?":
                    if self.text[self.at : self.at + 2] != "?:":
                        raise self.wrong("a group that begins with (?")
                    self.at += 2
                node = self.either()
                if self.take() != ")":
                    raise self.wrong("a '(' without its ')'")
                return node
            case "[":
                return Node("letter", self.char_class())
            case ".":
                return Node("letter", lambda each: each != "\n")
            case "*" | "+" | "?" | "{":
                raise self.wrong(f"{letter} with nothing to repeat")
            case "^" | "$":
                raise self.wrong(f"{letter} inside the pattern")
            case "\\":
                return Node("letter", self.escaped())
        return Node("letter", lambda each: each == letter)

    def escaped(self) -> Test:
        letter = self.take()
        if letter.lower() in _CLASSES and letter:
            test = _CLASSES[letter.lower()]
            return test if letter.islower() else lambda each: not test(each)
        if letter in _CONTROL:
            wanted = _CONTROL[letter]
            return lambda each: each == wanted
        if not letter or letter.isalnum():
            raise self.wrong(f"\\{letter}")
        return lambda each: each == letter

    def char_class(self) -> Test:
        negated = self.peek() == "^"
        if negated:
            self.take()
        tests: list[Test] = []
        first = True
        while first or self.peek() != "]":
            first = False
            letter = self.take()
            if not letter:
                raise self.wrong("a '[' without its ']'")
            if letter == "\\":
                tests.append(self.escaped())
                continue
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.take()
                last = self.take()
                if last == "\\" or last < letter:
                    raise self.wrong(f"the range {letter}-{last}")
                tests.append(_between(letter, last))
            else:
                tests.append(_equal(letter))
        self.take()
        return lambda each: any(test(each) for test in tests) != negated


def _between(first: str, last: str) -> Test:
    return lambda each: first <= each <= last


def _equal(letter: str) -> Test:
    return lambda each: each == letter
