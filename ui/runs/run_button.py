"""Start, pause and go on: one button, whatever it says. Two would stand side by side for a moment and push the next one away."""

from collections.abc import Callable

import streamlit as st

from ui.i18n import _
from ui.runs.training import Phase


def run_button(phase: Phase, start: str, *, go: Callable[[], None], pause: Callable[[], None], key: str) -> None:
    """`start` is what it says before the first step."""
    is_running = phase == "running"
    st.button(
        {"running": _("Pause"), "new": start}.get(phase, _("Go on")),
        on_click=pause if is_running else go,
        icon=":material/pause:" if is_running else ":material/play_arrow:",
        type="primary",
        disabled=phase == "ended",
        key=key,
    )
