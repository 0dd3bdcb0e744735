"""The parts that all pages have in common: page config, language, menu, and the head and foot of each page."""

from contextvars import ContextVar
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.browser import assets
from ui.browser.frame import send_styles_and_code
from ui.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, best_language, language, use_language_of
from ui.links import door, kept_settings, refused
from ui.shell import housekeeping, site
from ui.widgets.lesson import prose

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
    """The pages without icons, because Streamlit would fetch the icon for the browser's tab from the internet."""
    return {
        page.slug: st.Page(
            f"pages/{page.slug}.py",
            title=f"{site.title(page.slug)} · Unrolled" if page.slug != "home" else "Unrolled",
            url_path="" if page.slug == "home" else page.slug,
            default=page.slug == "home",
        )
        for page in site.PAGES
    }


def open_app() -> None:
    """One script run of the whole app. `app.py` calls this."""
    door.drop_unreadable_parameters()
    use_language_of(_reader_language)
    _language.set(_requested_language())
    st.set_page_config(page_title="Unrolled", page_icon=ICON, layout="wide")
    housekeeping.start()
    _app_is_open.set(True)
    current = st.navigation(list(_pages().values()), position="hidden")
    kept_settings.open_page_settings(current.url_path or "home")
    kept_settings.refresh_after_language_change()
    send_styles_and_code()
    if assets.are_missing():
        st.error(
            _(
                "Charts and diagrams cannot be shown, because the server may not write into its folder static/vendor. "
                "Whoever runs it can put them there once, with the command `python -m ui.browser.publish_all`."
            ),
            icon=":material/folder_off:",
        )
    with st.sidebar:
        _menu()
    current.run()


def link(slug: str, label: str | None = None, icon: str | None = None, **query: str) -> None:
    """A link to a page that keeps the language; `query` opens it in a given view, also from that page itself."""
    kept = {"lang": language()} if query or st.query_params.get("lang") in LANGUAGES else {}
    if query and slug == st.session_state.get("page"):
        query = {**query, door.FOLLOWED: "1"}  # otherwise widgets that are on the page would keep their values
    st.page_link(
        f"pages/{slug}.py",
        label=label or site.title(slug),
        icon=icon or site.BY_SLUG[slug].icon,
        query_params={**kept, **query},  # the language comes first: see kept_settings._split_link
    )


def _in_ascii(chosen: Language) -> str:
    """A language's own name, with Chinese characters as HTML entities. In a label with other than ASCII characters Streamlit
    searches for emoji, and compiles the table of all emoji first, for which the first visitor would wait."""
    return LANGUAGE_NAMES[chosen].encode("ascii", "xmlcharrefreplace").decode()


def _keep_language() -> None:
    st.query_params["lang"] = st.session_state["language_choice"]


def _menu() -> None:
    st.markdown("### Unrolled")
    st.session_state["language_choice"] = language()
    st.segmented_control(
        "Language · 语言",
        LANGUAGES,
        format_func=_in_ascii,
        key="language_choice",
        on_change=_keep_language,
        required=True,
        label_visibility="collapsed",
    )
    shown_part = None
    for page in site.PAGES:
        if page.part != shown_part:
            shown_part = page.part
            if heading := site.part_title(page.part):
                st.caption(heading)
        link(page.slug)


def open_page(slug: str) -> None:
    """Show the head of a page. Every page calls this first."""
    if not _app_is_open.get():
        # A fresh process whose first visitor opens a sub-page: Streamlit runs pages/<slug>.py without app.py,
        # until st.navigation has been called once. Call it, and start again through app.py.
        st.navigation(list(_pages().values()), position="hidden")
        st.rerun()
    st.title("Unrolled" if slug == "home" else site.title(slug), anchor=False)
    with st.container(key="idea"):
        st.markdown(site.idea(slug))
    _warning_place.set(st.container())


def close_page(slug: str) -> None:
    """Show the foot of a page: one line to remember, and links to the pages before and after it. Every page calls this last."""
    with _warning_place.get():
        refused.report_refused_parameters(slug)
    with st.container(key="remember"):
        prose(slug, "remember")
    previous, following = site.previous_page(slug), site.next_page(slug)
    left, right = st.columns(2)
    if previous:
        with left:
            link(previous.slug, label=_("Before: {page}").format(page=site.title(previous.slug)))
    if following:
        with right:
            link(following.slug, label=_("Next: {page}").format(page=site.title(following.slug)))
