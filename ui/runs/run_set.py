"""Many runs of one visitor, a few at a time, for comparisons and experiments. Imports no Streamlit.

A page calls `tick()` at each look: runs that have ended become outcomes, and the next ones begin. The runs are ordered by seed,
so that all settings advance together, and a visitor with sixty runs submits no more jobs at a time than one with three.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rnn_core.lab.outcomes import Outcome, outcome_of
from rnn_core.lab.settings import RunSettings
from ui.runs.training import TrainingRun
from ui.runs.visitor import Visitor

Phase = Literal["new", "running", "paused", "ended"]
AT_ONCE = 3  # one more than two workers run at a time, so that neither waits until a page looks


@dataclass(frozen=True)
class SetProgress:
    phase: Phase
    done: int  # runs that have ended
    runs: int
    step: int  # sum over all runs
    budget: int
    seconds_left: float | None
    place: int  # number of visitors whose turn comes first
    lost: int  # how many times a chunk was sent again because its worker died
    problem: str


class RunSet:
    def __init__(
        self,
        visitor: Visitor,
        name: str,
        runs: Sequence[RunSettings],
        known: Mapping[RunSettings, Outcome] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.runs, self.visitor = tuple(runs), visitor
        self._name, self._clock = name, clock
        self._ended: dict[RunSettings, Outcome] = {run: each for run, each in (known or {}).items() if run in self.runs}
        self._reset()

    def _reset(self) -> None:
        self._active: dict[RunSettings, TrainingRun[RunSettings]] = {}
        self._phase: Phase = "ended" if len(self._ended) == len(self.runs) else "new"
        self._lost, self._problem = 0, ""
        self._seconds, self._since = 0.0, self._clock()  # time of running before the last start, and the last start
        self._steps_before = self._steps()  # of known outcomes

    # Commands

    def start(self) -> None:
        """Start all, or continue."""
        if self._phase in ("new", "paused"):
            self._phase, self._since = "running", self._clock()
            for run in self._active.values():
                run.resume()
            self.tick()

    def pause(self) -> None:
        if self._phase == "running":
            self._phase = "paused"
            self._seconds += self._clock() - self._since
            for run in self._active.values():
                run.pause()

    def stop(self) -> None:
        """End the set. The curves of the active runs are kept up to their last step."""
        self.pause()
        for settings, run in list(self._active.items()):
            self._finish(settings, run, "")
        self._phase = "ended"

    def restart(self) -> None:
        """Begin again, without any outcome."""
        self.close()
        self._ended = {}
        self._reset()

    def close(self) -> None:
        for settings in list(self._active):
            self.visitor.runs.pop(self._key(settings), None)
            self._active.pop(settings).close()

    # Progress

    def tick(self) -> None:
        """Keep the outcomes of runs that have ended, and begin the next runs."""
        if self._phase != "running":
            return
        for settings, run in list(self._active.items()):
            progress = run.progress()
            if self.visitor.runs.get(self._key(settings)) is not run:
                del self._active[settings]  # closed during a long absence of the visitor: it begins again below
            elif progress.phase == "ended":
                self._finish(settings, run, progress.ending.reason if progress.ending is not None else "")
            elif progress.pause_reason == "error":
                self._problem = progress.problem
                self._finish(settings, run, "")
            elif progress.pause_reason == "not watched":
                run.resume()  # this call is a look
        for settings in self.runs:
            if len(self._active) >= AT_ONCE:
                break
            if settings not in self._ended and settings not in self._active:
                run = self.visitor.new_run(self._key(settings), settings, views=False)
                self._active[settings] = run
                run.resume()
        if not self._active:
            self._phase = "ended"

    def outcomes(self) -> dict[RunSettings, Outcome]:
        """The outcomes of all runs that have been evaluated at least once, in the order of the runs. An active run's outcome has
        its curves so far."""
        found = dict(self._ended)
        for settings, run in self._active.items():
            outcome = outcome_of(settings, run.history.curves(), run.seconds, "")
            if outcome is not None:
                found[settings] = outcome
        return {settings: found[settings] for settings in self.runs if settings in found}

    def finished(self) -> dict[RunSettings, Outcome]:
        """The outcomes of the runs that were not stopped. Such a run need not be repeated."""
        return {settings: outcome for settings, outcome in self._ended.items() if outcome.ending}

    def progress(self) -> SetProgress:
        step, budget = self._steps(), sum(settings.budget for settings in self.runs)
        running = self._phase == "running"
        seconds = self._seconds + (self._clock() - self._since if running else 0.0)
        trained = step - self._steps_before
        active = [run.progress() for run in self._active.values()]
        return SetProgress(
            phase=self._phase,
            done=len(self._ended),
            runs=len(self.runs),
            step=step,
            budget=budget,
            seconds_left=seconds * (budget - step) / trained if running and trained > 0 else None,
            place=max((each.place for each in active), default=0),
            lost=self._lost + sum(each.lost for each in active),
            problem=self._problem,
        )

    def _steps(self) -> int:
        """The steps of all runs. A run that has ended counts with its whole budget."""
        ended = sum(settings.budget for settings in self._ended)
        return ended + sum(run.progress().step for run in self._active.values())

    def _finish(self, settings: RunSettings, run: TrainingRun[RunSettings], ending: str) -> None:
        outcome = outcome_of(settings, run.history.curves(), run.seconds, ending)
        self._lost += run.progress().lost
        self.visitor.runs.pop(self._key(settings), None)
        del self._active[settings]
        run.close()
        if outcome is not None:
            self._ended[settings] = outcome
        elif self._problem:
            self._phase = "ended"  # a run that fails before its first evaluation would fail again

    def _key(self, settings: RunSettings) -> str:
        return f"{self._name}/{self.runs.index(settings)}"
