"""Recurrences in torch against the number of steps T: a loop, a scan, torch's fused LSTM, and attention; forward and backward.

The loop and the scan compute the same minGRU. The scan does about log2 T times the work of the loop in few large steps; a
loop of small steps spends most of its time outside of the arithmetic, unless it is fused.
"""

import time
from collections.abc import Callable

import torch
from torch import Tensor

from rnn_core.learn.layers import attention, min_gru
from rnn_core.studies.modern.timing import STEPS, B, H, Timing, X

Weights = dict[str, Tensor]


def loop(x: Tensor, w: Weights) -> Tensor:
    """The minGRU one step after another; what does not depend on the state is computed for all steps at once."""
    z = torch.sigmoid(x @ w["W_xz"].mT[:, None] + w["b_z"][:, None, None])
    written = z * (x @ w["W_xn"].mT[:, None] + w["b_n"][:, None, None])
    kept, h, states = 1.0 - z, torch.zeros_like(z[:, :, 0]), []
    for a, b in zip(kept.unbind(2), written.unbind(2), strict=True):
        h = a * h + b
        states.append(h)
    return torch.stack(states, dim=2)


def _weights(*shapes: tuple[str, tuple[int, ...]]) -> Weights:
    return {name: (torch.randn(1, *shape) / shape[-1] ** 0.5).requires_grad_() for name, shape in shapes}


def contenders(T: int) -> dict[str, Callable[[], Tensor]]:
    x = torch.randn(1, B, T, X)
    of_gates = _weights(("W_xz", (H, X)), ("W_xn", (H, X)), ("b_z", (H,)), ("b_n", (H,)))
    of_pairs = _weights(("W_xq", (H, X)), ("W_xk", (H, X)), ("W_xv", (H, X)))
    fused = torch.nn.LSTM(X, H, batch_first=True)
    return {
        "loop": lambda: loop(x, of_gates),
        "scan": lambda: min_gru(x, of_gates),
        "fused": lambda: fused(x[0])[0],
        "attention": lambda: attention(x, of_pairs),
    }


def kept_numbers(forward: Callable[[], Tensor]) -> int:
    """How many numbers autograd keeps for the backward pass, each storage once."""
    storages: dict[int, int] = {}

    def pack(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        storages[storage.data_ptr()] = storage.nbytes() // tensor.element_size()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        forward()
    return sum(storages.values())


def timed(threads: int, rounds: int) -> Timing:
    """The fastest of the rounds: other programs on the machine can only make one slower. The contenders take turns."""
    torch.manual_seed(0)
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        found = {T: contenders(T) for T in STEPS}
        seconds = {T: dict.fromkeys(named, float("inf")) for T, named in found.items()}
        for turn in range(rounds + 1):
            for T, named in found.items():
                for name, forward in named.items():
                    start = time.perf_counter()
                    forward().sum().backward()  # type: ignore[no-untyped-call]
                    if turn:  # the first round only warms up
                        seconds[T][name] = min(seconds[T][name], time.perf_counter() - start)
        names = list(found[STEPS[0]])
        kept = {name: tuple(kept_numbers(found[T][name]) for T in STEPS) for name in names}
    finally:
        torch.set_num_threads(before)
    return Timing(threads, {name: tuple(seconds[T][name] for T in STEPS) for name in names}, kept)
