r"""A visitor's regular expression as a label of a text, in time that grows with the text and never faster.

Python's own `re` tries alternatives one after the other, and some patterns keep it busy forever, with no way to stop it. This
matcher follows all alternatives at once (Thompson 1968), as a set of states in the bits of an integer: forward over the pattern
from a place where a match begins, and before that once backward over the text, to know where a match can begin and how far it is
worth reading. Characters, classes, groups, `|`, `*`, `+`, `?` and `{m,n}` are understood, and `^`, `$` and `\b` at the ends. Of
several matches at one place the longest counts, and the next is searched for behind it.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from rnn_core.analysis.inside.pattern_parser import ARGUMENT, Node, Test, is_word, parse
from rnn_core.arrays import Mask
from rnn_core.errors import CoreError

MOST_STATES = 300  # of the pattern, with repeats written out
SECONDS = 2.0  # of the processor, so that other visitors do not decide which patterns are too slow


@dataclass
class _States:
    """A machine: state 0 begins, `accept` ends. `skips` are moves without a character."""

    tests: list[Test | None] = field(default_factory=list)  # of the move from state s to s + 1, None: no such move
    skips: list[int] = field(default_factory=list)  # bits of the states that are reached without a character

    def add(self, test: Test | None = None) -> int:
        if len(self.tests) >= MOST_STATES:
            raise CoreError(
                ARGUMENT, "a pattern that is too large", f"at most {MOST_STATES} places, with repeats written out"
            )
        self.tests.append(test)
        self.skips.append(0)
        return len(self.tests) - 1


def matches(pattern: str, text: str) -> Mask:
    r"""(T,) true for the characters that belong to a match.

    >>> matches(r"\d+", "in 1492,").nonzero()[0]
    array([3, 4, 5, 6])
    """
    found = np.zeros(len(text), np.bool_)
    for start, end in spans(pattern, text):
        found[start:end] = True
    return found


def spans(pattern: str, text: str, seconds: float = SECONDS) -> Iterator[tuple[int, int]]:
    """The first and the last place (exclusive) of each match, as `re.finditer` finds them where the longest match is wanted."""
    machine = _Machine(pattern)
    clock = _Clock(seconds)
    from_here = machine.backward(text, clock)
    at = 0
    while at < len(text):
        end = machine.longest(text, at, from_here, clock) if from_here[at] & 1 and machine.may_begin(text, at) else None
        if end is None or end == at:
            at += 1
        else:
            yield at, end
            at = end


class _Clock:
    def __init__(self, seconds: float) -> None:
        self.end, self.seconds, self.count = time.thread_time() + seconds, seconds, 0

    def tick(self) -> None:
        self.count += 1
        if self.count % 256 == 0 and time.thread_time() > self.end:
            raise CoreError(
                ARGUMENT, f"a pattern that needs more than {self.seconds:g} seconds here", "a simpler pattern"
            )


class _Machine:
    def __init__(self, pattern: str) -> None:
        parsed = parse(pattern)
        self.first, self.last = parsed.first, parsed.last
        self.states = _States()
        self.states.add()
        self.accept = _build(parsed.body, self.states, 0)
        self.skips = _closed(self.states.skips)
        # By what a character may be: the states that it moves from. Characters that no test tells apart share an entry.
        self.moves = cache(self._moves)
        self.forward_step = cache(self._forward_step)
        self.backward_step = cache(self._backward_step)
        self.into = [
            sum(1 << s for s, reached in enumerate(self.skips) if reached >> target & 1)
            for target in range(len(self.skips))
        ]

    def _moves(self, letter: str) -> int:
        return sum(1 << s for s, test in enumerate(self.states.tests) if test is not None and test(letter))

    def _forward_step(self, now: int, moves: int) -> int:
        return self._with(self.skips, (now & moves) << 1)

    def _backward_step(self, later: int, moves: int) -> int:
        return self._with(self.into, (later >> 1) & moves)

    @staticmethod
    def _with(table: list[int], states: int) -> int:
        """The states, and those that the table joins to each of them."""
        found = states
        while states:
            low = states & -states
            found |= table[low.bit_length() - 1]
            states ^= low
        return found

    def backward(self, text: str, clock: _Clock) -> list[int]:
        """(T+1,) for each place the states from which the rest of the text can lead to the end of the pattern."""
        may_end = [self._ends(text, at) for at in range(len(text) + 1)] if self.last else None
        accepting = self._with(self.into, 1 << self.accept)
        found = [0] * (len(text) + 1)
        now = 0
        for at in range(len(text), -1, -1):
            clock.tick()
            if at < len(text):
                now = self.backward_step(now, self.moves(text[at]))
            if may_end is None or may_end[at]:
                now |= accepting
            found[at] = now
        return found

    def longest(self, text: str, start: int, from_here: list[int], clock: _Clock) -> int | None:
        """The end of the longest match that begins here. Reads no further than a match can still reach."""
        now, end = self.skips[0], None
        for at in range(start, len(text) + 1):
            clock.tick()
            now &= from_here[at]
            if not now:
                break
            if now >> self.accept & 1 and self._ends(text, at):
                end = at
            if at < len(text):
                now = self.forward_step(now, self.moves(text[at]))
        return end

    def may_begin(self, text: str, at: int) -> bool:
        return _holds(self.first, text, at)

    def _ends(self, text: str, at: int) -> bool:
        return _holds(self.last, text, at)


def _holds(anchor: str, text: str, at: int) -> bool:
    match anchor:
        case "^":
            return at == 0 or text[at - 1] == "\n"
        case "$":
            return at == len(text) or text[at] == "\n"
        case "b":
            return (at > 0 and is_word(text[at - 1])) != (at < len(text) and is_word(text[at]))
    return True


def _closed(skips: list[int]) -> list[int]:
    """All states that are reached without a character, the state itself among them."""
    found = [1 << s | reached for s, reached in enumerate(skips)]
    changed = True
    while changed:
        changed = False
        for s, reached in enumerate(found):
            more = _Machine._with(found, reached)
            if more != reached:
                found[s], changed = more, True
    return found


def _build(node: Node, states: _States, begin: int) -> int:
    """Adds the node's states behind `begin`, and gives the state in which it ends."""
    match node.kind:
        case "letter":
            here = states.add(node.test)
            states.skips[begin] |= 1 << here
            return states.add()
        case "row":
            for part in node.parts:
                begin = _build(part, states, begin)
            return begin
        case "either":
            ends = [_build(part, states, begin) for part in node.parts]
            end = states.add()
            for each in ends:
                states.skips[each] |= 1 << end
            return end
    for _ in range(node.least):
        begin = _build(node.parts[0], states, begin)
    if node.most is None:
        start = states.add()
        states.skips[begin] |= 1 << start
        end = _build(node.parts[0], states, start)
        states.skips[end] |= 1 << start
        return start
    stops = [begin]
    for _ in range(node.most - node.least):
        begin = _build(node.parts[0], states, begin)
        stops.append(begin)
    end = states.add()
    for stop in stops:
        states.skips[stop] |= 1 << end
    return end
