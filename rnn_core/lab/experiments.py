"""The lab's experiments: their settings, tasks and numbers of seeds. No torch here.

The pages describe the results of `python -m rnn_core.lab.record <name>`, which anybody can run again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rnn_core.lab.comparison import check_interval
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.copying import Copying, VariableCopying
from rnn_core.lab.tasks.counting import Counting
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.temporal_order import TemporalOrder
from rnn_core.lab.tasks.waves import Waves

Options = Mapping[str, Any]


@dataclass(frozen=True)
class Experiment:
    settings: tuple[RunSettings, ...]  # of seed 0
    seeds: int  # of the recorded runs
    live_seeds: int  # when a visitor runs the experiment
    live_seconds: int  # the time that those take on one core of an ordinary machine

    def runs(self, seeds: int) -> tuple[RunSettings, ...]:
        """All settings with seed 0, then with seed 1, and so on, so that they advance together."""
        return tuple(each.changed(seed=seed) for seed in range(seeds) for each in self.settings)

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(dict.fromkeys(each.task for each in self.settings))


def _each(task: Task, budget: int, shared: Options, *own: Options) -> tuple[RunSettings, ...]:
    every = check_interval(budget)
    return tuple(RunSettings(task=task, budget=budget, check_every=every, **{**shared, **each}) for each in own)


_CELLS: tuple[Options, ...] = ({"cell": "rnn-tanh"}, {"cell": "gru"}, {"cell": "lstm"})
_GRU: Options = {"cell": "gru", "clip_norm": 1.0, "rate": 0.01}
_LSTM_OPEN: Options = {"cell": "lstm", "forget_bias": 3.0, "clip_norm": 1.0, "rate": 0.01}
_CHRONO: Options = {"cell": "lstm", "hidden": 64, "batch": 32, "rate": 0.01, "clip_norm": 1.0}

EXPERIMENTS: dict[str, Experiment] = {
    "cells": Experiment(_each(Adding(), 1500, {"clip_norm": 1.0}, *_CELLS), 5, 1, 20),
    "reach": Experiment(
        tuple(
            settings
            for steps in (10, 20, 40, 80)
            for settings in _each(Adding(steps=steps), 500, {"clip_norm": 1.0, "rate": 0.01}, *_CELLS)
        ),
        2,
        1,
        20,
    ),
    "forget": Experiment(
        _each(Latch(steps=100), 500, {"cell": "lstm"}, *({"forget_bias": bias} for bias in (0.0, 1.0, 3.0))),
        5,
        2,
        21,
    ),
    "chrono": Experiment(
        _each(Copying(blanks=100, remembered=3), 1200, _CHRONO, {"forget_bias": 1.0}, {"chrono": 100})
        + _each(VariableCopying(blanks=100, remembered=3), 800, _CHRONO, {"forget_bias": 1.0}, {"chrono": 100}),
        2,
        1,
        44,
    ),
    "clip": Experiment(
        _each(Adding(), 2000, {"cell": "rnn-relu", "init": "identity"}, {"clip_norm": None}, {"clip_norm": 1.0}),
        5,
        2,
        18,
    ),
    "overfit": Experiment(
        _each(
            Waves(noise=0.1, examples=16),
            1000,
            {"cell": "gru", "hidden": 64, "batch": 16, "clip_norm": 1.0},
            {},
            {"dropout": 0.3},
            {"l2": 0.0003},
        ),
        2,
        1,
        24,
    ),
    "optimisers": Experiment(
        _each(
            Adding(steps=30),
            600,
            _GRU,
            {"optimiser": "sgd"},
            {"optimiser": "sgd", "rate": 0.1},
            {"optimiser": "momentum"},
            {"optimiser": "rmsprop"},
            {"optimiser": "adam"},
        ),
        3,
        1,
        15,
    ),
    "rates": Experiment(
        _each(Adding(), 500, _GRU, *({"rate": 10.0**power} for power in range(-5, 1))),
        3,
        1,
        22,
    ),
    "inits": Experiment(
        _each(
            Adding(),
            1000,
            {"cell": "rnn-relu", "clip_norm": 1.0},
            *({"init": scheme} for scheme in ("torch", "xavier", "orthogonal", "identity", "zeros")),
        ),
        2,
        1,
        14,
    ),
    "truncation": Experiment(
        _each(Latch(steps=60), 400, _LSTM_OPEN, {"truncate": 10}, {"truncate": 30}, {"truncate": None})
        + _each(Adding(steps=40), 500, _GRU, {"truncate": 10}, {"truncate": 20}, {"truncate": None}),
        3,
        1,
        16,
    ),
    "pascanu": Experiment(
        _each(
            TemporalOrder(steps=50),
            1500,
            {"cell": "rnn-tanh", "init": "orthogonal", "optimiser": "sgd", "rate": 0.03, "clip_norm": 1.0},
            {},
            {"keep_gradient": 1.0},
        ),
        3,
        1,
        18,
    ),
    "counting": Experiment(
        _each(
            Counting(longest=20),
            1200,
            {"hidden": 8, "clip_norm": 1.0, "rate": 0.01},
            {"cell": "rnn-tanh"},
            {"cell": "rnn-relu"},
            {"cell": "gru"},
            {"cell": "lstm"},
        ),
        3,
        1,
        14,
    ),
}
