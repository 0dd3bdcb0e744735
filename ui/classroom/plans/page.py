"""The lesson plan on its page: the numbered stops at the left, the chosen one at the right."""

import streamlit as st

from ui.as_text import in_markdown
from ui.classroom.plans import edit, kept, stop_editor
from ui.classroom.plans.files import open_from_link, open_plans, share
from ui.classroom.room.opening import open_room, problem_words
from ui.classroom.room.plan import stops
from ui.classroom.room.rooms import RoomProblem, Rooms
from ui.classroom.room.store import the_store
from ui.i18n import _, language
from ui.shell import site
from ui.widgets.tours import place
from ui.widgets.tours.tour import Step, Tour
from ui.widgets.tours.write import write_tour

_ROOM = "room that was opened with the plan"


def lesson_plan() -> None:
    open_from_link()
    if link := st.session_state.pop(_ROOM, None):
        st.switch_page("pages/room.py", query_params={"lang": language(), **link})
    plan = kept.plan()
    if plan.steps or kept.can_undo():
        _head(plan)
    if problem := kept.pop_problem():
        st.error(in_markdown(problem), icon=":material/edit:")
    if not plan.steps:
        st.markdown(
            _("Open a ready plan and change it, or press + in the bar of any page to collect stops of your own.")
        )
        open_plans(is_open=True)
        return
    left, right = st.columns([5, 4], gap="large")
    with left, st.container(key="plan_stops"):
        for at, step in enumerate(plan.steps):
            _stop(at, step)
    with right, st.container(border=True, key="plan_editor"):
        stop_editor.editor(plan, kept.chosen())
    share(plan)
    open_plans(is_open=False)


def _head(plan: Tour) -> None:
    def rename() -> None:
        kept.change(
            lambda before: edit.with_title(before, st.session_state[key] or str(before.title)), fills_anew=False
        )

    def present() -> None:
        place.keep_own_tour(write_tour(plan))
        place.ask_for(place.OWN)

    key = f"plan_title_{kept.version()}_{language()}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="plan_head"):
        st.text_input(_("Title"), str(plan.title), key=key, max_chars=120, on_change=rename, width=420)
        st.button(
            _("Present"),
            key="present_plan",
            type="primary",
            icon=":material/co_present:",
            on_click=present,
            disabled=not plan.steps,
        )
        st.download_button(
            _("Save as a file"),
            write_tour(plan) if plan.steps else b"",
            "lesson.toml",
            "text/plain",
            icon=":material/download:",
            disabled=not plan.steps,
            on_click="ignore",
        )
        st.button(
            _("Open a room with this plan"),
            key="room_with_plan",
            icon=":material/meeting_room:",
            on_click=_open_room,
            args=(plan,),
            disabled=not plan.steps,
        )
        st.button(_("Undo"), key="undo_plan", icon=":material/undo:", on_click=kept.undo, disabled=not kept.can_undo())
    if plan.steps:
        st.markdown(edit.summary(plan))


def _open_room(plan: Tour) -> None:
    """Open a room with the plan. For a callback: the next run goes there."""
    try:
        link = open_room(Rooms(the_store()), stops(plan))
    except RoomProblem as problem:
        kept.report_problem(problem_words(problem.reason))
        return
    st.session_state[_ROOM] = link


def _stop(at: int, step: Step) -> None:
    def set_minutes() -> None:
        kept.change(lambda plan: edit.with_minutes(plan, at, int(st.session_state[key])), at, fills_anew=False)

    is_chosen = at == kept.chosen()
    key = f"minutes_{at}_{kept.version()}"
    with st.container(
        key=f"plan_stop_{at}{'_chosen' if is_chosen else ''}", horizontal=True, vertical_alignment="center"
    ):
        with st.container(gap=None):
            st.button(
                f"**{at + 1}**&ensp;{in_markdown(str(step.text))}",
                key=f"choose_stop_{at}",
                type="tertiary",
                on_click=kept.choose,
                args=(at,),
            )
            st.caption(" · ".join(_described(step)))
        st.number_input(
            _("minutes"),
            0,
            600,
            step.minutes or 0,
            1,
            key=key,
            on_change=set_minutes,
            width=130,
            label_visibility="collapsed",
        )


def _described(step: Step) -> list[str]:
    found = [site.title(step.page)]
    if step.ask:
        found.append(in_markdown(str(step.ask.text)))
    elif step.note.by_language:
        found.append(in_markdown(str(step.note)))
    if step.hide:
        found.append(_("curtain"))
    return found
