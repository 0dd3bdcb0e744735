"""The button that makes one HTML file of a lesson plan: the browser opens every stop in a small frame, takes its pictures, and joins
them with the plan's texts. The code is in lesson_file/, and that of the finished file in lesson_player/."""

import re
from collections.abc import Callable

import streamlit as st

from ui.browser import assets
from ui.browser.question import ask_message, question_words
from ui.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, using_language
from ui.widgets.tours.tour import Step, Tour
from ui.widgets.tours.write import view_of

_part = st.components.v2.component("unrolled_lesson_file", js=assets.LOADER)


def lesson_file(plan: Tour, page_title: Callable[[str], str]) -> None:
    """`page_title` gives the title of a page in the present language."""
    name = re.sub(r"[^\w]+", "-", str(plan.title)).strip("-").lower() or "lesson"
    _part(
        key="lesson_file",
        data=assets.component_data(
            {
                "module": assets.serve("lesson_file"),
                "height": 40,
                "player": assets.serve("lesson_player"),
                "filename": f"{name[:60]}.html",
                "languages": [_in(plan, lang, page_title) for lang in LANGUAGES],
                "words": {
                    "make": _("Make the file"),
                    "making": _("{number} of {total} views are ready …"),
                    "done": _("The file is ready, and your browser has saved it."),
                    "failed": _("The file could not be made. Please try again."),
                    "stop": _("Stop"),
                    "unavailable": _("The button could not be loaded. Please reload the page."),
                },
            }
        ),
    )


def _in(plan: Tour, lang: Language, page_title: Callable[[str], str]) -> dict[str, object]:
    with using_language(lang):
        return {
            "code": lang,
            "name": LANGUAGE_NAMES[lang],
            "title": str(plan.title),
            "stops": [{**_stop(step), "page_title": page_title(step.page)} for step in plan.steps],
            "words": {
                "next": _("Next"),
                "back": _("Previous"),
                "place": _("Stop {stop} of {last}"),
                "lift": _("Show the picture"),
                **question_words(),
                "minutes": _("{minutes} min"),
                "no_picture": _("This view works in the app only:"),
            },
        }


def _stop(step: Step) -> dict[str, object]:
    view = view_of(step)
    return {
        "view": view.replace("home", "./", 1) if step.page == "home" else view,
        "title": str(step.text),
        "minutes": step.minutes,
        "ask": ask_message(step.ask) if step.ask else None,
        "is_covered": step.hide,
        "target": step.target,
    }
