"""A page that is left and opened again has its settings; a link that names settings opens what it names, and nothing else.

Pages call different settings by the same name, such as T. So every widget that sets something says so here: what it shows
is taken out of the session when its page is left, and put back when the page is opened again.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from ui.i18n import language
from ui.links import refused

_PAGES = "settings of pages"
Link = list[tuple[str, str]]
_NOT_SETTINGS = {"lang", "embed", "embed_options"}  # of a link


@dataclass
class _PageSettings:
    names: set[str] = field(default_factory=set)  # of all its widgets that set something, and the like
    only_here: set[str] = field(default_factory=set)  # names of what is made anew at the next opening
    in_address: dict[str, list[str]] = field(default_factory=dict)  # what stands in the link alone
    values: dict[str, Any] = field(default_factory=dict)  # as the page was left


def _of_page(slug: str | None = None) -> _PageSettings:
    pages: dict[str, _PageSettings] = st.session_state.setdefault(_PAGES, {})
    return pages.setdefault(slug or st.session_state.get("page", ""), _PageSettings())


def came_by_back() -> bool:
    """The browser's Back or Forward: then the address says what is to be seen, and not what was chosen last."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def in_link(name: str) -> dict[str, Any]:
    """For a widget whose value is in the link under this name: `st.slider(..., **in_link("T"))`."""
    _of_page().names.add(name)
    return {"key": name, "bind": "query-params"}


def in_session(name: str) -> dict[str, Any]:
    """The same for a widget that does not write the link itself."""
    _of_page().names.add(name)
    return {"key": name, "persist_state": "session"}


def made_anew(name: str) -> str:
    """For a value of the session that the page makes from its link: it is forgotten when the page is left."""
    _of_page().only_here.add(name)
    return name


def in_address(name: str, usual: str = "") -> str:
    """What the link says under a name that belongs to no widget. Ask for it in every run, so that it is kept."""
    kept = _of_page().in_address
    kept.pop(name, None)
    if name in st.query_params:
        kept[name] = [st.query_params[name]]
    return st.query_params.get(name, usual)


def arrive(slug: str) -> None:
    """To be called in every run, before any widget is made."""
    before, context = st.session_state.get("page"), get_script_run_ctx()
    if before == slug or context is None:
        return
    link = parse_qsl(context.query_string, keep_blank_values=True)
    if before is not None:
        brought, link = ([], link) if came_by_back() else _divided(link, _of_page(before).names)
        _leave(_of_page(before), _by_name(brought))
    st.session_state["page"] = slug
    asks = {name for name, _text in link} - _NOT_SETTINGS or came_by_back()
    kept = _PageSettings() if asks else _of_page(slug)
    _open(_by_name(link) | kept.in_address, context)
    if kept.values:
        st.session_state.update(kept.values)
        # As if they came from a run before: then Streamlit writes into the link what differs from a widget's default.
        context.session_state.on_script_will_rerun(None)


def _divided(link: Link, names_before: set[str]) -> tuple[Link, Link]:
    """What the browser brings from the page before, because a widget there is bound to it, and what the link itself says.
    The browser puts the first in front of the second, which begins with the language."""
    names = [name for name, _text in link]
    if "lang" in names:
        at = names.index("lang")
        return link[:at], link[at:]
    brought = [(name, text) for name, text in link if name in names_before]
    return brought, [pair for pair in link if pair not in brought]


def _by_name(link: Link) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for name, text in link:
        texts.setdefault(name, []).append(text)
    return texts


def _leave(page: _PageSettings, brought: dict[str, list[str]]) -> None:
    """A widget that was made once only has its value nowhere but in the link."""
    page.values = {name: st.session_state[name] for name in page.names if name in st.session_state}
    alone = {name: texts for name, texts in page.in_address.items() if name not in page.names}
    page.in_address = alone | {name: texts for name, texts in brought.items() if name not in page.values}
    for name in page.names | page.only_here:
        st.session_state[name] = None  # also where there is none: Streamlit is to forget whose name it was
        del st.session_state[name]


def _open(link: dict[str, list[str]], context: ScriptRunContext) -> None:
    """As if it had been typed: Streamlit has dropped what the page before had bound under the same name."""
    with context.session_state.query_params() as parameters:
        parameters.remove_stale_bindings(frozenset())
        if link != {name: parameters.get_all(name) for name in parameters}:
            parameters.from_dict(link)
            parameters.set_initial_query_params_from_current()
    refused.remember()


def show_language() -> None:
    """To be called in every run, before any widget is made. A browser keeps the text of the chosen option as it was sent:
    after a change of the language it is told anew."""
    before, now = st.session_state.get("language shown"), language()
    st.session_state["language shown"] = now
    if before not in (None, now):
        for name in _of_page().names & st.session_state.to_dict().keys():
            st.session_state[name] = st.session_state[name]
