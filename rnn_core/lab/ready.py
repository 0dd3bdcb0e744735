"""Comparisons that are ready to be run, each recorded like the experiments: `python -m rnn_core.lab.record compared/<name>`."""

from typing import Any

from rnn_core.lab.comparison import Comparison, check_interval
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.latch import Latch

FOLDER = "compared"


def _comparison(task: Task, budget: int, shared: dict[str, Any], *own: dict[str, Any]) -> Comparison:
    every = check_interval(budget)
    settings = tuple(RunSettings(task=task, budget=budget, check_every=every, **shared, **each) for each in own)
    return Comparison(settings, seeds=3)


READY: dict[str, Comparison] = {
    "cells": _comparison(
        Adding(steps=30), 600, {"rate": 0.01, "clip_norm": 1.0}, {"cell": "rnn-tanh"}, {"cell": "gru"}, {"cell": "lstm"}
    ),
    "after": _comparison(
        Adding(steps=30),
        600,
        {"rate": 0.01, "clip_norm": 1.0},
        *({"cell": cell} for cell in ("gru", "min_gru", "min_lstm", "lru", "delta_net")),
    ),
    "forget": _comparison(
        Latch(steps=60), 300, {"cell": "lstm"}, {"forget_bias": 0.0}, {"forget_bias": 1.0}, {"forget_bias": 3.0}
    ),
    "optimisers": _comparison(
        Adding(steps=20),
        500,
        {"cell": "gru", "rate": 0.01, "clip_norm": 1.0},
        *({"optimiser": name} for name in ("sgd", "momentum", "rmsprop", "adam")),
    ),
    "sizes": _comparison(
        Adding(steps=20),
        500,
        {"cell": "gru", "rate": 0.01, "clip_norm": 1.0},
        *({"hidden": H} for H in (4, 8, 16, 32, 64)),
    ),
}


def record_name(name: str) -> str:
    """Under which the runs of a ready comparison are recorded (`recorded.py`)."""
    return f"{FOLDER}/{name}"
