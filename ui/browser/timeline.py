"""A line in time: what happened in which year, each event with its idea, its reference and a link into the app.

The browser code is in timeline/. Each link is an ordinary address, as in the bar above (`top_bar.py`): a plain click tells the server.
"""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from ui.browser import assets, door
from ui.i18n import _, language

HEIGHT = 560

_part = st.components.v2.component("unrolled_timeline", js=assets.LOADER)


class TimelineEvent(NamedTuple):
    year: int
    name: str
    idea: str
    reference: str
    link: str  # the address below the app's own
    place: str  # the title of the page that the link opens


def timeline(title: str, events: Sequence[TimelineEvent], *, key: str) -> int | None:
    """The place of the event whose view the reader asks for in this run."""
    sent = _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("timeline"),
                "height": HEIGHT,
                "title": title,
                "language": language(),
                "events": [event._asdict() for event in events],
                "words": {
                    "play": _("Try it: {page}"),
                    "unavailable": _("The line in time could not be loaded. Please reload the page."),
                },
            }
        ),
        on_event_change=door.no_callback,
    )
    return door.read(sent, "event", door.whole(0, len(events) - 1))
