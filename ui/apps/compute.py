"""The door to the applications: the networks that ship, the trivial answers, and the visitor's own training."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from rnn_core.apps.application import Application
from rnn_core.apps.scores import Scores
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.trained import Trained, load_trained
from rnn_core.learn.state import RunState
from ui.lab.compute import visitor
from ui.runs.training import TrainingRun

MOST_KEPT = 4  # networks of one application that a visitor has trained and can come back to


def shipped(application: Application[Any], settings: AppSettings) -> Trained | None:
    """The network that ships with exactly these settings."""
    variant = application.shipped_as(settings)
    return None if variant is None else _load(type(settings), variant)


@st.cache_resource(max_entries=64, show_spinner=False)
def _load(settings: type[AppSettings], variant: str) -> Trained:
    return load_trained(settings, variant)


@st.cache_resource(max_entries=128, show_spinner=False)
def baselines(_application: Application[Any], settings: AppSettings) -> Mapping[str, Scores]:
    """Every simple answer's scores on the test data."""
    return _application.baselines(settings)


@st.cache_resource(max_entries=128, show_spinner=False)
def scores(_application: Application[Any], state: RunState) -> Scores:
    """The network's scores on the test data."""
    return _application.scores(state)


def run_of(settings: AppSettings) -> TrainingRun:
    """The visitor's run with these settings: the one begun before, or a new one. Others of this application pause."""
    mine = visitor()
    name = f"{settings.kind}/{hash(settings)}"
    for other, run in mine.runs.items():
        if other.startswith(f"{settings.kind}/") and other != name and run.progress().phase == "running":
            run.pause()
    if name not in mine.runs:
        kept = [other for other in mine.runs if other.startswith(f"{settings.kind}/")]
        for oldest in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
            mine.runs.pop(oldest).close()
        mine.new_run(name, settings, views=False)
    return mine.runs[name]
