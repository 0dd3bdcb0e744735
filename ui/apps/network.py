"""The network of an application's page: trained by the visitor, shipped, or not trained yet."""

from dataclasses import dataclass
from typing import Any, Generic

import streamlit as st

from rnn_core.apps.application import Application, S
from rnn_core.learn.history import Curves, History
from rnn_core.learn.state import RunState
from ui.apps import compute
from ui.cache.shipped import shipped
from ui.lab.compute import visitor
from ui.runs.training import Phase, TrainingRun

WEIGHTS = "app_weights"


@dataclass(frozen=True)
class Network(Generic[S]):
    """The network of a page: an application, its settings, and the visitor's training run with them."""

    application: Application[S]
    settings: S
    run: TrainingRun[S]
    phase: (
        Phase  # when this run of the page began. Every part of the page shows it, also when a chunk returns meanwhile
    )

    @property
    def trained_here(self) -> bool:
        return self.run.state is not None

    @property
    def state(self) -> RunState | None:
        """The state of the visitor's run, or else the shipped network; None where there is neither.

        At rest it has the weights that were best on validation, unless the visitor has chosen the last ones.
        """
        if self.run.state is not None:
            return self.best if self.is_at_best else self.run.state
        ready = shipped(self.settings)
        return None if ready is None else ready.state

    @property
    def best(self) -> RunState | None:
        """The visitor's run at rest, with the weights of an earlier step that were best on validation, if there is one."""
        if self.run.state is None or self.phase == "running":
            return None
        return self.run.state.at_best

    @property
    def is_at_best(self) -> bool:
        """Whether the page uses those weights."""
        return self.best is not None and bool(st.session_state.get(WEIGHTS, "best") == "best")

    @property
    def is_opened(self) -> bool:
        """Whether it comes from a file or from before a reload, and not from the settings of the page."""
        return self.settings.kind in visitor().shown

    @property
    def reader(self) -> Any:
        """The newest network as its application's reader opens it, every number open; None before anything was trained."""
        return None if self.state is None else compute.reader(self.application, self.state)

    @property
    def curves(self) -> Curves | None:
        if self.trained_here:
            return self.run.history.curves()
        ready = shipped(self.settings)
        if ready is None:
            return None
        history = History(views=False)
        history.add_saved(ready.curves)
        return history.curves()


def network_of(application: Application[S], settings: S) -> Network[S]:
    """The settings of the result are those of an opened network, where one is open."""
    run = compute.run_of(settings)
    return Network(application, run.settings, run, run.progress().phase)
