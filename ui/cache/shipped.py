"""The networks that ship with the app: each is read once, and kept for as long as the app runs."""

from importlib import import_module

import streamlit as st

from rnn_core.apps.settings import AppSettings
from rnn_core.apps.trained import Trained, load_trained
from rnn_core.learn.state import RunState


def shipped_settings(app: str) -> dict[str, AppSettings]:
    """The settings of every network that ships, by the name of its file."""
    found: dict[str, AppSettings] = import_module(f"rnn_core.apps.{app}.settings").SHIPPED
    return found


def shipped(settings: AppSettings) -> Trained | None:
    """The network that ships with exactly these settings."""
    for variant, its_settings in shipped_settings(settings.kind).items():
        if its_settings == settings:
            return _load(settings.kind, variant)
    return None


def is_shipped(given: object) -> bool:
    """Whether this is the state of a network that ships, or its settings."""
    if isinstance(given, RunState):
        return is_shipped(given.settings) and given is shipped(given.settings).state
    return isinstance(given, AppSettings) and given in shipped_settings(given.kind).values()


@st.cache_resource(show_spinner=False)
def _load(app: str, variant: str) -> Trained:
    return load_trained(app, variant)
