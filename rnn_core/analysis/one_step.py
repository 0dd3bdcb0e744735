r"""The Jacobian of each step: the derivative of its new state by the state that it read.

RNN: $\partial h_t / \partial h_{t-1} = D_t W_{hh}$ with $D_t$ the diagonal of the slopes.

LSTM: the state is the pair (h, c). With $\partial c_t/\partial h_{t-1} = \sum_{i,f,g} \mathrm{diag}(\cdot)\,W_{h\cdot}$
and $\partial c_t/\partial c_{t-1}$ diagonal (f, and what peepholes add),
$$\frac{\partial h_t}{\partial \cdot} = \mathrm{diag}\Big(\frac{\partial h_t}{\partial c_t}\Big)
\frac{\partial c_t}{\partial \cdot} + \mathrm{diag}\Big(\frac{\partial h_t}{\partial a^o_t}\Big)
\frac{\partial a^o_t}{\partial \cdot}.$$

GRU: $\mathrm{diag}(\text{carry}) + \mathrm{diag}(\cdot) W_{hz} + \mathrm{diag}(\cdot)\,\partial n_t/\partial h_{t-1}$.

The slopes are those of the cells' backward pass, so interventions stop the same gradients here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells import AnyTrace, GRUTrace, LSTMTrace, RNNTrace, gru_fast, lstm_fast, rnn_fast
from rnn_core.cells.interventions import InterventionMasks
from rnn_core.errors import check_kind, check_numbers

ignore_overflow = np.errstate(all="ignore")  # a trace reports overflow in `first_bad`, without a warning
_BLOCK = 2**20  # numbers in the Jacobians of one block of steps: 8 MiB


@dataclass(frozen=True)
class StepJacobians:
    """d(new state) / d(state read) of n steps. The state is h, S = H; for an LSTM it is (h, c), S = 2H."""

    by_h: Array  # (n, S, H) by h_{t-1}
    c_by_c: Array | None = None  # (n, H) dc_t/dc_{t-1}, which is diagonal; LSTM only
    h_by_c: Array | None = None  # (n, H) dh_t/dc_t within the step: h_t depends on c_{t-1} through c_t only

    def total_on_c(self, k: int, products: Array) -> Array:
        """(rows, H): total derivatives by c_t, which include h_t = o_t * tanh(c_t)."""
        H = self.by_h.shape[2]
        return np.asarray(products[:, H:] + products[:, :H] * self.h_by_c[k]) if self.h_by_c is not None else products

    def send_back(self, k: int, products: Array) -> Array:
        """Turns `products` (rows, S), derivatives by the new state of step k, into derivatives by the state that the step read."""
        by_h: Array = products @ self.by_h[k]
        if self.c_by_c is None:
            return by_h
        return np.concatenate((by_h, self.total_on_c(k, products) * self.c_by_c[k]), axis=1)

    def dense(self) -> Array:
        """(n, S, S): every Jacobian as one matrix."""
        if self.c_by_c is None or self.h_by_c is None:
            return self.by_h
        n, S, H = self.by_h.shape
        whole, unit = np.zeros((n, S, S)), np.arange(H)
        whole[:, :, :H] = self.by_h
        whole[:, unit, H + unit] = self.h_by_c * self.c_by_c
        whole[:, H + unit, H + unit] = self.c_by_c
        return whole


def masks_of(trace: AnyTrace) -> InterventionMasks:
    T, H = trace.xs.shape[0], trace.params.hidden_size
    return InterventionMasks(trace.interventions, T, H, trace.gates, cell=isinstance(trace, LSTMTrace))


def step_jacobians_of(trace: AnyTrace) -> Callable[[slice], StepJacobians]:
    """A function that returns the Jacobians of a block of steps. All of them at once may not fit in memory."""
    check_kind("trace", trace, AnyTrace)
    if isinstance(trace, RNNTrace):
        return partial(_rnn, trace, rnn_fast.slopes(trace, masks_of(trace)))
    if isinstance(trace, LSTMTrace):
        return partial(_lstm, trace, lstm_fast.slopes(trace, masks_of(trace)))
    return partial(_gru, trace, gru_fast.slopes(trace, masks_of(trace)))


def state_size(trace: AnyTrace) -> int:
    """S: 2H for the LSTM, whose state is (h, c), H for the others."""
    return trace.params.hidden_size * (2 if isinstance(trace, LSTMTrace) else 1)


def blocks_of_steps(trace: AnyTrace) -> list[slice]:
    """The T steps in blocks whose Jacobians take a few megabytes each, first to last."""
    T, S = len(trace.xs), state_size(trace)
    length = max(1, _BLOCK // (S * S))
    return [slice(start, min(start + length, T)) for start in range(0, T, length)]


@ignore_overflow
def step_jacobians(trace: AnyTrace) -> Array:
    """(T, S, S): d(new state) / d(state read) of each step; the state is h, or (h, c) for the LSTM.

    >>> import rnn_core as rc
    >>> step_jacobians(rc.run(rc.init_params("lstm", 2, 3), np.ones((5, 2)))).shape  # the state is (h, c)
    (5, 6, 6)
    """
    jacobians_of_steps = step_jacobians_of(trace)
    check_numbers("trace", len(trace.xs) * state_size(trace) ** 2)
    return jacobians_of_steps(slice(None)).dense()


def _rows(factors: Array, matrix: Array) -> Array:
    """(n, H, H): diag(factors[t]) @ matrix for each of the n steps."""
    return np.asarray(factors[:, :, None] * matrix)


def _rnn(trace: RNNTrace, local: rnn_fast.RNNSlopes, steps: slice) -> StepJacobians:
    return StepJacobians(_rows(local.h_by_pre[steps], trace.params.W_hh))


def _lstm(trace: LSTMTrace, local: lstm_fast.LSTMSlopes, steps: slice) -> StepJacobians:
    params, h_by_c, c_by_c = trace.params, local.h_by_c[steps], local.c_by_c[steps]
    h_by_o_pre = local.h_by_o[steps] * local.o_by_pre[steps]
    c_by_h = np.zeros((len(h_by_c), *params.W_ho.shape))
    for W_h, c_by_gate, gate_by_pre, peephole in (
        (params.W_hi, local.c_by_i, local.i_by_pre, params.w_ci),
        (params.W_hf, local.c_by_f, local.f_by_pre, params.w_cf),
        (params.W_hg, local.c_by_g, local.g_by_pre, None),
    ):
        if W_h is not None:
            c_by_pre = c_by_gate[steps] * gate_by_pre[steps]
            c_by_h += _rows(c_by_pre, W_h)
            c_by_c = c_by_c if peephole is None else c_by_c + c_by_pre * peephole
    h_by_c = h_by_c if params.w_co is None else h_by_c + h_by_o_pre * params.w_co
    h_by_h = _rows(h_by_o_pre, params.W_ho) + h_by_c[:, :, None] * c_by_h
    return StepJacobians(np.concatenate((h_by_h, c_by_h), axis=1), c_by_c, h_by_c)


def _gru(trace: GRUTrace, local: gru_fast.GRUSlopes, steps: slice) -> StepJacobians:
    params, unit = trace.params, np.arange(trace.params.hidden_size)
    h_by_n_pre = local.h_by_n[steps] * local.n_by_pre[steps]
    h_by_z_pre = local.h_by_z[steps] * local.z_by_pre[steps]
    reset_h_by_h = _rows(local.reset_h_by_r[steps] * local.r_by_pre[steps], params.W_hr)
    if params.reset == "after":  # reset_h = r * (W_hn h + b_hn) is a summand of n's pre-activation
        n_pre_by_h = reset_h_by_h + _rows(trace.reset_gate[steps], params.W_hn)
    else:  # W_hn reset_h, with reset_h = r * h, is a summand of n's pre-activation
        reset_h_by_h[:, unit, unit] += trace.reset_gate[steps]
        n_pre_by_h = params.W_hn @ reset_h_by_h
    h_by_h = _rows(h_by_z_pre, params.W_hz) + h_by_n_pre[:, :, None] * n_pre_by_h
    h_by_h[:, unit, unit] += local.h_by_h[steps]
    return StepJacobians(h_by_h)
