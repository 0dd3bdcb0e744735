r"""Pascanu, Mikolov and Bengio's regulariser (2013, section 3.3): gradients should keep their norm through time.

$$\Omega = \sum_t \Big( \frac{\lVert \delta_{t+1} W_{hh} \operatorname{diag}(\phi'(a_{t+1})) \rVert}{\lVert \delta_{t+1} \rVert} - 1 \Big)^2$$

with $\delta_t = \partial L / \partial h_t$. As in the paper, only the immediate derivative with respect to $W_{hh}$ is used:
the states and the $\delta$ are treated as constants.
"""

import torch
from torch import Tensor


def regulariser(W_hh: Tensor, hs: Tensor, direct: Tensor, relu: bool) -> Tensor:
    """W_hh (H, H), states hs (B, T, H) and the loss's direct gradient on them (B, T, H) -> the mean of Omega per step."""
    slopes = (hs > 0).to(hs.dtype) if relu else 1.0 - hs.square()
    delta = direct[:, -1]
    ratios = []
    for t in range(hs.shape[1] - 1, 0, -1):  # the step from h_t back to h_{t-1}, t counted from 0
        through = (delta * slopes[:, t]) @ W_hh  # (B, H)
        size = delta.norm(dim=1)
        there = size > 0  # no gradient has reached this sequence yet, so it does not count
        ratios.append(torch.where(there, through.norm(dim=1) / torch.where(there, size, 1.0), 1.0))
        delta = through.detach() + direct[:, t - 1]
    return (torch.stack(ratios) - 1.0).square().mean() if ratios else W_hh.sum() * 0.0
