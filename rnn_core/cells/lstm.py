r"""The LSTM (Hochreiter and Schmidhuber 1997; forget gate: Gers, Schmidhuber and Cummins 2000).

$$i_t = \sigma(W_{xi} x_t + W_{hi} h_{t-1} + b_i) \qquad f_t = \sigma(W_{xf} x_t + W_{hf} h_{t-1} + b_f)$$
$$g_t = \tanh(W_{xg} x_t + W_{hg} h_{t-1} + b_g) \qquad o_t = \sigma(W_{xo} x_t + W_{ho} h_{t-1} + b_o)$$
$$c_t = f_t \odot c_{t-1} + i_t \odot g_t \qquad h_t = o_t \odot \tanh(c_t)$$

Variants: `no_forget` (1997: f = 1 always), `peephole` (i and f also see c_{t-1}, o also sees c_t),
`coupled` (i = 1 - f).
"""

from dataclasses import dataclass
from typing import Literal

from rnn_core.types import Array, Gradients, Trace

LSTMVariant = Literal["standard", "no_forget", "peephole", "coupled"]


@dataclass(frozen=True)
class LSTMParams:
    """Fields that a variant does not have are None (`no_forget`: forget gate; `coupled`: input gate)."""

    W_xi: Array | None  # (H, X)
    W_xf: Array | None  # (H, X)
    W_xg: Array  # (H, X)
    W_xo: Array  # (H, X)
    W_hi: Array | None  # (H, H)
    W_hf: Array | None  # (H, H)
    W_hg: Array  # (H, H)
    W_ho: Array  # (H, H)
    b_i: Array | None  # (H,)
    b_f: Array | None  # (H,)
    b_g: Array  # (H,)
    b_o: Array  # (H,)
    w_ci: Array | None = None  # (H,) peephole: i sees c_{t-1}
    w_cf: Array | None = None  # (H,) peephole: f sees c_{t-1}
    w_co: Array | None = None  # (H,) peephole: o sees c_t
    variant: LSTMVariant = "standard"


@dataclass(frozen=True)
class LSTMTrace(Trace):
    params: LSTMParams
    cs: Array  # (T+1, H) cs[0] = c_0
    input_gate: Array  # (T, H)
    forget_gate: Array  # (T, H)
    candidate: Array  # (T, H)
    output_gate: Array  # (T, H)
    tanh_c: Array  # (T, H) tanh(c_t)
    # Pre-activations, split: <gate>_pre = <gate>_x + <gate>_h (+ <gate>_c with peepholes) + b
    input_gate_x: Array  # (T, H) W_xi @ x_t
    input_gate_h: Array  # (T, H) W_hi @ h_{t-1}
    input_gate_pre: Array  # (T, H)
    forget_gate_x: Array
    forget_gate_h: Array
    forget_gate_pre: Array
    candidate_x: Array
    candidate_h: Array
    candidate_pre: Array
    output_gate_x: Array
    output_gate_h: Array
    output_gate_pre: Array


@dataclass(frozen=True)
class LSTMGradients(Gradients):
    params: LSTMParams
    dcs: Array  # (T+1, H) total gradient on c_0..c_T
    dinput_gate: Array  # (T, H)
    dforget_gate: Array  # (T, H)
    dcandidate: Array  # (T, H)
    doutput_gate: Array  # (T, H)
    dtanh_c: Array  # (T, H)
    dinput_gate_pre: Array  # (T, H)
    dforget_gate_pre: Array  # (T, H)
    dcandidate_pre: Array  # (T, H)
    doutput_gate_pre: Array  # (T, H)
    # Where the gradient on c_t came from (they add up to dcs): along the cell through f_{t+1}, from h_t through o_t
    dcs_through_forget: Array  # (T+1, H)
    dcs_through_output: Array  # (T+1, H)
