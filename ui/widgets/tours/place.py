"""Where the reader is in a tour: in the session, and in the link of whatever page is open (`?tour=rnn&stop=3`).

A tour that a visitor brought is called `own`. Its file stays in the session, and travels in the link as `own_tour`. With
`student=1` in the link the visitor sees the tour's stops and nothing else of the app.
"""

from dataclasses import dataclass

import streamlit as st

from ui.i18n import _
from ui.links.kept_settings import is_back_or_forward
from ui.widgets.tours import shipped
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import Step, Tour, pack, read_tour, unpack

OWN = "own"
LONGEST_IN_LINK = 8_000  # characters: what browsers and mail programs pass on
_PLACE, _OWN_FILE, _ASKED, _JUMPS = "tour place", "own tour", "tour asked for", "views opened by tours"
_STUDENT = "sees the tour as a student"
_NAMES = ("tour", "stop", "own_tour", "student")


@dataclass(frozen=True)
class Place:
    name: str
    stop: int  # from 1
    tour: Tour

    @property
    def step(self) -> Step:
        return self.tour.steps[self.stop - 1]


def current() -> Place | None:
    place: Place | None = st.session_state.get(_PLACE)
    return place


def own_tour() -> Tour | None:
    """The visitor's own tour, which was read before it came into the session."""
    data = st.session_state.get(_OWN_FILE)
    return read_tour(data) if data else None


def keep_own_tour(data: bytes) -> Tour:
    """TourProblem when the file is no tour."""
    tour = read_tour(data)
    st.session_state[_OWN_FILE] = data
    return tour


def ask_for(name: str, stop: int = 1) -> None:
    """Ask for a stop, in a button's callback: the next run opens it."""
    st.session_state[_ASKED] = name, stop


def asked_for() -> Place | None:
    """The stop that a button asked for, once."""
    asked = st.session_state.pop(_ASKED, None)
    return opened(*asked) if asked else None


def go_to(place: Place | None) -> None:
    st.session_state[_PLACE] = place
    if place is None:
        st.session_state.pop(_STUDENT, None)


def is_student() -> bool:
    return bool(st.session_state.get(_STUDENT))


def jumps() -> int:
    """How often a tour has opened a view of its own in this visit."""
    return int(st.session_state.get(_JUMPS, 0))


def count_jump() -> None:
    st.session_state[_JUMPS] = jumps() + 1


def opened(name: str, stop: int) -> Place:
    """The stop of a tour; TourProblem when there is no such tour or no such stop."""
    is_shipped = name in (*shipped.names(), *shipped.plan_names())
    tour = shipped.shipped_tour(name) if is_shipped else own_tour() if name == OWN else None
    if tour is None:
        raise TourProblem(_("There is no tour of this name."))
    if not 1 <= stop <= len(tour.steps):
        raise TourProblem(_("This tour has the stops 1 to {last}.").format(last=len(tour.steps)))
    return Place(name, stop, tour)


def of_link() -> Place | None:
    """The stop that the link asks for where the reader is not there yet; TourProblem when it cannot be opened."""
    name = st.query_params.get("tour")
    if name is None:
        return None
    if "student" in st.query_params:
        st.session_state[_STUDENT] = True
    text = st.query_params.get("stop", "1")
    stop = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    here = current()
    if here is not None and (here.name, here.stop) == (name, stop):
        return None
    if name == OWN and "own_tour" in st.query_params:
        keep_own_tour(unpack(st.query_params["own_tour"]))
    return opened(name, stop)


def link_shows_a_view() -> bool:
    """Whether the link has settings beside the tour, which then win over the view of the stop."""
    return is_back_or_forward() or bool(set(st.query_params) - {"lang", "show", "hide", "embed", *_NAMES})


def parameters(place: Place) -> dict[str, str]:
    found = {"tour": place.name, "stop": str(place.stop)}
    if place.name == OWN and (packed := own_in_link()):
        found["own_tour"] = packed
    if is_student():
        found["student"] = "1"
    return found


def own_in_link() -> str:
    """Empty where the file is too long for a link: then it stays in this visit."""
    packed = pack(st.session_state[_OWN_FILE])
    return packed if len(packed) <= LONGEST_IN_LINK else ""


def write_link(place: Place | None) -> None:
    wanted = parameters(place) if place else {}
    for name in _NAMES:
        if name not in wanted:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != wanted[name]:
            st.query_params[name] = wanted[name]
