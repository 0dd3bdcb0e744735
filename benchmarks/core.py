"""The core against torch: a full trace forward, every gradient backward, all Jacobian norms, and the growth with T."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import torch

import rnn_core as rc
from benchmarks import eager, timing
from rnn_core.arrays import Cell
from rnn_core.formats.torch_io import to_torch

SIZES = ((20, 4, 8), (200, 16, 64), (1000, 32, 128))  # T, X, H
CELLS: tuple[Cell, ...] = ("rnn", "lstm", "gru")
ROUNDS = {20: 60, 100: 60, 200: 60, 1000: 15, 10_000: 5}
REPEATS = {20: 10, 100: 5}  # of one contender in a row, where one takes a fraction of a millisecond
Contender = Callable[[], Callable[[], object]]


def ready(work: Callable[..., object], *given: object) -> Contender:
    """A contender that needs no preparation."""
    return lambda: partial(work, *given)


def compare(cell: Cell, T: int, X: int, H: int) -> dict[str, Any]:
    """Milliseconds of every contender on one run of this size."""
    params = rc.init_params(cell, X, H)
    layer, xs = to_torch(params), torch.from_numpy(np.random.default_rng(1).normal(size=(T, X)))
    inputs, dhs = xs.numpy(), np.random.default_rng(0).normal(size=(T, H))
    trace = rc.run(params, inputs)

    def fused() -> object:
        with torch.no_grad():
            return layer(xs)

    def autograd_ready() -> Callable[[], object]:
        kept = eager.graph(cell, layer, xs)
        loss = (torch.stack(kept["h"]) * torch.from_numpy(dhs)).sum()
        return loss.backward

    def autograd_both() -> None:
        autograd_ready()()

    forward = {
        "run": ready(rc.run, params, inputs),
        "torch fused": ready(fused),
        "torch eager": ready(eager.forward, cell, layer, xs),
    }
    backward = {
        "bptt": ready(rc.bptt, trace, dhs),
        "torch backward": autograd_ready,
        "run + bptt": ready(lambda: rc.bptt(rc.run(params, inputs), dhs)),
        "torch eager + backward": ready(autograd_both),
    }
    check_same(cell, layer, xs, trace, dhs)
    # Apart, because autograd's graphs empty the caches for whoever comes next.
    seconds = {}
    for contenders in (forward, backward):
        seconds |= timing.medians(contenders, ROUNDS[T], REPEATS.get(T, 1))
    ms = {name: 1e3 * each for name, each in seconds.items()}
    ratios = {
        "fused / run": ms["torch fused"] / ms["run"],
        "eager / run": ms["torch eager"] / ms["run"],
        "backward / bptt": ms["torch backward"] / ms["bptt"],
        "both / both": ms["torch eager + backward"] / ms["run + bptt"],
    }
    return {"cell": cell, "T": T, "X": X, "H": H, "ms": ms, "ratios": ratios}


def check_same(cell: str, layer: torch.nn.RNNBase, xs: torch.Tensor, trace: Any, dhs: np.ndarray) -> None:
    """Contenders that give different answers are not worth timing."""
    kept = eager.graph(cell, layer, xs)
    hs = torch.stack(kept["h"])
    np.testing.assert_allclose(trace.hs[1:], hs.detach().numpy(), rtol=0, atol=1e-12)
    (hs * torch.from_numpy(dhs)).sum().backward()
    ours = rc.bptt(trace, dhs).dhs[1:]
    theirs = torch.stack([h.grad for h in kept["h"]]).numpy()
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12 * max(1.0, np.abs(theirs).max()))


def jacobians(cell: Cell) -> dict[str, Any]:
    """All T+1 norms at T = 1000, beside the run that they belong to."""
    T, X, H = SIZES[-1]
    params = rc.init_params(cell, X, H)
    xs = np.random.default_rng(0).normal(size=(T, X))
    trace = rc.run(params, xs)
    seconds = timing.medians({"run": ready(rc.run, params, xs), "norms": ready(rc.jacobian_norms, trace)}, rounds=3)
    return {"cell": cell, "T": T, "X": X, "H": H, "ms": {name: 1e3 * each for name, each in seconds.items()}}


def growth(cell: Cell) -> dict[str, Any]:
    """Microseconds a step at T = 100, 1000 and 10000: the same number three times where the cost is linear."""
    X, H = 16, 64
    params, rng = rc.init_params(cell, X, H), np.random.default_rng(0)
    per_step: dict[str, dict[int, float]] = {"run": {}, "bptt": {}}
    for T in (100, 1000, 10_000):
        xs, dhs = rng.normal(size=(T, X)), rng.normal(size=(T, H))
        trace = rc.run(params, xs)
        contenders = {"run": ready(rc.run, params, xs), "bptt": ready(rc.bptt, trace, dhs)}
        for name, seconds in timing.medians(contenders, ROUNDS[T], REPEATS.get(T, 1)).items():
            per_step[name][T] = 1e6 * seconds / T
    return {"cell": cell, "X": X, "H": H, "us_per_step": per_step}


def main() -> None:
    torch.set_num_threads(1)
    compared = [compare(cell, *size) for size in SIZES for cell in CELLS]
    names = [*compared[0]["ms"], *compared[0]["ratios"]]
    rows = [
        [f"{each['cell']} {each['T']}x{each['X']}x{each['H']}"]
        + [f"{value:.2f}" for value in each["ms"].values()]
        + [f"{value:.1f}x" for value in each["ratios"].values()]
        for each in compared
    ]
    print("Milliseconds, median; float64, one thread. Aims: fused/run 1x, eager/run 3x, backward/bptt 5x.")
    print(timing.table(["cell TxXxH", *names], rows))

    normed = [jacobians(cell) for cell in CELLS]
    print("\nAll Jacobian norms at T=1000, X=32, H=128, milliseconds")
    print(
        timing.table(["cell", "run", "norms"], [[n["cell"], *(f"{v:.0f}" for v in n["ms"].values())] for n in normed])
    )

    grown = [growth(cell) for cell in CELLS]
    print("\nGrowth, microseconds a step (X=16, H=64): linear where a row stays level")
    rows = [
        [f"{each['cell']} {what}", *(f"{value:.1f}" for value in steps.values())]
        for each in grown
        for what, steps in each["us_per_step"].items()
    ]
    print(timing.table(["", "T=100", "T=1000", "T=10000"], rows))
    path = timing.save("core", {"compared": compared, "jacobian_norms": normed, "growth": grown})
    print(f"\nWritten to benchmarks/{path.relative_to(path.parents[1])}")
