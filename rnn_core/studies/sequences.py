"""The networks and inputs of the pages on hidden states and on gates: one number per step, H units."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np

from rnn_core.arrays import Array, Cell
from rnn_core.cells import AnyTrace, LSTMParams, Params, RNNParams
from rnn_core.cells.interventions import Intervention
from rnn_core.params import presets
from rnn_core.params.build import form_of, make_params, weights_of
from rnn_core.params.init import init_params
from rnn_core.passes.unroll import run

Form = Literal["rnn", "lstm", "lstm97", "coupled", "gru", "gru_before"]
FORMS: dict[Form, tuple[Cell, dict[str, Any]]] = {
    "rnn": ("rnn", {}),
    "lstm": ("lstm", {}),
    "lstm97": ("lstm", {"variant": "no_forget"}),
    "coupled": ("lstm", {"variant": "coupled"}),
    "gru": ("gru", {}),
    "gru_before": ("gru", {"reset": "before"}),
}
FirstWeights = Literal["torch", "xavier", "orthogonal", "identity", "chrono", "zeros"]
FIRST_WEIGHTS: tuple[FirstWeights, ...] = get_args(FirstWeights)
Signal = Literal["pulse", "wave", "noise", "constant", "silence"]
SIGNALS: tuple[Signal, ...] = get_args(Signal)


@dataclass(frozen=True)
class SequenceSetup:
    form: Form = "rnn"
    hidden_size: int = 16
    steps: int = 60
    seed: int = 0
    first_weights: FirstWeights = "torch"
    gain: float = 1.0  # every recurrent matrix W_h is multiplied by it
    signal: Signal = "pulse"
    biases: tuple[
        tuple[str, float], ...
    ] = ()  # ("b_f", 1.0): this number for every unit; names that the form lacks are ignored
    start: float = 0.0  # the memory of every unit before the first step: c_0 of an LSTM, h_0 of the others


def params_of(setup: SequenceSetup) -> Params:
    cell, form = FORMS[setup.form]
    drawn = init_params(cell, 1, setup.hidden_size, setup.seed, **first_weights_of(setup), **form)
    params = with_gain(drawn, setup.gain)
    weights = weights_of(params)
    set_by_hand = {name: np.full(setup.hidden_size, value) for name, value in setup.biases if name in weights}
    return make_params(cell, weights | set_by_hand, form_of(params))


def first_weights_of(setup: SequenceSetup) -> dict[str, Any]:
    """The setup's initialisation as options of `init_params`."""
    if setup.first_weights != "chrono":
        return {"scheme": setup.first_weights}
    if setup.form in ("rnn", "lstm97"):  # chrono only sets gate biases that these forms lack, so the rest of it remains
        return {"scheme": "torch"}
    return {"scheme": "chrono", "t_max": max(2, setup.steps)}


def with_gain(params: Params, gain: float) -> Params:
    """Every recurrent matrix W_h times the gain."""
    weights = weights_of(params)
    scaled = {name: gain * weight for name, weight in weights.items() if name.startswith("W_h")}
    return make_params(params.cell, weights | scaled, form_of(params))


def inputs_of(setup: SequenceSetup) -> Array:
    """(T, 1)"""
    match setup.signal:
        case "pulse":
            return presets.pulse(setup.steps)
        case "wave":
            return presets.wave(setup.steps)
        case "noise":
            return presets.noise(setup.steps, seed=setup.seed)
        case "constant":
            return presets.constant(setup.steps)
        case "silence":
            return np.zeros((setup.steps, 1))


def run_of(setup: SequenceSetup, xs: Array | None = None, interventions: Iterable[Intervention] = ()) -> AnyTrace:
    """The run of this setup, over other inputs or with interventions if they are given."""
    params = params_of(setup)
    start = np.full(setup.hidden_size, setup.start)
    xs = inputs_of(setup) if xs is None else xs
    if isinstance(params, LSTMParams):
        return run(params, xs, None, start, interventions=interventions)
    return run(params, xs, start, interventions=interventions)


def with_difference(setup: SequenceSetup, step: int, size: float) -> Array:
    """(T, 1): the inputs with `size` added at one step (from 0)."""
    xs = inputs_of(setup).copy()
    xs[step] += size
    return xs


# Networks of two units, whose states lie in a plane. Each picture demonstrates one idea.
Plane = Literal["fades", "spiral", "cycle", "one_bit", "two_bits", "detour"]
PLANES: dict[Plane, tuple[tuple[float, float], tuple[float, float]]] = {
    "fades": ((0.8, 0.0), (0.0, 0.5)),
    "spiral": ((0.85, -0.45), (0.45, 0.85)),
    "cycle": ((1.1, -0.6), (0.6, 1.1)),
    "one_bit": ((1.6, 0.0), (0.0, 0.5)),
    "two_bits": ((1.6, 0.0), (0.0, 1.6)),
    "detour": ((0.9, 5.0), (0.0, 0.9)),
}


@dataclass(frozen=True)
class PlaneSetup:
    """A plain RNN of two units that reads the same number, or nothing, at every step."""

    picture: Plane = "one_bit"
    gain: float = 1.0  # W_hh is multiplied by it
    push: float = 0.0  # the input of the first unit
    first: float = -0.5  # h_0
    second: float = 0.9
    steps: int = 60


def plane_params(setup: PlaneSetup) -> RNNParams:
    return RNNParams(np.array([[1.0], [0.0]]), setup.gain * np.array(PLANES[setup.picture]), np.zeros(2))


def plane_path(setup: PlaneSetup, start: tuple[float, float] | None = None) -> Array:
    """(T+1, 2): the states from h_0, or from another initial state."""
    begin = np.array((setup.first, setup.second) if start is None else start)
    return run(plane_params(setup), np.full((setup.steps, 1), setup.push), begin).hs


def of_form(setup: SequenceSetup, form: Form) -> SequenceSetup:
    """The same seed, sizes and input with another cell."""
    return replace(setup, form=form)
