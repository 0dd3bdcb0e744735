"""The plan that a teacher is writing: in the session, with the plans before its last changes."""

from collections.abc import Callable

import streamlit as st

from ui.classroom.plans import edit
from ui.i18n import _
from ui.shell import site
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import Tour

_PLAN, _BEFORE, _AT, _VERSION, _PROBLEM = (
    "lesson plan",
    "lesson plans before",
    "stop of the plan",
    "plan version",
    "plan problem",
)
MOST_UNDONE = 40


def plan() -> Tour:
    found: Tour | None = st.session_state.get(_PLAN)
    return found or edit.empty_plan()


def chosen() -> int:
    """The stop that is open in the editor."""
    return min(int(st.session_state.get(_AT, 0)), max(len(plan().steps) - 1, 0))


def version() -> int:
    """Names the fields of the editor: they are filled anew when the plan was changed elsewhere."""
    return int(st.session_state.get(_VERSION, 0))


def choose(at: int) -> None:
    st.session_state[_AT] = at
    _fill_anew()


def change(made: Callable[[Tour], Tour], at: int | None = None, *, fills_anew: bool = True) -> None:
    """For a callback: the plan is replaced by what `made` makes of it, unless that could not be read again."""
    before = plan()
    try:
        after = edit.checked(made(before))
    except TourProblem as problem:
        report_problem(str(problem))
        return
    if after != before:
        undoable: list[Tour] = st.session_state.setdefault(_BEFORE, [])
        undoable.append(before)
        del undoable[:-MOST_UNDONE]
        st.session_state[_PLAN] = after
    if at is not None:
        st.session_state[_AT] = at
    if fills_anew:
        _fill_anew()


def open_plan(opened: Tour) -> None:
    change(lambda _before: opened, 0)


def can_undo() -> bool:
    return bool(st.session_state.get(_BEFORE))


def undo() -> None:
    if can_undo():
        st.session_state[_PLAN] = st.session_state[_BEFORE].pop()
        _fill_anew()


def report_problem(problem: str) -> None:
    st.session_state[_PROBLEM] = problem


def pop_problem() -> str:
    """Why the last click was refused, once."""
    return str(st.session_state.pop(_PROBLEM, ""))


def add_view(page: str, query: str) -> str:
    """One more stop, for the icon in the bar; returns the sentence that the reader sees."""
    change(lambda before: edit.with_view(before, f"{page}?{query.removeprefix('?')}", site.title(page)))
    if problem := pop_problem():
        return problem
    count = len(plan().steps)
    choose(count - 1)
    return _("This view is stop {stop} of your lesson plan.").format(stop=count)


def _fill_anew() -> None:
    st.session_state[_VERSION] = version() + 1
