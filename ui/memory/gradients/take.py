"""What the page on gradients gives to take along: the norms of the three cells on every state."""

from collections.abc import Sequence

from ui.i18n import _
from ui.memory.gradients.compute import Lengths
from ui.memory.gradients.controls import GradientView
from ui.widgets.take_along.view_notebook import Shown, offer_view


def take_norms(view: GradientView, runs: Sequence[Lengths]) -> None:
    named = "\n".join(f'    "{name}": {setup!r},' for name, setup in view.named.items())
    lines = (
        "from rnn_core.studies.gradients import GatedSetup, RNNSetup, gradient_norms\n\n"
        f"setups = {{\n{named}\n}}\n"
        f"norms = {{name: gradient_norms(setup, [{view.seed}]) for name, setup in setups.items()}}"
    )
    shown = {}
    for name, run in zip(view.named, runs, strict=True):
        shown[f"log10_norm_h_{name}"] = Shown(run.chosen.h[0], f'norms["{name}"].h[0]')
        if run.chosen.c is not None:
            shown[f"log10_norm_c_{name}"] = Shown(run.chosen.c[0], f'norms["{name}"].c[0]')
    said = _("The base-10 logarithm of the gradient’s norm on each state, and of the cell state’s in the LSTM.")
    offer_view(lines, shown, said)
