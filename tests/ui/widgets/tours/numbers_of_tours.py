"""The numbers in the sentences of tours that are no settings of their views, computed: by tour and stop."""

import numpy as np

from rnn_core.apps.finding.settings import ALL_PLACES
from rnn_core.apps.forecast import band
from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.params import presets
from rnn_core.params.init import parameter_count
from rnn_core.params.modern import init_modern
from rnn_core.params.presets import PRESETS
from rnn_core.passes.modern import run_modern
from rnn_core.passes.scan import scan
from rnn_core.studies import answer, before_cell
from rnn_core.studies.modern.pairs import PairsSetup
from rnn_core.studies.two_steps import two_steps
from ui.cells.compute import cell_run
from ui.cells.setup import CellSetup
from ui.lab.settings import DEFAULTS as LAB
from ui.memory.gradients.controls import DEFAULTS
from ui.memory.gradients.controls import PRESETS as GRADIENTS
from ui.memory.states.presets import DEFAULTS as STATES


def norm(matrix: Array) -> float:
    return float(np.linalg.norm(matrix, 2))


def scanned(T: int) -> tuple[str, str, str]:
    """The states, the rounds of the scan, and the updates of the loop."""
    inputs = np.random.default_rng(0).normal(size=(T, 1))
    recurrence = run_modern(init_modern("min_gru", 1, 1, seed=1), inputs).recurrence()
    return str(T), str(len(scan(recurrence, "fewest").rounds) - 1), str(T - 1)


def wave_period() -> int:
    wave = presets.wave(60)[:, 0]
    return next(steps for steps in range(2, 30) if np.allclose(wave[steps:], wave[:-steps]))


def computed() -> dict[tuple[str, int], tuple[str, ...]]:
    order = [before_cell.states(numbers)[-1] for numbers in ((1.0, 2.0), (2.0, 1.0))]
    shares = answer.softmax(answer.logits())
    gradient = answer.logit_gradient(answer.logits())
    hand = two_steps(0.5)
    kept = {bias: float(sigma(np.array(bias))) for bias in (1.0, 3.0, 4.595)}
    echo = cell_run(CellSetup("rnn", "echo")).trace.hs
    turn = PRESETS["rnn"]["rotation"].params.W_hh
    return {
        ("before", 1): (f"{order[0]:g}", "3"),
        ("before", 3): (f"{before_cell.window_weights(100, 10, 20):,}", str(parameter_count("rnn", 10, 20)), "100"),
        ("before", 4): ("0.5", f"{before_cell.TwoSteps(w=0.5).state_gradients[0] / before_cell.TwoSteps().h[2]:g}"),
        ("before", 6): ("0.5", f"{norm(before_cell.SHEAR):.2f}"),
        ("rnn", 1): (f"{echo[1, 0]:.2f}",),
        ("rnn", 2): (f"{echo[5, 0]:.2f}", f"{echo[5, 1]:.2f}"),
        ("rnn", 4): (f"{np.degrees(np.arccos(turn[0, 0])):.0f}",),
        ("rnn", 5): (f"{100 * (norm(1.1 * turn) - 1):.0f}",),
        ("answer", 2): tuple(f"{share:.3f}" for share in shares),
        ("answer", 3): (f"{answer.cross_entropy(answer.logits(), 1):.3f}", f"{np.log(3):.3f}"),
        ("answer", 4): tuple(f"{abs(part):.3f}" for part in gradient),
        ("lstm", 2): (str(20 - 3),),
        ("lstm", 3): (f"{kept[1.0]:.3f}", f"{100 * kept[1.0]:.1f}"),
        ("lstm", 4): (f"{100 * kept[3.0]:.0f}",),
        ("lstm", 6): (f"{kept[1.0]:.3f}", f"{kept[1.0] ** 10:.3f}"),
        ("gru", 3): (f"{sigma(PRESETS['gru']['average'].params.b_z)[0]:.2f}",),
        ("compare", 4): (f"{sigma(np.zeros(1))[0]:g}",),
        ("gates", 1): (f"{sigma(np.zeros(1))[0]:g}",),
        ("gates", 3): (f"{kept[1.0]:.3f}",),
        ("gates", 4): (f"{kept[4.595]:.2f}", f"{kept[4.595] ** 100:.3f}"),
        ("bptt", 1): (*(f"{part:g}" for part in hand.parts), f"{hand.parts.sum():g}"),
        ("bptt", 5): (f"{kept[3.0]:.2f}",),
        ("gradients", 3): ("0.9", "50", f"{100 * 0.9 ** GRADIENTS['scalar']['steps']:.1f}"),
        ("gradients", 5): (f"{GRADIENTS['nonnormal']['size']:g}",),
        ("lab", 1): (str(LAB["T"]),),
        ("forecast", 3): (f"{100 * band.SHARE:.0f}",),
        ("finding", 4): (str(ALL_PLACES),),
        ("after", 2): scanned(8),
        ("after", 3): (str(PairsSetup().d),),
        ("course", 3): (str(wave_period()),),
        ("course", 9): (str(STATES["H"]),),
        ("course", 12): (str(DEFAULTS["steps"]),),
    }
