"""The parts that the programs of all applications share, as text. An application's programs.py writes the rest.

A program is shown on its page as a whole, so two applications may define similar data or layers in the same words.
Each program defines its data and its `model`, and trains it: `loss` is the lines of one training step that compute the
variable `loss`, and `steps` replaces the number of steps in the settings (tests run two).
"""

from collections.abc import Callable
from enum import StrEnum
from string import Template
from textwrap import dedent, indent

from rnn_core.apps.settings import AppSettings

Say = Callable[[str], str]  # a comment of a program in the reader's language
TORCH_LAYERS = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}  # torch.nn's name of a layer, by the core's of its cell
KERAS_LAYERS = {"rnn": "SimpleRNN", "gru": "GRU", "lstm": "LSTM"}
TORCH_IMPORTS = "import numpy as np\nimport torch\nfrom torch import nn"
KERAS_IMPORTS = "import keras\nimport numpy as np"
KERAS_ENTROPY = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"


def filled(template: str, comments: type[StrEnum], say: Say, **words: object) -> str:
    """A program from its template: every $NAME of a comment in the reader's language, every other $name from `words`."""
    return Template(template).substitute(words, **{comment.name: say(comment) for comment in comments})


def torch_words(settings: AppSettings, training: str) -> dict[str, object]:
    """What every template of a PyTorch program needs."""
    layer = TORCH_LAYERS[settings.core_cell]
    return {"imports": TORCH_IMPORTS, "layer": layer, "seed": settings.seed, "training": training}


def keras_words(settings: AppSettings, training: str) -> dict[str, object]:
    """What every template of a Keras program needs."""
    layer = KERAS_LAYERS[settings.core_cell]
    return {"imports": KERAS_IMPORTS, "layer": layer, "seed": settings.seed, "training": training}


def torch_training(settings: AppSettings, steps: int | None, loss: str, comment: str, network: str = "Network") -> str:
    """The seed, the model of the class `network`, Adam, and the loop."""
    return f"""torch.manual_seed({settings.seed})
model = {network}()
adam = torch.optim.Adam(model.parameters(), lr={settings.rate})

{torch_steps(settings, steps, loss, comment)}"""


def torch_steps(
    settings: AppSettings, steps: int | None, loss: str, comment: str, weights: str = "model.parameters()"
) -> str:
    """The loop alone, for programs that make the optimiser `adam` of their `weights` themselves."""
    clip = "" if settings.clip_norm is None else f"nn.utils.clip_grad_norm_({weights}, {settings.clip_norm})\n"
    update = f"adam.zero_grad()\nloss.backward()\n{clip}adam.step()"
    return _loop(settings, steps, f"{dedent(loss).strip()}\n{update}", comment, "loss.item()")


def keras_training(
    settings: AppSettings, steps: int | None, loss: str, comment: str, judged_by: str = KERAS_ENTROPY
) -> str:
    """Adam and the loop for `model`; `judged_by` is Keras's loss function, as text."""
    clip = "" if settings.clip_norm is None else f", global_clipnorm={settings.clip_norm}"
    return f"""model.compile(keras.optimizers.Adam({settings.rate}{clip}), {judged_by})

{_loop(settings, steps, dedent(loss).strip(), comment, "float(loss)")}"""


def _loop(settings: AppSettings, steps: int | None, lines: str, comment: str, value: str) -> str:
    return f"""# {comment}
for step in range({settings.budget if steps is None else steps}):
{indent(lines, "    ")}
print("loss", {value})"""
