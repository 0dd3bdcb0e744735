"""`run`: unroll a cell over a sequence and keep every intermediate value of every step."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.arrays import Array
from rnn_core.cells import (
    AnyTrace,
    GRUParams,
    GRUTrace,
    LSTMParams,
    LSTMTrace,
    Params,
    RNNParams,
    RNNTrace,
    gru,
    gru_fast,
    lstm,
    lstm_fast,
    rnn_fast,
)
from rnn_core.cells.activations import ACTIVATIONS
from rnn_core.cells.base import FirstBad
from rnn_core.cells.interventions import Intervention, InterventionMasks
from rnn_core.errors import MAX_SIZE, CoreError, check_array, check_integer, check_option, check_steps


def check_params(params: Params) -> Params:
    """Checks that every weight exists, is finite and has the shape that the cell's sizes and options require."""
    match params:
        case RNNParams():
            check_option("params.activation", params.activation, ACTIVATIONS)
            sizes_from = "W_xh"
        case LSTMParams():
            check_option("params.variant", params.variant, lstm.VARIANTS)
            sizes_from = "W_xg"
        case GRUParams():
            check_option("params.reset", params.reset, gru.RESETS)
            if not isinstance(params.z_keeps, bool):
                raise CoreError("params.z_keeps", repr(params.z_keeps), "True or False")
            sizes_from = "W_xn"
        case _:
            raise CoreError("params", type(params).__name__, "RNNParams, LSTMParams or GRUParams")
    H, X = check_array(f"params.{sizes_from}", getattr(params, sizes_from), ("H", "X")).shape
    check_integer("params: its hidden size H", H, 1, MAX_SIZE)
    check_integer("params: its input size X", X, 1, MAX_SIZE)
    shapes = form_shapes(params, X, H)
    converted: dict[str, Any] = {}
    for name in type(params).__dataclass_fields__:
        value = getattr(params, name)
        if name in shapes:
            checked = check_array(f"params.{name}", value, shapes[name])
            if checked is not value:
                converted[name] = checked
        elif value is not None and name[0] in "Wwb":
            raise CoreError(f"params.{name}", f"shape {np.shape(value)}", "None: this form has no such weight")
    return replace(params, **converted) if converted else params


def form_shapes(params: Params, X: int, H: int) -> dict[str, tuple[int, ...]]:
    """The shape of every weight that this form of the cell has, by name. A GRU's inner bias is optional."""
    match params:
        case RNNParams():
            return params.shapes(X, H)
        case LSTMParams():
            return params.shapes(X, H, params.variant)
        case GRUParams():
            shapes = params.shapes(X, H, params.reset)
            return {name: shape for name, shape in shapes.items() if name != "b_hn" or params.b_hn is not None}


def params_shapes(params: Params) -> dict[str, tuple[int, ...]]:
    """The shape of every weight that these parameters have, by name."""
    return form_shapes(params, params.input_size, params.hidden_size)


def check_input(
    params: Params, xs: ArrayLike, h_0: ArrayLike | None, c_0: ArrayLike | None
) -> tuple[Array, Array, Array]:
    """xs (T, X), h_0 (H,) and c_0 (H,) of a run of this cell; a state that is not given is zero."""
    X, H = params.input_size, params.hidden_size
    inputs = check_array("xs", xs, ("T", X))
    check_steps(len(inputs), max(X, H))
    h = np.zeros(H) if h_0 is None else check_array("h_0", h_0, (H,))
    if c_0 is not None and not isinstance(params, LSTMParams):
        raise CoreError("c_0", "a cell state", f"nothing: only the LSTM has one, this is the {params.cell}")
    c = np.zeros(H) if c_0 is None else check_array("c_0", c_0, (H,))
    return inputs, h, c


def find_first_bad(trace: AnyTrace) -> FirstBad | None:
    """The first value, in the order of computation, that is infinite or not a number."""
    enough = [name for name in trace.order if name.endswith(("pre", "hs", "cs"))]  # the others are finite if these are
    checked = (getattr(trace, name) for name in enough)
    if all(values is None or np.isfinite(values).all() for values in checked):
        return None
    bad: list[tuple[int, int, int]] = []  # step, place in the order, unit
    for place, name in enumerate(trace.order):
        values = getattr(trace, name)
        if values is not None:
            made = values[1:] if name in ("hs", "cs") else values  # row 0 is the given initial state
            steps, units = np.nonzero(~np.isfinite(made))
            if len(steps):
                bad.append((int(steps[0]), place, int(units[0])))
    step, place, unit = min(bad)
    return FirstBad(step, trace.order[place], unit)


@overload
def run(
    params: RNNParams, xs: ArrayLike, h_0: ArrayLike | None = ..., *, interventions: Iterable[Intervention] = ...
) -> RNNTrace: ...
@overload
def run(
    params: LSTMParams,
    xs: ArrayLike,
    h_0: ArrayLike | None = ...,
    c_0: ArrayLike | None = ...,
    *,
    interventions: Iterable[Intervention] = ...,
) -> LSTMTrace: ...
@overload
def run(
    params: GRUParams, xs: ArrayLike, h_0: ArrayLike | None = ..., *, interventions: Iterable[Intervention] = ...
) -> GRUTrace: ...
@overload
def run(
    params: Params,
    xs: ArrayLike,
    h_0: ArrayLike | None = ...,
    c_0: ArrayLike | None = ...,
    *,
    interventions: Iterable[Intervention] = ...,
) -> AnyTrace: ...
def run(
    params: Params,
    xs: ArrayLike,
    h_0: ArrayLike | None = None,
    c_0: ArrayLike | None = None,
    *,
    interventions: Iterable[Intervention] = (),
) -> AnyTrace:
    """Run the cell over xs (T, X) from the state h_0 (H,), and c_0 (H,) for the LSTM, which are zeros unless given.

    Values that overflow stay infinite or NaN in the trace, and its `first_bad` names the first of them.

    >>> import rnn_core as rc
    >>> trace = rc.run(rc.init_params("gru", 2, 3), xs=[[1.0, 0.0], [0.0, 1.0]])
    >>> trace
    GRUTrace(T=2, X=2, H=3)
    >>> held = rc.run(trace.params, trace.xs, interventions=[rc.Clamp("update_gate", units=(0,), value=1.0)])
    >>> held.hs[:, 0]  # z = 1 keeps the state as it was
    array([0., 0., 0.])
    """
    params = check_params(params)
    checked, h, c = check_input(params, xs, h_0, c_0)
    inputs = checked.copy()  # a copy, because the trace keeps it
    T, H = len(inputs), params.hidden_size

    trace: AnyTrace
    with np.errstate(all="ignore"):  # overflow is reported on the trace, not on the console
        match params:
            case RNNParams():
                trace = rnn_fast.forward(
                    params, inputs, h, InterventionMasks(interventions, T, H, RNNTrace.gates, cell=False)
                )
            case LSTMParams():
                trace = lstm_fast.forward(
                    params, inputs, h, c, InterventionMasks(interventions, T, H, LSTMTrace.gates, cell=True)
                )
            case GRUParams():
                trace = gru_fast.forward(
                    params, inputs, h, InterventionMasks(interventions, T, H, GRUTrace.gates, cell=False)
                )
    first_bad = find_first_bad(trace)
    return trace if first_bad is None else replace(trace, first_bad=first_bad)
