"""One button that starts, pauses and continues a run. Two buttons would be on the page together for a moment, and move the
widgets beside them."""

from collections.abc import Callable

import streamlit as st

from ui.i18n import _
from ui.runs.training import Phase


def run_button(phase: Phase, start: str, *, go: Callable[[], None], pause: Callable[[], None], key: str) -> None:
    """`start` is the label before the first training step."""
    is_running = phase == "running"
    st.button(
        {"running": _("Pause"), "new": start}.get(phase, _("Go on")),
        on_click=pause if is_running else go,
        icon=":material/pause:" if is_running else ":material/play_arrow:",
        type="primary",
        disabled=phase == "ended",
        key=key,
    )
