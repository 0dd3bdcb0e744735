"""Cached runs of H units over a sequence, for the pages on hidden states and on gates."""

from dataclasses import dataclass

import numpy as np

from rnn_core.analysis import fixed_points, memory, trajectories
from rnn_core.analysis.fixed_points import FixedPoints
from rnn_core.analysis.memory import GroupedShares
from rnn_core.analysis.trajectories import Components
from rnn_core.arrays import Array
from rnn_core.cells import AnyTrace
from rnn_core.cells.interventions import Intervention
from rnn_core.studies.sequences import (
    PlaneSetup,
    SequenceSetup,
    inputs_of,
    plane_params,
    plane_path,
    run_of,
    with_difference,
)
from ui.cache.read_only import make_read_only
from ui.cache.shared import shared

MOST_BANDS = 9


@dataclass(frozen=True)
class States:
    xs: Array  # (T, 1)
    hs: Array  # (T+1, H)


@dataclass(frozen=True)
class PlaneView:
    path: Array  # (T+1, 2)
    grid: Array  # (N, 2) points of the plane, and where one step leads from each
    next_states: Array  # (N, 2)
    fixed: FixedPoints


@dataclass(frozen=True)
class MemoryShares:
    """The shares that each step has in one unit's memory."""

    shares: Array  # (T+1, T+1) of `memory.shares`
    bands: GroupedShares


# A T=1000, H=128 result is a megabyte.
@shared(64)
def states(setup: SequenceSetup, changed_step: int | None = None, change: float = 0.0) -> States:
    """The states of a run; with `change` added to the input of one step (from 0), where one is given."""
    xs = inputs_of(setup) if changed_step is None else with_difference(setup, changed_step, change)
    return make_read_only(
        States(xs, run_of(setup, xs).hs.copy())
    )  # a copy: the trace's own array shares one piece of memory


@shared(64)
def components(setup: SequenceSetup) -> Components:
    return make_read_only(trajectories.principal_components(states(setup).hs, 3))


@shared(64)
def order_of_units(setup: SequenceSetup, order: str) -> tuple[int, ...]:
    hs = states(setup).hs
    match order:
        case "similarity":
            found = trajectories.by_similarity(hs)
        case "time":
            found = trajectories.by_time_scale(hs)
        case _:
            found = np.arange(setup.hidden_size)
    return tuple(int(unit) for unit in found)


@shared(64)
def plane(setup: PlaneSetup) -> PlaneView:
    params, push = plane_params(setup), (setup.push,)
    grid = 1.1 * fixed_points.grid(params, 17)
    next_states = fixed_points.next_states(params, push, grid)
    return make_read_only(PlaneView(plane_path(setup), grid, next_states, fixed_points.fixed_points(params, push)))


# Whole traces: 20 megabytes each at T=1000, H=128, a few hundred kilobytes at the sizes that the page opens with.
@shared(8)
def gated_run(setup: SequenceSetup, interventions: tuple[Intervention, ...] = ()) -> AnyTrace:
    return make_read_only(run_of(setup, interventions=interventions))


@shared(8)
def memory_shares(setup: SequenceSetup, unit: int) -> MemoryShares:
    shares = memory.shares(gated_run(setup), unit)
    return make_read_only(MemoryShares(shares, memory.grouped(shares, min(MOST_BANDS, setup.steps))))
