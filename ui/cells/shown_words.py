"""What a run of a cell shows, in sentences that are computed from it: for settings that no preset's sentence describes."""

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Array
from rnn_core.params.build import form_of
from ui.cells.compute import CellRun
from ui.figures.words import number
from ui.i18n import _


def shown_words(run: CellRun) -> str:
    return " ".join([_("**Your settings.**"), *_of_gate(run.trace), _of_state(run.trace), _of_gradient(run)])


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
    norms, name = _norms(trace.cs if isinstance(trace, rc.LSTMTrace) else trace.hs), _name(trace)
    if not norms.any():
        return _("The {state} is 0 at every step.").format(state=name)
    return _("The norm of the {state} is {largest} at step {at}, where it is largest, and {last} at the end.").format(
        state=name, largest=number(norms.max()), at=int(norms.argmax()) + 1, last=number(norms[-1])
    )


def _of_gradient(run: CellRun) -> str:
    norms = _norms(run.grads.dcs if isinstance(run.grads, rc.LSTMGradients) else run.grads.dhs)
    return _(
        "Backward, the norm of the gradient on the {state} is {last} at the last step and {first} at step 1."
    ).format(state=_name(run.trace), last=number(norms[-1]), first=number(norms[0]))


def _name(trace: rc.AnyTrace) -> str:
    """The state that the cell carries from step to step."""
    return _("cell state c") if isinstance(trace, rc.LSTMTrace) else _("hidden state h")


def _norms(states: Array) -> Array:
    """(T,) of the T+1 rows of `states`, from step 1 on."""
    with np.errstate(all="ignore"):  # a run may overflow
        return np.asarray(np.linalg.norm(states[1:], axis=1))
