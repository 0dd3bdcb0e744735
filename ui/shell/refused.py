"""What a link asked for and did not get: Streamlit and our choices fall back silently, and here the reader is told.

Only names that a widget of the page has are looked at; weights by hand, waves and the like have sentences of their own.
"""

from typing import Any

import streamlit as st

from ui.i18n import _

_KEY = "asked of the link"
_LONGEST = 40  # letters of a value that are repeated to the reader


def remember() -> None:
    """At a visitor's arrival on a page, before its widgets are made."""
    st.session_state[_KEY] = {name: st.query_params.get_all(name) for name in st.query_params}


def tell(slug: str) -> None:
    """Once, when the widgets of the page have been made."""
    asked: dict[str, list[str]] = st.session_state.pop(_KEY, {})
    refused = {name: texts for name, texts in asked.items() if _is_refused(name, texts, slug)}
    if not refused:
        return
    wanted = ", ".join(_code(f"{name}={','.join(texts)}") for name, texts in refused.items())
    shown = ", ".join(_code(f"{name}={_said(st.session_state[name])}") for name in refused)
    st.warning(
        _("The link asks for {wanted}, which this page cannot show. It shows {shown} instead.").format(
            wanted=wanted, shown=shown
        ),
        icon=":material/link_off:",
    )


def _is_refused(name: str, texts: list[str], slug: str) -> bool:
    if name not in st.session_state or st.session_state.get(f"page of {name}", slug) != slug:
        return False
    values = _values(st.session_state[name])
    return len(values) != len(texts) or not all(map(_is_same, values, texts))


def _values(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _is_same(value: Any, text: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(text) == value
        except ValueError:
            return False
    return str(value).lower() == text.lower()


def _said(value: Any) -> str:
    return ",".join(f"{each:g}" if isinstance(each, float) else str(each) for each in _values(value))


def _code(text: str) -> str:
    """As it stands: nothing in it is Markdown."""
    short = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return f"`{short.replace('`', '´')}`"
