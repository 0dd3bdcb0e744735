"""One visitor's training runs, by name. Imports no Streamlit."""

import secrets
from typing import Any

from rnn_core.lab.settings import KINDS, RunSettings, lab_settings
from rnn_core.learn import runfile
from ui.runs.training import GRACE_SECONDS, S, TrainingRun
from ui.runs.workers import Workers


class Visitor:
    """The runs of a visitor take turns with those of other visitors as one owner of jobs (see workers.py)."""

    def __init__(self, workers: Workers, grace: float = GRACE_SECONDS) -> None:
        self.runs: dict[str, TrainingRun[Any]] = {}  # of the lab and of applications
        self._workers, self._grace, self._owner = workers, grace, secrets.token_hex(8)

    def new_run(self, name: str, settings: S, views: bool = True) -> TrainingRun[S]:
        """A run that has not begun. It replaces the run that had this name."""
        return self._replace(name, TrainingRun(self._workers, self._owner, settings, views=views, grace=self._grace))

    def fork(self, name: str, new_name: str, settings: RunSettings) -> TrainingRun[RunSettings]:
        """A run that continues from the state of the named one with other settings."""
        return self._replace(new_name, self.runs[name].fork(settings))

    def load(self, name: str, data: bytes) -> TrainingRun[RunSettings]:
        """A run from a file: it has the curves of the file, and continues exactly from its state."""
        state, curves = runfile.load(data, KINDS)
        run = TrainingRun(
            self._workers, self._owner, lab_settings(state), state=state, curves=curves, grace=self._grace
        )
        return self._replace(name, run)

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
