"""What the sentence of a preset claims, tried on the run that the page shows: other settings may make it wrong.

No Streamlit: a test tries every preset in every form, with every input, at many lengths.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Array, Cell
from rnn_core.params.build import form_of, weights_of
from rnn_core.params.presets import PRESETS
from ui.cells.setup import RANDOM, CellSetup

OTHER = "other"
_ONE_BIAS = 1 / (1 + np.exp(-1))  # a gate whose bias is 1
_TURN = np.exp(1j * np.pi / 12)  # 15 degrees


def part_of(setup: CellSetup, trace: rc.AnyTrace) -> str:
    """The part of lessons/<cell>/presets that is true of this run; OTHER where the preset's own is not."""
    with np.errstate(all="ignore"):  # a run may overflow
        if setup.cell == "rnn" and setup.preset == "zeros" and _has_no_weights(trace) and (trace.hs[1:] == 0.5).all():
            return "zeros_half"
        is_true = _has_sizes_of(setup, trace) and _CLAIMS[setup.cell][setup.preset](setup, trace)
    return setup.preset if is_true else OTHER


def _has_sizes_of(setup: CellSetup, trace: rc.AnyTrace) -> bool:
    """Where a setup cannot be computed, the page keeps the run before."""
    if setup.preset == RANDOM:
        return True
    params = PRESETS[setup.cell][setup.preset].params
    return bool((params.input_size, params.hidden_size) == (trace.params.input_size, trace.params.hidden_size))


def _is_pulse(xs: Array) -> bool:
    return bool((xs[0] > 0).all() and not xs[1:].any())


def _has_no_weights(trace: rc.AnyTrace) -> bool:
    return not any(weight.any() for weight in weights_of(trace.params).values())


def _blend(_setup: CellSetup, trace: rc.AnyTrace) -> bool:
    sums = trace.hs[:-1] * (0.8, 0.3) + trace.xs
    return bool(trace.xs.any() and np.allclose(trace.hs[1:], np.tanh(sums)))


def _echo(_setup: CellSetup, trace: rc.AnyTrace) -> bool:
    sizes = np.abs(trace.hs[1:])
    return _is_pulse(trace.xs) and bool((sizes[1:] <= sizes[:-1] * (0.9, 0.5) + 1e-12).all())


def _rotation(_setup: CellSetup, trace: rc.AnyTrace) -> bool:
    states = trace.hs[1:, 0] + 1j * trace.hs[1:, 1]
    return _is_pulse(trace.xs) and bool(np.allclose(states[1:], states[:-1] * _TURN))


def _sum(_setup: CellSetup, trace: rc.AnyTrace) -> bool:
    return bool(np.allclose(trace.hs[1:, 0], np.cumsum(trace.xs[:, 0])))


def _exploding(_setup: CellSetup, trace: rc.AnyTrace) -> bool:
    is_relu = form_of(trace.params)["activation"] == "relu"
    before, last = trace.hs[-2:]
    return is_relu and _is_pulse(trace.xs) and len(trace.xs) > 10 and bool(np.allclose(last, 1.4 * before, rtol=0.01))


def _flips(_setup: CellSetup, trace: rc.AnyTrace) -> bool:
    hs = trace.hs[1:]
    return bool((np.abs(hs) > 0.9).mean() > 0.75 and hs.min() < -0.9 and hs.max() > 0.9)


def _state_is_zero(_setup: CellSetup, trace: rc.AnyTrace) -> bool:
    return _has_no_weights(trace) and not trace.hs.any()


def _is_drawn(setup: CellSetup, _trace: rc.AnyTrace) -> bool:
    return setup.scheme not in ("zeros", "identity") and not setup.edits


def _takes_two_bits(memory: Array, xs: Array) -> bool:
    """+1 at step 3, held until input 2 speaks again, then -1."""
    if xs.shape[1] < 2 or len(xs) < 10 or np.flatnonzero(xs[:, 1]).tolist() != [2, len(xs) - 6]:
        return False
    held, last = memory[3 : len(xs) - 5], memory[len(xs) - 5 :]
    return bool(held.min() > 0.9 and np.ptp(held) < 0.01 and last.max() < -0.9)


def _latch(_setup: CellSetup, trace: rc.LSTMTrace) -> bool:
    return _takes_two_bits(trace.cs[:, 0], trace.xs)


def _counter(_setup: CellSetup, trace: rc.LSTMTrace) -> bool:
    changes = np.diff(trace.cs[:, 0])
    half = len(changes) // 2
    if len(changes) < 2 or len(changes) % 2:
        return False
    counts = np.concatenate([changes[:half], -changes[half:]])
    return bool(counts.min() > 0.98 and counts.max() < 1.0 and abs(trace.cs[-1, 0]) < 0.1)


def _leak(_setup: CellSetup, trace: rc.LSTMTrace) -> bool:
    kept = trace.cs[2:, 0] / trace.cs[1:-1, 0] if trace.cs[1:-1, 0].all() else np.zeros(1)
    return _is_pulse(trace.xs) and len(kept) > 8 and bool(np.allclose(kept, _ONE_BIAS))


def _are_switches(_setup: CellSetup, trace: rc.AnyTrace) -> bool:
    gates = np.concatenate(_gates_of(trace))
    return bool(((gates < 0.1) | (gates > 0.9)).mean() > 0.75)


def _forgets_half(setup: CellSetup, trace: rc.AnyTrace) -> bool:
    has_forget_gate = form_of(trace.params)["variant"] != "no_forget"
    return has_forget_gate and _is_drawn(setup, trace) and _are_near_half(*_gates_of(trace))


def _mixes_evenly(setup: CellSetup, trace: rc.GRUTrace) -> bool:
    return _is_drawn(setup, trace) and _are_near_half(trace.update_gate)


def _gates_of(trace: rc.AnyTrace) -> list[Array]:
    return [getattr(trace, name) for name in trace.gates if name != "candidate"]


def _are_near_half(*gates: Array) -> bool:
    return all(0.3 <= gate.mean() <= 0.7 and gate.min() > 0.15 and gate.max() < 0.85 for gate in gates)


def _ignore(_setup: CellSetup, trace: rc.AnyTrace) -> bool:
    return _takes_two_bits(trace.hs[:, 0], trace.xs)


def _average(_setup: CellSetup, trace: rc.GRUTrace) -> bool:
    z, hs = trace.update_gate, trace.hs
    is_average = np.allclose(hs[1:], z * hs[:-1] + (1 - z) * trace.candidate)
    return bool(is_average and np.allclose(z, 0.88, atol=0.005)) and bool(np.unique(trace.xs).size > 2)


def _fresh(_setup: CellSetup, trace: rc.GRUTrace) -> bool:
    if trace.xs.shape[1] < 2:
        return False
    speaks = trace.xs[:, 1] == 1
    resets = trace.reset_gate[:, 0]
    return bool(speaks.any() and (resets[speaks] < 0.001).all() and (resets[~speaks] > 0.99).all())


# Each claim takes the trace of its own cell.
_CLAIMS: dict[Cell, dict[str, Callable[[CellSetup, Any], bool]]] = {
    "rnn": {
        "blend": _blend,
        "echo": _echo,
        "rotation": _rotation,
        "sum": _sum,
        "exploding": _exploding,
        "saturated": _flips,
        "zeros": _state_is_zero,
        "random": _is_drawn,
    },
    "lstm": {
        "latch": _latch,
        "counter": _counter,
        "leak": _leak,
        "saturated": _are_switches,
        "zeros": _state_is_zero,
        "random": _forgets_half,
    },
    "gru": {
        "ignore": _ignore,
        "average": _average,
        "fresh": _fresh,
        "saturated": _are_switches,
        "zeros": _state_is_zero,
        "random": _mixes_evenly,
    },
}
