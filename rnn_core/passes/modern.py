"""`run_modern` and `bptt_modern`: a modern cell over a sequence with every value, and the gradient on every value."""

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.arrays import Array, weight_names
from rnn_core.cells.modern.base import ModernGradients, ModernParams, ModernTrace
from rnn_core.equations.lookup import modern_lines
from rnn_core.errors import CoreError, check_array, check_integer, check_kind, check_numbers
from rnn_core.passes.evaluate import Evaluation, Group, groups

MOST_STEPS = 4_096
SCORES = "scores"  # of attention


def run_modern(params: ModernParams, xs: ArrayLike, states: Mapping[str, ArrayLike] | None = None) -> ModernTrace:
    """Run a modern cell over xs (T, X), from its states of rest or from those given by name.

    >>> from rnn_core.params.modern import init_modern
    >>> trace = run_modern(init_modern("min_gru", 2, 3), np.ones((5, 2)))
    >>> trace
    ModernTrace(cell='min_gru', T=5, X=2, H=3)
    >>> trace.update_gate.shape, trace.hs.shape
    ((5, 3), (6, 3))
    """
    check_kind("params", params, ModernParams)
    params = params.checked()
    inputs = check_array("xs", xs, ("T", params.input_size)).copy()
    T = check_integer("xs: its number of steps T", len(inputs), 1, MOST_STEPS)
    rest = params.initial_state()
    check_numbers("xs", T * sum(state.size for state in rest.values()) * len(params.equations()) // 4)
    if SCORES in params.letters:
        check_numbers("xs", 8 * T * T)
    if unknown := set(states or {}) - rest.keys():
        raise CoreError("states", ", ".join(sorted(unknown)), "some of " + ", ".join(rest) if rest else "nothing")
    first = {name: 0 for name in rest}
    arrays: dict[str, Array] = {name: getattr(params, name) for name in weight_names(params)}
    arrays |= params.constants
    arrays["xs"] = inputs
    for name, state in rest.items():
        arrays[name] = np.zeros((T + 1, *state.shape))
        given = (states or {}).get(name)
        arrays[name][0] = state if given is None else check_array(f"states[{name!r}]", given, state.shape)

    run = Evaluation(arrays, first, T)
    lines = tuple(params.equations())
    with np.errstate(all="ignore"):
        for group in groups(lines):
            for recipe in group.recipes:
                if recipe.name not in arrays:
                    arrays[recipe.name] = np.zeros(run.shape_of(recipe))
            run.compute(group, given_before=0)
            _leave_out_later_steps(group, arrays, T)
    weights = set(weight_names(params))
    return ModernTrace(params, {name: array for name, array in arrays.items() if name not in weights})


def bptt_modern(trace: ModernTrace, direct: ArrayLike) -> ModernGradients:
    """The gradients of a loss, given its direct gradient (T, H) on the values that a readout reads (`trace.output`).

    >>> from rnn_core.params.modern import init_modern
    >>> trace = run_modern(init_modern("delta_net", 2, 3), np.ones((5, 2)))
    >>> grads = bptt_modern(trace, np.ones((5, 3)))
    >>> grads.params.W_xk.shape, grads.dmemory.shape
    ((3, 2), (6, 3, 3))
    """
    check_kind("trace", trace, ModernTrace)
    params, T = trace.params, len(trace.values["xs"])
    names = weight_names(params)
    arrays: dict[str, Array] = {name: getattr(params, name) for name in names} | dict(trace.values)
    output = f"d{params.output}_direct"
    arrays[output] = check_array("direct", direct, (T, params.hidden_size)).copy()
    states = params.initial_state()
    forward = tuple(params.equations())
    backward = modern_lines(params)[len(forward) :]
    run = Evaluation(arrays, {name: 0 for state in states for name in (state, f"d{state}")}, T)
    made = {}
    with np.errstate(all="ignore"):
        for group in groups(backward):
            for recipe in group.recipes:
                made[recipe.name] = arrays[recipe.name] = np.zeros(arrays[recipe.name[1:]].shape)
            run.compute(group, given_before=-1, backward=True)
            _leave_out_later_steps(group, arrays, T)
    weights = {name: made.pop(f"d{name}") for name in names}
    options = {each.name: getattr(params, each.name) for each in fields(params) if each.name not in names}
    return ModernGradients(type(params)(**weights, **options), made | {output: arrays[output]}, trace)


def _leave_out_later_steps(group: Group, arrays: Mapping[str, Array], T: int) -> None:
    """A value with two steps has numbers up to its own step; a score of minus infinity has the weight 0."""
    for recipe in group.recipes:
        if recipe.index == ("t", "s"):
            arrays[recipe.name][np.triu_indices(T, k=1)] = -np.inf if recipe.name == SCORES else 0.0
