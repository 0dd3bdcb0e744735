"""The list of solved exercises in a file: written, read, refused with a reason."""

import json

import pytest

from rnn_core.studies.practice.catalogue import EXERCISES, TOPICS
from rnn_core.studies.practice.progress import ProgressRefused, Solved, merged, read_progress, write_progress
from rnn_core.studies.practice.squares import SQUARES

KNOWN = (*EXERCISES, *SQUARES)
SOLVED = {"rnn_sum": Solved(2, 1), "hold_bit": Solved(1, 0), "lstm/forget_gate": Solved(3, 3)}
WRONG = {
    "too large": [b" " * 1_000_001],
    "not json": [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"1" * 10_000, b"<script>alert(1)</script>"],
    "not ours": [b"[]", b"{}", b'{"unrolled_solved": 2, "solved": {}}', b'{"unrolled_solved": 1, "solved": [1]}'],
    "bad entry": [
        json.dumps({"unrolled_solved": 1, "solved": {"rnn_sum": entry}}).encode()
        for entry in (
            None,
            {},
            {"tries": 0, "hints": 0},
            {"tries": True, "hints": 0},
            {"tries": 1, "hints": 9},
            {"tries": 1.5, "hints": 0},
        )
    ],
}


def test_a_file_comes_back_as_it_was() -> None:
    assert read_progress(write_progress(SOLVED).encode(), KNOWN) == SOLVED


@pytest.mark.parametrize("reason", WRONG)
def test_a_broken_file_is_refused_with_its_reason(reason: str) -> None:
    for data in WRONG[reason]:
        with pytest.raises(ProgressRefused) as refused:
            read_progress(data, KNOWN)
        assert refused.value.reason == reason


def test_unknown_exercises_are_left_out_and_the_better_time_is_kept() -> None:
    data = write_progress({"of another version": Solved(1, 0), "rnn_sum": Solved(5, 0)}).encode()
    assert merged(SOLVED, read_progress(data, KNOWN)) == {**SOLVED, "rnn_sum": Solved(5, 0)}


def test_there_are_at_least_sixty_exercises_in_four_kinds() -> None:
    assert len(EXERCISES) >= 60
    assert {entry.kind for entry in EXERCISES.values()} == {"value", "goal", "sketch", "order"}
    assert len(TOPICS) >= 8
