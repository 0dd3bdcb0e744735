"""The cells as one would write them in torch to see inside: a loop over time that keeps what our trace keeps.

Written to be quick: one product for all inputs at once, one for all gates a step, and no bookkeeping but the lists.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Kept = dict[str, list[Tensor]]


def rnn(layer: torch.nn.RNN, xs: Tensor, note: Callable[[Tensor], Tensor]) -> Kept:
    kept: Kept = {name: [] for name in ("pre_h", "pre", "h")}
    h = torch.zeros(layer.hidden_size, dtype=xs.dtype)
    for from_x in torch.addmm(layer.bias_ih_l0, xs, layer.weight_ih_l0.T).unbind():
        pre_h = layer.weight_hh_l0 @ h
        pre = note(from_x + pre_h)
        h = note(torch.tanh(pre))
        for name, value in zip(kept, (pre_h, pre, h), strict=True):
            kept[name].append(value)
    return kept


def lstm(layer: torch.nn.LSTM, xs: Tensor, note: Callable[[Tensor], Tensor]) -> Kept:
    kept: Kept = {name: [] for name in ("pre_h", "pre", "i", "f", "g", "o", "c", "tanh_c", "h")}
    h = c = torch.zeros(layer.hidden_size, dtype=xs.dtype)
    for from_x in torch.addmm(layer.bias_ih_l0, xs, layer.weight_ih_l0.T).unbind():
        pre_h = layer.weight_hh_l0 @ h
        pre = note(from_x + pre_h)
        a_i, a_f, a_g, a_o = pre.chunk(4)
        i, f = note(torch.sigmoid(a_i)), note(torch.sigmoid(a_f))
        g, o = note(torch.tanh(a_g)), note(torch.sigmoid(a_o))
        c = note(f * c + i * g)
        tanh_c = note(torch.tanh(c))
        h = note(o * tanh_c)
        for name, value in zip(kept, (pre_h, pre, i, f, g, o, c, tanh_c, h), strict=True):
            kept[name].append(value)
    return kept


def gru(layer: torch.nn.GRU, xs: Tensor, note: Callable[[Tensor], Tensor]) -> Kept:
    kept: Kept = {name: [] for name in ("pre_h", "pre_rz", "r", "z", "reset_h", "pre_n", "n", "h")}
    h, H = torch.zeros(layer.hidden_size, dtype=xs.dtype), layer.hidden_size
    for from_x in torch.addmm(layer.bias_ih_l0, xs, layer.weight_ih_l0.T).unbind():
        pre_h = note(torch.addmv(layer.bias_hh_l0, layer.weight_hh_l0, h))
        pre_rz = note(from_x[: 2 * H] + pre_h[: 2 * H])
        a_r, a_z = pre_rz.chunk(2)
        r, z = note(torch.sigmoid(a_r)), note(torch.sigmoid(a_z))
        reset_h = note(r * pre_h[2 * H :])
        pre_n = note(from_x[2 * H :] + reset_h)
        n = note(torch.tanh(pre_n))
        h = note(n + z * (h - n))
        for name, value in zip(kept, (pre_h, pre_rz, r, z, reset_h, pre_n, n, h), strict=True):
            kept[name].append(value)
    return kept


LOOPS = {"rnn": rnn, "lstm": lstm, "gru": gru}


def forward(cell: str, layer: torch.nn.RNNBase, xs: Tensor) -> dict[str, Tensor]:
    """Every kept value as one array, (T, size)."""
    with torch.no_grad():
        kept = LOOPS[cell](layer, xs, lambda value: value)
        return {name: torch.stack(values) for name, values in kept.items()}


def graph(cell: str, layer: torch.nn.RNNBase, xs: Tensor) -> Kept:
    """The same with autograd's graph behind it, and every kept value asked to keep its gradient."""

    def note(value: Tensor) -> Tensor:
        value.retain_grad()
        return value

    layer.zero_grad()
    return LOOPS[cell](layer, xs.clone().requires_grad_(), note)
