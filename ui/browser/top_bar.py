"""The bar above every page: the chapters with their pages, the search, the language and the projector.

The browser code is in top_bar/. Each page is an ordinary link, which opens in a tab of its own; a plain click tells the
server, which changes the page without loading Streamlit anew. The browser keeps which pages have been visited.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import streamlit as st

from ui.browser import assets, door
from ui.i18n import LANGUAGES, Language, _, language

KEY = "top_bar"
HEIGHT = 48  # pixels, as in frame.css
LONGEST_VIEW = 40_000  # characters of an address

_part = st.components.v2.component("unrolled_top_bar", js=assets.LOADER)


class Chapter(NamedTuple):
    title: str
    pages: Mapping[str, str]  # slug -> title


@dataclass(frozen=True)
class Search:
    index: str  # the address from which the browser fetches what can be found, when it searches first
    addresses: Callable[[], Collection[str]]  # all that can be found, as slug?parameter=value


class Asked(NamedTuple):
    """What the reader has clicked, if anything."""

    page: str | None
    language: Language | None
    found: str | None  # one of the search's addresses
    view: str | None  # the settings of the page, as in its address: to be added to a lesson plan


def top_bar(
    chapters: Sequence[Chapter],
    current: str,
    language_names: Mapping[Language, str],
    answered: Sequence[str],
    search: Search,
) -> Asked:
    """`answered`: the questions of this visit that were answered rightly."""
    slugs = {slug for chapter in chapters for slug in chapter.pages} | {"home"}
    sent = _part(
        key=KEY,
        data=assets.component_data(
            {
                "module": assets.serve("top_bar"),
                "height": HEIGHT,
                "chapters": [{"title": each.title, "pages": dict(each.pages)} for each in chapters],
                "current": current,
                "answered": list(answered),
                "language": language(),
                "languages": dict(language_names),
                "index": search.index,
                "words": {
                    "home": _("Home"),
                    "chapters": _("Chapters"),
                    "menu": _("Menu"),
                    "visited": _("visited"),
                    "language": "Language · 语言",
                    "projector": _("Projector"),
                    "projector_help": _("Large type and no prose, for a class. Press Escape to leave."),
                    "add_view": _("Add this view to your lesson plan"),
                    "search": _("Search"),
                    "search_help": _("Search pages, terms, presets, experiments and claims (press / or Ctrl+K)"),
                    "search_hint": _("Search pages, terms, presets, experiments, claims"),
                    "nothing_found": _("Nothing found."),
                    "no_index": _("The search could not be loaded. Please reload the page."),
                    "results": _("Results"),
                    "close": _("Close"),
                    "unavailable": _("The menu could not be loaded. Please reload the page."),
                },
            }
        ),
        on_page_change=door.no_callback,
        on_language_change=door.no_callback,
        on_found_change=door.no_callback,
        on_view_change=door.no_callback,
    )
    page = door.read(sent, "page", door.one_of(slugs))
    language_asked = door.read(sent, "language", door.one_of(LANGUAGES))
    found = door.read(sent, "found", lambda found: door.one_of(search.addresses())(found))
    return Asked(page, language_asked, found, door.read(sent, "view", door.text(LONGEST_VIEW)))
