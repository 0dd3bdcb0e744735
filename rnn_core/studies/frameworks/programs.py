"""Programs in NumPy, PyTorch and Keras that print the same numbers: a cell, a layer, a model, its training.

All of them draw the same weights, stacked as PyTorch stacks the gates, and end with a line that prints a list of numbers. The
NumPy program of the training uses rnn_core for the backward pass. Nothing here imports torch: the programs are text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from rnn_core.arrays import Cell

Library = Literal["numpy", "torch", "keras"]
Part = Literal["cell", "layer", "model", "training"]
LIBRARIES: tuple[Library, ...] = get_args(Library)
PARTS: tuple[Part, ...] = get_args(Part)
UPDATES, RATE = 5, 0.1

_GATES: dict[Cell, str] = {"rnn": "h", "gru": "rzn", "lstm": "ifgo"}
_TORCH: dict[Cell, str] = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
_KERAS: dict[Cell, str] = {"rnn": "SimpleRNN", "gru": "GRU", "lstm": "LSTM"}

_STEPS: dict[Cell, str] = {
    "rnn": """def step(x, h):
    return np.tanh(x @ W_x.T + h @ W_h.T + b)""",
    "gru": """def step(x, h):
    r_x, z_x, n_x = np.split(x @ W_x.T + b, 3, -1)
    r_h, z_h, n_h = np.split(h @ W_h.T + b_inner, 3, -1)
    r, z = sigmoid(r_x + r_h), sigmoid(z_x + z_h)
    n = np.tanh(n_x + r * n_h)
    return z * h + (1 - z) * n""",
    "lstm": """def step(x, h, c):
    a = x @ W_x.T + h @ W_h.T + b
    i, f, g, o = np.split(a, 4, -1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c""",
}


@dataclass(frozen=True)
class Network:
    """What is filled into the programs."""

    cell: Cell = "lstm"
    inputs: int = 2
    hidden: int = 3
    steps: int = 5
    batch: int = 2
    seed: int = 0


def program(network: Network, part: Part, library: Library) -> str:
    """A complete program. Its last line prints a list of numbers, which is the same in all three libraries."""
    return _WRITERS[library](network, part).strip() + "\n"


def _weights(n: Network, readout: bool) -> str:
    """The lines that draw data and weights, the same in every program."""
    G = len(_GATES[n.cell])
    lines = [
        f"B, T, X, H = {n.batch}, {n.steps}, {n.inputs}, {n.hidden}",
        f"rng = np.random.default_rng({n.seed})",
        "xs = rng.normal(size=(B, T, X))",
        f"W_x = 0.5 * rng.normal(size=({G} * H, X))",
        f"W_h = 0.5 * rng.normal(size=({G} * H, H))",
        f"b = 0.1 * rng.normal(size={G} * H)",
    ]
    if n.cell == "gru":
        lines.append("b_inner = np.zeros(3 * H)   # in the product with r")
        lines.append("b_inner[2 * H:] = 0.1 * rng.normal(size=H)")
    if readout:
        lines.append("W_y, b_y = rng.normal(size=(1, H)), np.zeros(1)")
        lines.append("targets = rng.normal(size=(B, 1))")
    return "\n".join(lines)


def _numpy(n: Network, part: Part) -> str:
    if part == "training":
        return _numpy_training(n)
    sigmoid = "" if n.cell == "rnn" else "sigmoid = lambda a: 1 / (1 + np.exp(-a))\n"
    states, zeros = ("h, c", "np.zeros((2, B, H))") if n.cell == "lstm" else ("h", "np.zeros((B, H))")
    read = "xs[:, 0]" if part == "cell" else "x"
    head = f"import numpy as np\n\n{_weights(n, part == 'model')}\n{sigmoid}\n{_STEPS[n.cell]}\n\n{states} = {zeros}\n"
    one = f"{states} = step({read}, {states})"
    if part == "cell":
        return head + one + "\nprint(h[0].tolist())"
    loop = f"for x in xs.swapaxes(0, 1):\n    {one}\n"
    if part == "model":
        return head + loop + "ys = h @ W_y.T + b_y\nprint(ys[:, 0].tolist())"
    return head + loop + "print(h[0].tolist())"


def _numpy_training(n: Network) -> str:
    gates = _GATES[n.cell]
    kind = {"rnn": "RNNParams", "gru": "GRUParams", "lstm": "LSTMParams"}[n.cell]
    inner = ", b_hn=b_inner[-H:]" if n.cell == "gru" else ""
    rates = f"rates = {{'b_r': {2 * RATE}, 'b_z': {2 * RATE}}}   # two biases, two steps\n" if n.cell == "gru" else ""
    rate = f"rates.get(name, {RATE})" if n.cell == "gru" else str(RATE)
    return f"""import numpy as np
import rnn_core as rc
from rnn_core.params.build import form_of, make_params, weights_of

{_weights(n, True)}

def split(letter, stacked):
    parts = np.split(stacked, {len(gates)})
    return {{letter + gate: part for gate, part in zip("{gates}", parts)}}

params = rc.{kind}(
    **split("W_x", W_x), **split("W_h", W_h),
    **split("b_", b){inner})
{rates}losses = []
for update in range({UPDATES}):
    traces = [rc.run(params, x) for x in xs]
    last = np.array([trace.hs[-1] for trace in traces])
    error = last @ W_y.T + b_y - targets
    losses.append(float((error**2).mean()))
    dy = 2 * error / error.size
    total = {{name: 0.0 for name in weights_of(params)}}
    for trace, dh in zip(traces, dy @ W_y):
        dhs = np.zeros((T, H))
        dhs[-1] = dh
        grads = rc.bptt(trace, dhs).params
        for name, gradient in weights_of(grads).items():
            total[name] = total[name] + gradient
    new = {{name: w - {rate} * total[name]
           for name, w in weights_of(params).items()}}
    params = make_params(params.cell, new, form_of(params))
    W_y = W_y - {RATE} * dy.T @ last
    b_y = b_y - {RATE} * dy.sum(0)
print(losses)"""


def _torch(n: Network, part: Part) -> str:
    name = _TORCH[n.cell]
    readout = part in ("model", "training")
    second = "b_inner" if n.cell == "gru" else "0 * b"
    start = f"import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n{_weights(n, readout)}\n\n"
    suffix = "" if part == "cell" else "_l0"
    given = f"""weights = {{
    "weight_ih{suffix}": W_x, "weight_hh{suffix}": W_h,
    "bias_ih{suffix}": b, "bias_hh{suffix}": {second},
}}
weights = {{k: torch.tensor(w) for k, w in weights.items()}}
"""
    if part == "cell":
        called = "h, c = cell(x)" if n.cell == "lstm" else "h = cell(x)"
        return (
            f"{start}{given}cell = torch.nn.{name}Cell(X, H)\ncell.load_state_dict(weights)\n\n"
            f"x = torch.tensor(xs[:, 0])\n{called}\nprint(h[0].tolist())"
        )
    state = "(h, c)" if n.cell == "lstm" else "h"
    if not readout:
        return (
            f"{start}{given}layer = torch.nn.{name}(X, H, batch_first=True)\nlayer.load_state_dict(weights)\n\n"
            f"hs, {state} = layer(torch.tensor(xs))\nprint(h[0, 0].tolist())"
        )
    model = f"""{given}
class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.{name}(X, H, batch_first=True)
        self.readout = torch.nn.Linear(H, 1)

    def forward(self, xs):
        hs, _ = self.layer(xs)
        return self.readout(hs[:, -1])

model = Model()
model.layer.load_state_dict(weights)
model.readout.load_state_dict({{
    "weight": torch.tensor(W_y), "bias": torch.tensor(b_y)}})
"""
    if part == "model":
        return f"{start}{model}\nprint(model(torch.tensor(xs))[:, 0].tolist())"
    alone = (
        ""
        if n.cell == "gru"
        else "# two biases would take two steps: one stays\nmodel.layer.bias_hh_l0.requires_grad_(False)\n"
    )
    return f"""{start}{model}
{alone}optimiser = torch.optim.SGD(model.parameters(), lr={RATE})
losses = []
for update in range({UPDATES}):
    ys = model(torch.tensor(xs))
    loss = torch.nn.functional.mse_loss(ys, torch.tensor(targets))
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    losses.append(loss.item())
print(losses)"""


def _keras(n: Network, part: Part) -> str:
    name, gates = _KERAS[n.cell], _GATES[n.cell]
    readout = part in ("model", "training")
    start = (
        f'import keras\nimport numpy as np\n\nkeras.config.set_floatx("float64")\n{_weights(n, readout)}\n\n'
        + _keras_weights(n.cell, len(gates))
    )
    if part == "cell":
        states = "[np.zeros((B, H)), np.zeros((B, H))]" if n.cell == "lstm" else "[np.zeros((B, H))]"
        return (
            f"{start}cell = keras.layers.{name}Cell(H)\ncell.build((B, X))\ncell.set_weights(weights)\n"
            f"h, states = cell(xs[:, 0], {states})\nprint(keras.ops.convert_to_numpy(h)[0].tolist())"
        )
    if not readout:
        return (
            f"{start}layer = keras.layers.{name}(H)\nlayer.build((B, T, X))\nlayer.set_weights(weights)\n"
            "print(keras.ops.convert_to_numpy(layer(xs))[0].tolist())"
        )
    model = f"""model = keras.Sequential([
    keras.Input((T, X)),
    keras.layers.{name}(H),
    keras.layers.Dense(1)])
model.set_weights([*weights, W_y.T, b_y])
"""
    if part == "model":
        return f"{start}{model}print(keras.ops.convert_to_numpy(model(xs))[:, 0].tolist())"
    return f"""{start}{model}model.compile(keras.optimizers.SGD({RATE}), "mse")
losses = [float(model.train_on_batch(xs, targets))
          for update in range({UPDATES})]
print(losses)"""


def _keras_weights(cell: Cell, gates: int) -> str:
    """The lines that bring the stacked weights into Keras's order: transposed, and for the GRU z before r."""
    if cell != "gru":
        return "weights = [W_x.T, W_h.T, b]   # transposed; the gates are in the same order\n"
    return f"""def reordered(stacked):   # Keras stacks z, r, n
    r, z, n = np.split(stacked, {gates})
    return np.concatenate([z, r, n])

weights = [reordered(W_x).T, reordered(W_h).T,
           np.stack([reordered(b), reordered(b_inner)])]
"""


_WRITERS: dict[Library, Callable[[Network, Part], str]] = {"numpy": _numpy, "torch": _torch, "keras": _keras}


def shown_beside(network: Network, part: Part) -> dict[Library, str]:
    return {library: program(network, part, library) for library in LIBRARIES}
