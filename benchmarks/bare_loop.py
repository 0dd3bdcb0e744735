"""The adding problem as one would train it in a notebook: a plain torch loop that keeps nothing but the loss.

It runs in a worker process, like the app's own chunks, so that both have the same priority and one thread.
"""

import pickle
import time
from collections.abc import Callable

Clock = Callable[[], float]


def bare_loop(
    cell: str, steps: int, hidden: int = 32, length: int = 50, batch: int = 64, clock: Clock = time.perf_counter
) -> float:
    """Steps a second, each with a batch of its own."""
    import torch
    from torch import nn

    from rnn_core.lab.tasks.adding import Adding

    torch.set_num_threads(1)
    task = Adding(steps=length)
    kind = {"rnn-tanh": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[cell]
    layer, readout = kind(2, hidden, batch_first=True), nn.Linear(hidden, 1)
    weights = [*layer.parameters(), *readout.parameters()]
    optimiser = torch.optim.Adam(weights, lr=0.005)
    losses = []
    start = clock()
    for k in range(steps):
        made = task.batch(0, k, batch)
        hs, _ = layer(torch.from_numpy(made.inputs))
        loss = nn.functional.mse_loss(readout(hs[:, -1]), torch.from_numpy(made.targets[:, 0]))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        losses.append(loss.item())
    return steps / (clock() - start)


def in_processor_time(cell: str, steps: int, turns: int) -> list[tuple[float, float]]:
    """Steps in a second of the processor: a chunk with its journey there and back and its view, and the bare loop, in turns.

    What else the machine does changes this little; waiting for a turn on the processor is not in it.
    """
    from rnn_core.lab.settings import RunSettings
    from rnn_core.learn.jobs import advance, begin

    state, _metrics = begin(RunSettings(cell=cell, clip_norm=1.0, budget=1_000_000), steps)
    rates = []
    for _turn in range(turns):
        start = time.process_time()
        arrived = pickle.loads(pickle.dumps(state))
        state, metrics = advance(arrived, steps)
        pickle.loads(pickle.dumps((state, metrics)))
        rates.append((steps / (time.process_time() - start), bare_loop(cell, steps, clock=time.process_time)))
    return rates
