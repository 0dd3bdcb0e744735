"""The settings of a page return when the page is opened again. A link that names settings opens exactly those.

Pages use the same name, such as T, for different settings. So every widget that sets something registers its name here: its
value is removed from the session when the visitor leaves its page, and restored when the page is opened again.
"""

from dataclasses import dataclass, field
from typing import Literal, TypedDict
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from ui.i18n import language
from ui.links import refused
from ui.links.written import begin_link

_PAGES = "settings of pages"
Link = list[tuple[str, str]]
_OF_STREAMLIT = {"embed", "embed_options"}  # parameters that the browser keeps, and no script may write
_NOT_SETTINGS = {
    "lang",
    "show",
    "tour",
    "stop",
    "own_tour",
    "student",
    "hide",
    "fixed",
    "without",
} | _OF_STREAMLIT  # parameters of a link that set nothing on a page

_STREAMLITS_OWN = {"embed", "embed_options"}  # no program may set or see them


class BoundWidget(TypedDict):
    key: str
    bind: Literal["query-params"]


class SessionWidget(TypedDict):
    key: str
    persist_state: Literal["session"]


@dataclass
class _PageSettings:
    names: set[str] = field(default_factory=set)  # keys of the widgets that set something
    forgotten: set[str] = field(default_factory=set)  # keys whose values are made anew at the next opening
    unbound: dict[str, list[str]] = field(default_factory=dict)  # parameters of the link that no widget holds
    values: dict[str, object] = field(default_factory=dict)  # of `names`, when the visitor left the page


def _of_page(slug: str | None = None) -> _PageSettings:
    pages: dict[str, _PageSettings] = st.session_state.setdefault(_PAGES, {})
    return pages.setdefault(slug or st.session_state.get("page", ""), _PageSettings())


def is_back_or_forward() -> bool:
    """Whether the browser's Back or Forward began this run: then the address overrides the values of the session."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def in_link(name: str) -> BoundWidget:
    """For a widget whose value is in the link under this name: `st.slider(..., **in_link("T"))`."""
    _of_page().names.add(name)
    return {"key": name, "bind": "query-params"}


def in_session(name: str) -> SessionWidget:
    """The arguments of a widget whose value returns with its page, and which Streamlit does not write into the link."""
    _of_page().names.add(name)
    return {"key": name, "persist_state": "session"}


def forgotten_on_leaving(name: str) -> str:
    """Register a value of the session that the page makes from its link: leaving the page deletes it."""
    _of_page().forgotten.add(name)
    return name


def unbound_in_link(name: str, default: str = "") -> str:
    """A parameter of the link that belongs to no widget. Call this in every run, so that the parameter is kept."""
    unbound = _of_page().unbound
    unbound.pop(name, None)
    if name in st.query_params:
        unbound[name] = [st.query_params[name]]
    return st.query_params.get(name, default)


def forget_page_settings(slug: str) -> None:
    """The page opens next as a link says, or as at first. A link to the page itself may then set parameters of its widgets."""
    st.session_state.get(_PAGES, {}).pop(slug, None)
    context = get_script_run_ctx()
    if context is not None:
        with context.session_state.query_params() as parameters:
            parameters.remove_stale_bindings(frozenset())


def open_page_settings(slug: str) -> None:
    """Keep the settings of the page before, and restore those of this one. Called in every run, before any widget is made."""
    begin_link()
    before, context = st.session_state.get("page"), get_script_run_ctx()
    if before == slug or context is None:
        return
    whole = parse_qsl(context.query_string, keep_blank_values=True)
    link = [(name, text) for name, text in whole if name.lower() not in _OF_STREAMLIT]
    if before is not None:
        carried, link = ([], link) if is_back_or_forward() else _split_link(link, _of_page(before).names)
        _leave(_of_page(before), _by_name(carried))
    st.session_state["page"] = slug
    names_settings = {name for name, _text in link} - _NOT_SETTINGS or is_back_or_forward()
    kept = _PageSettings() if names_settings else _of_page(slug)
    _open(_by_name(link) | kept.unbound, context)
    if kept.values:
        st.session_state.update(kept.values)
        # As if the values came from an earlier run: then Streamlit writes into the link those that differ from the default.
        context.session_state.on_script_will_rerun(None)


def _split_link(link: Link, names_before: set[str]) -> tuple[Link, Link]:
    """The parameters that the browser carries over, because a widget of the page before is bound to them, and the link's own.

    The browser puts the carried ones in front of the link, which begins with the language.
    """
    names = [name for name, _text in link]
    if "lang" in names:
        at = names.index("lang")
        return link[:at], link[at:]
    carried = [(name, text) for name, text in link if name in names_before]
    return carried, [pair for pair in link if pair not in carried]


def _by_name(link: Link) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for name, text in link:
        texts.setdefault(name, []).append(text)
    return texts


def _leave(page: _PageSettings, carried: dict[str, list[str]]) -> None:
    """Keep the page's values. The value of a widget that is not made at the moment is only in the link."""
    page.values = {name: st.session_state[name] for name in page.names if name in st.session_state}
    unbound = {name: texts for name, texts in page.unbound.items() if name not in page.names}
    page.unbound = unbound | {name: texts for name, texts in carried.items() if name not in page.values}
    for name in page.names | page.forgotten:
        st.session_state[name] = None  # set before it is deleted: Streamlit then forgets which widget had this name
        del st.session_state[name]


def _open(link: dict[str, list[str]], context: ScriptRunContext) -> None:
    """Make these the parameters of the address. Streamlit has dropped those that the page before had bound too."""
    with context.session_state.query_params() as parameters:
        parameters.remove_stale_bindings(frozenset())
        link = {name: texts for name, texts in link.items() if name.lower() not in _STREAMLITS_OWN}
        if link != {name: parameters.get_all(name) for name in parameters}:
            parameters.from_dict(link)
            parameters.set_initial_query_params_from_current()
    refused.record_requested_parameters()


def refresh_after_language_change() -> None:
    """Called in every run, before any widget is made. A browser keeps the text of the chosen option in the language in which
    it was sent; setting the value once more sends the new text."""
    before, now = st.session_state.get("language shown"), language()
    st.session_state["language shown"] = now
    if before not in (None, now):
        for name in _of_page().names & st.session_state.to_dict().keys():
            st.session_state[name] = st.session_state[name]
