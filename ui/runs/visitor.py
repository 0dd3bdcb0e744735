"""One visitor's training runs, by name. Imports no Streamlit."""

import secrets
from dataclasses import dataclass
from typing import Any

from rnn_core.lab.settings import KINDS, RunSettings, lab_settings
from rnn_core.learn import runfile
from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import RunState
from ui.runs.training import GRACE_SECONDS, S, TrainingRun
from ui.runs.workers import Workers


@dataclass(frozen=True)
class Shown:
    """A run that an application's page shows instead of the one of its settings."""

    name: str
    beside: TrainingSettings | None = None  # the page's settings at its first look; other ones end it


class Visitor:
    """The runs of a visitor take turns with those of other visitors as one owner of jobs (see workers.py)."""

    def __init__(self, workers: Workers, grace: float = GRACE_SECONDS, browser: str = "") -> None:
        """`browser`: a token of the browser, whose tabs share one turn."""
        self.runs: dict[str, TrainingRun[Any]] = {}  # of the lab and of applications, the one used last at the end
        self.shown: dict[str, Shown] = {}  # by the kind of an application
        tab = secrets.token_hex(8)
        self._workers, self._grace, self._owner = workers, grace, f"{browser}/{tab}" if browser else tab

    def new_run(self, name: str, settings: S, views: bool = True) -> TrainingRun[S]:
        """A run that has not begun. It replaces the run that had this name."""
        return self._replace(name, TrainingRun(self._workers, self._owner, settings, views=views, grace=self._grace))

    def fork(self, name: str, new_name: str, settings: RunSettings) -> TrainingRun[RunSettings]:
        """A run that continues from the state of the named one with other settings."""
        return self._replace(new_name, self.runs[name].fork(settings))

    def load(self, name: str, data: bytes) -> TrainingRun[RunSettings]:
        """A run of the lab from a file: it has the curves of the file, and continues exactly from its state."""
        state, curves = runfile.load(data, KINDS)
        run = TrainingRun(
            self._workers, self._owner, lab_settings(state), state=state, curves=curves, grace=self._grace
        )
        return self._replace(name, run)

    def open(self, kind: str, state: RunState, curves: runfile.Curves) -> TrainingRun[Any]:
        """Shows this network of an application, from a file, instead of the one of the page's settings."""
        name = f"{kind}/opened"
        settings: TrainingSettings = state.settings
        run = TrainingRun(
            self._workers, self._owner, settings, state=state, curves=curves, views=False, grace=self._grace
        )
        self._replace(name, run)
        self.shown[kind] = Shown(name)
        return run

    def shown_run(self, settings: TrainingSettings) -> TrainingRun[Any] | None:
        """The opened run of this application, as long as the page's settings stay as they are."""
        shown = self.shown.get(settings.kind)
        if shown is None or shown.name not in self.runs:
            return None
        if shown.beside is None:
            shown = self.shown[settings.kind] = Shown(shown.name, settings)
        if shown.beside != settings:
            self.close_shown(settings.kind)
            return None
        return self.runs[shown.name]

    def close_shown(self, kind: str) -> None:
        """Back to the network of the page's settings. An opened file is removed; a run that was trained here stays."""
        shown = self.shown.pop(kind, None)
        if shown is not None and shown.name == f"{kind}/opened" and shown.name in self.runs:
            self.runs.pop(shown.name).close()

    def show_last_runs(self) -> None:
        """After a reload: each application shows the network that it showed before, whatever the page's settings are now."""
        for name, run in self.runs.items():
            if "/" in name and run.state is not None:
                self.shown[name.partition("/")[0]] = Shown(name)

    def rename(self, name: str, new_name: str) -> None:
        """The named run replaces the one that had the new name."""
        self._replace(new_name, self.runs.pop(name))

    def swap(self, name: str, other: str) -> None:
        self.runs[name], self.runs[other] = self.runs[other], self.runs[name]

    def record_look(self) -> None:
        """Called as long as the visitor's page is open, so that the runs continue."""
        for run in self.runs.values():
            run.record_look()

    def close(self) -> None:
        """Called when the visitor has left."""
        for run in self.runs.values():
            run.close()
        self.runs.clear()
        self._workers.drop(self._owner)

    def _replace(self, name: str, run: TrainingRun[S]) -> TrainingRun[S]:
        if name in self.runs:
            self.runs[name].close()
        self.runs[name] = run
        return run
