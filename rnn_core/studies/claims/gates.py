"""Claims about the gates."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Array
from rnn_core.cells.gru import PUBLISHED_FORMS, GRUTrace
from rnn_core.params.init import parameter_count
from rnn_core.studies.claims.claim import Finding, Picture, Series

STEPS = 100


def gru_has_three_gates() -> Finding:
    gates = [name.removesuffix("_gate") for name in GRUTrace.gates if name.endswith("_gate")]
    params = rc.init_params("gru", 2, 3)
    blocks = parameter_count("gru", 2, 3) // parameter_count("rnn", 2, 3)
    return Finding(
        (set(gates) == {"input", "update", "output"},),
        {"gates": ", ".join(gates), "blocks": blocks, "fields": ", ".join(GRUTrace.gates), "H": params.hidden_size},
    )


def _share_of_new(z_keeps: bool) -> tuple[float, float]:
    params = rc.init_params("gru", 1, 1, seed=0, scheme="zeros", z_keeps=z_keeps)
    trace = rc.run(replace(params, b_z=np.array([2.0]), b_n=np.array([1.0])), [[0.0]], [0.5])
    z, n = float(trace.update_gate[0, 0]), float(trace.candidate[0, 0])
    return z, (float(trace.hs[1, 0]) - 0.5) / (n - 0.5)


def z_is_share_of_new() -> Finding:
    (z, keeps), (_same, takes) = _share_of_new(True), _share_of_new(False)
    forms = sum(not form.z_keeps for form in PUBLISHED_FORMS)
    return Finding(
        (bool(np.isclose(keeps, z)), bool(np.isclose(takes, z))),
        {"z": z, "keeps": keeps, "takes": takes, "forms": forms, "all": len(PUBLISHED_FORMS)},
    )


def _one_step(f: float) -> tuple[float, float]:
    """c_1 and h_1 from c_0 = 2 and h_0 = 0.7, with the input gate shut and the forget gate held at f."""
    params = rc.init_params("lstm", 1, 1, scheme="zeros")
    held = [rc.Clamp("forget_gate", (0,), f), rc.Clamp("input_gate", (0,), 0.0)]
    trace = rc.run(params, [[0.0]], [0.7], [2.0], interventions=held)
    return float(trace.cs[1, 0]), float(trace.hs[1, 0])


def forget_gate_forgets_hidden_state() -> Finding:
    (c_open, h_open), (c_shut, h_shut) = _one_step(1.0), _one_step(0.0)
    params = rc.init_params("lstm", 1, 1, scheme="zeros")
    from_other = rc.run(params, [[0.0]], [-0.7], [2.0]).cs[1, 0] - rc.run(params, [[0.0]], [0.7], [2.0]).cs[1, 0]
    acts_on_h, one_forgets = bool(from_other != 0.0), c_open < c_shut
    return Finding(
        (acts_on_h and one_forgets,),
        {"c_open": c_open, "h_open": h_open, "c_shut": c_shut, "h_shut": h_shut, "from_h": float(from_other)},
    )


YEARS = {"lstm": 1997, "forget": 2000, "gru": 2014}  # Hochreiter and Schmidhuber; Gers et al.; Cho et al.


def _left_after(cell: Literal["lstm", "gru"], bias: float, steps: int) -> float:
    """How much of a memory is left after so many steps, in a cell of weights 0 with this bias of the gate that keeps."""
    xs = np.zeros((steps, 1))
    if cell == "lstm":
        return float(rc.run(rc.init_params("lstm", 1, 1, scheme="zeros", forget_bias=bias), xs, [0.0], [1.0]).cs[-1, 0])
    return float(rc.run(rc.init_params("gru", 1, 1, scheme="zeros", forget_bias=bias), xs, [1.0]).hs[-1, 0])


def lstm_made_after_gru() -> Finding:
    left = {"left_lstm": _left_after("lstm", 5.0, STEPS), "left_gru": _left_after("gru", 5.0, STEPS)}
    return Finding((YEARS["lstm"] > YEARS["gru"],), {**YEARS, **left})


def gated_cells_are_smaller() -> Finding:
    X, H = 16, 64
    count = {cell: parameter_count(cell, X, H) for cell in ("rnn", "gru", "lstm")}
    return Finding(
        (count["lstm"] < count["rnn"], count["gru"] < count["rnn"]),
        {"X": X, "H": H, **count, "ratio": f"{count['lstm'] // count['rnn']} : {count['gru'] // count['rnn']} : 1"},
    )


def _fading(bias: float) -> Array:
    params = rc.init_params("lstm", 1, 1, scheme="zeros", forget_bias=bias)
    return rc.run(params, np.zeros((STEPS, 1)), [0.0], [1.0]).cs[:, 0]


def lstm_solves_vanishing() -> Finding:
    kept = {bias: _fading(bias) for bias in (0.0, 1.0, 5.0)}
    return Finding(
        tuple(bool(values[-1] > 0.1) for values in kept.values()),
        {
            "T": STEPS,
            "f_0": 0.5,
            "left_0": float(kept[0.0][-1]),
            "left_1": float(kept[1.0][-1]),
            "left_5": float(kept[5.0][-1]),
            "f_5": float(1.0 / (1.0 + np.exp(-5.0))),
        },
        Picture(
            "step", "memory_left", tuple(Series(f"bias {bias:g}", values, 0) for bias, values in kept.items()), log=True
        ),
    )


ALL: dict[int, Callable[[], Finding]] = {
    8: gru_has_three_gates,
    9: z_is_share_of_new,
    10: forget_gate_forgets_hidden_state,
    11: lstm_made_after_gru,
    12: gated_cells_are_smaller,
    13: lstm_solves_vanishing,
}
