"""Many runs of one visitor, a few at a time: for comparisons and experiments. Knows no Streamlit.

A page calls `tick()` at each look: runs that are over become outcomes, and the next ones begin. Seed comes after seed, so
all settings advance together, and a visitor with sixty runs asks for no more at a time than one with three.
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
AT_ONCE = 3  # one more than two workers can do: none of them waits for a page to look


@dataclass(frozen=True)
class SetProgress:
    phase: Phase
    done: int  # runs that are over
    runs: int
    step: int  # of all together
    budget: int
    seconds_left: float | None
    place: int  # visitors whose turn comes before
    lost: int  # chunks that were sent again
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
        self._over: dict[RunSettings, Outcome] = {run: each for run, each in (known or {}).items() if run in self.runs}
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._active: dict[RunSettings, TrainingRun[RunSettings]] = {}
        self._phase: Phase = "ended" if len(self._over) == len(self.runs) else "new"
        self._lost, self._problem = 0, ""
        self._seconds, self._since = 0.0, self._clock()  # of running, before the last start; the last start
        self._given = self._steps()  # steps that were there at the beginning

    # What a hand does

    def start(self) -> None:
        """Start all, or go on."""
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
        """For good: what there is stays, as far as it came."""
        self.pause()
        for settings, run in list(self._active.items()):
            self._put_away(settings, run, "")
        self._phase = "ended"

    def restart(self) -> None:
        """Everything is forgotten."""
        self.close()
        self._over = {}
        self._begin_anew()

    def close(self) -> None:
        for settings in list(self._active):
            self.visitor.runs.pop(self._key(settings), None)
            self._active.pop(settings).close()

    # What a page asks

    def tick(self) -> None:
        """Keeps what has ended, and begins what comes next."""
        if self._phase != "running":
            return
        for settings, run in list(self._active.items()):
            progress = run.progress()
            if self.visitor.runs.get(self._key(settings)) is not run:
                del self._active[settings]  # closed while the visitor was away for long: it begins anew
            elif progress.phase == "ended":
                self._put_away(settings, run, progress.ending.reason if progress.ending is not None else "")
            elif progress.why == "error":
                self._problem = progress.problem
                self._put_away(settings, run, "")
            elif progress.why == "away":
                run.resume()  # somebody looks again
        for settings in self.runs:
            if len(self._active) >= AT_ONCE:
                break
            if settings not in self._over and settings not in self._active:
                run = self.visitor.new_run(self._key(settings), settings, views=False)
                self._active[settings] = run
                run.resume()
        if not self._active:
            self._phase = "ended"

    def outcomes(self) -> dict[RunSettings, Outcome]:
        """Of every run that has come to a first look, in the order of the runs; those that go on as far as they are."""
        seen = dict(self._over)
        for settings, run in self._active.items():
            outcome = outcome_of(settings, run.history.curves(), run.seconds, "")
            if outcome is not None:
                seen[settings] = outcome
        return {settings: seen[settings] for settings in self.runs if settings in seen}

    def finished(self) -> dict[RunSettings, Outcome]:
        """Those that ended by themselves: they need not be made again."""
        return {settings: outcome for settings, outcome in self._over.items() if outcome.ending}

    def progress(self) -> SetProgress:
        step, budget = self._steps(), sum(settings.budget for settings in self.runs)
        running = self._phase == "running"
        seconds = self._seconds + (self._clock() - self._since if running else 0.0)
        made = step - self._given
        looks = [run.progress() for run in self._active.values()]
        return SetProgress(
            self._phase,
            len(self._over),
            len(self.runs),
            step,
            budget,
            seconds * (budget - step) / made if running and made > 0 else None,
            max((look.place for look in looks), default=0),
            self._lost + sum(look.lost for look in looks),
            self._problem,
        )

    def _steps(self) -> int:
        """A run that ended early counts as done."""
        over = sum(settings.budget for settings in self._over)
        return over + sum(run.progress().step for run in self._active.values())

    def _put_away(self, settings: RunSettings, run: TrainingRun[RunSettings], ending: str) -> None:
        outcome = outcome_of(settings, run.history.curves(), run.seconds, ending)
        self._lost += run.progress().lost
        self.visitor.runs.pop(self._key(settings), None)
        del self._active[settings]
        run.close()
        if outcome is not None:
            self._over[settings] = outcome
        elif self._problem:
            self._phase = "ended"  # what fails before its first look would fail for ever

    def _key(self, settings: RunSettings) -> str:
        return f"{self._name}/{self.runs.index(settings)}"
