"""A visitor's training run: a chain of chunks of training steps, each of which is a job of the workers.

This file decides when the next chunk is submitted, and neither trains nor imports Streamlit. Chunks return in threads of the
executor. A page reads `progress()` and `history` and draws them.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from math import prod
from typing import Generic, Literal, TypeVar

from rnn_core.lab.fork import fork
from rnn_core.lab.settings import RunSettings
from rnn_core.learn import jobs, runfile
from rnn_core.learn.history import History
from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import Ending, Metrics, RunState
from ui.runs.limits import MOST_WEIGHTS, is_over
from ui.runs.workers import Workers

CHUNK_SECONDS = 0.25
ROUND_SECONDS = 2.0  # with many visitors chunks are shorter, so that each visitor's turn comes within about this time
SHORTEST_CHUNK = 0.1
GRACE_SECONDS = 30.0  # without a look by any page, until the run pauses
VIEW_SHARE = 0.05  # the largest share of the time that views may take
MOST_GROWTH = 4  # a chunk has at most so many times the steps of the one before: the first steps of a process are slow
TOO_LARGE, TOO_MANY = "the network has too many weights", "too many visitors train"

S = TypeVar("S", bound=TrainingSettings)
Phase = Literal["new", "running", "paused", "ended"]
# By the visitor's Pause or Stop, for another run of the visitor, because no page has looked for a while, by an error.
PauseReason = Literal["", "visitor", "stopped", "other run", "not watched", "error"]


@dataclass(frozen=True)
class Progress:
    """The state of a run in numbers, as a page shows it."""

    phase: Phase
    pause_reason: PauseReason
    step: int
    budget: int
    steps_per_second: float  # including the time of other visitors' turns; 0 while unknown
    seconds_left: float | None
    place: int  # number of visitors whose turn comes first
    loss: float | None  # of the newest training batch
    held_out_loss: float | None  # at the newest evaluation
    held_out_measure: float | None
    ending: Ending | None
    lost: int  # how many times a chunk was sent again because its worker died
    problem: str  # the message of an error


class TrainingRun(Generic[S]):
    """One run: start, pause, one step, continue, stop, restart, fork, save. At most one chunk is submitted at a time."""

    def __init__(
        self,
        workers: Workers,
        owner: str,
        settings: S,
        *,
        state: RunState | None = None,
        curves: runfile.Curves | None = None,
        views: bool = True,
        grace: float = GRACE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self._workers, self._owner, self._views, self._grace, self._clock = workers, owner, views, grace, clock
        self._lock = threading.RLock()
        self._origin = state  # a restart returns to it; None: to the initialisation of the seed
        self._origin_curves = curves
        self._last_look = clock()
        self._chunk_returned = threading.Event()
        self._reset()

    def _reset(self) -> None:
        self.history = History(self._views)
        if self._origin_curves is not None:
            self.history.add_saved(self._origin_curves)
        self._state = self._origin
        self._chunk: Future[tuple[RunState, Metrics]] | None = None
        self._steps_wanted: int | None = 0  # None: until the run ends
        self._pause_reason: PauseReason = ""
        self._problem, self._lost = "", 0
        self.seconds = 0.0  # of training and of evaluation on the held-out set
        self._metrics: Metrics | None = None  # of the newest chunk
        self._held_out: tuple[float, float] | None = None  # loss and measure
        self._since_view = 0.0  # seconds of training since the last view
        self._arrivals: deque[tuple[float, int]] = deque(maxlen=20)  # (time, step)

    # Commands

    def resume(self) -> None:
        """Start, or continue."""
        self._request(None)

    def step(self, steps: int = 1) -> None:
        """Train a few steps, then pause."""
        self._request(steps)

    def pause(self, reason: PauseReason = "visitor") -> None:
        """Submit no further chunk. The result of a chunk that is being computed is still added, so nothing is lost."""
        with self._lock:
            self._steps_wanted, self._pause_reason = 0, reason
            self._arrivals.clear()
            if self._chunk is not None and self._chunk.cancel():
                self._chunk = None

    def pause_for_other_run(self) -> None:
        """Pause if the run is running, because the visitor looks at another one."""
        if self.progress().phase == "running":
            self.pause("other run")

    def restart(self) -> None:
        """Return to the initialisation of the seed, or to the state of the file or of the run that this one was forked from."""
        with self._lock:
            self.pause()
            self._reset()

    def fork(self, settings: RunSettings, views: bool = True) -> "TrainingRun[RunSettings]":
        """A new run that continues from the current state with other settings."""
        with self._lock:
            if self._state is None:
                return TrainingRun(
                    self._workers, self._owner, settings, views=views, grace=self._grace, clock=self._clock
                )
            state = fork(self._state, settings)
        return TrainingRun(
            self._workers, self._owner, settings, state=state, views=views, grace=self._grace, clock=self._clock
        )

    def record_look(self) -> None:
        """Called as long as a page shows the run: without it, the run pauses after a while."""
        self._last_look = self._clock()

    def close(self) -> None:
        """Called when the visitor has left. The result of a chunk that is being computed is dropped."""
        with self._lock:
            self.pause()
            self._reset()

    # Progress

    def wait_for_chunk(self, seconds: float) -> None:
        """Wait until the chunk that was submitted has returned, but at most so many seconds."""
        self._chunk_returned.wait(seconds)

    def visitors_per_worker(self) -> float:
        """The number of visitors with jobs, for each worker. The higher it is, the less often comes a run's turn."""
        return max(1, self._workers.owners()) / self._workers.width()

    def progress(self) -> Progress:
        with self._lock:
            state, budget = self._state, self.settings.budget
            step = state.step if state is not None else 0
            rate = self._steps_per_second()
            steps = self._metrics.steps if self._metrics is not None else None
            return Progress(
                phase=self._phase(),
                pause_reason=self._pause_reason,
                step=step,
                budget=budget,
                steps_per_second=rate,
                seconds_left=(budget - step) / rate if rate and self._chunk is not None else None,
                place=self._workers.place(self._owner) if self._chunk is not None else 0,
                loss=float(steps.loss[-1]) if steps is not None and len(steps.loss) else None,
                held_out_loss=self._held_out[0] if self._held_out is not None else None,
                held_out_measure=self._held_out[1] if self._held_out is not None else None,
                ending=state.ending if state is not None else None,
                lost=self._lost,
                problem=self._problem,
            )

    @property
    def began_at(self) -> int:
        """The step at which it left another run, or a file; 0 from the first weights of the seed."""
        return 0 if self._origin is None else self._origin.step

    @property
    def state(self) -> RunState | None:
        """The newest state; None before the first chunk has returned."""
        return self._state

    def save(self) -> bytes | None:
        """The run as a file; None before the first chunk has returned."""
        with self._lock:
            return None if self._state is None else runfile.save(self._state, self.history.save())

    # Chunks

    def _phase(self) -> Phase:
        if self._state is not None and self._state.ending is not None:
            return "ended"
        if self._chunk is not None:
            return "running"
        return "new" if self._state is None and not self._pause_reason else "paused"

    def _request(self, steps: int | None) -> None:
        with self._lock:
            self.record_look()
            self._chunk_returned.clear()
            if self._chunk is None:
                self._arrivals.clear()  # otherwise the pause would count as time of the next steps
            self._steps_wanted, self._pause_reason, self._problem = steps, "", self._refusal()
            if self._problem:
                self.pause("error")
            elif self._chunk is None:
                self._submit_chunk()

    def _refusal(self) -> str:
        """Why the server does not train this now."""
        if is_over(MOST_WEIGHTS, sum(map(prod, self.settings.network_shapes().values()))):
            return TOO_LARGE
        return "" if self._workers.admits(self._owner) else TOO_MANY

    def _submit_chunk(self) -> None:
        """Submit the next chunk, unless the run has ended or no further steps are wanted."""
        wanted, state = self._steps_wanted, self._state
        if wanted == 0 or (state is not None and state.ending is not None):
            return
        if wanted is None and self._clock() - self._last_look > self._grace:
            self.pause("not watched")
            return
        steps = self._chunk_steps() if wanted is None else min(wanted, self._chunk_steps())
        if wanted is not None:
            self._steps_wanted = wanted - steps
        if state is None:
            chunk = self._workers.submit(self._owner, jobs.begin, self.settings, steps, on_lost=self._worker_lost)
        else:
            view = self._view_is_due() or self._steps_wanted == 0
            chunk = self._workers.submit(self._owner, jobs.advance, state, steps, view, on_lost=self._worker_lost)
        self._chunk = chunk
        chunk.add_done_callback(partial(self._receive_chunk, self.history))

    def _chunk_steps(self) -> int:
        """The number of steps that fit into a chunk, at the speed of the last one. Results do not depend on it."""
        if self._metrics is None or not len(self._metrics.steps.step):
            return 1
        seconds = max(SHORTEST_CHUNK, min(CHUNK_SECONDS, ROUND_SECONDS / self.visitors_per_worker()))
        done = len(self._metrics.steps.step)
        return max(1, min(int(seconds * done / self._metrics.seconds), MOST_GROWTH * done))

    def _view_is_due(self) -> bool:
        cost = self._metrics.view_seconds if self._metrics is not None else 0.0
        return self._views and cost <= VIEW_SHARE * (self._since_view + CHUNK_SECONDS)

    def _worker_lost(self) -> None:
        with self._lock:
            self._lost += 1

    def _receive_chunk(self, history: History, chunk: Future[tuple[RunState, Metrics]]) -> None:
        """Called in a thread of the executor, or at once when the chunk was cancelled."""
        with self._lock:
            if history is not self.history or chunk.cancelled():  # the run has been restarted or closed meanwhile
                return
            self._chunk = None
            self._chunk_returned.set()
            error = chunk.exception()
            if error is not None:
                self._problem = str(error)
                self.pause("error")
                return
            self._state, metrics = chunk.result()
            self._add(metrics)
            self._submit_chunk()

    def _add(self, metrics: Metrics) -> None:
        self.history.add(metrics)
        self.seconds += metrics.seconds
        if metrics.view is None and self._metrics is not None:
            self._since_view += metrics.seconds
        else:
            self._since_view = 0.0
        self._metrics = metrics
        if len(metrics.checks.step):
            self._held_out = (float(metrics.checks.loss[-1]), float(metrics.checks.measure[-1]))
        self._arrivals.append((self._clock(), self._state.step if self._state is not None else 0))

    def _steps_per_second(self) -> float:
        if len(self._arrivals) < 2:
            return 0.0
        (first, from_step), (last, to_step) = self._arrivals[0], self._arrivals[-1]
        return (to_step - from_step) / (last - first) if last > first else 0.0
