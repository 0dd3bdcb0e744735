"""The pages of a chapter as a row of cards, each with a small picture of its own data.

The browser code is in cards/. Each card is an ordinary link, as in the bar above (`top_bar.py`): a plain click tells the server.
"""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from ui.browser import assets, door
from ui.browser.thumbnails import Thumbnail, drawn_option
from ui.i18n import _, language

HEIGHT = 190

_part = st.components.v2.component("unrolled_cards", js=assets.LOADER)


class Card(NamedTuple):
    idea: str
    picture: Thumbnail  # with the page's title as its label
    fact: str = ""  # a short line above the idea, such as how long it takes


def cards(title: str, pages: Mapping[str, Card], *, key: str) -> str | None:
    """The page that the reader has clicked in this run, by its slug; a slug may have settings, as a link has."""
    sent = _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("cards"),
                "height": HEIGHT,
                "title": title,
                "language": language(),
                "cards": [
                    {**drawn_option(slug, card.picture), "idea": card.idea, "fact": card.fact}
                    for slug, card in pages.items()
                ],
                "words": {"unavailable": _("The menu could not be loaded. Please reload the page.")},
            }
        ),
        on_page_change=door.no_callback,
    )
    return door.read(sent, "page", door.one_of(pages))
