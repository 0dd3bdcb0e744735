"""The core against torch on the same weights and inputs: states, and every gradient, in float64.

The reference is torch's own layer if torch has that form of the cell. The other forms are written as torch operations,
and torch's automatic differentiation computes their gradients.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from rnn_core.arrays import Array
from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.formats.torch_check import TorchCheck
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

Weights = dict[str, Tensor]
ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "linear": lambda a: a,
}


def compare_with_torch(params: Params, xs: Array) -> TorchCheck:
    """Compares the states, and the gradients of a loss that is the sum of all states with fixed random weights."""
    trace = run(params, xs)
    dhs = np.random.default_rng(0).normal(size=trace.hs[1:].shape)
    ours = bptt(trace, dhs)

    weights = {
        name: torch.tensor(value, requires_grad=True)
        for name, value in vars(params).items()
        if isinstance(value, np.ndarray)
    }
    x = torch.tensor(xs, dtype=torch.float64, requires_grad=True)
    layer = _torch_layer(params)
    hs = _written_out(params, weights, x) if layer is None else _fused(layer, params, weights, x)
    (hs * torch.tensor(dhs)).sum().backward()  # type: ignore[no-untyped-call]

    pairs = [(ours.dxs, x.grad)] + [(getattr(ours.params, name), weight.grad) for name, weight in weights.items()]
    theirs = [np.zeros_like(own) if grad is None else grad.numpy() for own, grad in pairs]
    return TorchCheck(
        forward=float(np.abs(trace.hs[1:] - hs.detach().numpy()).max()),
        gradient=max(float(np.abs(own - other).max()) for (own, _), other in zip(pairs, theirs, strict=True)),
        largest_gradient=max(float(np.abs(other).max()) for other in theirs),
        judge="torch autograd" if layer is None else f"torch.nn.{type(layer).__name__}",
    )


def _torch_layer(params: Params) -> nn.RNNBase | None:
    """torch's own layer, or None if torch lacks this form of the cell."""
    sizes = (params.input_size, params.hidden_size)
    match params:
        case RNNParams(activation="tanh" | "relu"):
            return nn.RNN(*sizes, nonlinearity=params.activation, dtype=torch.float64)
        case LSTMParams(variant="standard"):
            return nn.LSTM(*sizes, dtype=torch.float64)
        case GRUParams(reset="after", z_keeps=True):
            return nn.GRU(*sizes, dtype=torch.float64)
        case _:
            return None


def _fused(layer: nn.RNNBase, params: Params, weights: Weights, xs: Tensor) -> Tensor:
    """torch's layer with our weights in its order; its second bias is the GRU's inner one, and 0 elsewhere."""
    gates = {"rnn": "h", "lstm": "ifgo", "gru": "rzn"}[params.cell]
    zero = torch.zeros(params.hidden_size, dtype=torch.float64)
    stacked = {
        "weight_ih_l0": torch.cat([weights[f"W_x{gate}"] for gate in gates]),
        "weight_hh_l0": torch.cat([weights[f"W_h{gate}"] for gate in gates]),
        "bias_ih_l0": torch.cat([weights[f"b_{gate}"] for gate in gates]),
        "bias_hh_l0": torch.cat([weights.get(f"b_h{gate}", zero) for gate in gates]),
    }
    hs: Tensor = torch.func.functional_call(layer, stacked, (xs,))[0]
    return hs


def _written_out(params: Params, w: Weights, xs: Tensor) -> Tensor:
    """The states (T, H), one equation a line."""
    H = params.hidden_size
    h = c = torch.zeros(H, dtype=torch.float64)

    def pre(gate: str, x: Tensor, h: Tensor) -> Tensor:
        return w[f"W_x{gate}"] @ x + w[f"W_h{gate}"] @ h + w[f"b_{gate}"]

    hs = []
    for x in xs:
        match params:
            case RNNParams():
                h = ACTIVATIONS[params.activation](pre("h", x, h))
            case LSTMParams():
                peephole = params.variant == "peephole"
                see_i, see_f = (w["w_ci"] * c, w["w_cf"] * c) if peephole else (0.0, 0.0)
                f = torch.ones(H) if params.variant == "no_forget" else torch.sigmoid(pre("f", x, h) + see_f)
                i = 1.0 - f if params.variant == "coupled" else torch.sigmoid(pre("i", x, h) + see_i)
                c = f * c + i * torch.tanh(pre("g", x, h))
                o = torch.sigmoid(pre("o", x, h) + (w["w_co"] * c if peephole else 0.0))
                h = o * torch.tanh(c)
            case GRUParams():
                r, z = torch.sigmoid(pre("r", x, h)), torch.sigmoid(pre("z", x, h))
                if params.reset == "after":
                    inner = w["W_hn"] @ h + w["b_hn"] if "b_hn" in w else w["W_hn"] @ h
                    n = torch.tanh(w["W_xn"] @ x + w["b_n"] + r * inner)
                else:
                    n = torch.tanh(w["W_xn"] @ x + w["b_n"] + w["W_hn"] @ (r * h))
                h = z * h + (1.0 - z) * n if params.z_keeps else (1.0 - z) * h + z * n
        hs.append(h)
    return torch.stack(hs)
