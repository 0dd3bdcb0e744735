r"""One block of a Transformer (Vaswani et al. 2017, arXiv 1706.03762) in torch, with a causal mask and one head.

$$e_t = W_e x_t + p_t \qquad a_t = e_t + W_o \sum_{s \le t} \alpha_{ts} W_v e_s \qquad y_t = a_t + W_p\,\mathrm{GELU}(W_m a_t + b_m) + b_p$$

with $\alpha_{ts}$ the softmax over $s$ of $(W_q e_t)^\top (W_k e_s) / \sqrt D$, and positions $p_t$ of sines and cosines.
Published blocks divide every vector by its size before attention and before the second layer; with one block it is left out.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from rnn_core.blocks.positions import sine_positions
from rnn_core.learn.layers import Weights


def transformer(x: Tensor, w: Weights) -> Tensor:
    """(S, B, T, X) -> (S, B, T, D)."""
    e = x @ w["W_e"].mT[:, None]
    e = e + torch.tensor(sine_positions(x.shape[2], e.shape[-1]), dtype=x.dtype)
    q, k, v = (e @ w[f"W_{letter}"].mT[:, None] for letter in "qkv")
    future = torch.ones(x.shape[2], x.shape[2], dtype=torch.bool).triu(diagonal=1)
    scores = (q @ k.mT / math.sqrt(q.shape[-1])).masked_fill(future, -math.inf)
    a = e + torch.softmax(scores, dim=-1) @ v @ w["W_o"].mT[:, None]
    inner = F.gelu(a @ w["W_m"].mT[:, None] + w["b_m"][:, None, None])
    return a + inner @ w["W_p"].mT[:, None] + w["b_p"][:, None, None]
