"""The door from pages into rnn_core, and the only place with Streamlit's caches.

Results are shared between visitors, so they are frozen dataclasses of arrays, and the arrays are made read-only.
"""

from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar

import numpy as np
import streamlit as st

import rnn_core as rc
from rnn_core.types import Array, Gradients, Trace
from ui.setup import CellSetup, inputs_of, params_of

Result = TypeVar("Result")

_KEPT = 256  # results in memory for all visitors together; a T=200, H=8 trace with gradients is half a megabyte


@dataclass(frozen=True)
class CellRun:
    trace: Trace
    grads: Gradients  # of the loss that the page names


def sealed(result: Result) -> Result:
    """Make every array inside read-only."""
    if isinstance(result, np.ndarray):
        result.flags.writeable = False
    elif isinstance(result, tuple):
        for part in result:
            sealed(part)
    elif is_dataclass(result):
        for field in fields(result):
            sealed(getattr(result, field.name))
    return result


def loss_gradient(steps: int, units: int, where: str) -> Array:
    """dL/dh_t for L = the sum of h over the units, at the last step or at every step. (T, H)"""
    direct = np.zeros((steps, units))
    direct[-1 if where == "last" else slice(None)] = 1.0
    return direct


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def cell_run(setup: CellSetup, loss_at: str = "last") -> CellRun:
    trace = rc.run(params_of(setup), inputs_of(setup))
    steps, units = trace.hs.shape[0] - 1, trace.hs.shape[1]
    return sealed(CellRun(trace, rc.bptt(trace, loss_gradient(steps, units, loss_at))))
