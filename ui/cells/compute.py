"""Runs of one cell: the three cell pages and Compare."""

from dataclasses import dataclass
from functools import cache

import numpy as np

import rnn_core as rc
from rnn_core.analysis import equivalences
from rnn_core.analysis.equivalences import Agreement
from rnn_core.arrays import Array, Cell
from rnn_core.blocks import readout
from rnn_core.formats.torch_check import TorchCheck, check_against_torch
from rnn_core.studies import state_readout
from ui.cache.read_only import make_read_only
from ui.cache.shared import shared
from ui.cells.setup import CellSetup, inputs_of, params_of
from ui.runs.executor import workers

NEXT = "next"  # the loss of a readout that predicts the next input


@dataclass(frozen=True)
class Aim:
    """What the readout is asked: the first input of the next step, or the number that is drawn for each step."""

    drawn: tuple[float, ...] = ()  # (T,)
    updates: int = 0  # steps of gradient descent on the readout


NEXT_INPUT = Aim()


@dataclass(frozen=True)
class Prediction:
    """What a readout of one output gives for the n steps that have a target."""

    readout: readout.ReadoutParams  # after its training
    outputs: Array  # (n,)
    untrained: Array  # (n,) the outputs before training
    all_targets: Array  # (T, 1): those behind the n steps are not read
    targets: Array  # (n,)
    loss: float  # the mean squared error
    losses: Array  # (updates + 1,) before each update and after the last
    rate: float


@dataclass(frozen=True)
class CellRun:
    trace: rc.AnyTrace
    grads: rc.AnyGradients  # of the loss that the page names
    prediction: Prediction | None = None  # where that is the loss of a readout


@dataclass(frozen=True)
class GRUForms:
    states: tuple[Array, ...]  # of the published forms, in their order, each (T+1, H)
    agreement: Agreement


def loss_gradient(steps: int, units: int, where: str) -> Array:
    """dL/dh_t for L = the sum of h over the units, at the last step or at every step; 0 where nothing can be predicted. (T, H)"""
    direct = np.zeros((steps, units))
    if where != NEXT:
        direct[-1 if where == "last" else slice(None)] = 1.0
    return direct


# 256 results for all visitors together: a T=200, H=8 trace with its gradients is half a megabyte.
@shared(256)
def cell_run(setup: CellSetup, loss_at: str = "last", aim: Aim = NEXT_INPUT) -> CellRun:
    trace = rc.run(params_of(setup), inputs_of(setup))
    steps, units = trace.hs.shape[0] - 1, trace.hs.shape[1]
    if loss_at == NEXT and steps > 1:
        return make_read_only(_predicting_run(trace, aim))
    return make_read_only(CellRun(trace, rc.bptt(trace, loss_gradient(steps, units, loss_at))))


def _predicting_run(trace: rc.AnyTrace, aim: Aim) -> CellRun:
    states, first = trace.hs[1:], readout_of(trace.hs.shape[1])
    target = state_readout.curve(aim.drawn) if aim.drawn else state_readout.next_input(trace.xs)
    trained = state_readout.trained(first, states, target, aim.updates)
    before, after = (state_readout.answered(each, states, target) for each in (first, trained.readout))
    counted = slice(target.counted)
    prediction = Prediction(
        trained.readout,
        after.trace.ys[counted, 0],
        before.trace.ys[counted, 0],
        target.values,
        target.values[counted, 0],
        after.loss.value,
        trained.losses,
        trained.rate,
    )
    return CellRun(trace, rc.bptt(trace, after.grads.dhs), prediction)


@cache
def readout_of(units: int) -> readout.ReadoutParams:
    """The readout of the cell pages: one output, with initial weights as torch.nn.Linear has them."""
    return readout.init_readout(units, 1, seed=0, activation="identity")


@shared(64)
def concatenated_states(setup: CellSetup) -> Array:
    """h_0..h_T of an RNN by the older form, (T+1, H)."""
    params = params_of(setup)
    assert isinstance(params, rc.RNNParams)
    return make_read_only(equivalences.concatenated_states(params, inputs_of(setup)))


@shared(64)
def gru_forms(setup: CellSetup) -> GRUForms:
    params, xs = params_of(setup), inputs_of(setup)
    assert isinstance(params, rc.GRUParams)
    return make_read_only(GRUForms(equivalences.states_of_all_forms(params, xs), equivalences.agreement(params, xs)))


@shared(256)
def torch_check(setup: CellSetup) -> TorchCheck:
    """Our run and gradients against torch's, computed in a worker."""
    return workers().submit("checks", check_against_torch, params_of(setup), inputs_of(setup)).result(timeout=60)


@cache
def preset_ribbons(cell: Cell, preset: str) -> tuple[tuple[float, ...], ...]:
    """The state of each unit over time, from -1 to 1: the picture of a preset."""
    states = _preset_states(cell, preset)
    largest = np.abs(states).max() or 1.0
    return tuple(tuple((unit / largest).tolist()) for unit in states.T)


@cache
def telling_step(cell: Cell, preset: str) -> int:
    """The time step that tells the preset's story: the first large change of the state, for example where the bit is written."""
    states = _preset_states(cell, preset)
    changes = np.abs(np.diff(states, axis=0)).sum(axis=1)
    step = int(np.argmax(changes >= changes.max() / 2)) + 1
    if cell != "rnn":
        return step
    kept = np.flatnonzero(states.any(axis=1))  # while the old state is 0, the recurrent weights change nothing
    return max(step, int(kept[0]) + 1 if len(kept) else 2)


def _preset_states(cell: Cell, preset: str) -> Array:
    """The states that carry the memory, (T+1, H): finite numbers, cut where they explode."""
    trace = cell_run(CellSetup(cell, preset)).trace
    states = trace.cs if isinstance(trace, rc.LSTMTrace) else trace.hs
    return np.clip(np.nan_to_num(states), -1e6, 1e6)
