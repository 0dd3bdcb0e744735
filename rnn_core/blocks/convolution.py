"""A convolution and a max-pooling over pictures, forward and backward, equal to torch's Conv2d and max_pool2d.

Each window of the picture becomes a row of numbers (im2col), so that the convolution is one matrix product.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rnn_core.arrays import Array


def _windows(images: Array, size: int) -> Array:
    """(N, h, w, C*size*size): the window around each pixel of pictures (N, C, h, w), zero-padded at the edge."""
    edge = size // 2
    wide = np.pad(images, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    seen = sliding_window_view(wide, (size, size), axis=(2, 3))  # (N, C, h, w, size, size)
    N, C, h, w = seen.shape[:4]
    return seen.transpose(0, 2, 3, 1, 4, 5).reshape(N, h, w, C * size * size)


def convolve(images: Array, weight: Array, bias: Array) -> Array:
    """Pictures (N, C, h, w) and weights (K, C, size, size) of odd size -> (N, K, h, w)."""
    seen = _windows(images, weight.shape[-1])
    return np.ascontiguousarray((seen @ weight.reshape(len(weight), -1).T + bias).transpose(0, 3, 1, 2))


def convolve_back(dout: Array, weight: Array) -> Array:
    """The gradient on the pictures from that on the output: a convolution with the flipped kernels."""
    turned = weight.transpose(1, 0, 2, 3)[:, :, ::-1, ::-1]
    return convolve(dout, turned, np.zeros(len(turned)))


def _blocks(images: Array, size: int) -> Array:
    """(N, C, h/size, w/size, size*size)."""
    N, C, h, w = images.shape
    split = images.reshape(N, C, h // size, size, w // size, size)
    return split.transpose(0, 1, 2, 4, 3, 5).reshape(N, C, h // size, w // size, size * size)


def max_pool(images: Array, size: int) -> Array:
    """The largest number of each block; h and w are multiples of the size.

    >>> max_pool(np.arange(16.0).reshape(1, 1, 4, 4), size=2)[0, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """
    return np.asarray(_blocks(images, size).max(axis=-1))


def max_pool_back(dout: Array, images: Array, size: int) -> Array:
    """The gradient reaches the largest number of each block, the first one if several are equal."""
    blocks = _blocks(images, size)
    flat = np.zeros_like(blocks)
    np.put_along_axis(flat, blocks.argmax(axis=-1)[..., None], dout[..., None], axis=-1)
    N, C, h, w = images.shape
    split = flat.reshape(N, C, h // size, w // size, size, size)
    return split.transpose(0, 1, 2, 4, 3, 5).reshape(N, C, h, w)
