"""The frame around every page: page config, language, menu, and each page's head and foot."""

from contextvars import ContextVar
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.browser import assets
from ui.browser.frame import frame
from ui.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, best_language, language, use_language_of
from ui.links import door, kept_settings, refused
from ui.shell import housekeeping, site
from ui.widgets.lesson import prose

_opened_here: ContextVar[bool] = ContextVar("opened_here", default=False)
_under_the_title: ContextVar[DeltaGenerator] = ContextVar("under_the_title")
# Hundreds of labels a run ask for it, and Streamlit answers slowly. A run of a fragment alone finds it empty, or as it was.
_language: ContextVar[Language | None] = ContextVar("language", default=None)

# A drawing and not an emoji, so that it looks the same on every system.
ICON = (Path(__file__).parent / "icon.svg").read_text(encoding="utf-8")


def _ask_language() -> Language:
    asked = st.query_params.get("lang")
    return asked if asked in LANGUAGES else best_language(st.context.locale)


def _reader_language() -> Language:
    known = _language.get()
    if known is None:
        known = _ask_language()
        _language.set(known)
    return known


def _pages() -> dict[str, st.Page]:
    """Without icons: Streamlit would fetch a page's icon from the internet, for the browser's tab. Links have theirs."""
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
    """The whole app, once per script run: `app.py` calls this."""
    door.receive()
    use_language_of(_reader_language)
    _language.set(_ask_language())
    st.set_page_config(page_title="Unrolled", page_icon=ICON, layout="wide")
    housekeeping.start()
    _opened_here.set(True)
    current = st.navigation(list(_pages().values()), position="hidden")
    kept_settings.arrive(current.url_path or "home")
    kept_settings.show_language()
    frame()
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
    said = {"lang": language()} if query or st.query_params.get("lang") in LANGUAGES else {}
    if query and slug == st.session_state.get("page"):
        query = {**query, door.FOLLOWED: "1"}  # widgets that stand already would keep what they show
    st.page_link(
        f"pages/{slug}.py",
        label=label or site.title(slug),
        icon=icon or site.BY_SLUG[slug].icon,
        query_params={**said, **query},  # the language comes first: see kept_settings._own
    )


def _in_ascii(chosen: Language) -> str:
    """A language's own name. In other letters Streamlit looks for an emoji, and first compiles the table of all that there are:
    the first visitor of an English page would wait for that."""
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
    """The head of a page. Every page calls this first."""
    if not _opened_here.get():
        # A fresh process whose first visitor opens a sub-page: Streamlit runs pages/<slug>.py without app.py,
        # until st.navigation has been called once. Call it, and start again through app.py.
        st.navigation(list(_pages().values()), position="hidden")
        st.rerun()
    st.title("Unrolled" if slug == "home" else site.title(slug), anchor=False)
    with st.container(key="idea"):
        st.markdown(site.idea(slug))
    _under_the_title.set(st.container())


def close_page(slug: str) -> None:
    """The foot of a page: one line to remember, and the ways on."""
    with _under_the_title.get():
        refused.tell(slug)
    with st.container(key="remember"):
        prose(slug, "remember")
    back, on = site.before(slug), site.after(slug)
    left, right = st.columns(2)
    if back:
        with left:
            link(back.slug, label=_("Before: {page}").format(page=site.title(back.slug)))
    if on:
        with right:
            link(on.slug, label=_("Next: {page}").format(page=site.title(on.slug)))
