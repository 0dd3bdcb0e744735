"""Conversions between parameters and dictionaries of named weights, for the code that makes, writes or reads them."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from rnn_core.arrays import Array, Cell, weight_names
from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.cells.activations import ACTIVATIONS
from rnn_core.cells.gru import RESETS
from rnn_core.cells.lstm import VARIANTS
from rnn_core.errors import CoreError, check_kind, check_option

# The options that select the form of a cell, with their values, the default first. All other fields are weights.
FORMS: dict[Cell, dict[str, tuple[Any, ...]]] = {
    "rnn": {"activation": ACTIVATIONS},
    "lstm": {"variant": VARIANTS},
    "gru": {"reset": RESETS, "z_keeps": (True, False)},
}
_KINDS: dict[Cell, type[Params]] = {"rnn": RNNParams, "lstm": LSTMParams, "gru": GRUParams}


def make_params(cell: Cell, weights: Mapping[str, Array], form: Mapping[str, Any]) -> Params:
    """The parameters of a cell; weights that this form does not have are None."""
    check_option("cell", cell, _KINDS)
    of_the_kind = [field.name for field in fields(_KINDS[cell])]
    for name in (*weights, *form):
        check_option(f"weights of the {cell}", name, of_the_kind)
    kind: Callable[..., Params] = _KINDS[cell]
    absent = {field.name: None for field in fields(_KINDS[cell]) if field.default is MISSING}
    return kind(**{**absent, **weights, **form})


def check_form(cell: Cell, form: Mapping[str, Any]) -> dict[str, Any]:
    """Every option of the form by name: the given value, or the default."""
    check_option("cell", cell, FORMS)
    for name, value in form.items():
        check_option(f"options of the {cell}", name, FORMS[cell])
        values = FORMS[cell][name]
        if not any(value is each or (isinstance(value, str) and value == each) for each in values):
            raise CoreError(name, repr(value), "one of " + ", ".join(map(repr, values)))
    return {name: form.get(name, values[0]) for name, values in FORMS[cell].items()}


def shapes_of(cell: Cell, X: int, H: int, form: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """The shape of every weight that this form of the cell has, by name.

    >>> shapes_of("rnn", 4, 8, {"activation": "tanh"})
    {'W_xh': (8, 4), 'W_hh': (8, 8), 'b_h': (8,)}
    """
    if cell == "lstm":
        return LSTMParams.shapes(X, H, form["variant"])
    return GRUParams.shapes(X, H, form["reset"]) if cell == "gru" else RNNParams.shapes(X, H)


def form_of(params: Params) -> dict[str, Any]:
    """`{"variant": "peephole"}`, `{"reset": "after", "z_keeps": True}`, `{"activation": "tanh"}`.

    >>> form_of(make_params("rnn", {"W_xh": np.ones((2, 1)), "W_hh": np.eye(2), "b_h": np.zeros(2)}, {"activation": "relu"}))
    {'activation': 'relu'}
    """
    check_kind("params", params, Params)
    return {name: getattr(params, name) for name in FORMS[params.cell]}


def weights_of(params: Params) -> dict[str, Array]:
    """Every weight that these parameters have, by name."""
    check_kind("params", params, Params)
    return {name: getattr(params, name) for name in weight_names(params)}
