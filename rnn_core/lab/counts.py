"""How far a network that was trained on a^n b^n can count, and its states while it counts. No torch."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.cells import LSTMTrace
from rnn_core.errors import CoreError
from rnn_core.lab.reader import Reader
from rnn_core.lab.tasks.counting import Counting
from rnn_core.learn.state import RunState


@dataclass(frozen=True)
class CountingRun:
    """One string a^n b^n, read symbol by symbol; T = 2n + 1 with the mark at its start."""

    symbols: tuple[str, ...]  # (T,)
    memory: Array  # (T, H) the cell state of an LSTM, the hidden state of any other
    predicted: tuple[str, ...]  # (T,) the most probable next symbol
    right: NDArray[np.bool_]  # (T,) also true where the next symbol is not determined


def read_string(state: RunState, n: int) -> CountingRun:
    task, reader = _task(state), Reader(state)
    batch = task.strings(np.array([n]))
    asked = int(batch.weights[0].sum())
    symbols, targets = batch.inputs[0, :asked], batch.targets[0, :asked]
    stack = reader.read(symbols)
    trace = stack.forward[-1]
    predicted = reader.answer(stack, asked).ys.argmax(axis=1)
    names, is_determined = task.output_names, symbols == 1
    return CountingRun(
        tuple(task.input_symbols[symbol] for symbol in symbols),
        trace.cs[1:] if isinstance(trace, LSTMTrace) else trace.hs[1:],
        tuple(names[answer] for answer in predicted),
        (predicted == targets) | ~is_determined,
    )


def counts_to(state: RunState, most: int) -> int:
    """The largest n up to which the network is right on all strings a^n b^n; at most `most`."""
    for n in range(1, most + 1):
        if not read_string(state, n).right.all():
            return n - 1
    return most


def _task(state: RunState) -> Counting:
    task = getattr(state.settings, "task", None)
    if not isinstance(task, Counting):
        raise CoreError("state", "a run of another task", "a run that learned a^n b^n")
    return task
