r"""minLSTM (Feng et al. 2024, arXiv 2410.01201, section 3.2): an LSTM whose gates and candidate read the input alone.

$$i_t = \sigma(W_{xi} x_t + b_i) \qquad f_t = \sigma(W_{xf} x_t + b_f) \qquad g_t = W_{xg} x_t + b_g$$
$$f'_t = \frac{f_t}{f_t + i_t} \qquad i'_t = \frac{i_t}{f_t + i_t} \qquad h_t = f'_t \odot h_{t-1} + i'_t \odot g_t$$

The division makes the two shares add up to 1, so that the state's scale does not depend on the length of the sequence;
`normalised=False` leaves it out. The paper writes $\tilde h_t$ for the candidate $g_t$. There is no output gate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.cells.modern.base import ModernParams, Recurrence, Shapes, State, linear


@dataclass(frozen=True, eq=False, repr=False)
class MinLSTMParams(ModernParams):
    W_xi: Array  # (H, X)
    W_xf: Array  # (H, X)
    W_xg: Array  # (H, X)
    b_i: Array  # (H,)
    b_f: Array  # (H,)
    b_g: Array  # (H,)
    normalised: bool = True

    cell: ClassVar[str] = "min_lstm"
    output: ClassVar[str] = "hs"
    size_axes: ClassVar[Mapping[str, tuple[str, int]]] = {"X": ("W_xg", 1), "H": ("W_xg", 0)}
    letters: ClassVar[Mapping[str, str]] = {
        **{"hs": "h", "input_gate": "i", "forget_gate": "f", "candidate": "g"},
        **{"input_gate_pre": "a^i", "forget_gate_pre": "a^f", "gate_total": "s", "inverse_total": "r"},
        **{"input_share": "i'", "forget_share": "f'"},
    }

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        return {f"W_x{gate}": (H, X) for gate in "ifg"} | {f"b_{gate}": (H,) for gate in "ifg"}

    def initial_state(self) -> State:
        return {"hs": np.zeros(self.hidden_size)}

    @property
    def _kept_and_written(self) -> tuple[str, str]:
        return ("forget_share", "input_share") if self.normalised else ("forget_gate", "input_gate")

    def equations(self) -> list[str]:
        shares = [
            "gate_total[t,j] = forget_gate[t,j] + input_gate[t,j]",
            "inverse_total[t,j] = reciprocal( gate_total[t,j] )",
            "forget_share[t,j] = forget_gate[t,j] inverse_total[t,j]",
            "input_share[t,j] = input_gate[t,j] inverse_total[t,j]",
        ]
        kept, written = self._kept_and_written
        return [
            *linear("forget_gate", "f", "sigmoid"),
            *linear("input_gate", "i", "sigmoid"),
            *linear("candidate", "g"),
            *(shares if self.normalised else []),
            f"hs[t,j] = {kept}[t,j] hs[t-1,j] + {written}[t,j] candidate[t,j]",
        ]

    def recurrence(self, values: Mapping[str, Array]) -> Recurrence:
        kept, written = (values[name] for name in self._kept_and_written)
        return Recurrence(kept, written * values["candidate"], values["hs"][0])


def step(params: MinLSTMParams, x: Array, state: State) -> tuple[Array, State]:
    i = sigma(params.W_xi @ x + params.b_i)
    f = sigma(params.W_xf @ x + params.b_f)
    g = params.W_xg @ x + params.b_g
    if params.normalised:
        f, i = f / (f + i), i / (f + i)
    h = f * state["hs"] + i * g
    return h, {"hs": h}
