"""The card of a tour beside the stage: one sentence, the buttons, and an outline around the element that it speaks of.

The browser code is in tour/. The card waits there for the setting or the answer that a step asks for.
"""

from dataclasses import asdict

import streamlit as st

from ui.browser import assets, door
from ui.browser.question import ask_message, question_words
from ui.i18n import _
from ui.widgets.tours import tips
from ui.widgets.tours.place import Place, is_student, jumps

KEY = "tour_card"

_part = st.components.v2.component("unrolled_tour", js=assets.LOADER)


def tour_card(place: Place, page: str, title: str) -> int | None:
    """The stop that the reader asks for: the present one again, or 0 to leave. `title`: of the page that the stop is on."""
    step, last = place.step, len(place.tour.steps)
    sent = _part(
        key=KEY,
        data=assets.component_data(
            {
                "module": assets.serve("tour"),
                "height": 0,
                "name": place.name,
                "title": str(place.tour.title),
                "stop": place.stop,
                "last": last,
                "jump": jumps(),
                "page": step.page,
                "page_title": title,
                "is_here": page == step.page,
                "query": dict(step.query),
                "target": step.target,
                "text": str(step.text),
                "goal": asdict(step.goal) if step.goal else None,
                "ask": ask_message(step.ask) if step.ask else None,
                "minutes": step.minutes,
                "note": "" if is_student() else str(step.note),
                "tips": _tips(place),
                "is_covered": step.hide,
                "is_lesson": place.tour.is_lesson,
                "is_student": is_student(),
                "words": _words(),
            }
        ),
        on_stop_change=door.no_callback,
    )
    return door.read(sent, "stop", door.whole(0, last))


def _tips(place: Place) -> list[str]:
    """The tips for the teacher of a lesson."""
    found = tips.of_page(place.step.page) if place.tour.is_lesson and not is_student() else None
    return found.lines() if found else []


def _words() -> dict[str, str]:
    return {
        "place": _("Stop {stop} of {last}"),
        "next": _("Next"),
        "back": _("Previous"),
        "leave": _("Leave the tour"),
        "finish": _("Finish"),
        "again": _("Show this view again"),
        "elsewhere": _("This stop is on the page “{page}”."),
        "return": _("Back to the tour"),
        "skip": _("Skip this"),
        "waiting": _("Do this to go on."),
        "done": _("Done. Go on."),
        "minutes": _("{minutes} min"),
        "note": _("Note"),
        **question_words(),
        "lesson_keys": _("Page up and page down: next and back. N: note. B: black screen."),
        "keys": _("Arrow keys: next and back. Escape: leave."),
        "unavailable": _("The tour could not be loaded. Please reload the page."),
    }
