"""The network of the study in torch, for several seeds at once: a cell of `learn/layers.py` and its readout."""

from torch import Tensor
from torch.nn import functional as F

from rnn_core.learn.layers import LAYERS, Weights
from rnn_core.studies.tracking.transformer import transformer
from rnn_core.studies.tracking.weights import TRANSFORMER


def outputs(cell: str, weights: Weights, x: Tensor) -> Tensor:
    """(S, B, T, X) -> the scores of the classes (S, B, T, Y)."""
    own = {name: value for name, value in weights.items() if not name.startswith("readout.")}
    w_r, b_r, w_y, b_y = (weights[f"readout.{name}"] for name in ("W_r", "b_r0", "W_y", "b_y"))
    ys = transformer(x, own) if cell == TRANSFORMER else LAYERS[cell](x, own)
    inner = F.gelu(ys @ w_r.mT[:, None] + b_r[:, None, None])
    return inner @ w_y.mT[:, None] + b_y[:, None, None]


def share_right(scores: Tensor, targets: Tensor) -> Tensor:
    """(S,): the share of right answers; where every step is asked, of those in the last quarter."""
    right, counted = scores.argmax(-1) == targets, targets >= 0
    if bool(counted.all()):
        counted[:, :, : -(targets.shape[2] // 4)] = False
    return (right & counted).sum((1, 2)) / counted.sum((1, 2))
