"""A view whose numbers rnn_core computes, as an offer: each number beside the line that computes it again."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from rnn_core.formats.notebook import code, markdown, written
from ui.i18n import _
from ui.widgets.take_along.shelf import Offer, put


class Shown(NamedTuple):
    value: ArrayLike
    code: str  # an expression of the names that the notebook's first lines define


def offer_view(lines: str, shown: Mapping[str, Shown], said: str = "") -> None:
    """`lines`: the imports and the settings, as Python. `said`: what the view shows, in a sentence for the notebook."""
    numbers = {name: np.asarray(each.value) for name, each in shown.items()}
    expressions = {name: each.code for name, each in shown.items()}
    put(Offer(numbers, {"rnn_core": lambda link: view_notebook(lines, expressions, link, said)}))


def view_notebook(lines: str, expressions: Mapping[str, str], link: str, said: str = "") -> str:
    """It leaves `numbers`: what the page shows, by name."""
    needs = _("This notebook needs NumPy and rnn_core, which `pip install .` installs from the app’s folder.")
    named = "\n".join(f'    "{name}": {expression},' for name, expression in expressions.items())
    return written(
        [
            markdown(f"# {_('A view of Unrolled, to be run again')}\n\n{needs}\n\n`{link}`"),
            markdown("## " + _("The settings")),
            code(f"import numpy as np\n\n{lines}"),
            markdown("## " + _("The numbers that the page shows") + (f"\n\n{said}" if said else "")),
            code(f"numbers = {{\n{named}\n}}\nfor name, values in numbers.items():\n    print(name, np.shape(values))"),
        ]
    )
