r"""An LSTM in which one gate has another function in place of the sigmoid, with the same weights: what breaks?

Hard sigmoid is $\min(\max(a/6 + \tfrac12, 0), 1)$, as in torch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells import LSTMParams
from rnn_core.cells.activations import sigma
from rnn_core.errors import check_option

GateFunction = Literal["sigmoid", "hard_sigmoid", "tanh", "relu"]
GateLetter = Literal["f", "i", "o"]
GATE_FUNCTIONS: tuple[GateFunction, ...] = get_args(GateFunction)
GATE_LETTERS: tuple[GateLetter, ...] = get_args(GateLetter)


def hard_sigmoid(a: Array) -> Array:
    return np.asarray(np.clip(a / 6.0 + 0.5, 0.0, 1.0))


EXPRESSIONS: dict[GateFunction, Callable[[Array], Array]] = {
    "sigmoid": sigma,
    "hard_sigmoid": hard_sigmoid,
    "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0.0),
}


@dataclass(frozen=True)
class GateRun:
    gate: Array  # (T, H) the gate whose function was exchanged
    pre: Array  # (T, H) its weighted sums
    cs: Array  # (T+1, H)
    hs: Array  # (T+1, H)

    @property
    def is_flat(self) -> Array:
        """Where the gate cannot learn, because its function has a slope of 0: at the ends of hard sigmoid, below 0 for ReLU."""
        return np.asarray((self.gate == 0.0) | ((self.gate == 1.0) & (self.pre > 1.0)))

    @property
    def last_finite(self) -> int:
        """The last step before the state is too large for the computer."""
        finite = np.asarray(np.isfinite(self.cs).all(axis=1))
        return int(len(finite) - 1 if finite.all() else np.argmin(finite) - 1)


def run_with_gate(
    params: LSTMParams, xs: Array, letter: GateLetter, function: GateFunction, c_0: Array | None = None
) -> GateRun:
    """The standard LSTM with `function` at the gate `letter`. xs (T, X)."""
    check_option("variant", params.variant, ("standard",))
    check_option("letter", letter, GATE_LETTERS)
    check_option("function", function, GATE_FUNCTIONS)
    T, H = len(xs), params.hidden_size
    hs, cs, pres, gates = np.zeros((T + 1, H)), np.zeros((T + 1, H)), np.zeros((T, H)), np.zeros((T, H))
    if c_0 is not None:
        cs[0] = c_0
    with np.errstate(all="ignore"):
        for t, x in enumerate(xs):
            pre = {gate: _pre(params, gate, x, hs[t]) for gate in "figo"}
            open_by = {gate: EXPRESSIONS[function if gate == letter else "sigmoid"](pre[gate]) for gate in GATE_LETTERS}
            cs[t + 1] = open_by["f"] * cs[t] + open_by["i"] * np.tanh(pre["g"])
            hs[t + 1] = open_by["o"] * np.tanh(cs[t + 1])
            pres[t], gates[t] = pre[letter], open_by[letter]
    return GateRun(gates, pres, cs, hs)


def _pre(params: LSTMParams, gate: str, x: Array, h: Array) -> Array:
    W_x, W_h, b = (getattr(params, name) for name in (f"W_x{gate}", f"W_h{gate}", f"b_{gate}"))
    return np.asarray(W_x @ x + W_h @ h + b)
