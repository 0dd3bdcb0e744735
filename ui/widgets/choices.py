"""Choices whose options have short names in the link.

A widget with `bind="query-params"` writes the label that it shows into the link: `view=Two+runs` in one language, `view=两次运行`
in the other, and a reader of the other language gets the default. A `choice` writes the option itself.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.links.kept_settings import in_session, is_back_or_forward
from ui.links.written import write_in_link

Option = TypeVar("Option", bound=str)


def rerun_page() -> None:
    """Run the script again with values that were set for widgets that are made already; in a fragment's run the fragment alone.
    Until the browser has received them, it sends the old values."""
    context = get_script_run_ctx()
    st.rerun(scope="fragment" if context is not None and context.fragment_ids_this_run else "app")


def choice(
    widget: Callable[..., Option],
    label: str,
    labels: Mapping[Option, str],
    default: Option,
    key: str,
    *,
    in_link: bool = True,
    **options: Any,  # of the widget: each kind has its own
) -> Option:
    """`widget` is st.segmented_control, st.pills or st.selectbox; `labels` gives the reader's text of each option."""
    if st.session_state.get(key) not in labels or is_back_or_forward():
        requested = st.query_params.get(key) if in_link else None
        st.session_state[key] = requested if requested in labels else default
    if widget is not st.selectbox:
        options["required"] = True
    chosen = widget(label, list(labels), format_func=labels.__getitem__, **in_session(key), **options)
    if not in_link:
        return chosen
    write_in_link(key, None if chosen == default else chosen)
    return chosen
