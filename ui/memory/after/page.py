"""The page after the LSTM: one recurrence under many names, the scan, a memory of pairs, and keeping track."""

from collections.abc import Callable

import streamlit as st

from ui.i18n import _
from ui.memory.after import attending, maze, names, pairs, reading, track
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part
from ui.widgets.stage import PlainStage, plain_stage


def labels() -> dict[str, str]:
    return {
        "names": _("Many names"),
        "scan": _("Read in parallel"),
        "pairs": _("A memory of pairs"),
        "track": _("Keeping track"),
        "attention": _("Attention"),
        "maze": _("A maze"),
    }


INSTRUMENTS: dict[str, Callable[[PlainStage], None]] = {
    "names": names.instrument,
    "scan": reading.instrument,
    "pairs": pairs.instrument,
    "track": track.instrument,
    "attention": attending.instrument,
    "maze": maze.instrument,
}


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    stage = plain_stage()
    with stage.top:
        part = choice(st.segmented_control, _("Look at"), labels(), "names", "part", label_visibility="collapsed")
    INSTRUMENTS[part](stage)
    if part not in ("scan", "attention"):  # each of their pictures has a text of its own
        prose_part("after", "steps", part)
