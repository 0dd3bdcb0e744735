r"""Softmax attention over the past (Vaswani et al. 2017, arXiv 1706.03762; one head, causal): the cell without a state.

$$q_t = W_{xq} x_t \qquad k_t = W_{xk} x_t \qquad v_t = W_{xv} x_t \qquad
e_{ts} = \frac{q_t^\top k_s}{\sqrt N} \quad (s \le t) \qquad
\alpha_{ts} = \frac{\exp(e_{ts})}{\sum_{r \le t} \exp(e_{tr})} \qquad y_t = \sum_{s \le t} \alpha_{ts} v_s$$

with $q_t, k_t$ (N,) and $v_t, y_t$ (H,). Nothing is carried from step to step but all keys and values so far, whose
number grows with t.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.modern.base import ModernParams, Shapes, State, linear


@dataclass(frozen=True, eq=False, repr=False)
class AttentionParams(ModernParams):
    W_xq: Array  # (N, X)
    W_xk: Array  # (N, X)
    W_xv: Array  # (H, X)

    cell: ClassVar[str] = "attention"
    output: ClassVar[str] = "ys"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xv", 1), "H": ("W_xv", 0), "N": ("W_xk", 0)}
    letters: ClassVar[Mapping[str, str]] = {
        **{"ys": "y", "query": "q", "key": "k", "value": "v", "scale": r"\kappa", "scores": "e", "weights": r"\alpha"},
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        return {"W_xq": (N, X), "W_xk": (N, X), "W_xv": (H, X)}

    @property
    def constants(self) -> Mapping[str, Array]:
        return {"scale": np.array([1.0 / np.sqrt(self.state_size)])}

    def initial_state(self) -> State:
        return {}

    def equations(self) -> list[str]:
        return [
            *linear("query", "q", bias=False),
            *linear("key", "k", bias=False),
            *linear("value", "v", bias=False),
            "scores[t,s] = scale[u] query[t,i] key[s,i]",
            "weights[t,s] = share( exp(scores[t,r]) )",
            "ys[t,j] = weights[t,s] value[s,j]",
        ]


def step(params: AttentionParams, x: Array, state: State) -> tuple[Array, State]:
    """The state holds the keys (t, N) and values (t, H) of the steps before."""
    q, k, v = params.W_xq @ x, params.W_xk @ x, params.W_xv @ x
    keys = np.vstack([state.get("key", np.empty((0, len(k)))), k])
    values = np.vstack([state.get("value", np.empty((0, len(v)))), v])
    scores = keys @ q / np.sqrt(len(q))
    weights = np.exp(scores - scores.max())
    return weights / weights.sum() @ values, {"key": keys, "value": values}
