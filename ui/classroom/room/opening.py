"""How a teacher opens a room, empty or with a list, and in which words it is refused."""

import streamlit as st

from ui.classroom.room import limits
from ui.classroom.room.rates_of_visitors import may_open
from ui.classroom.room.rooms import NOT_KEPT, TOO_LONG, TOO_MANY_ROOMS, TOO_OFTEN, RoomProblem, Rooms, Stop
from ui.classroom.room.store import StoreUnavailable
from ui.i18n import _

CODE, KEY = "room", "key"  # in the link of the teacher's page: it is the teacher's alone
_UNREACHABLE = "unreachable"


def open_room(rooms: Rooms, stops: tuple[Stop, ...] = ()) -> dict[str, str]:
    """What the link of the teacher's page says; RoomProblem where no room is opened."""
    if not may_open(st.context.ip_address):
        raise RoomProblem(TOO_OFTEN)
    try:
        code, key = rooms.open(stops)
    except StoreUnavailable:
        raise RoomProblem(_UNREACHABLE) from None
    return {CODE: code, KEY: key}


def problem_words(reason: str) -> str:
    return {
        TOO_MANY_ROOMS: _("This server has as many rooms as it may have. Please try again later."),
        TOO_OFTEN: _("Too many rooms were opened from this network. Please wait a few minutes."),
        TOO_LONG: _("The list of this room is full: it takes {most} stops.").format(most=limits.MOST_STOPS),
        NOT_KEPT: _("A room cannot keep this: the link of a stop is too long, or leads to a room."),
        _UNREACHABLE: _("The rooms of this server cannot be reached at the moment."),
    }.get(reason, _("This room has ended, or the link is not its teacher’s link."))
