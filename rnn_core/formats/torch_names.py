"""Parameters under the names of torch's layers, as NumPy arrays: `weight_ih_l0`, `bias_hh_l1_reverse` and so on.

torch stacks the gates in one matrix, LSTM i f g o, GRU r z n, and adds two biases: the core's bias is their sum, and the
second one is written as 0. Only the candidate of a GRU with `reset="after"` has two separate biases: the second is the
inner bias b_hn (0 if there is none). Forms that torch does not have use the same names: gates that a form lacks are left
out of the stack, and peepholes are a separate tensor, `peephole_l0` (3H,), in the order i f o.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array, Cell
from rnn_core.cells import Params
from rnn_core.errors import MAX_SIZE, CoreError, check_array, check_integer
from rnn_core.params.build import make_params, shapes_of, weights_of
from rnn_core.passes.layers import MAX_LAYERS, StackParams, check_stack

GATES: dict[Cell, str] = {"rnn": "h", "lstm": "ifgo", "gru": "rzn"}
Named = Mapping[str, NDArray[Any]]


def to_named(params: Params, end: str = "l0") -> dict[str, Array]:
    """One cell; `end` is the suffix of every name."""
    weights, H = weights_of(params), params.hidden_size
    gates = [gate for gate in GATES[params.cell] if f"W_h{gate}" in weights]
    second = {gate: np.zeros(H) for gate in gates} | ({"n": weights["b_hn"]} if "b_hn" in weights else {})
    stacked = {
        "weight_ih": [weights[f"W_x{gate}"] for gate in gates],
        "weight_hh": [weights[f"W_h{gate}"] for gate in gates],
        "bias_ih": [weights[f"b_{gate}"] for gate in gates],
        "bias_hh": list(second.values()),
    }
    if "w_ci" in weights:
        stacked["peephole"] = [weights["w_ci"], weights["w_cf"], weights["w_co"]]
    return {f"{name}_{end}": np.concatenate(parts) for name, parts in stacked.items()}


def from_named(named: Named, cell: Cell, form: Mapping[str, Any], end: str = "l0") -> Params:
    """One cell. Missing biases (`bias=False`) are 0."""
    gates = [gate for gate in GATES[cell] if f"W_h{gate}" in shapes_of(cell, 1, 1, form)]
    G, name = len(gates), f"weight_ih_{end}"
    rows, X = _floats(named, name, ("G*H", "X")).shape
    if rows % G:
        raise CoreError(f"{name}: its rows", rows, f"a multiple of {G}, the gates of this {cell}")
    H = check_integer(f"{name}: hidden size", rows // G, 1, MAX_SIZE)
    shapes = {"weight_ih": (G * H, X), "weight_hh": (G * H, H), "bias_ih": (G * H,), "bias_hh": (G * H,)}
    shapes |= {"peephole": (3 * H,)} if form.get("variant") == "peephole" else {}
    parts: dict[str, list[Array]] = {}
    for kind, shape in shapes.items():
        absent = kind.startswith("bias") and f"{kind}_{end}" not in named
        stacked = np.zeros(shape) if absent else _floats(named, f"{kind}_{end}", shape)
        parts[kind] = np.split(stacked, len(stacked) // H)

    weights: dict[str, Array] = {}
    for k, gate in enumerate(gates):
        weights[f"W_x{gate}"], weights[f"W_h{gate}"] = parts["weight_ih"][k], parts["weight_hh"][k]
        weights[f"b_{gate}"] = parts["bias_ih"][k] + parts["bias_hh"][k]
    if form.get("reset") == "after":
        weights["b_n"], weights["b_hn"] = parts["bias_ih"][2], parts["bias_hh"][2]
    if "peephole" in parts:
        weights["w_ci"], weights["w_cf"], weights["w_co"] = parts["peephole"]
    return make_params(cell, {each: weight.copy() for each, weight in weights.items()}, form)


def stack_to_named(stack: StackParams) -> dict[str, Array]:
    """Every layer and direction."""
    stack = check_stack(stack)
    named: dict[str, Array] = {}
    for layer, params in enumerate(stack.forward):
        named |= to_named(params, f"l{layer}")
        if stack.backward:
            named |= to_named(stack.backward[layer], f"l{layer}_reverse")
    return named


def stack_from_named(named: Named, cell: Cell, form: Mapping[str, Any]) -> StackParams:
    """One layer for each `weight_ih_l...`, and two directions if there is a `..._reverse`."""
    layers = sum(name.startswith("weight_ih_l") and not name.endswith("_reverse") for name in named)
    check_integer("layers", layers, 1, MAX_LAYERS)
    forward = tuple(from_named(named, cell, form, f"l{layer}") for layer in range(layers))
    backward: tuple[Params, ...] = ()
    if any(name.endswith("_reverse") for name in named):
        backward = tuple(from_named(named, cell, form, f"l{layer}_reverse") for layer in range(layers))
    stack = check_stack(StackParams(forward, backward))
    expected = {name for row, end in zip(stack.rows, _ends(stack), strict=True) for name in to_named(row, end)}
    if unknown := named.keys() - expected:
        raise CoreError("names", ", ".join(sorted(unknown)), f"only those of a {cell} of this form")
    return stack


def _ends(stack: StackParams) -> list[str]:
    ends = ["", "_reverse"][: stack.directions]
    return [f"l{layer}{end}" for layer in range(len(stack.forward)) for end in ends]


def _floats(named: Named, name: str, shape: tuple[int | str, ...]) -> Array:
    if name not in named:
        raise CoreError(name, "nothing of this name", "an array")
    return check_array(name, named[name], shape)
