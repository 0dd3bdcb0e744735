"""Exercises in which one number is computed: torch's autograd finds the same answers, and each has one right answer."""

from collections.abc import Callable

import numpy as np
import pytest

from rnn_core.equations.digits import written
from rnn_core.equations.explanation import Place
from rnn_core.equations.recipes import FUNCTIONS, MAPS
from rnn_core.studies.practice.typed import read_number
from rnn_core.studies.practice.value_tasks import VALUE_TASKS, value_exercise
from rnn_core.studies.practice.values import LARGEST, SMALLEST, ValueExercise, judge, make_exercise, tolerance
from tests.reference import Reference

# Parts of a gradient: the copy of the state through which it comes, and how many steps later that copy is made.
PARTS = {
    "dcs_through_output": ("c_to_output", 0),
    "dcs_through_forget": ("c_to_cell", 1),
    "dhs_through_carry": ("h_to_carry", 1),
}


def reference_answer(exercise: ValueExercise) -> float:
    trace, grads, target = exercise.run.trace, exercise.run.grads, exercise.target
    c_0 = getattr(trace, "cs", [None])[0]
    theirs = Reference(trace.params, trace.xs, trace.hs[0], c_0).backward(grads.dhs_direct)
    if target.step is None:
        found = theirs.weight_grad(target.name[1:])
        return float(found[target.unit] if target.other is None else found[target.unit, target.other])
    name, later = PARTS.get(target.name, (target.name.removeprefix("d"), 0))
    is_gradient = target.name in exercise.explainer.symbols and bool(exercise.explainer.symbols[target.name].of)
    rows = theirs.grad(name) if is_gradient else theirs.value(name)
    has_row_0 = name in ("hs", "cs")
    return float(rows[target.step + later - (0 if has_row_0 else 1), target.unit])


def check(name: str, seed: int) -> None:
    exercise = make_exercise(VALUE_TASKS[name], seed)
    answer = exercise.answer
    assert answer == pytest.approx(reference_answer(exercise), rel=1e-12, abs=1e-12)
    assert SMALLEST <= abs(answer) <= LARGEST
    assert judge(exercise, answer).kind == "right"
    typed = read_number(written(answer, 3))
    assert typed is not None
    assert judge(exercise, typed).kind == "right", "three digits are enough"
    assert len(exercise.mistakes) >= 3
    for mistake in exercise.mistakes:
        assert judge(exercise, mistake.value).mistake == mistake
    assert from_shown_numbers(exercise) == pytest.approx(answer, abs=tolerance(answer))
    assert shown_numbers_are_known(exercise)


def from_shown_numbers(exercise: ValueExercise) -> float:
    """The answer of somebody who calculates with the four digits of the table, and keeps four digits on the way."""
    found: dict[Place, float] = {}

    def shown(place: Place) -> float:
        return found.get(place, float(f"{exercise.explainer.at(place):.4g}"))

    for line in exercise.lines:
        explained = exercise.explain(line)
        total = sum(
            term.sign * np.prod([MAPS[f.map](1.0 if f.place is None else shown(f.place)) for f in term.factors])
            for term in explained.terms
        )
        found[line] = float(f"{FUNCTIONS[explained.function](float(total), 0.0):.4g}")
    return found[exercise.target]


def shown_numbers_are_known(exercise: ValueExercise) -> bool:
    """Every number that the lines read is in the table or computed on the way, and the asked value is nowhere."""
    shown = {(row.name, row.unit, row.first + at): n for row in exercise.rows for at, n in enumerate(row.numbers)}
    assert (exercise.target.step is None) == ("asked" not in shown.values())
    for line in exercise.lines:
        for place in exercise.explain(line).parents:
            if exercise.explainer.symbols[place.name].first is None:
                assert place.name in exercise.weights
            elif place not in exercise.lines:
                assert isinstance(shown[place.name, place.unit, place.step or 0], float)
    return True


@pytest.mark.parametrize("name", VALUE_TASKS)
def test_an_exercise_has_the_answer_of_autograd_and_no_other(name: str) -> None:
    check(name, seed=5)


@pytest.mark.long
@pytest.mark.parametrize("name", VALUE_TASKS)
def test_a_thousand_exercises_have_one_right_answer(name: str) -> None:
    for seed in range(1 + 1000 // len(VALUE_TASKS)):
        check(name, seed)


def later(name: str) -> set[tuple[str, int]]:
    rows = value_exercise(name, 0).rows
    return {(row.name, row.first + at) for row in rows for at, number in enumerate(row.numbers) if number == "later"}


def test_values_that_follow_from_the_asked_one_are_not_shown() -> None:
    assert later("lstm_cell") == {(name, 3) for name in ("forget_gate", "input_gate", "candidate", "cs")}
    assert later("rnn_back_state") == {("dhs", 0), ("dpre", 1)}


def test_a_seed_always_gives_the_same_numbers_and_another_one_others() -> None:
    one, again, other = (make_exercise(VALUE_TASKS["lstm_cell"], seed) for seed in (3, 3, 4))
    assert one.answer == again.answer != other.answer
    assert one.rows == again.rows


def mistake(
    name: str, kind: str, starts: Callable[[Place], bool] = lambda _place: True
) -> tuple[ValueExercise, list[float]]:
    exercise = value_exercise(name, 0)
    return exercise, [m.value for m in exercise.mistakes if m.kind == kind and all(map(starts, m.right[:1]))]


def test_the_mistakes_are_those_that_people_make() -> None:
    """Each computed a second time, with arrays."""
    exercise, values = mistake("rnn_state", "function")
    trace, unit = exercise.run.trace, exercise.target.unit
    p = trace.params
    x, h, b = trace.xs[1], trace.hs[1], p.b_h
    assert values == pytest.approx([(p.W_xh @ x + p.W_hh @ h + b)[unit]])

    _, values = mistake("rnn_state", "transposed", lambda place: place.name == "W_hh")
    assert values == pytest.approx([np.tanh(p.W_xh @ x + p.W_hh.T @ h + b)[unit]])

    _, values = mistake("rnn_state", "step", lambda place: place.name == "xs")
    assert values == pytest.approx([np.tanh(p.W_xh @ trace.xs[0] + p.W_hh @ h + b)[unit]])

    _, values = mistake("rnn_state", "bias")
    assert values == pytest.approx([np.tanh(p.W_xh @ x + p.W_hh @ h)[unit]])

    exercise, values = mistake("rnn_back_sum", "slope")
    assert values == pytest.approx([exercise.run.grads.dhs[2, exercise.target.unit]])

    exercise, values = mistake("lstm_cell", "gate", lambda place: place.name == "forget_gate")
    t, unit = exercise.run.trace, exercise.target.unit
    assert values == pytest.approx([t.cs[1, unit] + t.input_gate[1, unit] * t.candidate[1, unit]])

    exercise, values = mistake("gru_state", "one_minus")
    t, unit = exercise.run.trace, exercise.target.unit
    assert values == pytest.approx([(t.update_gate[1] * (t.hs[1] + t.candidate[1]))[unit]])


def test_an_unusual_number_and_a_rounded_one_are_told_apart() -> None:
    exercise = value_exercise("rnn_sum", 0)
    assert judge(exercise, exercise.answer * 1.02).kind == "nearly"
    assert judge(exercise, 123.4).kind == "unknown"
    assert judge(exercise, exercise.answer * 10).kind == judge(exercise, exercise.answer / 100).kind == "point"
    without = next(each for each in exercise.mistakes if each.kind == "bias")
    assert judge(exercise, without.value * 1.01).mistake == without, "rounded on the way"
    turned = [judge(exercise, -each.value) for each in exercise.mistakes]
    assert any(verdict.mistake and verdict.has_wrong_sign for verdict in turned)


def test_an_answer_that_was_rounded_too_far_is_called_so() -> None:
    told = [judge(made, float(format(made.answer, ".1g"))).kind for made in map(value_exercise, VALUE_TASKS, range(40))]
    assert told.count("rounded") > len(told) / 2
    assert set(told) <= {"rounded", "right", "mistake"}
