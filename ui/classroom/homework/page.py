"""Homework on the teacher's page: a link for each student, the key, and the table of what was handed in."""

import streamlit as st

from rnn_core.errors import CoreError
from rnn_core.studies.practice.catalogue import EXERCISES
from rnn_core.studies.practice.homework.assign import (
    LARGEST_LIST,
    MOST_STUDENTS,
    homework_exercises,
    read_students,
    seeds_for,
)
from rnn_core.studies.practice.value_tasks import VALUE_TASKS, value_exercise
from ui.as_text import in_markdown
from ui.cache.kept import kept_for_visitor
from ui.classroom.address import app_address, as_query
from ui.classroom.csv_text import csv_text
from ui.classroom.homework.collect import collect
from ui.course.practice.page import title_of
from ui.i18n import _
from ui.links.kept_settings import in_session
from ui.widgets.lesson import prose
from ui.widgets.tables import table

SHOWN = 5  # links on the page; all of them are in the file


def homework() -> None:
    prose("lesson", "homework")
    left, right = st.columns(2, gap="large")
    with left:
        titles = {name: title_of(EXERCISES[name]) for name in homework_exercises()}
        exercise = st.selectbox(
            _("Exercise"), titles, format_func=titles.__getitem__, **in_session("homework_exercise")
        )
        word = st.text_input(
            _("Word of this homework"),
            max_chars=60,
            help=_("Another word gives other numbers. Keep it to yourself: the numbers follow from it."),
            **in_session("homework_word"),
        )
    with right:
        text = st.text_area(
            _("Student numbers"),
            max_chars=LARGEST_LIST,
            height=160,
            placeholder="20241031\n20241038",
            **in_session("homework_list"),
        )
    seeds = _seeds(exercise, word, text)
    if seeds:
        _links(exercise, seeds)
    collect(exercise, seeds)


def _seeds(exercise: str, word: str, text: str) -> dict[str, int]:
    try:
        students = read_students(text)
    except CoreError as problem:
        sentence = _(
            "The list has at most {most} students, one per line; a student number has letters, digits and . @ + - _ only: {given}"
        )
        st.error(in_markdown(sentence.format(most=MOST_STUDENTS, given=problem.given)), icon=":material/edit:")
        return {}
    with st.spinner(_("Checking the numbers of every student …")):
        return _kept_seeds(exercise, word, students)


@kept_for_visitor(8)
def _kept_seeds(exercise: str, word: str, students: tuple[str, ...]) -> dict[str, int]:
    return seeds_for(exercise, word, students)


def student_link(exercise: str, student: str, seed: int) -> str:
    query = {"exercise": exercise, "numbers": str(seed), "homework": student, "without": "menu,answers"}
    return f"{app_address()}exercises{as_query(query)}"


def _links(exercise: str, seeds: dict[str, int]) -> None:
    links = {student: student_link(exercise, student, seed) for student, seed in seeds.items()}
    shown = list(seeds)[:SHOWN]
    table(
        {
            _("student"): [in_markdown(student) for student in shown],
            _("link"): [f"[{_('open')}]({links[student]})" for student in shown],
            _("seed"): [str(seeds[student]) for student in shown],
        },
        words=2,
    )
    if len(seeds) > SHOWN:
        st.caption(_("… and {count} more in the file.").format(count=len(seeds) - SHOWN))
    rows = [[student, links[student]] for student in seeds]
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            _("{count} links (CSV)").format(count=len(seeds)),
            csv_text([[_("student"), _("link")], *rows]),
            "homework-links.csv",
            "text/csv",
            icon=":material/link:",
            on_click="ignore",
        )
        st.download_button(
            _("Key for you alone (CSV)"),
            csv_text(
                [
                    [_("student"), _("seed"), _("answer")],
                    *([each, seed, _answer(exercise, seed)] for each, seed in seeds.items()),
                ]
            ),
            "homework-key.csv",
            "text/csv",
            icon=":material/key:",
            on_click="ignore",
        )


def _answer(exercise: str, seed: int) -> str | float:
    """The right answer of an exercise that asks for a number; empty for a goal, which many settings can reach."""
    return value_exercise(exercise, seed).answer if exercise in VALUE_TASKS else ""
