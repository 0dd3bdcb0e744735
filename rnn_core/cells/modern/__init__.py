"""The modern cells: their equations, and a plain step of each. `passes/modern.py` runs them."""

from collections.abc import Callable, Mapping
from typing import Any

from rnn_core.arrays import Array
from rnn_core.cells.modern import (
    attention,
    delta_net,
    linear_attention,
    lru,
    min_gru,
    min_lstm,
    mlstm,
    rg_lru,
    rwkv7,
    s4d,
    selective,
    slstm,
)
from rnn_core.cells.modern.base import ModernParams, State

# Every kind of parameters and its plain step.
CELLS: Mapping[str, tuple[type[ModernParams], Callable[[Any, Array, State], tuple[Array, State]]]] = {
    "min_gru": (min_gru.MinGRUParams, min_gru.step),
    "min_lstm": (min_lstm.MinLSTMParams, min_lstm.step),
    "lru": (lru.LRUParams, lru.step),
    "s4d": (s4d.S4DParams, s4d.step),
    "rg_lru": (rg_lru.RGLRUParams, rg_lru.step),
    "selective": (selective.SelectiveParams, selective.step),
    "slstm": (slstm.SLSTMParams, slstm.step),
    "mlstm": (mlstm.MLSTMParams, mlstm.step),
    "linear_attention": (linear_attention.LinearAttentionParams, linear_attention.step),
    "delta_net": (delta_net.DeltaNetParams, delta_net.step),
    "rwkv7": (rwkv7.RWKV7Params, rwkv7.step),
    "attention": (attention.AttentionParams, attention.step),
}
