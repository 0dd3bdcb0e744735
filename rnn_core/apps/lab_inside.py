"""Sequences of the lab for a look into its networks: strings, and the held-out sequences of its tasks."""

from itertools import chain

import numpy as np

from rnn_core.analysis.inside.answers import LastState
from rnn_core.apps.look_inside import network_of_run
from rnn_core.apps.passages import INPUT, LATE, MOST, Answers, Opened, Passage, each, levels, make_passage, symbols
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task
from rnn_core.lab.tasks.counting import Counting
from rnn_core.learn.state import RunState

_MANY = 5


def inside(state: RunState) -> Opened:
    settings, network = state.settings, network_of_run(state)
    assert isinstance(settings, RunSettings)
    read = passage(settings.task)
    names = settings.task.output_names
    return Opened(network, read, Answers(names, network.readout.activation, (LastState(network.readout),)))


def passage(task: Task) -> Passage:
    return _strings(task) if isinstance(task, Counting) else _of_task(task)


def _strings(task: Counting) -> Passage:
    """| a^n b^n for every n up to twice the longest n of the training. The even n choose the sign of a unit, the odd n measure its AUC."""
    names = task.input_symbols
    lengths = [range(2 + part, 2 * task.longest, 2) for part in (0, 1)]
    rows = [[["|", *"a" * n, *"b" * n] for n in part] for part in lengths]
    every = list(chain(*rows))
    known = symbols(every) | {
        "many a’s wait for their b": each(
            every, lambda row, at: row[: at + 1].count("a") - row[: at + 1].count("b") > _MANY
        ),
        "the last b is next": each(every, lambda row, at: row[at] == "b" and at == len(row) - 2),
    }
    ids = np.array([names.index(symbol) for row in every for symbol in row], np.int64)
    return make_passage(rows, ids, "", known)


def _of_task(task: Task) -> Passage:
    """The held-out sequences of a task of the lab: the first half of them decides."""
    inputs = task.held_out().inputs[: MOST * 2]
    flat = inputs.reshape(-1, *inputs.shape[2:])
    every: list[list[str]]
    if task.input_symbols:
        every = [[task.input_symbols[symbol] for symbol in row] for row in inputs]
        known = symbols(every)
    else:
        every = [row.tolist() for row in levels(flat[:, 0].astype(np.float64)).reshape(inputs.shape[:2])]
        known = {"in the upper half": (flat[:, 0] > np.median(flat[:, 0])).tolist()}
        known |= {
            f"{INPUT}{name}": (flat[:, column] > 0.5).tolist() for column, name in enumerate(task.input_names[1:], 1)
        }
    known[LATE] = each(every, lambda row, at: at >= len(row) // 2)
    half = len(every) // 2
    return make_passage([every[:half], every[half:]], flat, "", known)
