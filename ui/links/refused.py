"""The warning about parameters of a link that a page does not know or cannot show.

Streamlit and `ui.widgets.choices` fall back to the default silently. So the requested parameters are recorded when a visitor
opens a page, and are compared with the values of its widgets when the page has been made. Free texts such as drawn waves have
messages of their own. The browser checks the parameters of a cell's diagram, and `refuse` records those that it cannot show.
"""

from collections.abc import Iterable

import streamlit as st

from ui.as_text import as_code
from ui.i18n import _
from ui.links.door import pop_too_long, pop_unreadable_names
from ui.links.names import is_known

_REQUESTED, _REFUSED = "requested by the link", "refused of the link"
_TEXTS = "texts of values in the link"
_LONGEST = 40  # characters of a value in the warning
_MOST = 8  # names in the warning


def record_requested_parameters() -> None:
    """Called when a visitor opens a page, before its widgets are made."""
    st.session_state[_REQUESTED] = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[_REFUSED] = {}


def is_first_run_of_page() -> bool:
    """Whether the page is being made for the first time since the visitor opened it."""
    return _REQUESTED in st.session_state


def refuse(name: str, shown: str) -> None:
    """Record that the page cannot show the requested value of this parameter, and shows `shown` instead."""
    st.session_state[_REFUSED][name] = shown


def record_text(name: str, text: str) -> None:
    """Record how the link writes the value of this setting, where the session keeps another form of it."""
    st.session_state.setdefault(_TEXTS, {})[name] = text


def report_refused_parameters(slug: str) -> None:
    """Called when all widgets of the page have been made. Each opening of a page warns at most once."""
    too_long, unreadable = pop_too_long(), pop_unreadable_names()
    requested: dict[str, list[str]] = st.session_state.pop(_REQUESTED, {})
    unknown = [name for name in requested if not is_known(slug, name)]
    shown: dict[str, str] = st.session_state.pop(_REFUSED, {})
    shown |= {
        name: _as_parameter(_written(name))
        for name, texts in requested.items()
        if name not in unknown and _is_refused(name, texts)
    }
    sentences = []
    if too_long:
        sentences.append(_("This link is longer than any page can read, so all of it was left out."))
    if shown:
        wanted = _listed(f"{name}={','.join(requested[name])}" for name in shown)
        instead = _listed(f"{name}={value}" for name, value in shown.items())
        sentences.append(
            _("The link asks for {wanted}, which this page cannot show. It shows {shown} instead.").format(
                wanted=wanted, shown=instead
            )
        )
    if unreadable:
        words = _("The link’s value for {names} cannot be read, so it was left out.")
        sentences.append(words.format(names=_listed(unreadable)))
    if unknown:
        words = _("This page has no setting that is called {names}, so that part of the link changes nothing.")
        sentences.append(words.format(names=_listed(unknown)))
    if sentences:
        st.warning(" ".join(sentences), icon=":material/link_off:")


def _is_refused(name: str, texts: list[str]) -> bool:
    if name not in st.session_state:
        return False
    values = _values(_written(name))
    return len(values) != len(texts) or not all(map(_is_same, values, texts))


def _written(name: str) -> object:
    texts: dict[str, str] = st.session_state.get(_TEXTS, {})
    return texts.get(name, st.session_state[name])


def _values(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _is_same(value: object, text: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(text) == value
        except ValueError:
            return False
    return str(value).lower() == text.lower()


def _as_parameter(value: object) -> str:
    return ",".join(f"{each:g}" if isinstance(each, float) else str(each) for each in _values(value))


def _listed(items: Iterable[str]) -> str:
    """The first `_MOST` items, as code, in their order."""
    codes = [as_code(item if len(item) <= _LONGEST else item[:_LONGEST] + "…") for item in items]
    return ", ".join(codes[:_MOST] + ["…"] * (len(codes) > _MOST))
