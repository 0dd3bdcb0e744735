r"""First weights from counts of the training text, so that training need not discover them symbol by symbol.

The readout's bias begins with the log of every symbol's frequency. The embedding begins with the best approximation of rank E
to the symbols' positive pointwise mutual information with their neighbours, so that symbols with similar neighbours have
similar rows (Levy and Goldberg 2014 show that Word2Vec factorises a shifted form of the same matrix):

$$\max\left(0, \log \frac{p(u, w)}{p(u)\, p(w)}\right) \approx U S W^\top, \qquad E = U \sqrt{S}$$
"""

import torch
from torch import Tensor

ITERATIONS = 4  # of the random method that finds the largest singular values
ABSENT = 1e-9  # a pair's count where it was not seen, because the logarithm of 0 is not finite


def log_frequencies(training: Tensor, size: int) -> Tensor:
    """(V,) with add-one smoothing."""
    counts = torch.bincount(training, minlength=size).to(torch.float32) + 1.0
    return torch.log(counts / counts.sum())


def neighbour_embedding(training: Tensor, size: int, columns: int) -> Tensor:
    """(V, E), E at most V and at most `columns`; the standard deviation of its numbers is 1."""
    pairs = torch.bincount(training[:-1] * size + training[1:], minlength=size * size).to(torch.float32)
    both = pairs.view(size, size) + pairs.view(size, size).T
    alone = both.sum(dim=1).clamp(min=1.0)
    information = torch.log(both * both.sum() / torch.outer(alone, alone) + ABSENT).clamp(min=0.0)
    left, values, _right = torch.svd_lowrank(information, q=min(columns, size), niter=ITERATIONS)
    rows = left * values.sqrt()
    return rows / rows.std().clamp(min=ABSENT)
