"""The code of claims about code, as tutorials print it, with the right code beside it, and its execution in NumPy.

Every text here is the project's own: nothing that a visitor writes is executed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Snippet:
    """`code` as the claim has it, `more` a second case of it, `right` the code that does what was meant."""

    code: str
    right: str
    more: str = ""


@dataclass(frozen=True)
class Execution:
    printed: str
    error: str  # "ValueError: ..." or nothing


def execute(code: str, given: Mapping[str, Any] | None = None) -> Execution:
    """Run a snippet, collecting what it prints: the process's own output stays untouched, because other threads use it."""
    lines: list[str] = []

    def collect(*values: object) -> None:
        lines.append(" ".join(map(str, values)))

    space: dict[str, Any] = {"__name__": "snippet", "print": collect, **(given or {})}
    try:
        exec(compile(code, "<snippet>", "exec"), space)
    except Exception as problem:  # whichever one the snippet raises is its result
        return Execution("\n".join(lines), f"{type(problem).__name__}: {problem}")
    return Execution("\n".join(lines), "")


def function_in(code: str, name: str, given: Mapping[str, Any]) -> Callable[..., Any]:
    """The function of this name that a snippet defines, with the values that it reads."""
    space: dict[str, Any] = dict(given)
    exec(compile(code, "<snippet>", "exec"), space)
    made: Callable[..., Any] = space[name]
    return made


_START = """import numpy as np

rng = np.random.default_rng(0)
"""
_SIGMOID = "sigmoid = lambda a: 1 / (1 + np.exp(-a))\n"

RUN_LAYER = """
def run_layer(cell, xs):
    h = np.zeros(cell.state_size)    # a layer makes the first state itself
    for x in xs:
        h = cell.step(x, h)
    return h

print(run_layer(GRUCell(4), np.ones((5, 2))).shape)"""

SNIPPETS: dict[int, Snippet] = {
    3: Snippet(
        f"""{_START}{_SIGMOID}W_hh, W_xh = rng.normal(size=(3, 3)), rng.normal(size=(3, 2))
h_prev, x, b = np.zeros(3), np.ones(2), np.zeros(3)
h = sigmoid(W_hh * h_prev + W_xh * x + b)
print(h.shape)""",
        f"""{_START}{_SIGMOID}W_hh, W_xh = rng.normal(size=(3, 3)), rng.normal(size=(3, 2))
h_prev, x, b = np.zeros(3), np.ones(2), np.zeros(3)
h = sigmoid(W_hh @ h_prev + W_xh @ x + b)
print(h.shape)""",
        f"""{_START}{_SIGMOID}W_hh, W_xh = rng.normal(size=(2, 2)), rng.normal(size=(2, 2))
h_prev, x, b = np.zeros(2), np.ones(2), np.zeros(2)
h = sigmoid(W_hh * h_prev + W_xh * x + b)
print(h.shape)""",
    ),
    5: Snippet(
        f"""{_START}i2h, i2o = rng.normal(size=(3, 4)), rng.normal(size=(1, 4))
hidden = np.zeros(3)
outputs = []
for x in (1.0, 0.0):
    combined = np.concatenate([[x], hidden])
    hidden = i2h @ combined          # no tanh
    outputs.append(i2o @ combined)   # from the old state
print(np.round(np.concatenate(outputs), 3))""",
        f"""{_START}i2h, h2o = rng.normal(size=(3, 4)), rng.normal(size=(1, 3))
hidden = np.zeros(3)
outputs = []
for x in (1.0, 0.0):
    hidden = np.tanh(i2h @ np.concatenate([[x], hidden]))
    outputs.append(h2o @ hidden)
print(np.round(np.concatenate(outputs), 3))""",
    ),
    6: Snippet(
        """import numpy as np

d_x, d_h = 2, 3
W_xh, W_hh = np.ones((d_x, d_h)), np.ones((d_h, d_h))
x, h = np.ones(d_x), np.zeros(d_h)
h = np.tanh(W_hh @ h + W_xh @ x)
print(h.shape)""",
        """import numpy as np

d_x, d_h = 2, 3
W_xh, W_hh = np.ones((d_x, d_h)), np.ones((d_h, d_h))
x, h = np.ones(d_x), np.zeros(d_h)
h = np.tanh(h @ W_hh + x @ W_xh)     # or W_xh.T @ x
print(h.shape)""",
    ),
    7: Snippet(
        """tanh = lambda x: tanh(x)
print(tanh(0.5))""",
        """import numpy as np

tanh = lambda x: np.tanh(x)
print(tanh(0.5))""",
    ),
    14: Snippet(
        """def backward(h, h_prev, x, dh_next):
    slope = h * (1 - h)
    return slope * (W_hh @ h_prev + W_xh @ x + b)""",
        """def backward(h, h_prev, x, dh_next):
    da = dh_next * h * (1 - h)
    return W_hh.T @ da""",
    ),
    15: Snippet(
        """def backward(dh, c, o, dc_next):
    return dh * np.tanh(c)""",
        """def backward(dh, c, o, dc_next):
    return dh * o * (1 - np.tanh(c) ** 2) + dc_next""",
    ),
    24: Snippet(
        """import numpy as np

W = np.array([1.0, -2.0])
data_loss = lambda W: (W.sum() - 1.0) ** 2
regularization_loss = 0.01 * (W**2).sum()   # a number, computed once

def slope(weights, of=0, step=1e-6):
    def loss(W):
        return weights[0] * data_loss(W) + weights[1] * regularization_loss
    up, down = W.copy(), W.copy()
    up[of] += step
    down[of] -= step
    return (loss(up) - loss(down)) / (2 * step)

print(round(slope([1, 0]), 6), round(slope([1, 1]), 6))""",
        """import numpy as np

W = np.array([1.0, -2.0])
data_loss = lambda W: (W.sum() - 1.0) ** 2
penalty = lambda W: 0.01 * (W**2).sum()     # a function of the weights

def slope(share, of=0, step=1e-6):
    def loss(W):
        return data_loss(W) + share * penalty(W)
    up, down = W.copy(), W.copy()
    up[of] += step
    down[of] -= step
    return (loss(up) - loss(down)) / (2 * step)

print(round(slope(0), 6), round(slope(1), 6))""",
    ),
    25: Snippet(
        """import numpy as np
import rnn_core as rc

params = rc.init_params("lstm", input_size=1, hidden_size=4, forget_bias=3.0)
series = np.sin(np.arange(20.0))[:, None]              # (T, features)
batch = series[:, None, :]                             # fed as 20 sequences of length 1
states = np.array([rc.run(params, each).hs[-1] for each in batch])
changed = series.copy()
changed[0] += 1.0
print(np.abs(rc.run(params, changed[-1:]).hs[-1] - states[-1]).max())""",
        """import numpy as np
import rnn_core as rc

params = rc.init_params("lstm", input_size=1, hidden_size=4, forget_bias=3.0)
series = np.sin(np.arange(20.0))[:, None]              # (T, features)
state = rc.run(params, series).hs[-1]                  # one sequence of length 20
changed = series.copy()
changed[0] += 1.0
print(np.abs(rc.run(params, changed).hs[-1] - state).max())""",
    ),
    28: Snippet(
        """words = "the cat sat on the mat".split()
symbols = sorted(set(words))
print(len(symbols), symbols)""",
        """text = "the cat sat on the mat"
symbols = sorted(set(text))
print(len(symbols), symbols)""",
    ),
    30: Snippet(
        """import numpy as np

class GRUCell:
    def __init__(self, units):
        self.units = units
    def step(self, x, h):
        return h
"""
        + RUN_LAYER,
        """import numpy as np

class GRUCell:
    def __init__(self, units):
        self.units = self.state_size = units
    def step(self, x, h):
        return h
"""
        + RUN_LAYER,
    ),
    31: Snippet(
        """import numpy as np
import rnn_core as rc
from rnn_core.blocks.convolution import convolve, max_pool

images = np.ones((1, 1, 8, 32))                        # (N, channels, height, width)
maps = max_pool(convolve(images, np.ones((4, 1, 3, 3)), np.zeros(4)), 2)
flat = maps.reshape(-1)                                # Flatten()
print(flat.shape)
params = rc.init_params("lstm", input_size=flat.size, hidden_size=4)
rc.run(params, flat)""",
        """import numpy as np
import rnn_core as rc
from rnn_core.blocks.convolution import convolve, max_pool

images = np.ones((1, 1, 8, 32))                        # (N, channels, height, width)
maps = max_pool(convolve(images, np.ones((4, 1, 3, 3)), np.zeros(4)), 2)
columns = maps[0].transpose(2, 0, 1).reshape(16, -1)   # one row for each column of the picture
print(columns.shape)
params = rc.init_params("lstm", input_size=columns.shape[1], hidden_size=4)
print(rc.run(params, columns).hs.shape)""",
    ),
    32: Snippet(
        """import numpy as np

def attention(query, values):
    scores = values @ query / np.sqrt(len(query))
    weights = np.exp(scores) / np.exp(scores).sum()
    return weights @ values

h = np.random.default_rng(0).normal(size=(6, 4))
for layer in (np.tanh, attention):                     # a stack passes one value on
    h = layer(h)""",
        """import numpy as np

def attention(query, values):
    scores = values @ query / np.sqrt(len(query))
    weights = np.exp(scores) / np.exp(scores).sum()
    return weights @ values

h = np.random.default_rng(0).normal(size=(6, 4))
print(attention(query=h[-1], values=h).shape)""",
    ),
    36: Snippet(
        """import numpy as np

text, picture = np.ones((2, 7, 16)), np.ones((2, 32))  # (B, T, E) and (B, F)
np.concatenate([text, picture], axis=-1)""",
        """import numpy as np

text, picture = np.ones((2, 7, 16)), np.ones((2, 32))  # (B, T, E) and (B, F)
last = text[:, -1]                                     # in a network: the last state of an RNN over the text
print(np.concatenate([last, picture], axis=-1).shape)
every_step = np.repeat(picture[:, None], 7, axis=1)    # or the picture at every step
print(np.concatenate([text, every_step], axis=-1).shape)""",
    ),
    37: Snippet(
        """class Graph:
    def __init__(self):
        self.steps = []
    def add(self, step):
        self.steps.append(step)
    def run(self, x):
        for step in self.steps:
            x = step(x)
        return x

graph = Graph()
graph.add(lambda x: x + 1)
graph.add(lambda x: x / 0)    # the mistake
graph.add(lambda x: x * 2)
graph.run(3)                  # the graph was built before: the error appears here""",
        """x = 3
x = x + 1
x = x / 0    # executed at once: the error appears at the mistake
x = x * 2""",
    ),
}
