r"""Linear attention (Katharopoulos et al. 2020, "Transformers are RNNs", arXiv 2006.16236): attention without a softmax, as
a recurrence whose state is a matrix.

$$q_t = \phi(W_{xq} x_t) \qquad k_t = \phi(W_{xk} x_t) \qquad v_t = W_{xv} x_t \qquad S_t = S_{t-1} + v_t k_t^\top$$

`feature="identity"`: $\phi(a) = a$ and $y_t = S_t q_t$, a Hebbian memory of pairs. `feature="elu"`, as in the paper:
$\phi(a) = \mathrm{elu}(a) + 1$, which is positive, and the weights of the past add up to 1:
$$z_t = z_{t-1} + k_t \qquad y_t = S_t q_t / (z_t^\top q_t)$$
with $S_t$ (H, N), $q_t, k_t, z_t$ (N,) and $v_t, y_t$ (H,).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State, linear

Feature = Literal["identity", "elu"]


@dataclass(frozen=True, eq=False, repr=False)
class LinearAttentionParams(ModernParams):
    W_xq: Array  # (N, X)
    W_xk: Array  # (N, X)
    W_xv: Array  # (H, X)
    feature: Feature = "identity"

    cell: ClassVar[str] = "linear_attention"
    output: ClassVar[str] = "ys"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xv", 1), "H": ("W_xv", 0), "N": ("W_xk", 0)}
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {"feature": ("identity", "elu")}
    letters: ClassVar[Mapping[str, str]] = {
        **{"ys": "y", "memory": "S", "query": "q", "key": "k", "value": "v", "query_pre": "a^q", "key_pre": "a^k"},
        **{"normaliser": "z", "overlap": "p", "inverse": "p^{-1}", "read": "r"},
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        return {"W_xq": (N, X), "W_xk": (N, X), "W_xv": (H, X)}

    def initial_state(self) -> State:
        memory: State = {"memory": np.zeros((self.hidden_size, self.state_size))}
        return memory | ({"normaliser": np.zeros(self.state_size)} if self.feature == "elu" else {})

    def equations(self) -> list[str]:
        function = "elu_plus_one" if self.feature == "elu" else ""
        shared = [
            *linear("query", "q", function, bias=False),
            *linear("key", "k", function, bias=False),
            *linear("value", "v", bias=False),
            "memory[t,j,i] = memory[t-1,j,i] + value[t,j] key[t,i]",
        ]
        if self.feature == "identity":
            return [*shared, "ys[t,j] = memory[t,j,i] query[t,i]"]
        return [
            *shared,
            "normaliser[t,j] = normaliser[t-1,j] + key[t,j]",
            "read[t,j] = memory[t,j,i] query[t,i]",
            "overlap[t,u] = normaliser[t,i] query[t,i]",
            "inverse[t,u] = reciprocal( overlap[t,u] )",
            "ys[t,j] = read[t,j] inverse[t,u]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        written = values["value"][:, :, None] * values["key"][:, None, :]
        return Recurrence(np.ones_like(written), written, values["memory"][0])


def step(params: LinearAttentionParams, x: Array, state: State) -> tuple[Array, State]:
    q, k, v = params.W_xq @ x, params.W_xk @ x, params.W_xv @ x
    if params.feature == "identity":
        S = state["memory"] + np.outer(v, k)
        return S @ q, {"memory": S}
    q, k = (np.where(a > 0.0, a + 1.0, np.exp(np.minimum(a, 0.0))) for a in (q, k))
    S, z = state["memory"] + np.outer(v, k), state["normaliser"] + k
    return S @ q / (z @ q), {"memory": S, "normaliser": z}
