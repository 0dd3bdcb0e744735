r"""The GRU (Cho et al. 2014), in its four published forms.

$$r_t = \sigma(W_{xr} x_t + W_{hr} h_{t-1} + b_r) \qquad z_t = \sigma(W_{xz} x_t + W_{hz} h_{t-1} + b_z)$$
`reset="after"` (torch, cuDNN, Keras `reset_after=True`):
$$n_t = \tanh(W_{xn} x_t + b_n + r_t \odot (W_{hn} h_{t-1} + b_{hn}))$$
`reset="before"` (Cho et al. 2014, Keras `reset_after=False`):
$$n_t = \tanh(W_{xn} x_t + b_n + W_{hn} (r_t \odot h_{t-1}))$$
`z_keeps=True`:  $h_t = z_t \odot h_{t-1} + (1 - z_t) \odot n_t$;
`z_keeps=False`: $h_t = (1 - z_t) \odot h_{t-1} + z_t \odot n_t$.
"""

from dataclasses import dataclass
from typing import Literal

from rnn_core.types import Array, Gradients, Trace

Reset = Literal["after", "before"]


@dataclass(frozen=True)
class GRUParams:
    W_xr: Array  # (H, X)
    W_xz: Array  # (H, X)
    W_xn: Array  # (H, X)
    W_hr: Array  # (H, H)
    W_hz: Array  # (H, H)
    W_hn: Array  # (H, H)
    b_r: Array  # (H,)
    b_z: Array  # (H,)
    b_n: Array  # (H,)
    b_hn: Array | None = None  # (H,) the inner bias; only with reset="after"
    reset: Reset = "after"
    z_keeps: bool = True


@dataclass(frozen=True)
class GRUTrace(Trace):
    params: GRUParams
    reset_gate: Array  # (T, H)
    update_gate: Array  # (T, H)
    candidate: Array  # (T, H)
    reset_gate_x: Array  # (T, H)
    reset_gate_h: Array  # (T, H)
    reset_gate_pre: Array  # (T, H)
    update_gate_x: Array
    update_gate_h: Array
    update_gate_pre: Array
    candidate_x: Array  # (T, H) W_xn @ x_t
    candidate_h: Array  # (T, H) after: W_hn @ h_{t-1} + b_hn; before: W_hn @ (r_t * h_{t-1})
    candidate_pre: Array  # (T, H)
    reset_h: Array  # (T, H) after: r_t * candidate_h; before: r_t * h_{t-1}


@dataclass(frozen=True)
class GRUGradients(Gradients):
    params: GRUParams
    dreset_gate: Array  # (T, H)
    dupdate_gate: Array  # (T, H)
    dcandidate: Array  # (T, H)
    dreset_gate_pre: Array  # (T, H)
    dupdate_gate_pre: Array  # (T, H)
    dcandidate_pre: Array  # (T, H)
    dreset_h: Array  # (T, H)
