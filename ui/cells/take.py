"""What the pages of the cells give to take along: every number of the diagram."""

from collections.abc import Sequence
from functools import partial

from rnn_core.formats.notebook import LossAt, OfReadout
from rnn_core.formats.numbers import arrays_of_run
from ui.cells.compute import CellRun
from ui.cells.notebook import WRITERS, cell_notebook, cells_notebook
from ui.cells.setup import CellSetup
from ui.widgets.take_along.offers import Offer


def cell_offer(run: CellRun, loss_at: str) -> Offer:
    numbers = dict(arrays_of_run(run.trace, run.grads))
    loss: LossAt = "every" if loss_at == "every" else "last"
    if (found := run.prediction) is not None:
        loss = OfReadout(found.readout, found.all_targets, len(found.targets))
        numbers |= {"outputs": found.outputs, "targets": found.targets, "losses_of_training": found.losses}
        numbers |= {"W_hy": found.readout.W_hy, "b_y": found.readout.b_y}
    params, xs = run.trace.params, run.trace.xs
    return Offer(numbers, {library: partial(cell_notebook, params, xs, loss, library) for library in WRITERS})


def cells_offer(setups: Sequence[CellSetup], runs: Sequence[CellRun]) -> Offer:
    numbers = {
        f"{setup.cell}_{name}": values
        for setup, run in zip(setups, runs, strict=True)
        for name, values in arrays_of_run(run.trace, run.grads).items()
    }
    cells = [(run.trace.params, run.trace.xs) for run in runs]
    return Offer(numbers, {"rnn_core": partial(cells_notebook, cells)})
