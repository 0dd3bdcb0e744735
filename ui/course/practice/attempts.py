"""How often the visitor has tried an exercise with its present numbers, the hints that were read, and the solution."""

from collections.abc import Sequence

import streamlit as st

from ui.course.practice.progress import Attempts, add_solved
from ui.i18n import _


def _key(name: str, seed: int) -> str:
    return f"attempts_{name}_{seed}"


def attempts_of(name: str, seed: int) -> Attempts:
    found: Attempts = st.session_state.get(_key(name, seed), Attempts())
    return found


def record_try(name: str, seed: int, given: object, *, right: bool) -> None:
    """One more answer, unless it is the one that was recorded last: a page runs more often than a reader answers. An exercise
    whose solution was opened before counts as solved with new numbers only."""
    last = f"given_{name}_{seed}"
    if st.session_state.get(last) == given:
        return
    st.session_state[last] = given
    known = attempts_of(name, seed)
    attempts = known._replace(tries=known.tries + 1)
    st.session_state[_key(name, seed)] = attempts
    if right and not _has_seen_solution(name, seed):
        add_solved(name, attempts)


def show_solved(name: str, seed: int, text: str) -> None:
    if _has_seen_solution(name, seed):
        text = text + " " + _("The solution was open, so it counts with new numbers only.")
    st.success(text, icon=":material/check:")


def _has_seen_solution(name: str, seed: int) -> bool:
    return bool(st.session_state.get(f"solution_{name}_{seed}"))


def hints_and_solution(name: str, seed: int, hints: Sequence[str], solution: str, *, has_solution: bool = True) -> None:
    """One hint after another, and at last the solution, unless the exercise shows it in another way."""
    known = attempts_of(name, seed)
    for number, hint in enumerate(hints[: known.hints], start=1):
        st.markdown(f"**{_('Hint {number}').format(number=number)}**")
        st.markdown(hint)

    def next_hint() -> None:
        st.session_state[_key(name, seed)] = known._replace(hints=known.hints + 1)

    def open_solution() -> None:
        st.session_state[f"solution_{name}_{seed}"] = True

    if _has_seen_solution(name, seed):
        st.markdown(f"**{_('Solution')}**")
        st.markdown(solution)
    elif known.hints < len(hints):
        label = _("Hint {number} of {count}").format(number=known.hints + 1, count=len(hints))
        st.button(label, key=f"hint_{name}_{seed}", icon=":material/lightbulb:", on_click=next_hint)
    else:
        st.button(
            _("Show the solution"), key=f"open_{name}_{seed}", icon=":material/visibility:", on_click=open_solution
        )
