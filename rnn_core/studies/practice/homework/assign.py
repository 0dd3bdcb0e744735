"""Which exercises can be homework, and a seed for each student of a list."""

import re
from collections.abc import Sequence
from functools import cache
from hashlib import sha256

import numpy as np

from rnn_core.errors import CoreError
from rnn_core.studies.practice.catalogue import EXERCISES, LARGEST_SEED
from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.goals import Goal, is_reached
from rnn_core.studies.practice.value_tasks import VALUE_TASKS, value_exercise
from rnn_core.studies.practice.values import tolerance

MOST_STUDENTS = 200
LONGEST_STUDENT = 40  # characters
LARGEST_LIST = 20_000  # characters
TRIES = 40
_STUDENT = re.compile(r"[\w.@+-]+")


@cache
def homework_exercises() -> tuple[str, ...]:
    """The exercises whose numbers depend on the seed and whose answer is a number or a setting."""
    varied = [name for name, goal in GOALS.items() if goal.is_possible and _depends_on_seed(goal)]
    return tuple(name for name in EXERCISES if name in VALUE_TASKS or name in varied)


def _depends_on_seed(goal: Goal) -> bool:
    weights = {knob.name: knob.start + knob.step for knob in goal.knobs}
    one, other = (goal.outcome(weights, seed).curves for seed in (0, 1))
    return any(not np.array_equal(a.values, b.values) for a, b in zip(one, other, strict=True))


def read_students(text: str) -> tuple[str, ...]:
    """The student numbers of a pasted list: the first word of each line, or words that commas divide. Each counts once."""
    if len(text) > LARGEST_LIST:
        raise CoreError("list", f"{len(text)} characters", f"at most {LARGEST_LIST}")
    lines = [line.strip() for line in re.split(r"[\n\r,;、，；]", text)]
    found = dict.fromkeys(re.split(r"\s", line, maxsplit=1)[0] for line in lines if line)
    for student in found:
        if len(student) > LONGEST_STUDENT or not _STUDENT.fullmatch(student):
            raise CoreError("student", student[:LONGEST_STUDENT], "letters, digits and . @ + - _")
    if len(found) > MOST_STUDENTS:
        raise CoreError("list", f"{len(found)} students", f"at most {MOST_STUDENTS}")
    return tuple(found)


def is_student(text: str) -> bool:
    return len(text) <= LONGEST_STUDENT and bool(_STUDENT.fullmatch(text))


def seeds_for(exercise: str, word: str, students: Sequence[str]) -> dict[str, int]:
    """A seed for each student, which follows from the word and the student number. No two are equal, no exercise begins solved,
    and the answers of two students differ where that is possible."""
    given: dict[str, int] = {}
    answers: list[float] = []
    for student in students:
        fresh = [seed for seed in _candidates(exercise, word, student) if seed not in given.values()]
        seed = next((seed for seed in fresh if _is_good(exercise, seed, answers)), fresh[0])
        given[student] = seed
        if exercise in VALUE_TASKS:
            answers.append(value_exercise(exercise, seed).answer)
    return given


def _candidates(exercise: str, word: str, student: str) -> list[int]:
    texts = [f"{exercise}\n{word}\n{student}\n{attempt}" for attempt in range(TRIES)]
    return [int.from_bytes(sha256(text.encode()).digest()[:8], "big") % (LARGEST_SEED + 1) for text in texts]


def _is_good(exercise: str, seed: int, answers: Sequence[float]) -> bool:
    if exercise in GOALS:
        goal = GOALS[exercise]
        return not is_reached(goal.outcome({knob.name: knob.start for knob in goal.knobs}, seed))
    answer = value_exercise(exercise, seed).answer
    return all(abs(answer - other) > tolerance(other) for other in answers)
