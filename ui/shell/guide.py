"""Leads through a tour or a lesson: opens the view of each stop, shows the card on whatever page the reader is, and the curtain."""

from collections.abc import Callable

import streamlit as st

from ui.as_text import in_markdown
from ui.browser.curtain import curtain
from ui.browser.some_pages import send_styles
from ui.browser.tour import tour_card
from ui.links.door import FOLLOWED
from ui.shell import site
from ui.widgets.tours import place
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.place import Place

OpenView = Callable[[str, dict[str, str]], None]  # a page and the parameters of its link


def lead(current: str, open_view: OpenView) -> None:
    """Called in every run below the bar; `current` is the page that is shown."""
    asked = _asked(current)
    if asked is not None:
        _open_stop(asked, current, open_view)
    here = place.current()
    place.write_link(here)
    if here is None:
        return
    if place.is_student():
        send_styles("student")
    with st.container(key="student_view" if place.is_student() else "reader_view"), st.container(key="tour_place"):
        stop = tour_card(here, current, site.title(here.step.page))
    if stop == 0:
        place.go_to(None)
        place.write_link(None)
        st.rerun()
    elif stop is not None:
        _open_stop(Place(here.name, stop, here.tour), current, open_view)


def cover(current: str) -> None:
    """Called below a page's head: the curtain over its view, where the link (`hide=1`) or the stop of a lesson asks for one."""
    here = place.current()
    step = here.step if here is not None and here.step.page == current else None
    if here is not None and step is not None and step.hide:
        curtain(f"{here.name} {here.stop} {place.jumps()}", step.ask, is_student=place.is_student())
    elif st.query_params.get("hide") == "1":
        curtain(current, None, is_student=False)


def _asked(current: str) -> Place | None:
    """The stop that a button or the link asks for, where its view must still be opened."""
    button = place.asked_for()
    if button is not None:
        return button
    try:
        linked = place.of_link()
    except TourProblem as problem:
        st.warning(in_markdown(str(problem)), icon=":material/link_off:")
        place.go_to(None)
        return None
    if linked is not None and current == linked.step.page and place.link_shows_a_view():
        place.go_to(linked)
        return None
    return linked


def _open_stop(stop: Place, current: str, open_view: OpenView) -> None:
    place.go_to(stop)
    place.count_jump()
    for name in [name for name in st.session_state if str(name).startswith("asks_guess_")]:
        del st.session_state[name]  # an open question would cover the stage
    step = stop.step
    # On the same page the address overrides the session, as after the browser's Back; another page opens as if for the first time.
    followed = {FOLLOWED: "1"} if step.page == current else {}
    open_view(step.page, {**dict(step.query), **place.parameters(stop), **followed})
