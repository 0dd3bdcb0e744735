"""Training as a pure function: `start` returns a run's first state, `advance` the state after some more steps.

advance(advance(s, a), b) and advance(s, a + b) are equal bit for bit, and so is the same chunk computed twice. Everything
random is therefore a function of (seed, step), and nothing depends on the boundaries of chunks. This is true for one kind
of processor and one version of torch; others may round differently.
"""

import time
from dataclasses import dataclass

import numpy as np
import torch
from safetensors.torch import load, save
from torch import Tensor

from rnn_core.errors import check_integer
from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import BEST, Checks, Ending, Metrics, Reason, RunState, Steps, View

MOST_STEPS = 100_000  # of one call


def prepare() -> None:
    """Prepares a process for bit-identical training: one thread, and only operations with a fixed order of summation."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]  # it only helps to find bugs, and costs time at every step


def start(settings: TrainingSettings) -> RunState:
    """The state before the first step."""
    prepare()
    torch.manual_seed(settings.seed)
    problem = settings.problem()
    tensors = {f"network.{name}": weight.detach() for name, weight in problem.first_weights().items()}
    return RunState(settings, 0, save(tensors | {f"carry.{name}": value for name, value in problem.carry.items()}))


def advance(state: RunState, steps: int, view: bool = True) -> tuple[RunState, Metrics]:
    """Up to `steps` more steps: fewer if the run ends earlier. A run that has ended does not change."""
    check_integer("steps", steps, 1, MOST_STEPS)
    prepare()
    began = time.perf_counter()
    trainer = _train(state, steps)
    if not trainer.finite():
        good = _good_updates(state, steps)
        trainer = _train(state, good)
        trainer.end("overflow", "weights")
    after, trained = trainer.state(), time.perf_counter()
    seen = trainer.problem.observe(after) if view else None
    return after, trainer.metrics(seen, trained - began, time.perf_counter() - trained)


def _train(state: RunState, steps: int) -> "_Trainer":
    trainer = _Trainer(state)
    if state.step == 0 and state.ending is None:
        trainer.check()
    for _ in range(steps):
        if trainer.ending is None:
            trainer.step_once()
    return trainer


def _good_updates(state: RunState, steps: int) -> int:
    """The number of updates that leave every weight finite. `advance` asks for it if the last weights are not finite."""
    trainer = _Trainer(state)
    for good in range(steps):
        trainer.step_once()
        if not trainer.finite():
            return good
    return steps


@dataclass
class _Trainer:
    """The work of one call of `advance`: a network and an optimiser restored from a state, and their metrics."""

    start: RunState

    def __post_init__(self) -> None:
        self.settings, self.ending = self.start.settings, self.start.ending
        self.done, self.best_loss, self.best_step = self.start.step, self.start.best_loss, self.start.best_step
        self.problem = self.settings.problem()
        network, tensors = self.problem.network, load(self.start.tensors)
        network.load_state_dict({name: tensors[f"network.{name}"] for name in network.state_dict()})
        self.problem.carry = {name: tensors[f"carry.{name}"] for name in self.problem.carry}
        self.best = {name: tensors[f"{BEST}{name}"] for name in network.state_dict() if f"{BEST}{name}" in tensors}
        self.names, self.weights = map(list, zip(*network.named_parameters(), strict=True))
        self.matrices = [weight for weight in self.weights if weight.dim() > 1]
        if self.settings.keeps_best and self.best_step == self.done and np.isfinite(self.best_loss):
            self.keep_weights()
        self.optimiser = _optimiser(self.settings, self.weights)
        for name, weight in zip(self.names, self.weights, strict=True):
            prefix = f"optimiser.{name}."
            moments = {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}
            if moments:
                self.optimiser.state[weight] = moments
        self.rows: list[tuple[float, ...]] = []  # of Steps
        self.check_rows: list[tuple[int, float, float, list[float], list[float]]] = []  # of Checks

    def finite(self) -> bool:
        return all(bool(torch.isfinite(weight).all()) for weight in self.weights)

    def state(self) -> RunState:
        tensors = {f"network.{name}": weight.detach() for name, weight in zip(self.names, self.weights, strict=True)}
        tensors |= {f"carry.{name}": value for name, value in self.problem.carry.items()}
        for name, weight in zip(self.names, self.weights, strict=True):
            for moment, value in self.optimiser.state[weight].items():
                if value is not None:
                    tensors[f"optimiser.{name}.{moment}"] = value
        if self.best_step < self.done:  # otherwise the network itself is the best one
            tensors |= {f"{BEST}{name}": value for name, value in self.best.items()}
        return RunState(self.settings, self.done, save(tensors), self.best_loss, self.best_step, self.ending)

    def step_once(self) -> None:
        settings, k = self.settings, self.done
        outcome = self.problem.train_on(k)
        self.optimiser.zero_grad()
        (outcome.loss if outcome.penalty is None else outcome.loss + outcome.penalty).backward()  # type: ignore[no-untyped-call]
        gradients = [_gradient(weight) for weight in self.weights]
        self.add_penalties()
        norm = torch.nn.utils.get_total_norm(gradients)
        clipped, loss = self.clip(gradients, norm), outcome.loss.item()
        self.rows.append((loss, outcome.measure, norm.item(), clipped.item()))
        if not np.isfinite(loss):
            return self.end("overflow", "loss")
        if not np.isfinite(norm.item()):
            return self.end("overflow", "gradient")

        looking = (k + 1) % settings.check_every == 0 or k + 1 == settings.budget
        before = [weight.detach().clone() for weight in self.weights] if looking else None
        for group in self.optimiser.param_groups:
            group["lr"] = settings.rate_at(k)
        self.optimiser.step()
        self.done = k + 1
        if before is not None:
            self.check(before)
        if self.ending is None and self.done >= settings.budget:
            self.end("budget")
        return None

    def add_penalties(self) -> None:
        """Adds the gradients of l1 |w| and l2/2 w^2 on matrices. The recorded loss excludes them, to compare with baselines."""
        for weight in self.matrices:
            if self.settings.l1:
                _gradient(weight).add_(weight.detach().sign(), alpha=self.settings.l1)
            if self.settings.l2:
                _gradient(weight).add_(weight.detach(), alpha=self.settings.l2)

    def clip(self, gradients: list[Tensor], norm: Tensor) -> Tensor:
        """Clips in place, first by value, then by norm; returns the norm after clipping."""
        if self.settings.clip_value is not None:
            torch.nn.utils.clip_grad_value_(self.weights, self.settings.clip_value)
            norm = torch.nn.utils.get_total_norm(gradients)
        if self.settings.clip_norm is None:
            return norm
        torch.nn.utils.clip_grads_with_norm_(self.weights, self.settings.clip_norm, norm)
        return torch.clamp(norm, max=self.settings.clip_norm)

    def check(self, before: list[Tensor] | None = None) -> None:
        """Evaluates the held-out set, and records the norms of the weights and of the last update."""
        with torch.no_grad():
            outcome = self.problem.held_out()
            loss = outcome.loss.item()
            sizes = [weight.norm().item() for weight in self.weights]
            updates = [0.0] * len(sizes)
            if before is not None:
                updates = [(new - old).norm().item() for new, old in zip(self.weights, before, strict=True)]
        self.check_rows.append((self.done, loss, outcome.measure, sizes, updates))
        if loss < self.best_loss:
            self.best_loss, self.best_step = loss, self.done
            if self.settings.keeps_best:
                self.keep_weights()
        if self.settings.target is not None and loss <= self.settings.target:
            self.end("target")
        elif self.settings.patience is not None and self.done - self.best_step >= self.settings.patience:
            self.end("patience")

    def keep_weights(self) -> None:
        """The present weights are the best ones on the held-out set so far."""
        self.best = {name: weight.detach().clone() for name, weight in zip(self.names, self.weights, strict=True)}

    def end(self, reason: Reason, what: str = "") -> None:
        self.ending = Ending(reason, self.done, what)

    def metrics(self, view: View | None, seconds: float, view_seconds: float) -> Metrics:
        first = self.start.step + 1
        rows = np.array(self.rows, np.float32).reshape(len(self.rows), 4).T
        steps = Steps(np.arange(first, first + len(self.rows)), *rows)
        step, loss, measure, sizes, updates = (
            zip(*self.check_rows, strict=True) if self.check_rows else ((), (), (), (), ())
        )
        shape = (len(self.check_rows), len(self.names))
        checks = Checks(
            np.array(step, np.int64),
            np.array(loss, np.float32),
            np.array(measure, np.float32),
            np.array(sizes, np.float32).reshape(shape),
            np.array(updates, np.float32).reshape(shape),
            tuple(self.names),
        )
        return Metrics(steps, checks, view, seconds, view_seconds)


def _gradient(weight: Tensor) -> Tensor:
    if weight.grad is None:
        raise RuntimeError("every weight takes part in the loss")
    return weight.grad


def _optimiser(settings: TrainingSettings, weights: list[Tensor]) -> torch.optim.Optimizer:
    """The optimiser without L1 and L2, which `add_penalties` adds; the schedule sets its rate at every step.

    The fused optimiser updates all tensors in one call, which is faster for small networks.
    """
    match settings.optimiser:
        case "sgd":
            return torch.optim.SGD(weights, lr=0.0, fused=True)
        case "momentum":
            return torch.optim.SGD(weights, lr=0.0, momentum=settings.momentum, fused=True)
        case "rmsprop":
            return torch.optim.RMSprop(weights, lr=0.0)
        case "adam":
            return torch.optim.Adam(weights, lr=0.0, fused=True)
        case _:
            return torch.optim.AdamW(weights, lr=0.0, weight_decay=settings.weight_decay, fused=True)
