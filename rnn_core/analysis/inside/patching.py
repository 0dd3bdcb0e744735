r"""Which state causes the answer: a value of a clean run is put into a corrupted run, and the change of the answer is measured.

Two sequences of the same length differ in one symbol (or a few). With a the answer of the clean run, b that of the corrupted run,
and p that of the corrupted run in which one value at one time step is the clean run's, the recovery is $(p - b) / (a - b)$: 1 brings
the clean answer back, 0 changes nothing. The answer is a weighted sum of the scores, such as the score of one class minus that of
another. Shares of single units do not add up: the rest of the network is not linear.

All patched runs are computed side by side. A run equals the corrupted one until its patch, so it joins the batch there; before the
first difference of the sequences a patch changes nothing.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.steps import Floats, See, States, Stepper
from rnn_core.arrays import Array
from rnn_core.errors import CoreError, check_array, check_integer, check_numbers, check_option

STATE = "state"  # h, and the LSTM's c, of every layer or of one unit
LEAST_DIFFERENCE = 1e-9  # of the two answers, relative to their size
Values = dict[tuple[int, str], list[Floats]]  # by layer and name, one (2, H) per step


@dataclass(frozen=True)
class Roads:
    """The clean and the corrupted run: their answer after every step."""

    clean: Array  # (T,)
    corrupted: Array  # (T,)


@dataclass(frozen=True)
class PatchMap:
    name: str
    layer: int
    at: int  # the step whose answer is looked at
    roads: Roads
    units: Array  # (at + 1, H) the recovery if this unit alone is patched at this step
    whole: Array  # (at + 1,) if all units of the layer are patched at this step; STATE: of all layers
    others: Array  # (at + 1, H) if all units of the layer but this one are patched


@dataclass(frozen=True)
class Patch:
    """The clean run's value in some units of one layer at one step. STATE with `units` None is every layer's whole state."""

    step: int
    units: tuple[int, ...] | None = None  # None: all
    name: str = STATE
    layer: int = -1


def patch_map(
    network: Network,
    clean: ArrayLike,
    corrupted: ArrayLike,
    weights: ArrayLike,
    *,
    name: str = STATE,
    layer: int = -1,
    at: int = -1,
    others: bool = True,
) -> PatchMap:
    """The recovery of the answer `weights` (Y,) @ scores at step `at`, for every unit at every step up to it."""
    both, wanted = _check(network, clean, corrupted, weights)
    layer = _check_place(network, name, layer)
    at = check_integer("at", at, -both.shape[1], both.shape[1] - 1) % both.shape[1]
    H = network.hidden_size
    check_numbers("the sequence: its steps squared times the units", (at + 1) * (2 * H + 1) * H)
    roads, values = _run_both(network, both, wanted)
    difference, first = _difference(roads, at), _first_difference(both)
    stepper, masks = Stepper(network), _masks(H, others)
    joined: States | None = None
    state = stepper.start(1)  # of the corrupted run
    for t in range(at + 1):
        if t < first:
            state = stepper.step(state, both[1, t : t + 1])
            continue
        new = np.repeat(both[1, t : t + 1], len(masks), axis=0)
        patched = stepper.step(
            state.rows(np.zeros(len(masks), np.int64)), new, _replacing(values, t, name, layer, masks)
        )
        if name == STATE:
            patched = _whole_rows(patched, values, t)
        if joined is not None:
            joined = stepper.step(joined, np.repeat(both[1, t : t + 1], len(joined.hs[0]), axis=0))
        joined = patched if joined is None else joined.beside(patched)
        state = stepper.step(state, both[1, t : t + 1])
    assert joined is not None
    recovered = np.zeros((at + 1, len(masks)))
    answers = (stepper.scores(joined) @ wanted).reshape(-1, len(masks))
    recovered[first:] = (answers - roads.corrupted[at]) / difference
    rest = recovered[:, 1 + H :] if others else np.full((at + 1, H), np.nan)
    return PatchMap(name, layer, at, roads, recovered[:, 1 : 1 + H], recovered[:, 0], rest)


def patched_road(
    network: Network, clean: ArrayLike, corrupted: ArrayLike, weights: ArrayLike, patches: tuple[Patch, ...]
) -> Array:
    """(T,) the answer after every step of the corrupted run with these patches."""
    both, wanted = _check(network, clean, corrupted, weights)
    for each in patches:
        _check_place(network, each.name, each.layer)
        check_integer("Patch.step", each.step, 0, both.shape[1] - 1)
        for unit in each.units or ():
            check_integer("Patch.units", unit, 0, network.hidden_size - 1)
    _roads, values = _run_both(network, both, wanted)
    stepper, H = Stepper(network), network.hidden_size
    state, road = stepper.start(1), np.empty(both.shape[1])
    for t in range(both.shape[1]):
        now = [each for each in patches if each.step == t]

        def see(layer: int, name: str, row: Floats, t: int = t, now: list[Patch] = now) -> None:
            for each in now:
                mask = np.ones((1, H), np.bool_)
                if each.units is not None:
                    mask = np.isin(np.arange(H), each.units)[None]
                everywhere = each.name == STATE and each.units is None
                if everywhere and name in ("h", "c"):
                    np.copyto(row, values[layer, name][t][:1])
                else:
                    _replacing(values, t, each.name, each.layer % len(network.layers), mask)(layer, name, row)

        state = stepper.step(state, both[1, t : t + 1], see)
        road[t] = (stepper.scores(state) @ wanted)[0]
    return road


def _check(network: Network, clean: ArrayLike, corrupted: ArrayLike, weights: ArrayLike) -> tuple[NDArray[Any], Array]:
    one, two = network.check_sequence(clean, "clean"), network.check_sequence(corrupted, "corrupted")
    if one.shape != two.shape:
        raise CoreError("corrupted", f"{len(two)} steps", f"{len(one)}, as many as the clean sequence has")
    return np.stack([one, two]), check_array("weights", weights, (network.outputs,))


def _check_place(network: Network, name: str, layer: int) -> int:
    check_option("name", name, (STATE, *network.values))
    return check_integer("layer", layer, -len(network.layers), len(network.layers) - 1) % len(network.layers)


def _run_both(network: Network, both: NDArray[Any], weights: Array) -> tuple[Roads, Values]:
    stepper, values = Stepper(network), Values()
    states, answers = stepper.start(2), []

    def see(layer: int, name: str, row: Floats) -> None:
        values.setdefault((layer, name), []).append(row.copy())

    for t in range(both.shape[1]):
        states = stepper.step(states, both[:, t], see)
        answers.append(stepper.scores(states) @ weights)
    clean, corrupted = np.array(answers).T
    return Roads(clean, corrupted), values


def _difference(roads: Roads, at: int) -> float:
    clean, corrupted = float(roads.clean[at]), float(roads.corrupted[at])
    if not abs(clean - corrupted) > LEAST_DIFFERENCE * (1.0 + abs(clean)):
        raise CoreError("clean and corrupted", "two sequences with the same answer", "two with different answers")
    return clean - corrupted


def _first_difference(both: NDArray[Any]) -> int:
    differs = both[0] != both[1]
    return int(np.flatnonzero(differs.reshape(len(differs), -1).any(axis=1))[0])


def _masks(H: int, others: bool) -> NDArray[np.bool_]:
    """Row by row the units to patch: all of them, each alone, and all but each."""
    each = np.eye(H, dtype=np.bool_)
    rows = [np.ones((1, H), np.bool_), each, *([~each] if others else [])]
    return np.concatenate(rows)


def _replacing(values: Values, t: int, name: str, layer: int, masks: NDArray[np.bool_]) -> See:
    """A function that writes the clean run's value into the masked units of each run."""
    names = ("h", "c") if name == STATE else (name,)

    def see(at_layer: int, at_name: str, rows: Floats) -> None:
        if at_layer == layer and at_name in names:
            np.copyto(rows, values[at_layer, at_name][t][:1], where=masks)

    return see


def _whole_rows(states: States, values: Values, t: int) -> States:
    """Row 0 with the clean run's state in every layer."""
    for layer, h in enumerate(states.hs):
        h[0] = values[layer, "h"][t][0]
    for layer, c in enumerate(states.cs):
        c[0] = values[layer, "c"][t][0]
    return states
