"""Choices that a link calls by their own short names.

A widget with `bind="query-params"` writes what it shows into the link: `view=Two+runs` in one language, `view=两次运行` in the
other, and a reader of the other language gets the default. Here the name in the link is the option itself.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.links.kept_settings import came_by_back, in_session

Option = TypeVar("Option", bound=str)


def run_again() -> None:
    """With what was just set for a widget that stands already; only the fragment, where it runs alone: what the browser sends in
    the meantime still has the widget's old value."""
    context = get_script_run_ctx()
    st.rerun(scope="fragment" if context is not None and context.fragment_ids_this_run else "app")


def light(key: str, lit: str | None, settings: Mapping[str, Any]) -> None:
    """A pill that shows what other widgets say, and sets them when it is clicked: `settings` are theirs now.

    The pills are `required`: a second press within a moment would take the first back, before the page has heard of it.
    """
    st.session_state[key] = lit
    st.session_state[f"settings of {key}"] = settings


def is_click(key: str, settings: Mapping[str, Any]) -> bool:
    """Whether the pill was clicked. A browser that does not know yet that it is dark sends it as lit, with the next value of
    the slider that has darkened it: then other settings have changed too."""
    return bool(st.session_state[f"settings of {key}"] == settings)


def choice(
    widget: Callable[..., Option],
    label: str,
    labels: Mapping[Option, str],
    default: Option,
    key: str,
    *,
    in_link: bool = True,
    **more: Any,
) -> Option:
    """`widget` is st.segmented_control, st.pills or st.selectbox; labels: option -> what the reader sees."""
    if st.session_state.get(key) not in labels or came_by_back():
        asked = st.query_params.get(key) if in_link else None
        st.session_state[key] = asked if asked in labels else default
    if widget is not st.selectbox:
        more["required"] = True
    chosen = widget(label, list(labels), format_func=labels.__getitem__, **in_session(key), **more)
    if not in_link:
        return chosen
    if chosen == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != chosen:
        st.query_params[key] = chosen
    return chosen
