"""The cells that the dials of a page reach from where they are: what the browser computes while one of them moves."""

from collections.abc import Iterator
from dataclasses import replace

import rnn_core as rc
from rnn_core.arrays import Array
from rnn_core.cells import Params
from ui.browser import live
from ui.browser.live import Dials, Live, Sizes
from ui.cache.shared import shared
from ui.cells import setup as setups
from ui.cells.compute import NEXT, readout_of
from ui.cells.setup import RANDOM, CellSetup, inputs_of, params_of


def dials_of(setup: CellSetup) -> Dials:
    """What the dials show that the browser can follow: given numbers have their own length, and changed weights their own sizes."""
    if setup.numbers:
        return main_value(setup)
    if setup.preset != RANDOM or setup.edits:
        return {"T": setup.steps} | main_value(setup)
    return {"T": setup.steps, "H": setup.hidden_size, "X": setup.input_size} | main_value(setup)


def main_value(setup: CellSetup) -> Dials:
    """Where the main dial stands, by its key; nothing where it has nothing to turn."""
    rest = setups.main_dial_rest(setup)
    return {} if rest is None else {setups.MAIN_DIALS[setup.cell].key: rest if setup.main is None else setup.main}


def reach(settings: tuple[CellSetup, ...], loss_at: str) -> Live | None:
    """The dials' reach for cells that read the same inputs; None where no dial can be followed, or a cell in reach cannot be made."""
    dials = dials_of(settings[0])
    if not dials:
        return None
    try:
        whole = _whole_reach(tuple(replace(setup, steps=_most_steps(setup), main=None) for setup in settings), loss_at)
    except rc.CoreError:
        return None
    return {**whole, "values": dials}


@shared(64)
def _whole_reach(settings: tuple[CellSetup, ...], loss_at: str) -> Live:
    dials = dials_of(settings[0])
    weights = [dict(_params_in_reach(setup, "H" in dials)) for setup in settings]
    widths = range(1, setups.MAX_INPUTS + 1) if "X" in dials else [setups.input_size(settings[0])]
    inputs = {width: _inputs(settings[0], width) for width in widths}
    units = {H for known in weights for H, _X in known} if loss_at == NEXT else set()
    readouts = {H: readout_of(H) for H in sorted(units)}
    return live.cells(dials, weights, inputs, loss_at, [_turned_by_main_dial(setup) for setup in settings], readouts)


def _most_steps(setup: CellSetup) -> int:
    return setup.steps if setup.numbers else setups.MAX_STEPS


def _turned_by_main_dial(setup: CellSetup) -> live.Turned | None:
    rest, main = setups.main_dial_rest(setup), setups.MAIN_DIALS[setup.cell]
    return None if rest is None else live.Turned(main.key, main.weights, main.multiplies, rest)


def _params_in_reach(setup: CellSetup, sizes_move: bool) -> Iterator[tuple[Sizes, Params]]:
    """One dial moves at a time: all hidden sizes with these inputs, and all numbers of inputs with this hidden size."""
    if not sizes_move:
        params = params_of(setup)
        yield (params.hidden_size, params.input_size), params
        return
    reached = {(H, setup.input_size) for H in range(1, setups.MAX_UNITS + 1)}
    reached |= {(setup.hidden_size, X) for X in range(1, setups.MAX_INPUTS + 1)}
    for H, X in sorted(reached):
        yield (H, X), params_of(replace(setup, hidden_size=H, input_size=X))


def _inputs(setup: CellSetup, width: int) -> list[Array]:
    """The sequences of 1, 2, ... steps. Those made for a preset may be others at each length; of a wave only the longest is needed."""
    setup = replace(setup, input_size=width)
    made_for_preset = setup.signal == "preset" and setup.preset != RANDOM
    if setup.numbers:
        return [inputs_of(setup)]
    lengths = range(1 if made_for_preset else setups.MAX_STEPS, setups.MAX_STEPS + 1)
    return [inputs_of(replace(setup, steps=steps)) for steps in lengths]
