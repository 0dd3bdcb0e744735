"""Convolution and pooling in NumPy are torch's, forward and backward."""

import numpy as np
import torch
from torch.nn import functional as F

from rnn_core.blocks.convolution import convolve, convolve_back, max_pool, max_pool_back


def test_convolution_and_pooling_and_their_gradients_are_those_of_torch():
    rng = np.random.default_rng(0)
    images, weight, bias = rng.normal(size=(2, 3, 6, 8)), rng.normal(size=(5, 3, 3, 3)), rng.normal(size=5)
    given = torch.from_numpy(images).requires_grad_()
    maps = F.conv2d(given, torch.from_numpy(weight), torch.from_numpy(bias), padding=1)
    maps.retain_grad()
    pooled = F.max_pool2d(maps, 2)
    push = rng.normal(size=tuple(pooled.shape))
    (pooled * torch.from_numpy(push)).sum().backward()

    mine = convolve(images, weight, bias)
    np.testing.assert_allclose(mine, maps.detach().numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(max_pool(mine, 2), pooled.detach().numpy(), rtol=0, atol=1e-12)
    dmaps = max_pool_back(push, mine, 2)
    np.testing.assert_allclose(dmaps, maps.grad.numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(convolve_back(dmaps, weight), given.grad.numpy(), rtol=0, atol=1e-12)
