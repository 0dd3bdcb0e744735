"""The widgets of the page: the strip, the order of its frames, how many are read, and the network."""

import streamlit as st

from rnn_core.apps.watch.motion import FRAMES, KINDS, SEEN
from rnn_core.apps.watch.settings import Settings, standard
from ui.apps.cell_choice import cell_choice
from ui.apps.watch import own_path
from ui.figures.motion_names import motion_names
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice

NUMBER, OF_EACH_KIND = "watch_number", 40
FEWEST_READ, MOST_AHEAD = 2, 14


def kind_names() -> tuple[str, ...]:
    """The names of the kinds of motion, in the order of the core."""
    names = motion_names()
    return tuple(names[kind] for kind in KINDS)


def chosen_order() -> str:
    labels = {"filmed": _("as filmed"), "backwards": _("backwards"), "shuffled": _("shuffled")}
    return choice(
        st.segmented_control, _("Order of the frames"), labels, "filmed", "watch_order", label_visibility="collapsed"
    )


def frames_read() -> int:
    """How many frames of a test strip are read."""
    return st.slider(_("Frames that it reads"), FEWEST_READ, FRAMES, SEEN, **in_link("watch_seen"))


def frames_ahead() -> int:
    return st.slider(_("Frames that it draws itself"), 0, MOST_AHEAD, FRAMES - SEEN, **in_link("watch_ahead"))


def strip_number() -> int:
    """The chosen one of the test strips of one kind, from 0."""
    with st.popover(_("Another strip"), icon=":material/movie:"):
        number = st.slider(
            _("Test strip of this kind"), 1, OF_EACH_KIND, 1, **in_link(NUMBER), on_change=own_path.forget
        )
    return number - 1


def chosen_settings() -> Settings:
    cell = cell_choice("watch_cell")
    labels = {
        "own": _("on its own predictions too"),
        "true": _("on true frames only (teacher forcing)"),
        "shuffled": _("on shuffled frames"),
    }
    trained = choice(st.selectbox, _("Trained"), labels, "own", "watch_trained")
    order, later = ("shuffled", "own") if trained == "shuffled" else ("filmed", trained)
    settings = standard(cell, order, later)
    with more_settings():
        hidden = st.slider(_("Hidden size H"), 8, 128, settings.hidden, **in_link("watch_H"))
    return settings.changed(hidden=hidden)
