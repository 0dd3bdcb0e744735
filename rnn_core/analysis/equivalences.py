"""Cells that look different and are the same, and cells that look the same and are not, each run to be compared."""

from dataclasses import dataclass, replace

import numpy as np

from rnn_core.arrays import Array
from rnn_core.cells import GRUParams, RNNParams
from rnn_core.cells.activations import FUNCTIONS
from rnn_core.cells.gru import PUBLISHED_FORMS
from rnn_core.cells.interventions import Clamp
from rnn_core.params.build import make_params, weights_of
from rnn_core.passes.unroll import run


def joined_matrix(params: RNNParams) -> Array:
    """The wide matrix of the older form, [W_xh | W_hh], (H, X + H)."""
    return np.hstack([params.W_xh, params.W_hh])


def joined_states(params: RNNParams, xs: Array) -> Array:
    """h_0..h_T, (T+1, H), by the older form: one product of the wide matrix with [x_t; h_{t-1}]."""
    W = joined_matrix(params)
    hs = [np.zeros(params.hidden_size)]
    for x in xs:
        h = W @ np.concatenate([x, hs[-1]]) + params.b_h
        FUNCTIONS[params.activation](h, h)
        hs.append(h)
    return np.array(hs)


def in_form(params: GRUParams, reset: str, z_keeps: bool) -> GRUParams:
    """The same weights in another convention, biases matched: the inner bias joins b_n where there is none."""
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

    as_they_are: float  # reset before against after
    r_is_one: float  # the same with every reset gate held at 1
    diagonal: float  # the same with W_hn cut to its diagonal and no inner bias
    z_turned: float  # z keeps against z writes with the sign of the update gate's weights turned


def agreement(params: GRUParams, xs: Array) -> Agreement:
    keeps = params.z_keeps

    def apart(one: GRUParams, other: GRUParams, *held: Clamp) -> float:
        return float(np.abs(run(one, xs, interventions=held).hs - run(other, xs, interventions=held).hs).max())

    def before_and_after(base: GRUParams, *held: Clamp) -> float:
        return apart(in_form(base, "before", keeps), in_form(base, "after", keeps), *held)

    one = Clamp("reset_gate", tuple(range(params.hidden_size)), 1.0)
    no_inner_bias = None if params.b_hn is None else np.zeros_like(params.b_hn)
    diagonal = replace(params, W_hn=np.diag(np.diag(params.W_hn)), b_hn=no_inner_bias)
    turned = replace(in_form(params, params.reset, not keeps), W_xz=-params.W_xz, W_hz=-params.W_hz, b_z=-params.b_z)
    return Agreement(
        as_they_are=before_and_after(params),
        r_is_one=before_and_after(params, one),
        diagonal=before_and_after(diagonal),
        z_turned=apart(params, turned),
    )
