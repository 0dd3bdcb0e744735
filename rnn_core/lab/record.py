"""Repeats the recorded runs: `python -m rnn_core.lab.record cells` (or several names; without a name, all of them).

The settings and seeds are those of experiments.py, and those of ready.py for a name such as `compared/cells`. Another kind of
processor may round differently, and such differences grow in the course of a run.
"""

import argparse
import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import torch

from rnn_core.lab.counts import counts_to
from rnn_core.lab.experiments import EXPERIMENTS
from rnn_core.lab.outcomes import Outcome, outcome_of
from rnn_core.lab.ready import READY, record_name
from rnn_core.lab.recorded import RECORDED, to_json
from rnn_core.lab.settings import RunSettings, lab_settings
from rnn_core.lab.tasks.counting import Counting
from rnn_core.learn import runfile
from rnn_core.learn.history import History
from rnn_core.learn.state import RunState
from rnn_core.learn.train import advance, start

COUNTED = 60  # the largest n that is tried
EVERY = {name: (each.runs(each.seeds), each.seeds) for name, each in EXPERIMENTS.items()} | {
    record_name(name): (each.runs(), each.seeds) for name, each in READY.items()
}


def run(settings: RunSettings) -> tuple[RunState, Outcome]:
    """A whole run in this process."""
    state, metrics = advance(start(settings), settings.budget, view=False)
    history = History(views=False)
    history.add(metrics)
    ending = state.ending.reason if state.ending is not None else ""
    outcome = outcome_of(settings, history.curves(), metrics.seconds, ending)
    if outcome is None:
        raise RuntimeError("a run looks at the held-out set before its first step")
    return state, outcome


def record(name: str, jobs: int) -> None:
    (runs, seeds), began = EVERY[name], time.perf_counter()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        states, outcomes = zip(*pool.map(run, runs), strict=True)
    counts = [counts_to(state, COUNTED) for state in states if isinstance(state.settings.task, Counting)]
    file = RECORDED / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = to_json(f"python -m rnn_core.lab.record {name}", torch.__version__, seeds, outcomes, counts)
    file.write_text(text, encoding="utf-8")
    if counts:
        _keep_networks(states, counts)
    print(f"{name}: {len(outcomes)} runs, {time.perf_counter() - began:.0f} s", flush=True)


def _keep_networks(states: tuple[RunState, ...], counts: list[int]) -> None:
    """Saves the network of each cell that counts furthest."""
    cells = [lab_settings(state).cell for state in states]
    for cell in dict.fromkeys(cells):
        mine = [place for place, own in enumerate(cells) if own == cell]
        best = max(mine, key=lambda place: counts[place])
        (RECORDED / f"counting-{cell}.safetensors").write_bytes(runfile.save(states[best]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(EVERY))
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="runs at the same time; each has one core")
    given = parser.parse_args()
    for name in given.names or EVERY:
        if name not in EVERY:
            parser.error(f"unknown name {name!r}: one of {', '.join(EVERY)}")
        record(name, given.jobs)


if __name__ == "__main__":
    main()
