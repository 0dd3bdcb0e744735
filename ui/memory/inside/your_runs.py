"""The networks that the visitor has trained in this visit: they are looked into without a file."""

import streamlit as st

from rnn_core.apps.registry import APPLICATIONS
from rnn_core.lab.settings import KINDS
from rnn_core.learn.state import RunState
from ui.i18n import _
from ui.lab.compute import visitor
from ui.shell.site import title
from ui.widgets.choices import choice

FILE = "file"


def chosen_run() -> RunState | None:
    """The run that was chosen, as it is now; None: the visitor wants a file."""
    states = {name: run.state for name, run in visitor().runs.items() if run.settings.kind in {*KINDS, *APPLICATIONS}}
    begun = {name: state for name, state in states.items() if state is not None and state.step > 0}
    if not begun:
        return None
    names = {FILE: _("a file")} | {name: _name(state) for name, state in reversed(begun.items())}
    first = list(names)[1]  # the run that was used last
    return begun.get(choice(st.selectbox, _("Your network"), names, first, "inside_own_run", in_link=False))


def _name(state: RunState) -> str:
    cell = getattr(state.settings, "cell", "")
    parts = [title(state.settings.kind), str(cell), _("after {step} training steps").format(step=state.step)]
    return " · ".join(part for part in parts if part)
