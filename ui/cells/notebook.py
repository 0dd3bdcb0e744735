"""The view of a cell's page, or of several cells, as a notebook that gives the page's numbers."""

from collections.abc import Sequence

from rnn_core.arrays import Array
from rnn_core.cells import Params
from rnn_core.formats.notebook import LossAt, code, markdown, run_with_core, run_with_torch, written
from ui.i18n import _

WRITERS = {"rnn_core": run_with_core, "PyTorch": run_with_torch}


def cell_notebook(params: Params, xs: Array, loss_at: LossAt, library: str, link: str) -> str:
    numbers, forward, backward = WRITERS[library](params, xs, loss_at, _)
    needs = {
        "rnn_core": _("This notebook needs NumPy and rnn_core, which `pip install .` installs from the app’s folder."),
        "PyTorch": _("This notebook needs PyTorch alone."),
    }
    return written(
        [
            markdown(f"# {_('A view of Unrolled, to be run again')}\n\n{needs[library]}\n\n`{link}`"),
            markdown(f"## {_('The weights and the input')}"),
            code(numbers),
            markdown(f"## {_('Forward')}\n\n{_('The state before the first step and after each step.')}"),
            code(forward),
            markdown(f"## {_('Backward')}\n\n{_('The gradient of the loss of the page on every weight.')}"),
            code(backward),
        ]
    )


def cells_notebook(cells: Sequence[tuple[Params, Array]], link: str) -> str:
    """Several cells over their inputs. It leaves `numbers`, with the name of each cell before that of the array."""
    needs = _("This notebook needs NumPy and rnn_core, which `pip install .` installs from the app’s folder.")
    made = [
        markdown(f"# {_('A view of Unrolled, to be run again')}\n\n{needs}\n\n`{link}`"),
        code("import numpy as np\nimport rnn_core as rc\n\nnumbers = {}"),
    ]
    for params, xs in cells:
        numbers, forward, backward = run_with_core(params, xs, "last", _)
        names = f'{{f"{params.cell}_{{name}}": values for name, values in arrays_of_run(trace, grads).items()}}'
        made += [
            markdown(f"## {params.cell.upper()}"),
            code(numbers),
            code(f"{forward}\n\n{backward}"),
            code(f"from rnn_core.formats.numbers import arrays_of_run\n\nnumbers |= {names}"),
        ]
    return written(made)
