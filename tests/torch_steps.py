"""One step of every cell and form, written a second time from the published equations, in torch, for autograd.

reference.py runs a whole sequence and notes every value; this is for tests that need the step alone, with tensors in and out.
"""

import torch

import rnn_core as rc
from rnn_core.params.build import weights_of


def torch_step(params, x, h, c=None, weights=None):
    """The next (h, c) from input x (X,), h and c (H,); c is None but for the LSTM.

    `weights` are the tensors to use instead of copies of those in `params`, when gradients on them are wanted.
    """
    w = weights or {name: torch.from_numpy(weight) for name, weight in weights_of(params).items()}

    def pre(gate):
        return w["W_x" + gate] @ x + w["W_h" + gate] @ h + w["b_" + gate]

    if isinstance(params, rc.RNNParams):
        phi = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "linear": lambda a: a}
        return phi[params.activation](pre("h")), None
    if isinstance(params, rc.LSTMParams):
        looks, f = params.variant == "peephole", torch.ones_like(c)
        if params.variant != "no_forget":
            f = torch.sigmoid(pre("f") + (w["w_cf"] * c if looks else 0))
        i = 1 - f if params.variant == "coupled" else torch.sigmoid(pre("i") + (w["w_ci"] * c if looks else 0))
        c = f * c + i * torch.tanh(pre("g"))
        o = torch.sigmoid(pre("o") + (w["w_co"] * c if looks else 0))
        return o * torch.tanh(c), c
    r, z = torch.sigmoid(pre("r")), torch.sigmoid(pre("z"))
    if params.reset == "after":
        n = torch.tanh(w["W_xn"] @ x + w["b_n"] + r * (w["W_hn"] @ h + w["b_hn"]))
    else:
        n = torch.tanh(w["W_xn"] @ x + w["b_n"] + w["W_hn"] @ (r * h))
    return (z * h + (1 - z) * n if params.z_keeps else (1 - z) * h + z * n), None
