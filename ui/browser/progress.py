"""The reader's way through the chapters: pages visited, questions answered, tours finished, and the page to go on with.

The browser code is in progress/. What was done stays in the browser (shared/progress.js) until the reader has it forgotten.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from ui.browser import assets, door
from ui.browser.top_bar import Chapter
from ui.i18n import _, language

HEIGHT = 150

_part = st.components.v2.component("unrolled_progress", js=assets.LOADER)


class Asked(NamedTuple):
    """What the reader has clicked, if anything."""

    page: str | None
    forgets: bool


def progress(chapters: Sequence[Chapter], questions: Mapping[str, Sequence[str]], tours: Collection[str]) -> Asked:
    """`questions`: the keys of each page's questions; `tours`: the names of all tours. The tour of a page has the page's name."""
    slugs = [slug for chapter in chapters for slug in chapter.pages]
    sent = _part(
        key="progress",
        data=assets.component_data(
            {
                "module": assets.serve("progress"),
                "height": HEIGHT,
                "language": language(),
                "chapters": [{"title": each.title, "pages": dict(each.pages)} for each in chapters],
                "questions": {page: list(keys) for page, keys in questions.items()},
                "tours": list(tours),
                "words": {
                    "title": _("Your way through the app"),
                    "start": _("Begin here: {page}"),
                    "go_on": _("Go on here: {page}"),
                    "all": _("You have visited every page."),
                    "sum": _(
                        "{pages} of {all_pages} pages visited, {questions} of {all_questions} questions answered, {tours} of "
                        "{all_tours} tours finished"
                    ),
                    "visited": _("visited"),
                    "answered": _("all questions answered"),
                    "toured": _("tour finished"),
                    "forget": _("Forget my progress"),
                    "kept": _("This list is kept in your browser only."),
                    "unavailable": _("The menu could not be loaded. Please reload the page."),
                },
            }
        ),
        on_page_change=door.no_callback,
        on_forget_change=door.no_callback,
    )
    return Asked(door.read(sent, "page", door.one_of(slugs)), bool(door.read(sent, "forget", door.exactly(True))))
