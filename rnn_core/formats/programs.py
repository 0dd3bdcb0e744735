"""A cell and its input as a script that anyone can run: 'the same in NumPy', 'the same in PyTorch', 'the same in Keras'.

Each function returns the source of a complete program with exact numbers, which prints h after the last step. The
scripts are written for readers: one line per equation, with the names of the lessons. `say` translates their comments.
"""

from collections.abc import Callable
from enum import StrEnum
from textwrap import TextWrapper

from numpy.typing import ArrayLike

from rnn_core.arrays import Array
from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.params.build import weights_of
from rnn_core.passes.unroll import check_input, check_params

Say = Callable[[str], str]


class Comment(StrEnum):
    """Every comment of the scripts, so that a test can check that each has a translation."""

    INPUT = "The input: one row per step."
    WEIGHTS = "The weights, each applied as W @ x."
    STATE = "The state before the first step."
    STEPS = "One step after another: each line is one equation."
    LAST = "h after the last step."
    FORGETS_NOTHING = "The form of 1997 has no forget gate: the cell keeps all that it had."
    FLOAT64 = "The numbers here have 64 bits; the library's default is 32."
    NO_TORCH_LAYER = "torch.nn has no layer for this form of the cell, so here are its equations."
    ONE_BIAS = "torch adds two biases, b_ih + b_hh; one is enough, so the other is zero."
    GRU_BIAS = "torch's second bias matters only inside the product with r, as b_hn; elsewhere it is zero."
    TORCH_LSTM = "torch stacks the gates in the order i, f, g, o."
    TORCH_GRU = "torch stacks the gates in the order r, z, n."
    KERAS_FLOAT64 = "Over torch and JAX, Keras still multiplies some matrices in 32 bits: expect about seven digits."
    KERAS_TRANSPOSED = "Keras applies its weights as x @ W: each matrix is transposed."
    KERAS_LSTM = "Keras stacks the gates in the order i, f, g, o."
    KERAS_GRU = "Keras stacks the gates in the order z, r, n."
    KERAS_ROWS = "The first row of biases goes with x, the second with h."


def as_numpy(
    params: Params, xs: ArrayLike, h_0: ArrayLike | None = None, c_0: ArrayLike | None = None, *, say: Say = str
) -> str:
    """The equations, step by step, in NumPy.

    >>> import rnn_core as rc
    >>> program = as_numpy(rc.init_params("rnn", 1, 2), xs=[[1.0], [0.5]])
    >>> print(program.splitlines()[0])
    import numpy as np
    """
    params = check_params(params)
    body = "\n".join(
        f"    {line}" for line in step_lines(params, "sigmoid({})", "np.tanh({})", "np.maximum({}, 0)", say)
    )
    sigmoid = "\ndef sigmoid(a):\n    return 1 / (1 + np.exp(-a))\n\n\n" if "sigmoid(" in body else ""
    return f"""import numpy as np

{number_lines(params, xs, h_0, c_0, "np.array", say)}

{sigmoid}# {say(Comment.STEPS)}
for x in xs:
{body}

print(h.tolist())  # {say(Comment.LAST)}
"""


def as_torch(
    params: Params, xs: ArrayLike, h_0: ArrayLike | None = None, c_0: ArrayLike | None = None, *, say: Say = str
) -> str:
    """torch's own layer with these weights; where torch has no such layer, the equations in torch."""
    params = check_params(params)
    if (layer := _torch_layer(params, say)) is None:
        body = "\n".join(
            f"    {line}" for line in step_lines(params, "torch.sigmoid({})", "torch.tanh({})", "torch.relu({})", say)
        )
        layer = f"# {say(Comment.NO_TORCH_LAYER)}\n# {say(Comment.STEPS)}\nfor x in xs:\n{body}"
    return f"""import torch

torch.set_default_dtype(torch.float64)  # {say(Comment.FLOAT64)}

{number_lines(params, xs, h_0, c_0, "torch.tensor", say)}

{layer}

print(h.tolist())  # {say(Comment.LAST)}
"""


def as_keras(
    params: Params, xs: ArrayLike, h_0: ArrayLike | None = None, c_0: ArrayLike | None = None, *, say: Say = str
) -> str | None:
    """Keras's own layer with these weights; None where Keras has no such layer."""
    params = check_params(params)
    layer = _keras_layer(params, say)
    if layer is None:
        return None
    states = "[h[None], c[None]]" if isinstance(params, LSTMParams) else "[h[None]]"
    return f"""import keras
import numpy as np

# {say(Comment.FLOAT64)}
# {say(Comment.KERAS_FLOAT64)}
keras.config.set_floatx("float64")

{number_lines(params, xs, h_0, c_0, "np.array", say)}

{layer}

h = keras.ops.convert_to_numpy(layer(xs[None], initial_state={states}))[0]
print(h.tolist())  # {say(Comment.LAST)}
"""


def step_lines(params: Params, sigmoid: str, tanh: str, relu: str, say: Say) -> list[str]:
    """One step of the cell, one line per equation, in the library whose functions are given."""

    def gate(letter: str, cell: str = "") -> str:
        seen = f" + w_c{letter} * c" if cell else ""
        return f"W_x{letter} @ x + W_h{letter} @ h{seen} + b_{letter}"

    match params:
        case RNNParams():
            function = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu, "linear": "{}"}[params.activation]
            return [f"h = {function.format(gate('h'))}"]
        case LSTMParams():
            peephole = "c" if params.variant == "peephole" else ""
            f = f"f = {sigmoid.format(gate('f', peephole))}"
            i = f"i = {sigmoid.format(gate('i', peephole))}"
            lines = {"no_forget": [i], "coupled": [f, "i = 1 - f"]}.get(params.variant, [i, f])
            kept = "c" if params.variant == "no_forget" else "f * c"
            return [
                *lines,
                f"g = {tanh.format(gate('g'))}",
                f"c = {kept} + i * g" + (f"  # {say(Comment.FORGETS_NOTHING)}" if kept == "c" else ""),
                f"o = {sigmoid.format(gate('o', peephole))}",
                f"h = o * {tanh.format('c')}",
            ]
        case GRUParams():
            product = "W_hn @ h" if params.b_hn is None else "W_hn @ h + b_hn"
            inner = f"r * ({product})" if params.reset == "after" else "W_hn @ (r * h)"
            old, new = ("z", "(1 - z)") if params.z_keeps else ("(1 - z)", "z")
            return [
                f"r = {sigmoid.format(gate('r'))}",
                f"z = {sigmoid.format(gate('z'))}",
                f"n = {tanh.format(f'W_xn @ x + b_n + {inner}')}",
                f"h = {old} * h + {new} * n",
            ]


def _torch_layer(params: Params, say: Say) -> str | None:
    """The layer of torch.nn, filled; None where torch has none."""
    sizes = f"{params.input_size}, {params.hidden_size}"
    match params:
        case RNNParams(activation="tanh" | "relu"):
            made, gates, note = f'torch.nn.RNN({sizes}, nonlinearity="{params.activation}")', "h", ""
        case LSTMParams(variant="standard"):
            made, gates, note = f"torch.nn.LSTM({sizes})", "ifgo", f"    # {say(Comment.TORCH_LSTM)}\n"
        case GRUParams(reset="after", z_keeps=True):
            made, gates, note = f"torch.nn.GRU({sizes})", "rzn", f"    # {say(Comment.TORCH_GRU)}\n"
        case _:
            return None

    if isinstance(params, GRUParams):
        inner = "0 * b_n" if params.b_hn is None else "b_hn"
        second = f"    # {say(Comment.GRU_BIAS)}\n    layer.bias_hh_l0.copy_(torch.cat([0 * b_r, 0 * b_z, {inner}]))"
    else:
        second = f"    layer.bias_hh_l0.zero_()  # {say(Comment.ONE_BIAS)}"
    state = "(h[None], c[None])" if isinstance(params, LSTMParams) else "h[None]"
    last = "(h, c)" if isinstance(params, LSTMParams) else "h"
    return f"""layer = {made}
with torch.no_grad():
{note}    layer.weight_ih_l0.copy_({_stacked("W_x", gates, "torch.cat")})
    layer.weight_hh_l0.copy_({_stacked("W_h", gates, "torch.cat")})
    layer.bias_ih_l0.copy_({_stacked("b_", gates, "torch.cat")})
{second}
    hs, {last} = layer(xs, {state})
h = h[0]"""


def _keras_layer(params: Params, say: Say) -> str | None:
    """The layer of Keras, filled; None where Keras has none."""
    size = params.hidden_size
    notes, biases = [Comment.KERAS_TRANSPOSED], ""
    match params:
        case RNNParams():
            made, gates = f'SimpleRNN({size}, activation="{params.activation}")', "h"
        case LSTMParams(variant="standard"):
            made, gates = f"LSTM({size})", "ifgo"
            notes.append(Comment.KERAS_LSTM)
        case GRUParams(z_keeps=True):
            after = params.reset == "after"
            made, gates = f"GRU({size}, reset_after={after})", "zrn"
            notes.append(Comment.KERAS_GRU)
            if after:
                notes.append(Comment.KERAS_ROWS)
                second = f"np.concatenate([0 * b_z, 0 * b_r, {'0 * b_n' if params.b_hn is None else 'b_hn'}])"
                biases = f"np.stack([np.concatenate([b_z, b_r, b_n]), {second}])"
        case _:
            return None

    comments = "\n".join(f"# {say(note)}" for note in notes)
    return f"""layer = keras.layers.{made}
layer.build((1, None, {params.input_size}))
{comments}
layer.set_weights([
    {_stacked("W_x", gates, "np.concatenate")}.T,
    {_stacked("W_h", gates, "np.concatenate")}.T,
    {biases or _stacked("b_", gates, "np.concatenate")},
])"""


def number_lines(
    params: Params, xs: ArrayLike, h_0: ArrayLike | None, c_0: ArrayLike | None, array: str, say: Say
) -> str:
    """The input, the weights and the first state as lines of source."""
    inputs, h, c = check_input(params, xs, h_0, c_0)
    states = {"h": h} | ({"c": c} if isinstance(params, LSTMParams) else {})
    return "\n".join(
        [
            f"# {say(Comment.INPUT)}",
            assignment("xs", inputs, array),
            "",
            f"# {say(Comment.WEIGHTS)}",
            *(assignment(name, weight, array) for name, weight in weights_of(params).items()),
            "",
            f"# {say(Comment.STATE)}",
            *(assignment(name, state, array) for name, state in states.items()),
        ]
    )


def _stacked(prefix: str, gates: str, join: str) -> str:
    """The gates' weights, stacked, as source; a single gate needs no stacking."""
    names = [prefix + gate for gate in gates]
    return names[0] if len(names) == 1 else f"{join}([{', '.join(names)}])"


def assignment(name: str, value: Array, array: str, width: int = 100) -> str:
    """`W = np.array([...])` with exact numbers: one line per row; short rows share lines if there are many."""
    one_line = f"{name} = {array}({value.tolist()!r})"
    if len(one_line) <= width:
        return one_line
    wrap = TextWrapper(width, break_on_hyphens=False, break_long_words=False).wrap  # 1e-05 stays whole
    rows = [f"{row!r}," for row in value.tolist()]
    own_lines = value.ndim == 2 and len(rows) <= 8
    lines = [line for row in rows for line in wrap(row)] if own_lines else wrap(" ".join(rows))
    return "\n".join([f"{name} = {array}([", *(f"    {line}" for line in lines), "])"])
