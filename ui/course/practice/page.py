"""The page of exercises: which one is open, with which numbers, and which are solved."""

from collections.abc import Callable, Mapping
from functools import cache

import streamlit as st

from rnn_core.arrays import Cell
from rnn_core.studies.practice.catalogue import EXERCISES, LARGEST_SEED, TOPICS, Entry, ExerciseKind
from rnn_core.studies.practice.squares import SQUARES
from rnn_core.studies.practice.value_tasks import VALUE_TASKS
from ui.course.practice import names, progress
from ui.course.practice.goal_view import goal_titles, show_goal
from ui.course.practice.order_view import order_titles, show_order
from ui.course.practice.sketch_view import show_sketch, sketch_titles
from ui.course.practice.value_view import show_value_exercise
from ui.i18n import Language, _, language
from ui.links.kept_settings import in_link
from ui.shell import site
from ui.shell.frame import link
from ui.widgets.choices import choice
from ui.widgets.stage import stage
from ui.widgets.tables import table

ALL = "all"
CELLS: tuple[Cell, ...] = ("rnn", "lstm", "gru")
VIEWS: Mapping[ExerciseKind, Callable[[str, int], None]] = {
    "value": show_value_exercise,
    "goal": show_goal,
    "sketch": show_sketch,
    "order": show_order,
}


def kind_names() -> dict[str, str]:
    return {
        "value": _("Compute one number"),
        "goal": _("Set weights until it holds"),
        "sketch": _("Sketch a curve"),
        "order": _("Order or match"),
    }


def title_of(entry: Entry) -> str:
    return _titles(language())[entry.name]


@cache
def _titles(_in: Language) -> Mapping[str, str]:
    values = {name: names.value_title(task) for name, task in VALUE_TASKS.items()}
    return {**values, **goal_titles(), **sketch_titles(), **order_titles()}


@st.fragment
def exercises() -> None:
    """Everything that a widget changes."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        shown = _filtered()
        titles = {entry.name: title_of(entry) for entry in shown}
        solved = progress.solved()
        marked = {name: f"✓ {title}" if name in solved else title for name, title in titles.items()}
        name = choice(st.selectbox, _("Exercise"), marked, next(iter(marked)), "exercise")
        label, hint = _("Numbers (seed)"), _("Another seed gives other numbers.")
        seed = st.number_input(label, 0, LARGEST_SEED, 0, 1, width=170, help=hint, **in_link("numbers"))
    with stage():
        VIEWS[EXERCISES[name].kind](name, int(seed))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _show_buttons(list(titles), name)
    progress.show_bar()


def _filtered() -> list[Entry]:
    """The exercises of the chosen topic and kind; those of the topic if it has none of this kind."""
    topics = {ALL: _("All topics")} | {page: site.title(page) for page in TOPICS}
    kinds = {ALL: _("All kinds")} | kind_names()
    topic = choice(st.selectbox, _("Topic"), topics, ALL, "topic", width=240)
    kind = choice(st.selectbox, _("Kind"), kinds, ALL, "kind", width=200)
    of_topic = [each for each in EXERCISES.values() if topic in (ALL, each.page)]
    return [each for each in of_topic if kind in (ALL, each.kind)] or of_topic


def _show_buttons(shown: list[str], name: str) -> None:
    at = shown.index(name)

    def open_exercise(step: int) -> None:
        st.session_state["exercise"] = shown[(at + step) % len(shown)]

    def draw_numbers() -> None:
        st.session_state["numbers"] = (int(st.session_state["numbers"]) + 1) % (LARGEST_SEED + 1)

    st.button(_("New numbers"), icon=":material/casino:", on_click=draw_numbers)
    st.button(_("Previous exercise"), icon=":material/arrow_back:", on_click=open_exercise, args=(-1,))
    st.button(_("Next exercise"), icon=":material/arrow_forward:", on_click=open_exercise, args=(1,))


def links_to_the_cells() -> None:
    """Every number of a cell's diagram is an exercise, with any weights and input."""
    st.markdown(_("Every number of these diagrams can be hidden and computed, with any weights and any input:"))
    with st.container(horizontal=True, gap="small"):
        for cell in CELLS:
            link(cell, _("Practice on the {cell}").format(cell=site.title(cell)), practice="on")
        link("compare", _("Practice on all three"), practice="on")


def show_solved_table() -> None:
    """How much of each topic is solved."""
    solved = progress.solved()
    rows = [(site.title(page), [each.name for each in EXERCISES.values() if each.page == page]) for page in TOPICS]
    for cell in CELLS:
        label = _("Numbers of the diagram: {cell}").format(cell=site.title(cell))
        rows.append((label, [name for name, of in SQUARES.items() if of == cell]))
    table(
        {
            _("topic"): [label for label, _names in rows],
            _("solved"): [f"{len(solved.keys() & set(of_page))}" for _page, of_page in rows],
            _("exercises"): [str(len(of_page)) for _page, of_page in rows],
        }
    )
