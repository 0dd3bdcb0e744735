"""Homework: seeds that differ and give fair exercises, receipts that are read as written, and a check that computes again."""

import base64
import json
import zlib
from itertools import pairwise

import pytest

from rnn_core.errors import CoreError
from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.goals import is_reached
from rnn_core.studies.practice.homework.assign import homework_exercises, read_students, seeds_for
from rnn_core.studies.practice.homework.check import check, make_receipt
from rnn_core.studies.practice.homework.receipt import (
    ReceiptRefused,
    read_code,
    read_receipt,
    receipt_code,
    write_receipt,
)
from rnn_core.studies.practice.value_tasks import value_exercise

STUDENTS = tuple(str(20241000 + 7 * at) for at in range(40))
EXERCISE = "rnn_state"


def right(student: str, seed: int) -> float:
    return round(value_exercise(EXERCISE, seed).answer, 4)


def test_every_student_has_numbers_of_its_own_that_follow_from_the_list() -> None:
    seeds = seeds_for(EXERCISE, "week 3", STUDENTS)
    assert seeds == seeds_for(EXERCISE, "week 3", STUDENTS)
    assert len(set(seeds.values())) == len(STUDENTS)
    answers = sorted(value_exercise(EXERCISE, seed).answer for seed in seeds.values())
    assert min(b - a for a, b in pairwise(answers)) > 0.0005
    assert seeds_for(EXERCISE, "week 4", STUDENTS[:1])[STUDENTS[0]] != seeds[STUDENTS[0]]


def test_no_goal_begins_solved_and_goals_without_random_numbers_are_no_homework() -> None:
    assert "hold_bit" not in homework_exercises()
    goal = GOALS["gradient_lives"]
    for seed in seeds_for(goal.name, "", STUDENTS[:20]).values():
        assert not is_reached(goal.outcome({knob.name: knob.start for knob in goal.knobs}, seed))


def test_a_list_may_be_pasted_from_a_table() -> None:
    assert read_students("20241031\tWang\n\n20241038, 20241031；李-7") == ("20241031", "20241038", "李-7")
    for text in ("=cmd()", "x" * 41, "\n".join(map(str, range(201)))):
        with pytest.raises(CoreError):
            read_students(text)


def test_a_receipt_is_read_as_it_was_written() -> None:
    weights = {knob.name: knob.start for knob in GOALS["gradient_lives"].knobs}
    for receipt in (
        make_receipt("李-7", EXERCISE, 4, {"value": -0.45}),
        make_receipt("a", "gradient_lives", 4, weights),
    ):
        assert read_receipt(write_receipt(receipt)) == receipt
        assert read_code(receipt_code(receipt)) == receipt
        assert read_receipt(receipt_code(receipt).encode()) == receipt
        assert len(receipt_code(receipt)) < 300


GOOD = json.loads(write_receipt(make_receipt("a", EXERCISE, 4, {"value": 0.5})))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"seed": 10_000}, "bad entry"),
        ({"seed": True}, "bad entry"),
        ({"student": "=1+1"}, "bad entry"),
        ({"exercise": "hold_bit"}, "other exercise"),
        ({"exercise": ["x"]}, "other exercise"),
        ({"answer": {"value": "0.5"}}, "bad entry"),
        ({"answer": {"value": 1e400}}, "not readable"),
        ({"answer": {}}, "bad entry"),
        ({"result": [0.1] * 9}, "bad entry"),
        ({"more": 1}, "bad entry"),
        ({"unrolled_homework": 2}, "not ours"),
    ],
)
def test_a_receipt_with_other_values_is_refused(change: dict[str, object], reason: str) -> None:
    with pytest.raises(ReceiptRefused, match=reason):
        read_receipt(json.dumps({**GOOD, **change}).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[" * 3_000,
        b" " * 5_000,
        b"UH1.AAAA",
        b"UH1." + base64.urlsafe_b64encode(zlib.compress(b"0" * 10**6)),
    ],
)
def test_what_is_no_receipt_is_refused(data: bytes) -> None:
    with pytest.raises(ReceiptRefused):
        read_receipt(data)


def test_every_answer_is_computed_again_and_what_does_not_fit_is_named() -> None:
    seeds = {"a": 1, "b": 2, "c": 3}
    honest = make_receipt("a", EXERCISE, 1, {"value": right("a", 1)})
    wrong = make_receipt("b", EXERCISE, 2, {"value": 7.0})
    borrowed = make_receipt("c", EXERCISE, 1, {"value": right("a", 1)})
    stranger = make_receipt("d", EXERCISE, 9, {"value": right("d", 9)})
    found = check([honest, wrong, borrowed, stranger], seeds)
    assert [each.right for each in found] == [True, False, False, True]
    assert [dict(each.remarks) for each in found] == [
        {"copy": "c"},
        {},
        {"other seed": "a", "copy": "a"},
        {"not listed": ""},
    ]
    assert found[0].recomputed == (value_exercise(EXERCISE, 1).answer,)


def test_a_result_that_the_weights_do_not_give_is_noticed() -> None:
    weights = {knob.name: knob.start for knob in GOALS["gradient_lives"].knobs}
    receipt = make_receipt("a", "gradient_lives", 4, weights)
    forged = json.loads(write_receipt(receipt))
    forged["result"][0] = 1.0
    [honest, other] = check([receipt, read_receipt(json.dumps(forged).encode())], {})
    assert ("differs", "") not in honest.remarks
    assert ("differs", "") in other.remarks
    assert ("twice", "") in other.remarks
