"""A training run as a visitor has it in hand: a chain of chunks, and this file decides when the next one is sent.

Nothing here trains and nothing here knows Streamlit. Chunks come back in threads of the executor; a page only asks for
`progress()` and `history` and draws what it gets.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Generic, Literal, TypeVar

from rnn_core.lab.fork import fork
from rnn_core.lab.settings import RunSettings
from rnn_core.learn import jobs, runfile
from rnn_core.learn.history import History
from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import Ending, Metrics, RunState
from ui.runs.workers import Workers

CHUNK_SECONDS = 0.25
ROUND_SECONDS = 2.0  # with many visitors chunks get shorter, so that everybody's turn comes within about this time
SHORTEST_CHUNK = 0.1
GRACE_SECONDS = 30.0  # without anybody looking, before a run waits
VIEW_SHARE = 0.05  # of the time, at most, goes into views
FASTER_AT_MOST = 4  # times as many steps as the chunk before: the first steps of a process are slow to judge by

S = TypeVar("S", bound=TrainingSettings)
Phase = Literal["new", "running", "paused", "ended"]
Why = Literal["", "hand", "stopped", "aside", "away", "error"]


@dataclass(frozen=True)
class Progress:
    """All that a page says about a run in words and numbers."""

    phase: Phase
    why: Why  # paused: by a hand, for good, for another run, because nobody looked, or by an error
    step: int
    budget: int
    steps_per_second: float  # as it comes here, turns of others included; 0 while unknown
    seconds_left: float | None
    place: int  # visitors whose turn comes before this one's
    loss: float | None  # of the newest training batch
    held_out_loss: float | None  # at the newest look
    held_out_measure: float | None
    ending: Ending | None
    lost: int  # times that a chunk was sent again because its worker died
    problem: str  # the sentence of an error


class TrainingRun(Generic[S]):
    """One run: start, pause, one step, go on, stop, restart, fork, save. At most one chunk is on its way at a time."""

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
        self._origin = state  # where a restart begins: None is the first weights of the seed
        self._origin_curves = curves
        self._seen = clock()
        self._news = threading.Event()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.history = History(self._views)
        if self._origin_curves is not None:
            self.history.add_saved(self._origin_curves)
        self._state = self._origin
        self._chunk: Future[tuple[RunState, Metrics]] | None = None
        self._steps_wanted: int | None = 0  # None: as many as it takes
        self._why: Why = ""
        self._problem, self._lost = "", 0
        self.seconds = 0.0  # spent on training and on looks at the held-out set
        self._metrics: Metrics | None = None  # the newest
        self._look: tuple[float, float] | None = None  # held-out loss and measure
        self._since_view = 0.0  # seconds of training
        self._arrivals: deque[tuple[float, int]] = deque(maxlen=20)  # (time, step)

    # What a hand does

    def resume(self) -> None:
        """Start, or go on."""
        self._want(None)

    def step(self, steps: int = 1) -> None:
        """A few steps more, then wait."""
        self._want(steps)

    def pause(self, why: Why = "hand") -> None:
        """No further chunk. One that is being computed still arrives: nothing is lost."""
        with self._lock:
            self._steps_wanted, self._why = 0, why
            self._arrivals.clear()
            if self._chunk is not None and self._chunk.cancel():
                self._chunk = None

    def set_aside(self) -> None:
        """Another run is looked at: this one waits, if it was running."""
        if self.progress().phase == "running":
            self.pause("aside")

    def restart(self) -> None:
        """Back to the beginning, with the same seed; to where it left another run or a file."""
        with self._lock:
            self.pause()
            self._begin_anew()

    def fork(self, settings: RunSettings, views: bool = True) -> "TrainingRun[RunSettings]":
        """A new run that goes on from here with other settings."""
        with self._lock:
            if self._state is None:
                return TrainingRun(
                    self._workers, self._owner, settings, views=views, grace=self._grace, clock=self._clock
                )
            state = fork(self._state, settings)
        return TrainingRun(
            self._workers, self._owner, settings, state=state, views=views, grace=self._grace, clock=self._clock
        )

    def seen(self) -> None:
        """Somebody is looking."""
        self._seen = self._clock()

    def close(self) -> None:
        """The visitor is gone: what is on its way is dropped when it arrives."""
        with self._lock:
            self.pause()
            self._begin_anew()

    # What a page asks

    def wait_for_news(self, seconds: float) -> None:
        """Until a chunk that was just asked for has come back, but no longer than this."""
        self._news.wait(seconds)

    def crowd(self) -> float:
        """Visitors at work for each worker: with many of them, a run's turn comes less often."""
        return max(1, self._workers.owners()) / self._workers.width()

    def progress(self) -> Progress:
        with self._lock:
            state, budget = self._state, self.settings.budget
            step = state.step if state is not None else 0
            rate = self._steps_per_second()
            steps = self._metrics.steps if self._metrics is not None else None
            return Progress(
                phase=self._phase(),
                why=self._why,
                step=step,
                budget=budget,
                steps_per_second=rate,
                seconds_left=(budget - step) / rate if rate and self._chunk is not None else None,
                place=self._workers.place(self._owner) if self._chunk is not None else 0,
                loss=float(steps.loss[-1]) if steps is not None and len(steps.loss) else None,
                held_out_loss=self._look[0] if self._look is not None else None,
                held_out_measure=self._look[1] if self._look is not None else None,
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
        """The newest state; None before the first chunk has come back."""
        return self._state

    def save(self) -> bytes | None:
        """The run as a file; None before the first chunk has come back."""
        with self._lock:
            return None if self._state is None else runfile.save(self._state, self.history.save())

    # Chunks

    def _phase(self) -> Phase:
        if self._state is not None and self._state.ending is not None:
            return "ended"
        if self._chunk is not None:
            return "running"
        return "new" if self._state is None and not self._why else "paused"

    def _want(self, steps: int | None) -> None:
        with self._lock:
            self.seen()
            self._news.clear()
            if self._chunk is None:
                self._arrivals.clear()  # the time that it waited is not the time of a step
            self._steps_wanted, self._why, self._problem = steps, "", ""
            if self._chunk is None:
                self._send()

    def _send(self) -> None:
        """The next chunk, unless the run has ended or nobody wants one."""
        wanted, state = self._steps_wanted, self._state
        if wanted == 0 or (state is not None and state.ending is not None):
            return
        if wanted is None and self._clock() - self._seen > self._grace:
            self.pause("away")
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
        chunk.add_done_callback(partial(self._arrived, self.history))

    def _chunk_steps(self) -> int:
        """As many steps as fit into a chunk, at the speed of the last one. The result does not depend on it."""
        if self._metrics is None or not len(self._metrics.steps.step):
            return 1
        seconds = max(SHORTEST_CHUNK, min(CHUNK_SECONDS, ROUND_SECONDS / self.crowd()))
        done = len(self._metrics.steps.step)
        return max(1, min(int(seconds * done / self._metrics.seconds), FASTER_AT_MOST * done))

    def _view_is_due(self) -> bool:
        cost = self._metrics.view_seconds if self._metrics is not None else 0.0
        return self._views and cost <= VIEW_SHARE * (self._since_view + CHUNK_SECONDS)

    def _worker_lost(self) -> None:
        with self._lock:
            self._lost += 1

    def _arrived(self, history: History, chunk: Future[tuple[RunState, Metrics]]) -> None:
        """In a thread of the executor, or at once when the chunk was cancelled."""
        with self._lock:
            if history is not self.history or chunk.cancelled():  # of a run that has been restarted or closed
                return
            self._chunk = None
            self._news.set()
            error = chunk.exception()
            if error is not None:
                self._problem = str(error)
                self.pause("error")
                return
            self._state, metrics = chunk.result()
            self._keep(metrics)
            self._send()

    def _keep(self, metrics: Metrics) -> None:
        self.history.add(metrics)
        self.seconds += metrics.seconds
        if metrics.view is None and self._metrics is not None:
            self._since_view += metrics.seconds
        else:
            self._since_view = 0.0
        self._metrics = metrics
        if len(metrics.checks.step):
            self._look = (float(metrics.checks.loss[-1]), float(metrics.checks.measure[-1]))
        self._arrivals.append((self._clock(), self._state.step if self._state is not None else 0))

    def _steps_per_second(self) -> float:
        if len(self._arrivals) < 2:
            return 0.0
        (first, from_step), (last, to_step) = self._arrivals[0], self._arrivals[-1]
        return (to_step - from_step) / (last - first) if last > first else 0.0
