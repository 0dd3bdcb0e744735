"""Comparisons of runs: forms of a cell that are equivalent although their equations differ, and forms that are not."""

from dataclasses import dataclass, replace

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells import GRUParams, RNNParams
from rnn_core.cells.activations import FUNCTIONS
from rnn_core.cells.gru import PUBLISHED_FORMS
from rnn_core.cells.interventions import Clamp
from rnn_core.params.build import make_params, weights_of
from rnn_core.passes.unroll import run


def concatenated_weights(params: RNNParams) -> Array:
    """[W_xh | W_hh], (H, X + H): the single matrix of the concatenated form."""
    return np.hstack([params.W_xh, params.W_hh])


def concatenated_states(params: RNNParams, xs: Array) -> Array:
    """h_0..h_T, (T+1, H), by the concatenated form: one product with [x_t; h_{t-1}] per step."""
    W = concatenated_weights(params)
    hs = [np.zeros(params.hidden_size)]
    for x in xs:
        h = W @ np.concatenate([x, hs[-1]]) + params.b_h
        FUNCTIONS[params.activation](h, h)
        hs.append(h)
    return np.array(hs)


def in_form(params: GRUParams, reset: str, z_keeps: bool) -> GRUParams:
    """The same weights in another convention. In a form without an inner bias, that bias is added to b_n."""
    weights = weights_of(params)
    inner = weights.pop("b_hn", np.zeros_like(params.b_n))
    if reset == "after":
        weights["b_hn"] = inner
    else:
        weights["b_n"] = params.b_n + inner
    made = make_params("gru", weights, {"reset": reset, "z_keeps": z_keeps})
    assert isinstance(made, GRUParams)
    return made


def states_of_all_forms(params: GRUParams, xs: Array) -> tuple[Array, ...]:
    """h_0..h_T of the four published forms, in their order, each (T+1, H)."""
    return tuple(run(in_form(params, form.reset, form.z_keeps), xs).hs for form in PUBLISHED_FORMS)


@dataclass(frozen=True)
class Agreement:
    """The largest difference between two conventions over a run, under four conditions."""

    unchanged: float  # reset before against reset after
    reset_fixed_to_one: float  # the same with every reset gate clamped to 1
    diagonal: float  # the same with a diagonal W_hn and no inner bias
    update_negated: float  # z_keeps=True against z_keeps=False with negated weights of the update gate


def agreement(params: GRUParams, xs: Array) -> Agreement:
    keeps = params.z_keeps

    def largest_difference(one: GRUParams, other: GRUParams, *clamps: Clamp) -> float:
        return float(np.abs(run(one, xs, interventions=clamps).hs - run(other, xs, interventions=clamps).hs).max())

    def before_against_after(base: GRUParams, *clamps: Clamp) -> float:
        return largest_difference(in_form(base, "before", keeps), in_form(base, "after", keeps), *clamps)

    one = Clamp("reset_gate", tuple(range(params.hidden_size)), 1.0)
    no_inner_bias = None if params.b_hn is None else np.zeros_like(params.b_hn)
    diagonal = replace(params, W_hn=np.diag(np.diag(params.W_hn)), b_hn=no_inner_bias)
    turned = replace(in_form(params, params.reset, not keeps), W_xz=-params.W_xz, W_hz=-params.W_hz, b_z=-params.b_z)
    return Agreement(
        unchanged=before_against_after(params),
        reset_fixed_to_one=before_against_after(params, one),
        diagonal=before_against_after(diagonal),
        update_negated=largest_difference(params, turned),
    )
