"""Training: chunks against a bare torch loop, the waits that a visitor feels, the adding problem, and a killed worker.

`python -m benchmarks train`, about five minutes on two cores. Everything runs in the app's own worker processes.
"""

import contextlib
import ctypes
import gc
import os
import signal
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from benchmarks import timing
from benchmarks.bare_loop import bare_loop, in_processor_time
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.adding import Adding
from rnn_core.learn.jobs import begin
from rnn_core.learn.state import Metrics, RunState
from ui.runs.processes import LocalProcesses
from ui.runs.training import TrainingRun
from ui.runs.visitor import Visitor
from ui.runs.workers import Workers

TURNS = 25
SECONDS_A_TURN = 0.6
STEPS_IN_A_CHUNK = 60  # about a quarter of a second
TRIES = 5
GLANCE = 0.25  # seconds between two looks of the page
SEEDS = 5
BUDGET = 1500  # steps of the adding problem
LEFT = 200  # runs that are started and left
CELLS = ("rnn-tanh", "gru", "lstm")


def until(condition: Callable[[], bool]) -> float:
    """Seconds until it is so."""
    start = time.perf_counter()
    while not condition():
        time.sleep(0.002)
    return time.perf_counter() - start


def watched_run(workers: Workers, settings: RunSettings) -> tuple[TrainingRun, threading.Event]:
    """A run, and a page that looks at it until the event."""
    run, stop = Visitor(workers).new_run("a", settings), threading.Event()

    def page() -> None:
        while not stop.wait(GLANCE):
            run.record_look()
            run.progress()
            run.history.curves()

    threading.Thread(target=page, daemon=True).start()
    return run, stop


def next_arrival(run: TrainingRun) -> tuple[float, int]:
    """When the next chunk comes back, and the step that it brings."""
    step = run.progress().step
    until(lambda: run.progress().step > step)
    return time.perf_counter(), run.progress().step


def speed(workers: Workers, cell: str) -> dict[str, Any]:
    """Steps a second: a run that is being watched, from one chunk's arrival to another's, against the bare loop.

    Turns are short and many, so that whatever else the machine does falls on both alike.
    """
    run, stop = watched_run(workers, RunSettings(cell=cell, clip_norm=1.0, budget=1_000_000))
    ours, bare = [], []
    for turn in range(TURNS + 1):
        run.resume()
        began, first = ended, last = next_arrival(run)
        while ended - began < SECONDS_A_TURN:
            ended, last = next_arrival(run)
        run.pause()
        until(lambda: run.progress().phase != "running")
        rate = workers.submit("bare", bare_loop, cell, last - first).result()
        if turn:  # the first one warms up
            ours.append((last - first) / (ended - began))
            bare.append(rate)
    stop.set()
    run.close()
    middle = statistics.median
    ratio = middle(own / theirs for own, theirs in zip(ours, bare, strict=True))
    alike = workers.submit("alike", in_processor_time, cell, STEPS_IN_A_CHUNK, TURNS).result()
    processor = middle(own / theirs for own, theirs in alike)
    return {
        "cell": cell,
        "bare": middle(bare),
        "chunks": middle(ours),
        "ratio": ratio,
        "ratio_in_processor_time": processor,
    }


def waits(workers: Workers) -> dict[str, float]:
    """The longest that a visitor waits with a warm worker: from a click to the first point, and to a standstill."""
    first, stop = [], []
    for seed in range(TRIES):
        run = Visitor(workers).new_run("a", RunSettings(clip_norm=1.0, budget=1_000_000, seed=seed))
        run.resume()
        first.append(until(lambda run=run: run.progress().step > 0))
        time.sleep(1.0)
        run.pause()
        stop.append(until(lambda run=run: run.progress().phase != "running"))
        run.close()
    return {"first_point_seconds": max(first), "stop_seconds": max(stop)}


def adding(workers: Workers) -> list[dict[str, Any]]:
    """Every cell from every seed; T = 50, as many steps for each."""
    sent: dict[tuple[str, int], Future[tuple[RunState, Metrics]]] = {}
    for seed in range(SEEDS):
        for cell in CELLS:
            settings = RunSettings(cell=cell, clip_norm=1.0, budget=BUDGET, seed=seed)
            sent[cell, seed] = workers.submit("adding", begin, settings, BUDGET)
    rows = []
    for cell in CELLS:
        metrics = [sent[cell, seed].result()[1] for seed in range(SEEDS)]
        solved = [min(m.checks.step[m.checks.loss < 0.01], default=None) for m in metrics]
        rows.append(
            {
                "cell": cell,
                "final_loss": [round(float(m.checks.loss[-1]), 5) for m in metrics],
                "least_loss": [round(float(m.checks.loss.min()), 5) for m in metrics],
                "steps_to_0.01": [None if step is None else int(step) for step in solved],
                "seconds": [round(m.seconds, 1) for m in metrics],
            }
        )
    return rows


def live(workers: Workers) -> dict[str, Any]:
    """The three cells side by side, as a visitor starts them, until the gated two are below 0.01."""
    visitor = Visitor(workers)
    runs = [visitor.new_run(cell, RunSettings(cell=cell, clip_norm=1.0, budget=BUDGET)) for cell in CELLS]
    for run in runs:
        run.resume()
    began, solved = time.perf_counter(), {}
    while len(solved) < 2 and time.perf_counter() - began < 120:
        for cell, run in zip(CELLS[1:], runs[1:], strict=True):
            loss = run.progress().held_out_loss
            if loss is not None and loss < 0.01:
                solved.setdefault(cell, round(time.perf_counter() - began, 1))
        visitor.record_look()
        time.sleep(GLANCE)
    plain = runs[0].progress().held_out_loss
    visitor.close()
    return {"seconds_to_0.01": solved, "rnn_then": plain}


def killed(workers: Workers) -> dict[str, Any]:
    """kill -9 of a worker in mid-run, against the same run left alone."""
    settings = RunSettings(clip_norm=1.0, budget=BUDGET)
    alone = workers.submit("alone", begin, settings, BUDGET).result()[0]
    run, stop = watched_run(workers, settings)
    run.resume()
    until(lambda: run.progress().step > BUDGET // 4)
    os.kill(workers.submit("victim", os.getpid).result(), signal.SIGKILL)
    until(lambda: run.progress().phase != "running")
    stop.set()
    return {"chunks_sent_again": run.progress().lost, "bit_identical": run.state == alone}


def megabytes() -> float:
    """What this process holds after everything that can be given back has been."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # glibc keeps what is freed for later; others have no such call
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def memory(workers: Workers) -> dict[str, float]:
    """The app's own process after 20 runs that were started and left, and after all of them."""
    seen = {}
    settings = RunSettings(task=Adding(steps=10), hidden=8, batch=8, budget=10_000)
    for count in range(1, LEFT + 1):
        visitor = Visitor(workers)
        run = visitor.new_run("a", settings.changed(seed=count))
        run.resume()
        until(lambda run=run: run.progress().step > 10)
        run.history.curves()
        visitor.close()
        del run, visitor
        if count in (20, LEFT):
            seen[count] = megabytes()
    return {"after_20_mb": seen[20], f"after_{LEFT}_mb": seen[LEFT], "growth": seen[LEFT] / seen[20] - 1.0}


def main() -> None:
    cores = os.cpu_count() or 1
    one = Workers(LocalProcesses(1))
    one.submit("warm", os.getpid).result()
    waited = waits(one)
    speeds = [speed(one, cell) for cell in CELLS]
    twice = [one.submit("twice", begin, RunSettings(seed=3), 200).result()[0] for _ in range(2)]
    death = killed(one)
    kept = memory(one)
    one.close()

    every = Workers(LocalProcesses(cores))
    every.submit("warm", os.getpid).result()
    side_by_side = live(every)
    seeds = adding(every)
    every.close()

    head = ["H=32 T=50 batch 64", "bare /s", "chunks /s", "ratio", "in processor time"]
    numbers = ("bare", "chunks", "ratio", "ratio_in_processor_time")
    print(timing.table(head, [[row["cell"], *(f"{row[k]:.3g}" for k in numbers)] for row in speeds]))
    print(f"the longest waits with a warm worker: {waited}")
    print(f"the same seed twice is bit-identical: {twice[0] == twice[1]}")
    print(f"a worker killed in mid-run: {death}")
    print(f"memory of the app's process over {LEFT} runs started and left: {kept}")
    print(f"adding, T=50, the three cells live on {cores} cores: {side_by_side}")
    head = [f"adding, {BUDGET} steps, {SEEDS} seeds", "largest final loss", "least loss seen", "steps to 0.01"]
    print(
        timing.table(
            head,
            [
                [
                    row["cell"],
                    f"{max(row['final_loss']):.4f}",
                    f"{min(row['least_loss']):.4f}",
                    str(row["steps_to_0.01"]),
                ]
                for row in seeds
            ],
        )
    )
    results = {
        "speed": speeds,
        "identical": twice[0] == twice[1],
        "waits": waited,
        "killed": death,
        "memory": kept,
        "live": side_by_side,
        "adding": seeds,
    }
    print(timing.save("train", results))
