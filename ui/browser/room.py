"""The projector of a room: the question, how many have answered, and the spread. The browser code is in room/; it asks the room
itself for news, so that no answer of a student runs the page's script."""

from collections.abc import Mapping

import segno
import streamlit as st

from ui.browser import assets
from ui.i18n import _, language

HEIGHT = 640

_part = st.components.v2.component("unrolled_room", js=assets.LOADER)


def projector(code: str, key: str, link: str, address: str, spread_words: Mapping[str, str]) -> None:
    """`link` leads students to the room, `address` is the page on which they type the code."""
    _part(
        key="projector",
        data=assets.component_data(
            {
                "module": assets.serve("room"),
                "height": HEIGHT,
                "code": code,
                "key": key,
                "lang": language(),
                "link": link,
                "address": address,
                "qr": qr_rows(link),
                "words": {**_words(), **spread_words},
            }
        ),
    )


def qr_rows(text: str) -> list[str]:
    return ["".join("1" if dark else "0" for dark in row) for row in segno.make(text, error="m", micro=False).matrix]


def _words() -> dict[str, str]:
    return {
        "qr": _("QR code of the room’s link"),
        "scan": _("Scan, or open"),
        "stop": _("stop {at} of {all}"),
        "joined": _("**{count}** in the room"),
        "full_screen": _("Full screen"),
        "lobby": _("Join with the code, then the first question comes."),
        "no_stops": _("Join with the code."),
        "no_stops_more": _("Add the first question below. Nobody sees it before you show it."),
        "of": _("of {all} have answered"),
        "back": _("Back"),
        "next": _("Next"),
        "blank": _("Blank"),
        "reveal": _("Reveal"),
        "again": _("Ask again"),
        "follow": _("Open the view for all"),
        "let_go": _("Let go"),
        "over": _("This room has ended."),
        "offline": _("No connection to the room. It is tried again every second."),
        "refused": _("The room did not accept this."),
        "unavailable": _("The projector could not be loaded. Please reload the page."),
    }
