"""The curtain over a view, with the question of a lesson plan on it. some_pages/ covers the page, and the code in curtain/ lifts it."""

import streamlit as st

from ui.browser import assets
from ui.browser.question import ask_message, question_words
from ui.browser.some_pages import send_styles
from ui.i18n import _
from ui.widgets.tours.ask import Ask

_part = st.components.v2.component("unrolled_curtain", js=assets.LOADER)


def curtain(view: str, ask: Ask | None, *, is_student: bool) -> None:
    """`view` names what is covered: with another name the curtain falls again."""
    send_styles("curtain")
    with st.container(key="curtain"):
        _part(
            key="curtain_part",
            data=assets.component_data(
                {
                    "module": assets.serve("curtain"),
                    "height": 0,
                    "id": view,
                    "ask": ask_message(ask) if ask else None,
                    "is_student": is_student,
                    "words": {
                        "lift": _("Show the picture"),
                        "keys": _("R: show or cover. B: black screen."),
                        "covered": _("What do you expect to see?"),
                        **question_words(),
                        "unavailable": _("The curtain could not be loaded. Please reload the page."),
                    },
                }
            ),
        )
