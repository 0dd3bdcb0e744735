"""The curtain over a view, with the question of a lesson plan on it. The code in curtain/ lifts it."""

import streamlit as st

from ui.browser import assets
from ui.browser.tour import ask_message
from ui.i18n import _
from ui.widgets.tours.tour import Ask

# Hides everything that could give the answer away: the picture, presets, captions, tables, sentences. It is in the page only
# with the curtain: a browser has to look at all elements again for such selectors whenever anything on the page changes.
_COVERED = "html:not([data-curtain]) .stMainBlockContainer:has(.st-key-curtain)"
_OTHERS = f"""{_COVERED} > [data-testid="stVerticalBlock"]
> :not(.st-key-top_bar, :has(.st-key-head, .st-key-tour_place, .st-key-curtain))"""
_STYLE = f"""<style>
{_OTHERS} {{ visibility: hidden; }}
{_OTHERS} * {{ visibility: hidden !important; }}
{_COVERED} :is([class*="st-key-thumbnails_"] *, .st-key-idea) {{ visibility: hidden !important; }}
</style>"""
_part = st.components.v2.component("unrolled_curtain", js=assets.LOADER)


def curtain(view: str, ask: Ask | None, *, is_student: bool) -> None:
    """`view` names what is covered: with another name the curtain falls again."""
    st.html(_STYLE)
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
                        "yes": _("Yes."),
                        "no": _("Look again."),
                        "own_answer": _("Your answer"),
                        "answer": _("Answer"),
                        "unavailable": _("The curtain could not be loaded. Please reload the page."),
                    },
                }
            ),
        )
