"""`python -m rnn_core.studies.tracking.record`: trains every cell on every task and records what came out.

Each network is one-hot or pair inputs -> the cell -> a readout with one hidden layer. All seeds of a cell are trained at
once. What is recorded already stays, unless the budget has changed; `--task` and `--cell` choose, `--again` forgets first.
"""

import argparse
import time

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from rnn_core.studies.tracking.network import outputs, share_right
from rnn_core.studies.tracking.results import CELLS, FILE, Budget, Outcome, Study, save, study_in, table
from rnn_core.studies.tracking.tasks import TASKS, TrackingTask
from rnn_core.studies.tracking.weights import network_weights

Weights = dict[str, Tensor]


def initial(cell: str, task: TrackingTask, budget: Budget) -> Weights:
    """Every seed's weights, stacked: (S, ...)."""
    drawn = []
    for seed in range(budget.seeds):
        own, readout = network_weights(cell, task, budget.hidden, budget.readout, seed)
        drawn.append(own | {f"readout.{name}": value for name, value in readout.items()})
    return {
        name: torch.tensor(np.stack([each[name] for each in drawn]), dtype=torch.float32).requires_grad_()
        for name in drawn[0]
    }


def drawn(task: TrackingTask, seeds: int, size: int, length: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    inputs, targets = task.draw(rng, seeds * size, length)
    shape = seeds, size
    return (
        torch.tensor(inputs.reshape(*shape, *inputs.shape[1:]), dtype=torch.float32),
        torch.tensor(targets.reshape(*shape, *targets.shape[1:])),
    )


def train(task: TrackingTask, cell: str, budget: Budget) -> Weights:
    weights = initial(cell, task, budget)
    optimiser = torch.optim.Adam(list(weights.values()), lr=budget.rate, fused=True)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, budget.updates)
    rng = np.random.default_rng([3, *task.name.encode()])
    for _ in range(budget.updates):
        x, targets = drawn(task, budget.seeds, budget.batch, task.lengths[0], rng)
        scores = outputs(cell, weights, x)
        loss = F.cross_entropy(scores.flatten(0, 2), targets.flatten(), ignore_index=-1)
        optimiser.zero_grad()
        torch.autograd.backward(loss * budget.seeds)  # each seed gets the gradient of its own mean
        clip_each_seed(weights, budget.clip)
        optimiser.step()
        schedule.step()
    return weights


def clip_each_seed(weights: Weights, most: float) -> None:
    grads = [value.grad for value in weights.values() if value.grad is not None]
    squares = torch.stack([grad.flatten(1).square().sum(1) for grad in grads]).sum(0)
    factor = (most / (squares.sqrt() + 1e-6)).clamp(max=1.0)
    for grad in grads:
        grad *= factor.reshape(-1, *[1] * (grad.dim() - 1))


def measure(task: TrackingTask, cell: str, weights: Weights, budget: Budget) -> tuple[tuple[float, ...], ...]:
    """The share of right answers of each seed at every length; where every step is asked, in the last quarter."""
    rows = []
    for length in task.lengths:
        x, targets = drawn(task, budget.seeds, budget.tested, length, np.random.default_rng([4, length]))
        with torch.no_grad():
            shares = share_right(outputs(cell, weights, x), targets)
        rows.append(tuple(round(float(share), 4) for share in shares))
    return tuple(rows)


def record(task: TrackingTask, cell: str, budget: Budget) -> Outcome:
    weights = train(task, cell, budget)
    count = sum(value[0].numel() for value in weights.values())
    return Outcome(task.name, cell, count, measure(task, cell, weights, budget))


def main() -> None:
    asked = argparse.ArgumentParser(description="Record the study of state tracking and recall.")
    asked.add_argument("--task", choices=TASKS, action="append")
    asked.add_argument("--cell", choices=CELLS, action="append")
    asked.add_argument("--again", action="store_true", help="record also what is recorded already")
    args = asked.parse_args()
    torch.set_num_threads(1)
    budget, kept = Budget(), {}
    if FILE.exists() and (old := study_in(FILE.read_text())).budget == budget:
        kept = {(each.task, each.cell): each for each in old.outcomes}
    for task in args.task or TASKS:
        for cell in args.cell or CELLS:
            if (task, cell) in kept and not args.again:
                continue
            start = time.process_time()
            kept[task, cell] = record(TASKS[task], cell, budget)
            order = [(task, cell) for task in TASKS for cell in CELLS]
            save(Study(budget, tuple(kept[each] for each in order if each in kept)))
            print(f"{task:8} {cell:20} {time.process_time() - start:6.1f} s", kept[task, cell].right, flush=True)
    for cell, row in table(study_in(FILE.read_text())).items():
        print(f"{cell:20}", row)


if __name__ == "__main__":
    main()
