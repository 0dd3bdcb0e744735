"""Small networks with numbers of one decimal, drawn from a seed, and their runs forward and backward."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_core.arrays import Array, Cell
from rnn_core.cells import AnyGradients, AnyTrace, LSTMTrace
from rnn_core.equations.explain import Explainer
from rnn_core.params.build import check_form, make_params, shapes_of
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

MAGNITUDES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 0.9, 1.0)
INPUTS = (0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True)
class FriendlyRun:
    trace: AnyTrace
    grads: AnyGradients

    def explainer(self) -> Explainer:
        return Explainer(self.trace, self.grads)


def friendly_run(
    cell: Cell, form: Mapping[str, Any], X: int, H: int, T: int, rng: np.random.Generator, last_loss_only: bool = False
) -> FriendlyRun:
    """`last_loss_only`: the loss reads the last state alone, otherwise every state."""
    whole = check_form(cell, form)
    weights = {name: _signed(rng, MAGNITUDES, shape) for name, shape in shapes_of(cell, X, H, whole).items()}
    params = make_params(cell, weights, whole)
    start = _signed(rng, MAGNITUDES[:4], (H,))
    start_of_cell = _signed(rng, MAGNITUDES[:4], (H,)) if cell == "lstm" else None
    trace = run(params, _signed(rng, INPUTS, (T, X)), start, start_of_cell)
    direct = _signed(rng, (0.5, 1.0), (T, H))
    if last_loss_only:
        direct[:-1] = 0.0
    return FriendlyRun(trace, bptt(trace, direct))


def _signed(rng: np.random.Generator, magnitudes: tuple[float, ...], shape: tuple[int, ...]) -> Array:
    return np.asarray(rng.choice(magnitudes, shape) * rng.choice([-1.0, 1.0], shape))


def is_saturated(friendly: FriendlyRun) -> bool:
    """Whether a gate or state is so near its limit that its slope is almost 0. Exercises avoid such numbers."""
    trace = friendly.trace
    values = [abs(getattr(trace, name)) for name in trace.gates]
    if not isinstance(trace, LSTMTrace):
        values.append(abs(trace.hs))
    return any(bool((each > 0.985).any()) for each in values)
