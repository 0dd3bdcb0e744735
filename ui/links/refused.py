"""What a link asked for and did not get: Streamlit and our choices fall back silently, and here the reader is told.

A value is compared with what its widget says when the page has been made. Weights by hand, waves and the like have sentences
of their own; the diagram of a cell, whose place is read in the browser, says itself what it was asked for (`refuse`).
"""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from ui.as_text import as_code
from ui.i18n import _
from ui.links.door import take_too_long, take_unreadable
from ui.links.names import is_known

_KEY, _REFUSED = "asked of the link", "refused of the link"
_LONGEST = 40  # letters of a value that are repeated to the reader
_MOST = 8  # names that are repeated to the reader


def remember() -> None:
    """At a visitor's arrival on a page, before its widgets are made."""
    st.session_state[_KEY] = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[_REFUSED] = {}


def is_arrival() -> bool:
    """Whether the page is being made for the first time since the visitor came to it."""
    return _KEY in st.session_state


def refuse(name: str, shown: str) -> None:
    """A part of the page cannot show what the link asks of it under this name; it shows `shown`."""
    st.session_state[_REFUSED][name] = shown


def tell(slug: str) -> None:
    """Once, when the widgets of the page have been made."""
    too_long, unreadable = take_too_long(), take_unreadable()
    asked: dict[str, list[str]] = st.session_state.pop(_KEY, {})
    unknown = [name for name in asked if not is_known(slug, name)]
    shown: dict[str, str] = st.session_state.pop(_REFUSED, {})
    shown |= {
        name: _said(st.session_state[name])
        for name, texts in asked.items()
        if name not in unknown and _is_refused(name, texts)
    }
    sentences = []
    if too_long:
        sentences.append(_("This link is longer than any page can read, so all of it was left out."))
    if shown:
        wanted = _listed(f"{name}={','.join(asked[name])}" for name in shown)
        instead = _listed(f"{name}={value}" for name, value in shown.items())
        sentences.append(
            _("The link asks for {wanted}, which this page cannot show. It shows {shown} instead.").format(
                wanted=wanted, shown=instead
            )
        )
    if unreadable:
        words = _("What the link says of {names} cannot be read, so it was left out.")
        sentences.append(words.format(names=_listed(unreadable)))
    if unknown:
        words = _("This page has no setting that is called {names}, so that part of the link changes nothing.")
        sentences.append(words.format(names=_listed(unknown)))
    if sentences:
        st.warning(" ".join(sentences), icon=":material/link_off:")


def _is_refused(name: str, texts: list[str]) -> bool:
    if name not in st.session_state:
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


def _listed(items: Iterable[str]) -> str:
    """The first of them, as they stand."""
    codes = [as_code(item if len(item) <= _LONGEST else item[:_LONGEST] + "…") for item in items]
    return ", ".join(codes[:_MOST] + ["…"] * (len(codes) > _MOST))
