"""The teacher's page: open a room, prepare its list of questions and views, lead the class, and take the answers along."""

import streamlit as st

from ui.as_text import in_markdown
from ui.browser.room import projector
from ui.classroom.address import app_address
from ui.classroom.room.adding import adding
from ui.classroom.room.codes import is_secret, read_code
from ui.classroom.room.export import answers_as_csv, kind_names
from ui.classroom.room.opening import CODE, KEY, open_room, problem_words
from ui.classroom.room.rooms import Room, RoomProblem, Rooms, Stop
from ui.classroom.room.store import StoreUnavailable, the_store
from ui.classroom.room.words import spread_words
from ui.i18n import _, language, using_language
from ui.links.kept_settings import unbound_in_link
from ui.widgets.choices import rerun_page
from ui.widgets.stage import stage

_PROBLEM = "problem of the room"


def room_page() -> None:
    code, key = read_code(unbound_in_link(CODE)), unbound_in_link(KEY)
    rooms = Rooms(the_store())
    try:
        if code is None or not is_secret(key):
            _no_room(rooms)
            return
        room = rooms.of_teacher(code, key)
    except RoomProblem as problem:
        if not st.session_state.pop(_PROBLEM, None):
            st.warning(problem_words(problem.reason), icon=":material/meeting_room:")
        _no_room(rooms)
        return
    except StoreUnavailable:
        _unavailable()
        return
    with stage():
        address = app_address()
        projector(room.code, key, f"{address}room/{room.code}", f"{address.partition('://')[2]}join", spread_words())
    _below(rooms, code, key)


def _unavailable() -> None:
    st.error(
        _(
            "The rooms of this server cannot be reached at the moment. Reload the page in a minute; a room that is open is kept."
        ),
        icon=":material/cloud_off:",
    )


def _no_room(rooms: Rooms) -> None:
    with stage():
        with st.container(key="room_door", horizontal=True, vertical_alignment="center", gap="large"):
            with st.container(gap="small"):
                st.markdown(f"### {_('Ask your class, and see what it thinks before anybody sees the answer.')}")
                st.markdown(
                    _(
                        "A room needs no account. Students join with a short code, a link or a QR code, on a phone or a computer. "
                        "Their answers stay hidden until you reveal them. After a day the room and all answers are deleted."
                    )
                )
            with st.container(horizontal=True, width="content"):
                st.button(
                    _("Open a room"),
                    type="primary",
                    icon=":material/add:",
                    key="open_room",
                    on_click=_open,
                    args=(rooms,),
                )
                st.link_button(_("Join a room"), f"{app_address()}join?lang={language()}", icon=":material/login:")
        if problem := st.session_state.pop(_PROBLEM, None):
            st.warning(problem, icon=":material/meeting_room:")


def _open(rooms: Rooms) -> None:
    try:
        st.query_params.update(open_room(rooms))
    except RoomProblem as problem:
        st.session_state[_PROBLEM] = problem_words(problem.reason)


@st.fragment
def _below(rooms: Rooms, code: str, key: str) -> None:
    try:
        room = rooms.of_teacher(code, key)
        _prepare(rooms, room)
        _finish(rooms, room)
    except StoreUnavailable:
        _unavailable()
    except RoomProblem as problem:
        st.info(problem_words(problem.reason), icon=":material/meeting_room:")


def _prepare(rooms: Rooms, room: Room) -> None:
    with st.container(key="room_prepare"):
        add, listed = st.columns([1, 1], gap="large")
    with add:
        st.markdown(f"#### {_('Add to the list')}")
        new = adding()
        if new:
            _change(rooms, room, (*room.stops, *new))
    with listed:
        st.markdown(f"#### {_('The list of this room')}")
        if not room.stops:
            st.caption(
                _("Nothing yet. Students see a question when you go to it, and its answers when you reveal them.")
            )
        for at, stop in enumerate(room.stops):
            _row(rooms, room, at, stop)


def _row(rooms: Rooms, room: Room, at: int, stop: Stop) -> None:
    facts = [
        f"{at + 1}&ensp;**{in_markdown(stop.title[language()][:120])}**",
        kind_names()[stop.question.kind] if stop.question else _("View"),
    ]
    if stop.minutes:
        facts.append(_("{minutes} min").format(minutes=stop.minutes).replace(" ", "\N{NO-BREAK SPACE}"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None):
            st.markdown(" · ".join(facts))
            if note := stop.note[language()]:
                st.caption(in_markdown(note))
        for label, icon, by in ((_("Earlier"), "arrow_upward", -1), (_("Later"), "arrow_downward", 1)):
            st.button(
                label,
                key=f"move_{stop.id}_{by}",
                icon=f":material/{icon}:",
                type="tertiary",
                disabled=not 0 <= at + by < len(room.stops),
                on_click=_move,
                args=(rooms, room, at, by),
            )
        st.button(
            _("Remove"),
            key=f"remove_{stop.id}",
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(rooms, room, at),
        )


def _move(rooms: Rooms, room: Room, at: int, by: int) -> None:
    stops = list(room.stops)
    stops.insert(at + by, stops.pop(at))
    _keep(rooms, room, tuple(stops))


def _remove(rooms: Rooms, room: Room, at: int) -> None:
    _keep(rooms, room, (*room.stops[:at], *room.stops[at + 1 :]))


def _change(rooms: Rooms, room: Room, stops: tuple[Stop, ...]) -> None:
    _keep(rooms, room, stops)
    rerun_page()


def _keep(rooms: Rooms, room: Room, stops: tuple[Stop, ...]) -> None:
    try:
        rooms.set_stops(room, stops)
    except RoomProblem as problem:
        st.toast(problem_words(problem.reason), icon=":material/playlist_remove:")
    except StoreUnavailable:
        st.toast(_("The rooms of this server cannot be reached at the moment."), icon=":material/cloud_off:")


def _finish(rooms: Rooms, room: Room) -> None:
    lang = language()

    def answers() -> bytes:
        """Made after the click, in a thread of its own, which does not know the reader's language."""
        with using_language(lang):
            return answers_as_csv(rooms, rooms.room(room.code))

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            _("Answers (CSV)"),
            answers,
            f"unrolled-{room.code}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        with st.popover(_("End the room"), icon=":material/logout:"):
            st.markdown(_("All answers are deleted at once. Save them before, if you need them."))
            st.button(_("End it now"), key="end_room", on_click=_end, args=(rooms, room))
    st.caption(
        _(
            "The address of this page is your key: whoever has it can lead the room. Keep it to come back from another device."
        )
    )


def _end(rooms: Rooms, room: Room) -> None:
    try:
        rooms.end(room)
    except StoreUnavailable:
        st.session_state[_PROBLEM] = _("The rooms of this server cannot be reached at the moment.")
        return
    for name in (CODE, KEY):
        st.query_params.pop(name, None)
    st.session_state[_PROBLEM] = _("The room has ended, and its answers are deleted.")
    st.rerun()
