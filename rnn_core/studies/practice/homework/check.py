"""The check of receipts: every answer is computed again, and what does not fit is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.errors import CoreError
from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.goals import is_reached
from rnn_core.studies.practice.homework.receipt import VALUE, Receipt
from rnn_core.studies.practice.value_tasks import value_exercise
from rnn_core.studies.practice.values import judge

Remark = Literal[
    "differs",  # the result is not the one of these settings
    "other seed",  # the seed of another student
    "unknown seed",  # a seed of nobody on the list
    "not listed",  # a student who is not on the list
    "copy",  # another student handed in the same answer to the same numbers
    "twice",  # the same student handed in several receipts
]


@dataclass(frozen=True)
class Checked:
    receipt: Receipt
    recomputed: tuple[float, ...]
    right: bool
    remarks: tuple[tuple[Remark, str], ...]  # with the other student's number where there is one


def recompute(exercise: str, seed: int, answer: Mapping[str, float]) -> tuple[tuple[float, ...], bool]:
    """The right number, or what the weights give; and whether the answer is right."""
    if exercise in GOALS:
        outcome = GOALS[exercise].outcome(answer, seed)
        return tuple(float(each.measured) for each in outcome.conditions), is_reached(outcome)
    made = value_exercise(exercise, seed)
    return (made.answer,), judge(made, answer[VALUE]).kind == "right"


def make_receipt(student: str, exercise: str, seed: int, answer: Mapping[str, float]) -> Receipt:
    measured, _right = recompute(exercise, seed, answer)
    result = measured if exercise in GOALS else (answer[VALUE],)
    return Receipt(student, exercise, seed, tuple(answer.items()), result)


def check(receipts: Sequence[Receipt], seeds: Mapping[str, int]) -> tuple[Checked, ...]:
    """`seeds`: of the students on the list; empty where the teacher gives none."""
    return tuple(_checked(at, receipts, seeds) for at in range(len(receipts)))


def _checked(at: int, receipts: Sequence[Receipt], seeds: Mapping[str, int]) -> Checked:
    receipt = receipts[at]
    remarks: list[tuple[Remark, str]] = []
    try:
        recomputed, right = recompute(receipt.exercise, receipt.seed, dict(receipt.answer))
    except CoreError:
        recomputed, right = (), False
    expected = recomputed if receipt.exercise in GOALS else tuple(value for _name, value in receipt.answer)
    if len(expected) != len(receipt.result) or not np.allclose(expected, receipt.result, rtol=1e-6, atol=1e-9):
        remarks.append(("differs", ""))
        right = False
    if seeds:
        remarks += _of_seed(receipt, seeds)
    for other in receipts:
        same = (other.exercise, other.seed, other.answer) == (receipt.exercise, receipt.seed, receipt.answer)
        if same and other.student != receipt.student and ("copy", other.student) not in remarks:
            remarks.append(("copy", other.student))
    if sum(other.student == receipt.student for other in receipts) > 1:
        remarks.append(("twice", ""))
    has_own_numbers = not {"other seed", "unknown seed"} & {kind for kind, _who in remarks}
    return Checked(receipt, recomputed, right and has_own_numbers, tuple(remarks))


def _of_seed(receipt: Receipt, seeds: Mapping[str, int]) -> list[tuple[Remark, str]]:
    if receipt.student not in seeds:
        return [("not listed", "")]
    if seeds[receipt.student] == receipt.seed:
        return []
    owners = [student for student, seed in seeds.items() if seed == receipt.seed]
    return [("other seed", owners[0])] if owners else [("unknown seed", "")]
