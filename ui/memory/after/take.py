"""What the page after the LSTM gives to take along, one function an instrument."""

from collections.abc import Sequence
from dataclasses import replace

from rnn_core.arrays import Array
from rnn_core.cells.modern.base import Recurrence
from rnn_core.passes.scan import Plan, Scan
from rnn_core.studies.modern.comparison import CellRun
from rnn_core.studies.modern.pairs import RULES, Pairs, PairsSetup, RecallCurves, memories, reads
from rnn_core.studies.modern.recurrences import ParityLanes
from rnn_core.studies.tracking.results import CELLS, Study
from rnn_core.studies.tracking.tasks import TASKS
from ui.memory.after.figures import WITH_A_MATRIX
from ui.widgets.take_along.view_notebook import Shown, offer_view


def take_cell(preset: str, xs: Array, units: int, found: CellRun) -> None:
    lines = (
        "from rnn_core.studies.modern.comparison import run_of\n\n"
        f"xs = np.random.default_rng(0).normal(size={xs.shape})\n"
        f'found = run_of("{preset}", xs, {units})'
    )
    shown = {"xs": Shown(xs, "xs")}
    for name, value in vars(found).items():
        if value is not None:
            shown[name] = Shown(value, f"found.{name}")
    offer_view(lines, shown)


def take_scan(recurrence: Recurrence, plan: Plan, found: Scan) -> None:
    arrays = {"A": recurrence.A, "B": recurrence.B, "S_0": recurrence.S_0}
    lines = (
        "from rnn_core.cells.modern.base import Recurrence\nfrom rnn_core.passes.scan import scan, step_by_step\n\n"
        + "\n".join(f"{name} = np.array({value.tolist()})" for name, value in arrays.items())
        + f'\nrecurrence = Recurrence({", ".join(f"{name}={name}" for name in arrays)})\nfound = scan(recurrence, "{plan}")'
    )
    shown = {name: Shown(value, name) for name, value in arrays.items()}
    offer_view(lines, {**shown, "states": Shown(found.states, "found.states")})


def take_pairs(setup: PairsSetup, pairs: Pairs, curves: RecallCurves, seeds: int) -> None:
    most = max(2 * setup.d, setup.pairs)
    lines = (
        "from dataclasses import replace\n\n"
        "from rnn_core.studies.modern.pairs import PairsSetup, draw_pairs, memories, reads, recall_curves\n\n"
        f"setup = {setup!r}\npairs = draw_pairs(setup)\n"
        f"curves = recall_curves({replace(setup, pairs=most)!r}, {curves.pairs!r}, {seeds})"
    )
    shown = {"keys": Shown(pairs.keys, "pairs.keys"), "values": Shown(pairs.values, "pairs.values")}
    for rule in WITH_A_MATRIX:
        matrix = memories(pairs, rule, setup.decay)[-1]
        shown[f"memory_{rule}"] = Shown(matrix, f'memories(pairs, "{rule}", setup.decay)[-1]')
    for rule in RULES:
        shown[f"reads_{rule}"] = Shown(reads(pairs, rule, setup), f'reads(pairs, "{rule}", setup)')
        shown[f"error_of_{rule}"] = Shown(curves.error[rule], f'curves.error["{rule}"]')
    shown["number_of_pairs"] = Shown(curves.pairs, "curves.pairs")
    offer_view(lines, shown)


def take_own_pairs(setup: PairsSetup, pairs: Pairs) -> None:
    lines = (
        "from rnn_core.studies.modern.pairs import Pairs, PairsSetup, reads\n\n"
        f"setup = {setup!r}\npairs = Pairs(np.array({pairs.keys.tolist()}), np.array({pairs.values.tolist()}))"
    )
    shown = {"keys": Shown(pairs.keys, "pairs.keys"), "values": Shown(pairs.values, "pairs.values")}
    for rule in RULES:
        shown[f"reads_{rule}"] = Shown(reads(pairs, rule, setup), f'reads(pairs, "{rule}", setup)')
    offer_view(lines, shown)


def take_parity(bits: Array, gate: float, lanes: ParityLanes) -> None:
    lines = (
        "from rnn_core.studies.modern.recurrences import parity_lanes\n\n"
        f"bits = np.array({bits.astype(int).tolist()}, dtype=float)\nlanes = parity_lanes(bits, {gate!r})"
    )
    names = ("parity", "positive_gate", "sign", "lstm", "gru")
    shown = {name: Shown(getattr(lanes, name), f"lanes.{name}") for name in names}
    offer_view(lines, {"bits": Shown(bits, "bits"), **shown})


def take_study(study: Study, tasks: Sequence[str]) -> None:
    lines = (
        "from rnn_core.studies.tracking.results import CELLS, recorded\nfrom rnn_core.studies.tracking.tasks import TASKS\n\n"
        "study = recorded()\n\n\n"
        "def right(task):\n"
        '    """One matrix for each cell: a row for each length, a column for each seed."""\n'
        "    found = [study.outcome(task, cell) for cell in CELLS]\n"
        "    return [outcome.right for outcome in found if outcome]"
    )
    shown = {}
    for task in tasks:
        found = [outcome.right for cell in CELLS if (outcome := study.outcome(task, cell))]
        shown[f"right_{task}"] = Shown(found, f'right("{task}")')
        shown[f"lengths_{task}"] = Shown(TASKS[task].lengths, f'TASKS["{task}"].lengths')
    offer_view(lines, {"cells": Shown(CELLS, "CELLS"), **shown})
