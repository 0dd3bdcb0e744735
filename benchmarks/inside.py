"""`python -m benchmarks inside`: the times of looking into a network, at the largest sizes that a page offers.

One pass over 100,000 characters with 256 units is made once; after it, a unit's colours, the ranking of all units for a label with
its band and its probe, and the places that match a selection must come within a second. A map of patched states of 40 steps by 64
units must come within two.
"""

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from rnn_core.analysis.inside.activations import activations
from rnn_core.analysis.inside.changes import ablate
from rnn_core.analysis.inside.labels import label
from rnn_core.analysis.inside.matching import matches, select
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.patching import patch_map
from rnn_core.analysis.inside.ranking import finding, gram, ranked
from rnn_core.analysis.inside.saliency import explained, saliency
from rnn_core.arrays import Cell
from rnn_core.blocks.readout import init_readout
from rnn_core.passes.layers import init_stack
from ui.browser.long_text import as_bytes
from ui.memory.inside.compute import shown_values, spread_of

CHARACTERS, UNITS, SYMBOLS = 100_000, 256, 96
STEPS, PATCHED = 40, 64
Found = TypeVar("Found")


def network(cell: Cell, units: int) -> Network:
    letters = tuple(map(chr, range(32, 32 + SYMBOLS)))
    return Network(init_stack(cell, SYMBOLS, units).forward, init_readout(units, SYMBOLS), None, letters)


def timed(name: str, work: Callable[[], Found], aim: float | None = None, runs: int = 3) -> Found:
    """The fastest of some runs. An aim is for the time of the processor: on a machine that others use, the clock counts them too."""
    times = []
    for _ in range(runs):
        began, used = time.perf_counter(), time.process_time()
        found = work()
        times.append((time.perf_counter() - began, time.process_time() - used))
    clock, processor = min(times)
    wanted = "" if aim is None else f"   aim {aim:.0f} s: {'reached' if processor <= aim else 'MISSED'}"
    print(f"{name:56s} {clock:7.3f} s   processor {processor:7.3f} s{wanted}", flush=True)
    return found


def main() -> None:
    rng = np.random.default_rng(0)
    own = network("lstm", UNITS)
    sequence = rng.integers(0, SYMBOLS, CHARACTERS)
    text = "".join(own.symbols[symbol] for symbol in sequence)
    print(f"{CHARACTERS:,} characters, LSTM of {UNITS} units")
    values = timed("first pass", lambda: activations(own, sequence, "c"), runs=1).values
    half = CHARACTERS // 2
    first, second = values[:, :half], values[:, half:]
    ranks = timed("first pass: ranks", lambda: (ranked(first), ranked(second)), runs=1)
    spread = timed("first pass: means and deviations", lambda: spread_of(values), runs=1)
    known = timed("first pass: sums of the probes", lambda: gram(first), runs=1)
    timed("colour by a unit", lambda: as_bytes(shown_values(values, 7, spread)), 1.0)
    timed("label by rule", lambda: label("inside quotation marks", text), 1.0)
    marks = label("capital letter", text)
    timed(
        "rank all units, with band and probe",
        lambda: finding("capital letter", known, ranks, second, (marks[:half], marks[half:])),
        1.0,
    )
    timed("select 12 characters and match", lambda: matches(values, select(values, 5000, 5012)), 1.0)
    timed("ablate every unit over 300 characters", lambda: ablate(own, sequence[:300]), runs=1)

    for cell in ("rnn", "gru", "lstm"):
        patched = network(cell, PATCHED)
        clean = rng.integers(0, SYMBOLS, STEPS)
        corrupted = (clean + 1) % SYMBOLS  # from the first symbol on, so that every step of the map is computed
        weights = np.eye(SYMBOLS)[1] - np.eye(SYMBOLS)[2]
        timed(
            f"patching map of {STEPS} steps by {PATCHED} units, {cell.upper()}",
            lambda net=patched, one=clean, two=corrupted, w=weights: patch_map(net, one, two, w),
            2.0,
        )
    timed(
        "saliency of 100 characters, four methods",
        lambda: saliency(own, sequence[:100], explained(own, output=1)),
        runs=1,
    )
