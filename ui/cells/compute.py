"""Runs of one cell: the three cell pages and Compare."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

import rnn_core as rc
from rnn_core.analysis import equivalences
from rnn_core.analysis.equivalences import Agreement
from rnn_core.arrays import Array
from rnn_core.formats.torch_check import TorchCheck, check_against_torch
from ui.cache.read_only import make_read_only
from ui.cells.setup import CellSetup, inputs_of, params_of
from ui.runs.executor import workers


@dataclass(frozen=True)
class CellRun:
    trace: rc.AnyTrace
    grads: rc.AnyGradients  # of the loss that the page names


@dataclass(frozen=True)
class GRUForms:
    states: tuple[Array, ...]  # of the published forms, in their order, each (T+1, H)
    agreement: Agreement


def loss_gradient(steps: int, units: int, where: str) -> Array:
    """dL/dh_t for L = the sum of h over the units, at the last step or at every step. (T, H)"""
    direct = np.zeros((steps, units))
    direct[-1 if where == "last" else slice(None)] = 1.0
    return direct


# 256 results for all visitors together: a T=200, H=8 trace with its gradients is half a megabyte.
@st.cache_resource(max_entries=256, show_spinner=False)
def cell_run(setup: CellSetup, loss_at: str = "last") -> CellRun:
    trace = rc.run(params_of(setup), inputs_of(setup))
    steps, units = trace.hs.shape[0] - 1, trace.hs.shape[1]
    return make_read_only(CellRun(trace, rc.bptt(trace, loss_gradient(steps, units, loss_at))))


@st.cache_resource(max_entries=64, show_spinner=False)
def concatenated_states(setup: CellSetup) -> Array:
    """h_0..h_T of an RNN by the older form, (T+1, H)."""
    params = params_of(setup)
    assert isinstance(params, rc.RNNParams)
    return make_read_only(equivalences.concatenated_states(params, inputs_of(setup)))


@st.cache_resource(max_entries=64, show_spinner=False)
def gru_forms(setup: CellSetup) -> GRUForms:
    params, xs = params_of(setup), inputs_of(setup)
    assert isinstance(params, rc.GRUParams)
    return make_read_only(GRUForms(equivalences.states_of_all_forms(params, xs), equivalences.agreement(params, xs)))


@st.cache_data(max_entries=256, show_spinner=False)
def torch_check(setup: CellSetup) -> TorchCheck:
    """Our run and gradients against torch's, computed in a worker."""
    return workers().submit("checks", check_against_torch, params_of(setup), inputs_of(setup)).result(timeout=60)
