"""A test strip of each kind of motion, as a small picture in which later frames are darker."""

from functools import cache

import numpy as np
import streamlit as st

from rnn_core.apps.watch import data
from rnn_core.apps.watch.motion import KINDS, SEEN, SIDE
from ui.apps.watch import own_path
from ui.apps.watch.controls import kind_names
from ui.browser.thumbnails import Thumbnail, kept_choice, thumbnails
from ui.i18n import _

KIND, FIRST = "watch_kind", "bounce"


def chosen_kind() -> str:
    return kept_choice(KINDS, FIRST, KIND)


def presets(kind: str, is_own: bool) -> None:
    def choose(name: str) -> None:
        st.session_state[KIND] = name
        own_path.forget()

    labels = dict(zip(KINDS, kind_names(), strict=True))
    pictures = {name: Thumbnail(labels[name], pixels=_pixels(name)) for name in KINDS}
    thumbnails(_("Kinds of motion"), pictures, None if is_own else kind, "watch", choose)


@cache
def _pixels(kind: str) -> tuple[tuple[float, ...], ...]:
    frames = data.held_out("test").frames[strip_of(kind, 0), :SEEN]
    later = np.linspace(0.12, 1.0, SEEN)[:, None]
    return tuple(tuple(row) for row in (frames * later).max(axis=0).reshape(SIDE, SIDE).tolist())


def strip_of(kind: str, number: int) -> int:
    """The number of the strip among all test strips."""
    return int(np.flatnonzero(data.held_out("test").kinds == KINDS.index(kind))[number])
