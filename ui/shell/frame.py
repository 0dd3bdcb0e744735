"""The parts that all pages have in common: page config, language, menu, and the head and foot of each page."""

from collections.abc import Callable
from contextvars import ContextVar
from copy import copy
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qs

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnn_core.studies.practice.catalogue import TOPICS
from ui.as_text import in_markdown
from ui.browser import assets
from ui.browser.frame import send_styles_and_code
from ui.browser.top_bar import Chapter, Search, top_bar
from ui.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, best_language, language, use_language_of
from ui.links import door, kept_settings, refused
from ui.shell import guide, housekeeping, site
from ui.widgets import limits
from ui.widgets.glossary import begin_page
from ui.widgets.lesson import answered_rightly, open_asked_view, prose
from ui.widgets.stage import set_head
from ui.widgets.take_along.menu import take_along_menu
from ui.widgets.take_along.offers import begin_offers

_app_is_open: ContextVar[bool] = ContextVar("app_is_open", default=False)  # app.py has begun this run
_warning_place: ContextVar[DeltaGenerator] = ContextVar("warning_place")  # below the title
# Kept for the run, because each run translates hundreds of labels, and Streamlit is slow to return the address. The run of a
# fragment alone does not set it at its beginning.
_language: ContextVar[Language | None] = ContextVar("language", default=None)

# A drawing and not an emoji, so that it looks the same on every system.
ICON = (Path(__file__).parent / "icon.svg").read_text(encoding="utf-8")


def _requested_language() -> Language:
    requested = st.query_params.get("lang")
    return requested if requested in LANGUAGES else best_language(st.context.locale)


def _reader_language() -> Language:
    known = _language.get()
    if known is None:
        known = _requested_language()
        _language.set(known)
    return known


def _pages() -> dict[str, st.Page]:
    """The run's own copies: Streamlit marks the page that may be called."""
    context = get_script_run_ctx()
    known = _known_pages(language(), context.pages_manager.main_script_parent if context else None)
    return {slug: copy(page) for slug, page in known.items()}


@cache
def _known_pages(_lang: Language, _folder: Path | None) -> dict[str, st.Page]:
    """The pages without icons, because Streamlit would fetch the icon for the browser's tab from the internet.

    Kept, because Streamlit looks up each page's file on the disk; the titles are in the language.
    """
    return {
        page.slug: st.Page(
            f"pages/{page.slug}.py",
            title=f"{site.title(page.slug)} · Unrolled" if page.slug != "home" else "Unrolled",
            url_path="" if page.slug == "home" else page.slug,
            default=page.slug == "home",
        )
        for page in site.PAGES
    }


def open_app(searched: Callable[[Language], Search], add_view: Callable[[str, str], str]) -> None:
    """One script run of the whole app. `app.py` calls this. `searched` gives what the search finds, and `add_view` adds a view
    to the lesson plan: they know all pages, and so this file cannot import them."""
    door.drop_unreadable_parameters()
    use_language_of(_reader_language)
    _language.set(_requested_language())
    housekeeping.start()
    _app_is_open.set(True)
    current = st.navigation(list(_pages().values()), position="hidden")
    st.set_page_config(page_title=current.title, page_icon=ICON, layout="wide")
    kept_settings.open_page_settings(current.url_path or "home")
    kept_settings.refresh_after_language_change()
    search = searched(language())
    send_styles_and_code(search.index)
    if assets.are_missing():
        st.error(
            _(
                "Charts and diagrams cannot be shown, because the server may not write into its folder static/vendor. "
                "Whoever runs it can put them there once, with the command `python -m ui.browser.publish_all`."
            ),
            icon=":material/folder_off:",
        )
    _show_top_bar(current.url_path or "home", search, add_view)
    guide.lead(current.url_path or "home", open_view)
    current.run()


def link(slug: str, label: str | None = None, icon: str | None = None, **query: str) -> None:
    """A link to a page that keeps the language; `query` opens it in a given view, also from that page itself."""
    kept = {"lang": language()} if query else _kept_language()
    if query and slug == st.session_state.get("page"):
        query = {**query, door.FOLLOWED: "1"}  # otherwise widgets that are on the page would keep their values
    st.page_link(
        f"pages/{slug}.py",
        label=label or site.title(slug),
        icon=icon or site.BY_SLUG[slug].icon,
        query_params={**kept, **query},  # the language comes first: see kept_settings._split_link
    )


def chapters_of_app() -> list[Chapter]:
    return [
        Chapter(site.part_title(part), {page.slug: site.title(page.slug) for page in pages})
        for part, pages in groupby(site.PAGES, key=lambda page: page.part)
        if part != "start"
    ]


def _show_top_bar(current: str, search: Search, add_view: Callable[[str, str], str]) -> None:
    asked = top_bar(chapters_of_app(), current, LANGUAGE_NAMES, answered_rightly(), search)
    if asked.language:
        st.query_params["lang"] = asked.language
        st.rerun()
    if asked.page:
        open_slug(asked.page)
    if asked.view is not None:
        st.toast(in_markdown(add_view(current, asked.view)), icon=":material/playlist_add_check:")
    if asked.found:
        _open_found(asked.found, current)


def _open_found(address: str, current: str) -> NoReturn:
    """Go to what the search has found, in the reader's language, also on the page that is open."""
    slug, _mark, query = address.partition("?")
    asked = parse_qs(query)
    if slug == current:
        asked[door.FOLLOWED] = ["1"]  # otherwise widgets that are on the page would keep their values
    st.switch_page(_pages()[slug], query_params={"lang": language(), **asked})


def open_slug(slug: str) -> NoReturn:
    """Go to a page, in the reader's language."""
    st.switch_page(_pages()[slug], query_params=_kept_language())


def open_view(slug: str, query: dict[str, str]) -> NoReturn:
    """Go to a page in a given view, and forget how the reader has left it."""
    kept_settings.forget_page_settings(slug)
    st.switch_page(_pages()[slug], query_params={"lang": language(), **query})


def _kept_language() -> dict[str, str]:
    return {"lang": language()} if st.query_params.get("lang") in LANGUAGES else {}


def open_page(slug: str) -> None:
    """Show the head of a page. Every page calls this first."""
    if not _app_is_open.get():
        # A fresh process whose first visitor opens a sub-page: Streamlit runs pages/<slug>.py without app.py,
        # until st.navigation has been called once. Call it, and start again through app.py.
        st.navigation(list(_pages().values()), position="hidden")
        st.rerun()
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        st.title(site.headline(slug), anchor=False, width="content")
        idea = st.container(key="idea")
        idea.markdown(site.idea(slug))
        set_head(idea, st.container(key="actions", horizontal=True, width="content", gap="small"))
    guide.cover(slug)
    open_asked_view(open_view)
    limits.start_again_button(slug, open_view)
    _warning_place.set(st.container())
    begin_offers(slug)
    begin_page()


def close_page(slug: str) -> None:
    """Show the foot of a page: one line to remember, and links to the pages before and after it. Every page calls this last."""
    take_along_menu()
    with _warning_place.get():
        refused.report_refused_parameters(slug)
    with st.container(key="remember"):
        prose(slug, "remember")
    previous, following = site.previous_page(slug), site.next_page(slug)
    with st.container(key="page_foot"):
        left, middle, right = st.columns(3)
    if previous:
        with left:
            link(previous.slug, label=_("Before: {page}").format(page=site.title(previous.slug)))
    if slug in TOPICS:
        with middle:
            link("exercises", label=_("Exercises on this topic"), topic=slug)
    if following:
        with right:
            link(following.slug, label=_("Next: {page}").format(page=site.title(following.slug)))
