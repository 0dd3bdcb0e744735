"""What a run of a cell shows, in sentences that are computed from it: for settings that no preset's sentence describes."""

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Array
from rnn_core.params.build import form_of
from ui.cells.compute import CellRun
from ui.figures.words import number
from ui.i18n import _


def shown_words(run: CellRun) -> str:
    return " ".join([_("With your settings:"), *_of_gate(run.trace), _of_state(run.trace), _of_gradient(run.grads)])


def _of_gate(trace: rc.AnyTrace) -> list[str]:
    kept = _kept_share(trace)
    return [] if kept is None else [_("On average {kept} of the state is kept per step.").format(kept=f"{kept:.0%}")]


def _kept_share(trace: rc.AnyTrace) -> float | None:
    """The mean of the gate that keeps, over all steps and units; none for a cell without gates."""
    if isinstance(trace, rc.LSTMTrace):
        return float(trace.forget_gate.mean())
    if isinstance(trace, rc.GRUTrace):
        share = float(trace.update_gate.mean())
        return share if form_of(trace.params)["z_keeps"] else 1.0 - share
    return None


def _of_state(trace: rc.AnyTrace) -> str:
    is_lstm = isinstance(trace, rc.LSTMTrace)
    norms = _norms(trace.cs[1:] if isinstance(trace, rc.LSTMTrace) else trace.hs[1:])
    name = _("cell state c") if is_lstm else _("hidden state h")
    if not norms.any():
        return _("The {state} is 0 at every step.").format(state=name)
    return _("The norm of the {state} is {largest} at step {at}, where it is largest, and {last} at the end.").format(
        state=name, largest=number(norms.max()), at=int(norms.argmax()) + 1, last=number(norms[-1])
    )


def _of_gradient(grads: rc.AnyGradients) -> str:
    norms = _norms(grads.dhs[1:])
    return _("Backward, the norm of the gradient on h is {last} at the last step and {first} at step 1.").format(
        last=number(norms[-1]), first=number(norms[0])
    )


def _norms(rows: Array) -> Array:
    with np.errstate(all="ignore"):  # a run may overflow
        return np.asarray(np.linalg.norm(rows, axis=1))
