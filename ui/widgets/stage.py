"""The layout of a page with a picture: the stage, the dock below it, and the drawer of settings beside it.

    with stage():        # the picture, and the dock as its last part
        plot(...)
        with dock():
            dial(...)
    with drawer():       # opens beside the stage, by the button "Tune" in the page's head
        controls()

`stage_row()` holds both. ui/browser/frame.css says where they lie.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.i18n import _

_DRAWER = "drawer_is_open"
_idea: ContextVar[DeltaGenerator] = ContextVar("idea")  # below the page's title: its idea, and on paper its question
_actions: ContextVar[DeltaGenerator] = ContextVar("actions")  # the right end of the page's head


def set_head(idea: DeltaGenerator, actions: DeltaGenerator) -> None:
    """The frame makes the page's head, and says where its parts lie."""
    _idea.set(idea)
    _actions.set(actions)


def below_the_idea() -> DeltaGenerator:
    return _idea.get()


def actions() -> DeltaGenerator:
    return _actions.get()


def stage_row() -> DeltaGenerator:
    """The place of the stage and of the drawer at its side."""
    return st.container(key="stage_row", horizontal=True, gap="small")


def stage() -> DeltaGenerator:
    return st.container(key="stage", gap="small")


def stage_top() -> DeltaGenerator:
    """A slim row above the picture: which of several pictures is seen, and which part of it."""
    return st.container(key="stage_top", horizontal=True, vertical_alignment="center", gap="small")


def stage_note() -> DeltaGenerator:
    """A sentence above the picture that says what is seen, computed from the present setting: two lines at most."""
    return st.container(key="stage_note")


def stage_strip() -> DeltaGenerator:
    """A row under the picture that belongs to it, over the whole width."""
    return st.container(key="stage_strip")


def stage_halves(side: str = "right") -> DeltaGenerator:
    """A column of two charts that are as tall together as the picture beside them. `side` tells two such columns apart."""
    return st.container(key=f"stage_halves_{side}", gap="small")


def dock() -> DeltaGenerator:
    """The row under the picture: the player, the dials that change it, the presets."""
    return st.container(key="dock", horizontal=True, vertical_alignment="center", gap="medium")


def drawer_is_open(at_first: bool = False) -> bool:
    """Whether the drawer is open, as the visitor left it; `at_first` until the visitor has moved it."""
    return bool(st.session_state.get(_DRAWER, at_first))


def open_drawer() -> None:
    """Open the drawer, in a callback: the next run shows the settings."""
    st.session_state[_DRAWER] = True


@dataclass(frozen=True)
class PlainStage:
    """The places of a page whose settings all have room in the dock."""

    top: DeltaGenerator
    picture: DeltaGenerator
    dock: DeltaGenerator


@dataclass(frozen=True)
class Stage(PlainStage):
    """The places of a page in which everything stands in one fragment. The page makes the drawer's button: `tune_button()`."""

    drawer: DeltaGenerator


def plain_stage() -> PlainStage:
    with stage_row():
        return _places()


def whole_stage() -> Stage:
    with stage_row():
        places = _places()
        return Stage(places.top, places.picture, places.dock, drawer_panel())


def _places() -> PlainStage:
    with stage():
        return PlainStage(stage_top(), st.container(), dock())


@contextmanager
def drawer(*, is_open_at_first: bool = False) -> Iterator[None]:
    """The settings that stand beside the picture. While it is closed its widgets are made but not shown, so that they keep their
    values. Its button is in the page's head, and the drawer stays as it was left on every page of the visit."""
    tune_button(is_open_at_first=is_open_at_first)
    with drawer_panel(is_open_at_first=is_open_at_first):
        yield


def drawer_panel(*, is_open_at_first: bool = False) -> DeltaGenerator:
    """The drawer alone: a fragment makes it here, and the page makes the button."""
    return st.container(key="drawer" if drawer_is_open(is_open_at_first) else "drawer_closed", gap="small")


def tune_button(*, is_open_at_first: bool = False) -> None:
    """The button that opens and closes the drawer."""
    is_open = drawer_is_open(is_open_at_first)

    def toggle() -> None:
        st.session_state[_DRAWER] = not is_open

    with actions():
        st.button(
            _("Tune"),
            key="tune",
            type="primary" if is_open else "secondary",
            icon=":material/tune:",
            on_click=toggle,
        )
