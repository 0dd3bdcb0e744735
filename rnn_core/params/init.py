r"""Initialisation: every scheme is a seeded function of its options.

| scheme | recurrent matrices `W_h*` | input matrices `W_x*` | biases |
|---|---|---|---|
| `torch` | $U[-1/\sqrt H, 1/\sqrt H]$ | the same | the sum of two such draws, as torch's two biases add |
| `xavier` | $U[-a, a],\ a = g\sqrt{6/(\text{in}+\text{out})}$ | the same with $g = 1$ | 0 |
| `orthogonal` | $g\,Q$, $Q$ uniform among the orthogonal matrices | Xavier | 0 |
| `identity` | $g\,I$ (IRNN: Le, Jaitly and Hinton 2015) | $N(0, 0.001^2)$, as in that paper | 0 |
| `spectral_radius` | Gaussian, rescaled until the largest $\lvert\lambda\rvert$ is `spectral_radius` | Xavier | 0 |
| `singular_value` | Gaussian, rescaled until the largest singular value is `singular_value` | Xavier | 0 |
| `chrono` | as `torch` | as `torch` | as `torch`, except the gate biases that `t_max` sets |
| `zeros` | 0 | 0 | 0 |

$g$ is `gain`. Each gate has its own matrix, so "in" and "out" are those of one gate. Peepholes are drawn as W_x is in
`torch` and `chrono`, and are 0 otherwise.

Two options then set gate biases, under any scheme:

- `forget_bias=b`: the forget gate's bias is b (Jozefowicz, Zaremba and Sutskever 2015).
- `t_max=T`: chrono (Tallec, Ollivier 2018), $b_f = \log U[1, T_{max}-1]$ and $b_i = -b_f$, where these gates exist.

In a GRU, the forget gate's counterpart is z (`z_keeps=True`) or 1 - z: the bias is $b_z$ or $-b_z$, so that the state
decays at the same rate under both conventions.

Every field has its own random generator, seeded with the seed and the field's name. With one seed, the weights that two
variants of a cell share are therefore equal, and changing one option changes nothing else.
"""

import math
from typing import Any, Literal, TypedDict, Unpack, get_args, overload

import numpy as np

from rnn_core.arrays import Activation, Array, Cell
from rnn_core.cells import Params, RNNParams
from rnn_core.cells.gru import GRUParams, Reset
from rnn_core.cells.lstm import LSTMParams, LSTMVariant
from rnn_core.errors import MAX_SIZE, CoreError, check_integer, check_number, check_option
from rnn_core.params.build import FORMS, check_form, make_params, shapes_of, weights_of

Scheme = Literal["torch", "xavier", "orthogonal", "identity", "spectral_radius", "singular_value", "chrono", "zeros"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
Shapes = dict[str, tuple[int, ...]]
LARGEST_DENSE = 1_024  # hidden size; for a larger one, the factorisation of a recurrent matrix takes many seconds


class Options(TypedDict, total=False):
    """None counts as not given. An option that does not apply to the cell or the scheme is an error, never ignored."""

    activation: Activation | None  # rnn
    variant: LSTMVariant | None  # lstm
    reset: Reset | None  # gru
    z_keeps: bool | None  # gru
    forget_bias: float | None  # lstm, gru
    t_max: float | None  # lstm, gru
    gain: float | None  # schemes xavier, orthogonal, identity; 1 unless given
    spectral_radius: float | None  # required by the scheme of that name
    singular_value: float | None  # required by the scheme of that name


_OF_CELL: dict[Cell, tuple[str, ...]] = {
    "rnn": tuple(FORMS["rnn"]),
    "lstm": (*FORMS["lstm"], "forget_bias", "t_max"),
    "gru": (*FORMS["gru"], "forget_bias", "t_max"),
}
_OF_SCHEME: dict[Scheme, tuple[str, ...]] = {
    "xavier": ("gain",),
    "orthogonal": ("gain",),
    "identity": ("gain",),
    "spectral_radius": ("spectral_radius",),
    "singular_value": ("singular_value",),
}
_LEAST = {"gain": 0.0, "spectral_radius": 0.0, "singular_value": 0.0, "forget_bias": -math.inf, "t_max": 2.0}


@overload
def init_params(
    cell: Literal["rnn"],
    input_size: int,
    hidden_size: int,
    seed: int = ...,
    scheme: Scheme = ...,
    **options: Unpack[Options],
) -> RNNParams: ...
@overload
def init_params(
    cell: Literal["lstm"],
    input_size: int,
    hidden_size: int,
    seed: int = ...,
    scheme: Scheme = ...,
    **options: Unpack[Options],
) -> LSTMParams: ...
@overload
def init_params(
    cell: Literal["gru"],
    input_size: int,
    hidden_size: int,
    seed: int = ...,
    scheme: Scheme = ...,
    **options: Unpack[Options],
) -> GRUParams: ...
@overload
def init_params(
    cell: Cell, input_size: int, hidden_size: int, seed: int = ..., scheme: Scheme = ..., **options: Unpack[Options]
) -> Params: ...
def init_params(
    cell: Cell, input_size: int, hidden_size: int, seed: int = 0, scheme: Scheme = "torch", **options: Unpack[Options]
) -> Params:
    """The initial weights of one cell, equal for equal arguments. The module's docstring lists the schemes and options.

    >>> import rnn_core as rc
    >>> rc.init_params("lstm", input_size=4, hidden_size=8, seed=1, forget_bias=1.0).b_f
    array([1., 1., 1., 1., 1., 1., 1., 1.])
    >>> rc.init_params("rnn", 1, 2, scheme="identity", activation="relu").W_hh
    array([[1., 0.],
           [0., 1.]])
    """
    check_option("cell", cell, get_args(Cell))
    check_option("scheme", scheme, SCHEMES)
    X = check_integer("input_size", input_size, 1, MAX_SIZE)
    H = check_integer("hidden_size", hidden_size, 1, MAX_SIZE)
    check_integer("seed", seed, 0, 2**63 - 1)
    given = {name: value for name, value in options.items() if value is not None}
    form = _check_options(cell, scheme, H, given)
    shapes = shapes_of(cell, X, H, form)
    weights = {name: _draw(name, shapes, scheme, given, _generator(seed, name)) for name in shapes}
    return make_params(cell, weights | _keep_biases(cell, shapes, seed, given), form)


def _keep_biases(cell: Cell, shapes: Shapes, seed: int, given: dict[str, Any]) -> dict[str, Array]:
    """The gate biases that the options `forget_bias` and `t_max` set."""
    keep, sign = ("b_f", 1.0) if cell == "lstm" else ("b_z", 1.0 if given.get("z_keeps", True) else -1.0)
    if "forget_bias" in given:
        return {keep: np.full(shapes[keep], sign * given["forget_bias"])}
    if "t_max" in given:
        chrono = np.log(_generator(seed, "chrono").uniform(1.0, given["t_max"] - 1.0, shapes[keep]))
        return {keep: sign * chrono} | ({"b_i": -chrono} if "b_i" in shapes else {})
    return {}


def _generator(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, *name.encode()])


def _check_options(cell: Cell, scheme: Scheme, H: int, given: dict[str, Any]) -> dict[str, Any]:
    """The form of the cell that these options select."""
    for name, value in given.items():
        if name not in Options.__annotations__:
            raise CoreError(name, repr(value), f"one of the options {', '.join(Options.__annotations__)}")
        schemes = [scheme for scheme, names in _OF_SCHEME.items() if name in names]
        cells = [cell for cell, names in _OF_CELL.items() if name in names]
        if schemes and scheme not in schemes:
            raise CoreError(name, repr(value), f"nothing: scheme {scheme!r} has no such option, {schemes} have")
        if cells and cell not in cells:
            raise CoreError(name, repr(value), f"nothing: the cell {cell!r} has no such option, {cells} have")

    form = check_form(cell, {name: given[name] for name in FORMS[cell].keys() & given.keys()})
    for name in given.keys() & _LEAST.keys():
        check_number(name, given[name], _LEAST[name])

    for name in ("spectral_radius", "singular_value"):
        if scheme == name and name not in given:
            raise CoreError(name, None, f"a number: scheme {scheme!r} needs it")
    if scheme == "chrono" and "t_max" not in given:
        raise CoreError("t_max", None, "the longest memory in steps: scheme 'chrono' needs it")
    if "t_max" in given and "forget_bias" in given:
        raise CoreError("forget_bias", given["forget_bias"], "nothing beside t_max: both set the same bias")
    if form.get("variant") == "no_forget" and given.keys() & {"t_max", "forget_bias"}:
        raise CoreError("variant", "'no_forget'", "a cell with a forget gate, for its bias to be set")
    if scheme in ("orthogonal", "spectral_radius", "singular_value"):
        check_integer(f"hidden_size of scheme {scheme!r}", H, 1, LARGEST_DENSE)
    return form


def _draw(name: str, shapes: Shapes, scheme: Scheme, given: dict[str, Any], rng: np.random.Generator) -> Array:
    shape, gain = shapes[name], given.get("gain", 1.0)
    H = shape[0]
    if scheme in ("torch", "chrono"):
        bound = 1.0 / math.sqrt(H)
        values = rng.uniform(-bound, bound, shape)
        has_both = name in ("b_n", "b_hn") and "b_hn" in shapes  # here torch's two biases are separate fields
        return values + rng.uniform(-bound, bound, shape) if name.startswith("b_") and not has_both else values
    if scheme == "zeros" or len(shape) == 1:
        return np.zeros(shape)
    if name.startswith("W_x"):
        return rng.normal(0.0, 0.001, shape) if scheme == "identity" else _xavier(rng, shape, 1.0)
    if scheme == "xavier":
        return _xavier(rng, shape, gain)
    if scheme == "identity":
        return np.asarray(gain * np.eye(H))
    gaussian = rng.normal(size=shape)
    if scheme == "orthogonal":
        q, r = np.linalg.qr(gaussian)
        return np.asarray(gain * q * np.sign(np.diag(r)))  # without the signs, Q would not be uniformly distributed
    if scheme == "spectral_radius":
        return np.asarray(gaussian * (given["spectral_radius"] / np.abs(np.linalg.eigvals(gaussian)).max()))
    return np.asarray(gaussian * (given["singular_value"] / np.linalg.norm(gaussian, 2)))


def _xavier(rng: np.random.Generator, shape: tuple[int, ...], gain: float) -> Array:
    bound = gain * math.sqrt(6.0 / sum(shape))
    return np.asarray(rng.uniform(-bound, bound, shape))


def parameter_count(
    cell: Cell, input_size: int, hidden_size: int, *, layers: int = 1, directions: int = 1, biases: int = 1
) -> int:
    """H (X + H + biases) numbers per gate: `biases=1` as in the equations, 2 as torch stores them.

    An RNN has one such block, a GRU three, an LSTM four. Each further layer reads all directions of the layer below.
    The inner bias b_hn of `reset="after"` is the candidate's second bias: it counts among torch's two only.

    >>> parameter_count("lstm", 4, 8), parameter_count("gru", 4, 8, biases=2)
    (416, 336)
    """
    check_option("cell", cell, get_args(Cell))
    check_integer("input_size", input_size, 1, MAX_SIZE)
    H = check_integer("hidden_size", hidden_size, 1, MAX_SIZE)
    check_integer("layers", layers, 1, MAX_SIZE)
    check_integer("directions", directions, 1, 2)
    check_integer("biases", biases, 0, 2)
    gates = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    inputs = [input_size] + [directions * H] * (layers - 1)
    return directions * sum(gates * H * (X + H + biases) for X in inputs)


def count_parameters(params: Params) -> int:
    """The number of scalars in these parameters, b_hn and peepholes included.

    >>> count_parameters(init_params("rnn", 4, 8))
    104
    """
    return sum(weight.size for weight in weights_of(params).values())
