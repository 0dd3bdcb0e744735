"""Swapped states: everything brings the clean run back, nothing leaves the corrupted one, and the map is what single runs give."""

import numpy as np
import pytest

from rnn_core.analysis.inside.patching import STATE, Patch, patch_map, patched_road
from rnn_core.arrays import Cell
from rnn_core.cells.interventions import SetState
from rnn_core.errors import CoreError
from rnn_core.passes.unroll import run
from tests.rnn_core.analysis.inside.networks import CELLS, KINDS, of_numbers, of_symbols

RNG = np.random.default_rng(0)
CLEAN = RNG.integers(0, 5, 12)
CORRUPTED = np.where(np.arange(12) == 4, (CLEAN + 1) % 5, CLEAN)
WEIGHTS = np.array([1.0, -1.0, 0.0, 0.0, 0.0])


@pytest.mark.parametrize(("cell", "layers"), KINDS)
def test_everything_recovers_the_clean_run_and_nothing_the_corrupted_one(cell: Cell, layers: int) -> None:
    network = of_symbols(cell, layers)
    found = patch_map(network, CLEAN, CORRUPTED, WEIGHTS)
    np.testing.assert_allclose(found.whole[:4], 0.0, atol=0)
    np.testing.assert_allclose(found.whole[4:], 1.0, rtol=0, atol=1e-9)
    everything = tuple(Patch(step) for step in range(12))
    np.testing.assert_allclose(
        patched_road(network, CLEAN, CORRUPTED, WEIGHTS, everything), found.roads.clean, rtol=0, atol=1e-14
    )
    np.testing.assert_allclose(
        patched_road(network, CLEAN, CORRUPTED, WEIGHTS, ()), found.roads.corrupted, rtol=0, atol=1e-14
    )


@pytest.mark.parametrize(("cell", "layers"), KINDS)
def test_the_map_is_what_single_runs_give(cell: Cell, layers: int) -> None:
    network = of_symbols(cell, layers)
    for name in (STATE, *network.values):
        found = patch_map(network, CLEAN, CORRUPTED, WEIGHTS, name=name, layer=0)
        total = found.roads.clean[-1] - found.roads.corrupted[-1]
        for step, unit in ((4, 0), (5, 3), (11, 6)):
            others = tuple(each for each in range(7) if each != unit)
            for units, expected in (((unit,), found.units[step, unit]), (others, found.others[step, unit])):
                road = patched_road(network, CLEAN, CORRUPTED, WEIGHTS, (Patch(step, units, name, 0),))
                assert (road[-1] - found.roads.corrupted[-1]) / total == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("cell", CELLS)
def test_a_swapped_h_is_the_core_s_own_intervention(cell: Cell) -> None:
    network = of_numbers(cell)
    clean = RNG.normal(size=(9, 3))
    corrupted = clean.copy()
    corrupted[2] += 1.0
    wanted = run(network.layers[0], clean).hs[4, 5]
    swapped = run(network.layers[0], corrupted, interventions=[SetState("h", (5,), float(wanted), 3)])
    expected = swapped.hs[1:] @ network.readout.W_hy[0] + network.readout.b_y[0]
    road = patched_road(network, clean, corrupted, [1.0, 0.0], (Patch(3, (5,), "h"),))
    np.testing.assert_allclose(road, expected, rtol=0, atol=1e-13)


def test_sequences_that_cannot_be_compared_get_a_sentence() -> None:
    network = of_symbols("gru")
    with pytest.raises(CoreError, match="same answer"):
        patch_map(network, CLEAN, CLEAN, WEIGHTS)
    with pytest.raises(CoreError, match="as many"):
        patch_map(network, CLEAN, CORRUPTED[:-1], WEIGHTS)
    with pytest.raises(CoreError, match="name"):
        patch_map(network, CLEAN, CORRUPTED, WEIGHTS, name="c")
    with pytest.raises(CoreError, match="step"):
        patched_road(network, CLEAN, CORRUPTED, WEIGHTS, (Patch(12),))
