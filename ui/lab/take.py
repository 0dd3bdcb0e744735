"""What the training lab gives to take along: the curves, the run over the example, and the run as a notebook."""

from rnn_core.lab.comparison import Comparison
from rnn_core.learn.history import SEEN_STEPS, Curves
from rnn_core.learn.state import View
from ui.lab.compute import LabRun
from ui.lab.names import cell_labels
from ui.widgets.take_along.offers import Offer, offer, offer_numbers


def take_run(run: LabRun) -> None:
    """The notebook trains the same network on the same data; the last digits follow the processor."""

    def write(link: str) -> str:
        # Not at the top of the file: the first visitor would wait for it.
        from ui.lab.comparison.notebook import notebook

        return notebook(Comparison((run.settings,), 1), [cell_labels()[run.settings.cell]], link)

    offer(Offer({}, {"PyTorch": write}), part="run")


def take_curves(curves: Curves) -> None:
    """A history that became coarser has rows that summarise several training steps."""
    of_steps = {f"training_{name}": curves.of_steps(name) for name in SEEN_STEPS}
    of_checks = {f"validation_{name}": curves.of_checks(name) for name in curves.check_columns}
    offer_numbers({**of_steps, **{name.replace(" ", "_"): values for name, values in of_checks.items()}}, part="curves")


def take_view(view: View | None) -> None:
    if view is None:
        return
    layers = {
        f"{layer.name.replace(', ', '_').replace(' ', '_')}_{name}": values
        for layer in view.layers
        for name, values in (("hs", layer.hs), ("cs", layer.cs), *zip(layer.gate_names, layer.gates, strict=True))
    }
    offer_numbers(
        {
            "example_inputs": view.inputs,
            "example_targets": view.targets,
            "example_outputs": view.outputs,
            "example_counts": view.asked,
            **layers,
        },
        part="example",
    )
