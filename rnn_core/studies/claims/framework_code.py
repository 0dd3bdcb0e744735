"""The claims about PyTorch and Keras as code. Worker processes and tests execute it; the app's own process does not.

`python -m rnn_core.studies.claims.framework_code` writes what each snippet prints, or its error, into files/frameworks.json; a test
executes all of them and compares.
"""

import json
import os
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from rnn_core.studies.claims.snippets import Execution, Snippet, execute

FILE = Path(__file__).parent / "files" / "frameworks.json"

_LSTM_MODEL = """    keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])"""

FRAMEWORK_SNIPPETS: dict[int, Snippet] = {
    16: Snippet(
        """import torch

torch.manual_seed(0)
cell, readout = torch.nn.RNNCell(1, 4), torch.nn.Linear(4, 1)
optimiser = torch.optim.SGD([*cell.parameters(), *readout.parameters()], lr=0.1)
h = torch.zeros(1, 4)
for x, target in zip(torch.ones(5, 1, 1), torch.ones(5, 1, 1)):
    h = cell(x, h)
    loss = (readout(h) - target).pow(2).mean()
    loss.backward()
    optimiser.step()""",
        """import torch

torch.manual_seed(0)
cell, readout = torch.nn.RNNCell(1, 4), torch.nn.Linear(4, 1)
optimiser = torch.optim.SGD([*cell.parameters(), *readout.parameters()], lr=0.1)
h, loss = torch.zeros(1, 4), 0.0
for x, target in zip(torch.ones(5, 1, 1), torch.ones(5, 1, 1)):
    h = cell(x, h)
    loss = loss + (readout(h) - target).pow(2).mean()
optimiser.zero_grad()
loss.backward()
optimiser.step()
print("one update for", 5, "time steps")""",
    ),
    24: Snippet(
        """import keras

model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
regularization_loss = 0.01
model.compile("adam", "mse", loss_weights=[1, regularization_loss], metrics=["accuracy"])
model.fit(keras.ops.ones((4, 10, 1)), keras.ops.ones((4, 1)), verbose=0)""",
        """import keras

l2 = keras.regularizers.L2(0.01)
model = keras.Sequential([
    keras.Input((10, 1)), keras.layers.LSTM(8, kernel_regularizer=l2), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
model.fit(keras.ops.ones((4, 10, 1)), keras.ops.ones((4, 1)), verbose=0)
print(len(model.losses), "penalty in the loss")""",
    ),
    25: Snippet(
        """import keras

series = keras.ops.ones((100, 3))          # (T, features)
print(keras.layers.LSTM(8)(series).shape)""",
        """import keras

series = keras.ops.ones((100, 3))          # (T, features)
print(keras.layers.LSTM(8)(series[None]).shape)""",
    ),
    26: Snippet(
        f"""import keras

models = {{name:
{_LSTM_MODEL}
    for name in ("RNN", "LSTM", "GRU")}}
for name, model in models.items():
    print(name, model.count_params(), "parameters")""",
        """import keras

layers = keras.layers
models = {cell.__name__:
    keras.Sequential([keras.Input((10, 1)), cell(8), layers.Dense(1)])
    for cell in (layers.SimpleRNN, layers.LSTM, layers.GRU)}
for name, model in models.items():
    print(name, model.count_params(), "parameters")""",
    ),
    29: Snippet(
        """import keras

layer = keras.layers.GRU(4)
short = keras.ops.ones((1, 3, 2))
padded = keras.ops.pad(short, ((0, 0), (0, 5), (0, 0)))
print("equal:", bool(keras.ops.all(keras.ops.isclose(layer(short), layer(padded)))))""",
        """import keras

layer = keras.layers.GRU(4)
short = keras.ops.ones((1, 3, 2))
padded = keras.ops.pad(short, ((0, 0), (0, 5), (0, 0)))
mask = keras.ops.any(padded != 0, axis=-1)
print("equal:", bool(keras.ops.all(keras.ops.isclose(layer(short), layer(padded, mask=mask)))))""",
    ),
    30: Snippet(
        """import keras

class GRUCell(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
    def call(self, x, states):
        return states[0], states

keras.layers.RNN(GRUCell(4))""",
        """import keras

class GRUCell(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = self.state_size = self.output_size = units
    def call(self, x, states):
        return states[0], states

print(keras.layers.RNN(GRUCell(4))(keras.ops.ones((1, 5, 2))).shape)""",
    ),
    31: Snippet(
        """import keras

layers = keras.layers
model = keras.Sequential([
    keras.Input((8, 32, 1)), layers.Conv2D(4, 3, padding="same"), layers.MaxPooling2D(2),
    layers.Flatten(), layers.LSTM(8)])""",
        """import keras

layers = keras.layers
model = keras.Sequential([
    keras.Input((8, 32, 1)), layers.Conv2D(4, 3, padding="same"), layers.MaxPooling2D(2),
    layers.Permute((2, 1, 3)), layers.Reshape((16, -1)), layers.LSTM(8)])
print(model.output_shape)""",
    ),
    32: Snippet(
        """import keras

layers = keras.layers
model = keras.Sequential([
    keras.Input((6, 4)), layers.LSTM(4, return_sequences=True), layers.Attention(), layers.Dense(1)])""",
        """import keras

layers = keras.layers
inputs = keras.Input((6, 4))
states = layers.LSTM(4, return_sequences=True)(inputs)
context = layers.Attention()([states[:, -1:], states])    # query, values
print(keras.Model(inputs, layers.Dense(1)(context)).output_shape)""",
    ),
    36: Snippet(
        """import keras

text, picture = keras.Input((7, 16)), keras.Input((32,))
keras.layers.Concatenate()([text, picture])""",
        """import keras

text, picture = keras.Input((7, 16)), keras.Input((32,))
last = keras.layers.LSTM(8)(text)
print(keras.layers.Concatenate()([last, picture]).shape)""",
    ),
    37: Snippet(
        """import os, subprocess, sys

done = subprocess.run(
    [sys.executable, "-c", "import keras"], env=os.environ | {"KERAS_BACKEND": "theano"}, capture_output=True, text=True)
raise RuntimeError(done.stderr.strip().splitlines()[-1])""",
        """import keras

print(keras.backend.backend())""",
    ),
}


@dataclass(frozen=True)
class Executions:
    code: Execution
    right: Execution
    version: str  # of the library


def run_framework_code(number: int) -> Executions:
    """Executes both codes of a claim. Imports torch or Keras: for worker processes and tests."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    snippet = FRAMEWORK_SNIPPETS[number]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        version = execute(_START[library(number)]).printed
        return Executions(execute(snippet.code), execute(snippet.right), version.split("+")[0])


_START = {
    "torch": "import torch\nprint(torch.__version__)",
    "keras": "import keras\nprint(keras.__version__)",
}


def library(number: int) -> str:
    return "torch" if FRAMEWORK_SNIPPETS[number].code.startswith("import torch") else "keras"


@cache
def recorded() -> Mapping[int, Executions]:
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        int(number): Executions(Execution(**each["code"]), Execution(**each["right"]), each["version"])
        for number, each in read.items()
    }


def main() -> None:
    found = {}
    for number in FRAMEWORK_SNIPPETS:
        execute("import keras\nkeras.backend.clear_session()")  # layers are numbered from 0 again
        found[number] = asdict(run_framework_code(number))
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
