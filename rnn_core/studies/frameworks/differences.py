"""Where PyTorch and Keras differ, each difference as two short programs that print it. Worker processes and tests execute them.

`python -m rnn_core.studies.frameworks.differences` writes what they print into files/differences.json; a test compares.
"""

import json
import os
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from rnn_core.studies.claims.snippets import Execution, execute

FILE = Path(__file__).parent / "files" / "differences.json"


@dataclass(frozen=True)
class Difference:
    torch: str
    keras: str


_T = "import torch\n\ntorch.manual_seed(0)\n"
_K = "import keras\n\nkeras.utils.set_random_seed(0)\n"

DIFFERENCES: dict[str, Difference] = {
    "gate_order": Difference(
        f"""{_T}gru = torch.nn.GRU(1, 1)
for block in range(3):
    with torch.no_grad():
        for w in gru.parameters():
            w.zero_()
        gru.bias_ih_l0[block] = 100.0
    hs, h = gru(torch.zeros(1, 1), torch.full((1, 1), 2.0))
    print("block", block, "large: h =", h.item())   # r, z, n: z keeps the 2""",
        f"""{_K}import numpy as np

gru = keras.layers.GRU(1)
gru.build((1, None, 1))
for block in range(3):
    bias = np.zeros((2, 3))
    bias[0, block] = 100.0
    gru.set_weights([np.zeros((1, 3)), np.zeros((1, 3)), bias])
    h = gru(np.zeros((1, 1, 1)), initial_state=np.full((1, 1), 2.0))
    print("block", block, "large: h =", float(h[0, 0]))   # z, r, n: z keeps the 2""",
    ),
    "two_biases": Difference(
        f"""{_T}for layer in (torch.nn.RNN, torch.nn.GRU, torch.nn.LSTM):
    print(layer.__name__, sum(w.numel() for w in layer(4, 8).parameters()), "parameters")""",
        f"""{_K}for layer in (keras.layers.SimpleRNN, keras.layers.GRU, keras.layers.LSTM):
    made = layer(8)
    made.build((1, None, 4))
    print(layer.__name__, made.count_params(), "parameters")""",
    ),
    "batch_first": Difference(
        f"""{_T}xs = torch.ones(5, 3, 2)
hs, h = torch.nn.GRU(2, 4)(xs)
print("5 steps of 3 sequences:", tuple(h.shape))
hs, h = torch.nn.GRU(2, 4, batch_first=True)(xs)
print("3 steps of 5 sequences:", tuple(h.shape))""",
        f"""{_K}xs = keras.ops.ones((5, 3, 2))
h = keras.layers.GRU(4)(xs)
print("3 steps of 5 sequences:", tuple(h.shape))""",
    ),
    "return_sequences": Difference(
        f"""{_T}hs, h = torch.nn.GRU(2, 4, batch_first=True)(torch.ones(1, 5, 2))
print("all states", tuple(hs.shape), "and the last", tuple(h.shape))""",
        f"""{_K}xs = keras.ops.ones((1, 5, 2))
print("the last state", tuple(keras.layers.GRU(4)(xs).shape))
print("all states", tuple(keras.layers.GRU(4, return_sequences=True)(xs).shape))""",
    ),
    "reset": Difference(
        f"""{_T}gru = torch.nn.GRU(1, 2)
print("biases:", [tuple(b.shape) for b in (gru.bias_ih_l0, gru.bias_hh_l0)])
print("r acts on the product W_hn h + b_hn: the only form")""",
        f"""{_K}import numpy as np

rng = np.random.default_rng(0)
xs, weights = np.ones((1, 6, 1)), [rng.normal(size=(1, 6)), rng.normal(size=(2, 6))]
last = []
for after in (True, False):
    gru = keras.layers.GRU(2, reset_after=after)
    gru.build((1, None, 1))
    bias = np.zeros((2, 6)) if after else np.zeros(6)
    gru.set_weights([*weights, bias])
    last.append(float(gru(xs)[0, 0]))
    print("reset_after =", after, "bias", bias.shape, "h =", round(last[-1], 4))
print("difference:", round(abs(last[0] - last[1]), 4))""",
    ),
    "state_order": Difference(
        f"""{_T}lstm = torch.nn.LSTM(2, 4, num_layers=2, batch_first=True)
hs, (h, c) = lstm(torch.ones(3, 5, 2))
print("h and c, each (layers, batch, hidden):", tuple(h.shape), tuple(c.shape))""",
        f"""{_K}lstm = keras.layers.LSTM(4, return_state=True)
last, h, c = lstm(keras.ops.ones((3, 5, 2)))
print("h and c of one layer, each (batch, hidden):", tuple(h.shape), tuple(c.shape))
print("the output is h:", bool(keras.ops.all(last == h)))""",
    ),
    "masking": Difference(
        f"""{_T}from torch.nn.utils.rnn import pack_padded_sequence

gru = torch.nn.GRU(2, 4, batch_first=True)
short = torch.ones(1, 3, 2)
padded = torch.cat([short, torch.zeros(1, 5, 2)], dim=1)
packed = pack_padded_sequence(padded, lengths=[3], batch_first=True)
own = gru(short)[1]
print("padded: equal", torch.allclose(gru(padded)[1], own))
print("packed: equal", torch.allclose(gru(packed)[1], own))""",
        f"""{_K}gru = keras.layers.GRU(4)
short = keras.ops.ones((1, 3, 2))
padded = keras.ops.pad(short, ((0, 0), (0, 5), (0, 0)))
masked = keras.Sequential([keras.layers.Masking(0.0), gru])
close = lambda a, b: bool(keras.ops.all(keras.ops.isclose(a, b)))
print("padded: equal", close(gru(padded), gru(short)))
print("masked: equal", close(masked(padded), gru(short)))""",
    ),
    "initialisation": Difference(
        f"""{_T}lstm = torch.nn.LSTM(4, 16)
W = lstm.weight_hh_l0.detach()[:16]
print("largest weight:", round(W.abs().max().item(), 3), "bound 1/sqrt(16) = 0.25")
print("forget bias:", round((lstm.bias_ih_l0 + lstm.bias_hh_l0)[16:32].mean().item(), 3), "on average")""",
        f"""{_K}import numpy as np

lstm = keras.layers.LSTM(16)
lstm.build((1, None, 4))
W_x, W_h, b = lstm.get_weights()
print("W_h W_h^T = I:", bool(np.allclose(W_h @ W_h.T, np.eye(16), atol=1e-5)))
print("forget bias:", float(b[16:32].mean()), "on average")""",
    ),
    "statefulness": Difference(
        f"""{_T}gru, xs = torch.nn.GRU(2, 4), torch.ones(5, 1, 2)
first, h = gru(xs)
print("called again: equal", torch.equal(gru(xs)[0], first))
print("with the state handed on: equal", torch.equal(gru(xs, h)[0], first))""",
        f"""{_K}xs = keras.ops.ones((1, 5, 2))
gru = keras.layers.GRU(4, stateful=True)
first = keras.ops.convert_to_numpy(gru(xs))
again = keras.ops.convert_to_numpy(gru(xs))
print("called again: equal", bool((first == again).all()))
gru.reset_state()
print("after reset_state(): equal", bool((first == keras.ops.convert_to_numpy(gru(xs))).all()))""",
    ),
    "clipping": Difference(
        f"""{_T}a, b = torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)
a.grad, b.grad = torch.tensor([3.0, 4.0]), torch.tensor([12.0])
norm = torch.nn.utils.clip_grad_norm_([a, b], max_norm=1.0)
print("norm before:", norm.item(), "after:", round(torch.cat([a.grad, b.grad]).norm().item(), 4))""",
        f"""{_K}import numpy as np

for option in ("clipnorm", "global_clipnorm"):
    a, b = keras.Variable(np.zeros(2)), keras.Variable(np.zeros(1))
    optimiser = keras.optimizers.SGD(1.0, **{{option: 1.0}})
    optimiser.apply([keras.ops.array([3.0, 4.0]), keras.ops.array([12.0])], [a, b])
    moved = np.concatenate([keras.ops.convert_to_numpy(v) for v in (a, b)])
    print(option, "norm of the update:", round(float(np.linalg.norm(moved)), 4))""",
    ),
    "dropout": Difference(
        f"""{_T}xs = torch.ones(5, 1, 4)
one = torch.nn.LSTM(4, 8, dropout=0.5)                  # warns: there is no layer above
two = torch.nn.LSTM(4, 8, num_layers=2, dropout=0.5)
for name, lstm in (("one layer", one), ("two layers", two)):
    print(name, "two runs in training equal:", torch.equal(lstm(xs)[0], lstm(xs)[0]))""",
        f"""{_K}xs = keras.ops.ones((1, 5, 4))
for options in ({{"dropout": 0.5}}, {{"recurrent_dropout": 0.5}}):
    lstm = keras.layers.LSTM(8, **options)
    runs = [keras.ops.convert_to_numpy(lstm(xs, training=True)) for _ in range(2)]
    print(*options, "two runs in training equal:", bool((runs[0] == runs[1]).all()))""",
    ),
}


@dataclass(frozen=True)
class Executed:
    torch: Execution
    keras: Execution
    versions: str


def run_difference(name: str) -> Executed:
    """Imports torch and Keras: for worker processes and tests."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch = execute("import torch\nprint(torch.__version__)").printed.split("+")[0]
        keras = execute("import keras\nprint(keras.__version__)").printed
        both = DIFFERENCES[name]
        return Executed(execute(both.torch), execute(both.keras), f"PyTorch {torch}, Keras {keras or '–'}")


def run_programs(programs: Mapping[str, str]) -> dict[str, Execution]:
    """What programs of ours print, by their names: for worker processes and tests."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return {name: execute(code) for name, code in programs.items()}
        finally:
            execute("import torch\ntorch.set_default_dtype(torch.float32)")
            execute("import keras\nkeras.config.set_floatx('float32')")


@cache
def recorded() -> Mapping[str, Executed]:
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Executed(Execution(**each["torch"]), Execution(**each["keras"]), each["versions"])
        for name, each in read.items()
    }


def main() -> None:
    found = {name: asdict(run_difference(name)) for name in DIFFERENCES}
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
