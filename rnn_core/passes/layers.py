r"""Stacks of layers and bidirectional layers: each layer and direction is one cell, with `run` and `bptt` of its own.

Layer k reads the output of layer k - 1. Both directions of a layer read the same input, and their states at the same
step are concatenated: $y_t = [\overrightarrow{h}_t, \overleftarrow{h}_t]$. States are stacked as in torch: layer by
layer, and within a layer forward before backward, so row 2k + 1 is the backward direction of layer k.

The backward direction's trace is in its reading order: its step 0 reads the last x. It is therefore an ordinary trace of
an ordinary cell.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.arrays import Array, Cell
from rnn_core.cells import AnyGradients, AnyTrace, LSTMGradients, LSTMTrace, Params
from rnn_core.cells.records import Record
from rnn_core.errors import CoreError, check_array, check_integer, check_kind, check_steps
from rnn_core.params.build import form_of
from rnn_core.params.init import init_params
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import check_params, run

MAX_LAYERS = 64


@dataclass(frozen=True, eq=False, repr=False)
class StackParams(Record):
    """One cell per layer and direction, the layer that reads the input first."""

    forward: tuple[Params, ...]
    backward: tuple[Params, ...] = ()  # () without a backward direction

    def sizes(self) -> dict[str, int]:
        return {
            "layers": len(self.forward),
            "directions": self.directions,
            "X": self.input_size,
            "H": self.hidden_size,
        }

    @property
    def cell(self) -> Cell:
        return self.forward[0].cell

    @property
    def input_size(self) -> int:
        return self.forward[0].input_size

    @property
    def hidden_size(self) -> int:
        return self.forward[0].hidden_size

    @property
    def directions(self) -> int:
        return 2 if self.backward else 1

    @property
    def rows(self) -> tuple[Params, ...]:
        """Every cell, in the order of the stacked states."""
        if not self.backward:
            return self.forward
        return tuple(params for both in zip(self.forward, self.backward, strict=True) for params in both)


@dataclass(frozen=True, eq=False, repr=False)
class StackTrace(Record):
    params: StackParams
    ys: Array  # (T, D*H) the output of the last layer
    h_n: Array  # (L*D, H) each direction's state after its last step
    c_n: Array | None  # (L*D, H) LSTM only
    forward: tuple[AnyTrace, ...]  # one per layer
    backward: tuple[AnyTrace, ...]  # one per layer, step 0 reads the last x; () without a backward direction

    def sizes(self) -> dict[str, int]:
        return {"T": len(self.ys), **self.params.sizes()}


@dataclass(frozen=True, eq=False, repr=False)
class StackGradients(Record):
    params: StackParams  # the gradient of every weight
    dxs: Array  # (T, X)
    dh_0: Array  # (L*D, H)
    dc_0: Array | None  # (L*D, H) LSTM only
    forward: tuple[AnyGradients, ...]
    backward: tuple[AnyGradients, ...]

    def sizes(self) -> dict[str, int]:
        return {"T": len(self.dxs), **self.params.sizes()}


def init_stack(
    cell: Cell,
    input_size: int,
    hidden_size: int,
    layers: int = 1,
    *,
    bidirectional: bool = False,
    seed: int = 0,
    **options: Any,
) -> StackParams:
    """Every cell is initialised by `init_params` with these options and its own seed; the first cell's seed is `seed`.

    >>> init_stack("lstm", input_size=4, hidden_size=8, layers=2, bidirectional=True)
    StackParams(layers=2, directions=2, X=4, H=8)
    """
    check_integer("layers", layers, 1, MAX_LAYERS)
    check_kind("bidirectional", bidirectional, bool)
    directions = 2 if bidirectional else 1

    def make(layer: int, direction: int) -> Params:
        X = input_size if layer == 0 else directions * hidden_size
        return init_params(cell, X, hidden_size, layer_seed(seed, layer, direction), **options)

    forward = tuple(make(layer, 0) for layer in range(layers))
    return StackParams(forward, tuple(make(layer, 1) for layer in range(layers)) if bidirectional else ())


def layer_seed(seed: int, layer: int, direction: int = 0) -> int:
    """The seed of one layer and direction; that of the first is `seed` itself."""
    if layer == direction == 0:
        return seed
    return int(np.random.SeedSequence([seed, layer, direction]).generate_state(1)[0])


def check_stack(params: StackParams) -> StackParams:
    """Layers of one cell, one form and one hidden size, each as wide in its input as the layer below in its output."""
    check_kind("params", params, StackParams)
    check_kind("params.forward", params.forward, tuple)
    check_kind("params.backward", params.backward, tuple)
    check_integer("params: its layers", len(params.forward), 1, MAX_LAYERS)
    if params.backward and len(params.backward) != len(params.forward):
        raise CoreError("params.backward", f"{len(params.backward)} layers", f"0 or {len(params.forward)}, as forward")
    params = StackParams(tuple(map(check_params, params.forward)), tuple(map(check_params, params.backward)))
    H, D, form = params.hidden_size, params.directions, form_of(params.forward[0])
    for row, each in enumerate(params.rows):
        X = params.input_size if row < D else D * H
        if each.cell != params.cell or form_of(each) != form:
            raise CoreError(f"params: row {row}", f"{each.cell} {form_of(each)}", f"{params.cell} {form}, as the first")
        if (each.input_size, each.hidden_size) != (X, H):
            given = f"input size {each.input_size} and hidden size {each.hidden_size}"
            raise CoreError(f"params: row {row}", given, f"input size {X} and hidden size {H}")
    return params


def run_stack(
    params: StackParams, xs: ArrayLike, h_0: ArrayLike | None = None, c_0: ArrayLike | None = None
) -> StackTrace:
    """Run every layer over xs (T, X), from the states h_0 and c_0 (L*D, H), which are zeros unless given.

    >>> run_stack(init_stack("gru", 4, 8, 2), np.ones((20, 4))).ys.shape
    (20, 8)
    """
    params = check_stack(params)
    layer_xs = check_array("xs", xs, ("T", params.input_size))
    check_steps(len(layer_xs), max(params.input_size, params.hidden_size) * len(params.rows))
    h, c = _states("h_0", h_0, params), _cell_states("c_0", c_0, params)
    D, traces = params.directions, list[AnyTrace]()
    for row, cell in enumerate(params.rows):
        reads = layer_xs[::-1] if row % D else layer_xs
        traces.append(run(cell, reads, None if h is None else h[row], None if c is None else c[row]))
        if row % D == D - 1:
            layer_xs = _side_by_side(traces[-D:])
            bad = traces[-D].first_bad or traces[-1].first_bad
            if bad is not None and row + 1 < len(params.rows):
                raise CoreError(
                    f"layer {row // D} of {len(params.forward)}",
                    f"{bad.name} that overflows at step {bad.step}",
                    "a finite run: the layer above has nothing to read (run this one alone to look at it)",
                )
    c_n = np.stack([each.cs[-1] for each in traces if isinstance(each, LSTMTrace)]) if params.cell == "lstm" else None
    h_n = np.stack([each.hs[-1] for each in traces])
    return StackTrace(params, layer_xs, h_n, c_n, tuple(traces[::D]), tuple(traces[1::D]) if D == 2 else ())


def bptt_stack(
    trace: StackTrace,
    dys: ArrayLike,
    dh_n: ArrayLike | None = None,
    dc_n: ArrayLike | None = None,
    *,
    truncate: int | None = None,
) -> StackGradients:
    """The gradients of a loss, given its gradient on the output ys (T, D*H) and on the last states (L*D, H).

    truncate=k cuts every layer's chain where `bptt` does.

    >>> trace = run_stack(init_stack("gru", 4, 8, 2), np.ones((20, 4)))
    >>> bptt_stack(trace, dys=np.ones((20, 8)))
    StackGradients(T=20, layers=2, directions=1, X=4, H=8)
    """
    check_kind("trace", trace, StackTrace)
    params, H, D = trace.params, trace.params.hidden_size, trace.params.directions
    layer_dys = check_array("dys", dys, trace.ys.shape)
    dh, dc = _states("dh_n", dh_n, params), _cell_states("dc_n", dc_n, params)
    grads: list[AnyGradients] = []  # from the last row down
    for row in reversed(range(len(params.rows))):
        layer, reads_back = divmod(row, D)
        direct = (layer_dys[::-1, H:] if reads_back else layer_dys[:, :H]).copy()
        direct_c = None if dc is None else np.zeros_like(direct)
        if dh is not None:
            direct[-1] += dh[row]
        if dc is not None and direct_c is not None:
            direct_c[-1] = dc[row]
        grads.append(
            bptt((trace.backward if reads_back else trace.forward)[layer], direct, direct_c, truncate=truncate)
        )
        if not reads_back:
            layer_dys = grads[-1].dxs + (grads[-2].dxs[::-1] if D == 2 else 0.0)
    grads.reverse()
    dc_0 = (
        np.stack([each.dcs[0] for each in grads if isinstance(each, LSTMGradients)]) if params.cell == "lstm" else None
    )
    dh_0 = np.stack([each.dhs[0] for each in grads])
    forward, backward = tuple(grads[::D]), tuple(grads[1::D]) if D == 2 else ()
    of_weights = StackParams(tuple(each.params for each in forward), tuple(each.params for each in backward))
    return StackGradients(of_weights, layer_dys, dh_0, dc_0, forward, backward)


def _side_by_side(both: list[AnyTrace]) -> Array:
    """(T, D*H): the states of the forward direction, and those of the backward direction in the order of the input."""
    return np.concatenate([both[0].hs[1:], *(each.hs[:0:-1] for each in both[1:])], axis=1)


def _states(argument: str, states: ArrayLike | None, params: StackParams) -> Array | None:
    return None if states is None else check_array(argument, states, (len(params.rows), params.hidden_size))


def _cell_states(argument: str, states: ArrayLike | None, params: StackParams) -> Array | None:
    if states is not None and params.cell != "lstm":
        raise CoreError(argument, "cell states", f"nothing: only the LSTM has them, this is the {params.cell}")
    return _states(argument, states, params)
