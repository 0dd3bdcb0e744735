"""An exercise of the first kind on the page: the numbers, the answer, the verdict, three hints, the solution."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from rnn_core.equations.digits import written
from rnn_core.equations.explanation import TermValue
from rnn_core.studies.practice.typed import read_number
from rnn_core.studies.practice.value_tasks import value_exercise
from rnn_core.studies.practice.values import ValueExercise, Verdict, judge, tolerance
from ui.course.practice import formulas, names
from ui.course.practice.attempts import hints_and_solution, record_try, show_solved
from ui.i18n import _


def show_value_exercise(name: str, seed: int) -> None:
    exercise = value_exercise(name, seed)
    st.markdown(f"**{names.prompt(exercise)}**")
    with st.container(key="value_exercise"):
        given, asked = st.columns(2, gap="large")
        with given, st.container(key="exercise_numbers"):
            _show_numbers(exercise)
        with asked, st.container(key="exercise_ask"):
            _ask(exercise, name, seed)
            hints_and_solution(name, seed, _hints(exercise), _solution(exercise))


def _ask(exercise: ValueExercise, name: str, seed: int) -> None:
    key = f"{name}_{seed}"
    fields = _term_fields(exercise) if st.toggle(_("Fill in term by term"), key=f"terms_{key}") else ()
    with st.form(f"form_{key}", border=False, enter_to_submit=True):
        with st.container(horizontal=True, gap="small"):
            texts = [_field(field, f"{key}_{at}") for at, field in enumerate(fields)]
        with st.container(key="exercise_answer"):  # the style sheet lays it into the cell of the table that asks for it
            typed = st.text_input(
                formulas.symbol(exercise, exercise.target) + " =",
                key=f"answer_{key}",
                max_chars=60,
                placeholder="?",
                width=320,
            )
        st.form_submit_button(_("Check"), type="primary", icon=":material/check:")
    for field, text in zip(fields, texts, strict=True):
        _check_field(field, text)
    if typed:
        _answer(exercise, typed, name, seed)


def _show_numbers(exercise: ValueExercise) -> None:
    st.markdown(formulas.weights(exercise))
    formulas.givens(exercise)
    notes = [
        _("?: the value to compute; ·: hidden too, because it depends on that value or is needed to compute it."),
        _("Write the value such as 0.45, 0,45 or 4.5e-3."),
    ]
    if exercise.explainer.symbols[exercise.target.name].of:
        notes.append(_("∂ℓ/∂h is the loss's own gradient on a state; ∂L/∂ is the whole gradient."))
    st.caption(" ".join(notes))


def _answer(exercise: ValueExercise, typed: str, name: str, seed: int) -> None:
    value = read_number(typed)
    if value is None:
        st.warning(_("This is not one number. Write it such as −0.45, 0,45, 3/4, 4.5e-3 or 4.5·10⁻³."))
        return
    verdict = judge(exercise, value)
    record_try(name, seed, typed, right=verdict.kind == "right")
    if verdict.kind == "right":
        show_solved(
            name,
            seed,
            _("Yes: {symbol} = {value}.").format(
                symbol=formulas.symbol(exercise, exercise.target), value=written(exercise.answer)
            ),
        )
    else:
        st.info(_not_right(exercise, verdict), icon=":material/lightbulb:")


def _not_right(exercise: ValueExercise, verdict: Verdict) -> str:
    if verdict.mistake:
        beside = _("The sign is wrong as well.") if verdict.has_wrong_sign else ""
        return f"{names.reported(exercise, verdict.mistake)} {beside}".strip()
    if verdict.kind == "nearly":
        return _("Nearly. Calculate with all the digits that are shown, and give three.")
    if verdict.kind == "rounded":
        return _("That is the answer, rounded too far. Give three digits.")
    if verdict.kind == "point":
        return _("The digits are right, and the decimal point is in the wrong place.")
    return _("Not yet. This number fits none of the usual mistakes; the hints lead on step by step.")


@dataclass(frozen=True)
class _Field:
    label: str
    value: float


def _term_fields(exercise: ValueExercise) -> Sequence[_Field]:
    """The values on the way, the products of the last sum, and the sum."""
    fields = [_Field(formulas.symbol(exercise, line), exercise.explainer.at(line)) for line in exercise.lines[:-1]]
    last = exercise.explain()
    if len(last.terms) > 1:
        fields += [_Field(_product(exercise, term), term.value) for term in last.terms]
    if last.function != "identity":
        fields.append(_Field(_("the sum"), last.total))
    return fields


def _product(exercise: ValueExercise, term: TermValue) -> str:
    return formulas.term(exercise.explainer.symbols, term)


def _field(field: _Field, key: str) -> str:
    return st.text_input(f"{field.label} =", key=f"term_{key}", max_chars=60, width=150)


def _check_field(field: _Field, text: str) -> None:
    if not text:
        return
    value = read_number(text)
    if value is None:
        st.markdown(_(":material/help: {label}: this is not a number.").format(label=field.label))
    elif abs(value - field.value) <= tolerance(field.value):
        st.markdown(_(":material/check: {label} is right.").format(label=field.label))
    elif abs(value + field.value) <= tolerance(field.value):
        st.markdown(_(":material/close: {label}: the size is right, and the sign is wrong.").format(label=field.label))
    else:
        st.markdown(_(":material/close: {label} is not right yet.").format(label=field.label))


def _hints(exercise: ValueExercise) -> list[str]:
    lines = [exercise.explain(line) for line in exercise.lines]
    read = dict.fromkeys(place for line in lines for place in line.parents if place not in exercise.lines)
    values = [f"{formulas.symbol(exercise, place)} = {written(exercise.explainer.at(place))}" for place in read]
    return [
        formulas.in_lines(lines, formulas.equation),
        _("The numbers that it reads:") + " " + ", &ensp;".join(values),
        formulas.in_lines(lines, lambda line: formulas.with_numbers(line, result=line.place != exercise.target)),
    ]


def _solution(exercise: ValueExercise) -> str:
    lines = [exercise.explain(line) for line in exercise.lines]
    return formulas.in_lines(lines, lambda line: formulas.with_numbers(line, result=True))
