"""What the training lab gives to take along: the curves, the run over the example, and the run as two notebooks. One of them trains
again; the other reads the file of the run and computes the example from its weights.
"""

from functools import partial

from rnn_core.formats.numbers import as_npz
from rnn_core.lab.comparison import Comparison
from rnn_core.lab.observe import first_state
from rnn_core.learn import runfile
from rnn_core.learn.history import SEEN_STEPS, Curves
from rnn_core.learn.state import LayerView, View
from ui.i18n import _
from ui.lab.compute import LabRun
from ui.lab.names import cell_labels
from ui.widgets.take_along.offers import Offer, offer, offer_numbers
from ui.widgets.take_along.view_notebook import Shown, offer_view

RUN, CURVES = "unrolled-run.safetensors", "curves.npz"


def take_run(run: LabRun) -> None:
    """The notebook trains the same network on the same data; the last digits follow the processor."""

    def write(link: str) -> str:
        # Not at the top of the file: the first visitor would wait for it.
        from ui.lab.comparison.notebook import notebook

        return notebook(Comparison((run.settings,), 1), [cell_labels()[run.settings.cell]], link)

    offer(Offer({}, {"PyTorch": write}), part="run")


def take_curves(curves: Curves) -> None:
    """A history that became coarser has rows that summarise several training steps. They were measured in training, so the notebook
    reads them."""
    of_steps = {f"training_{name}": curves.of_steps(name) for name in SEEN_STEPS}
    of_checks = {f"validation_{name}": curves.of_checks(name) for name in curves.check_columns}
    numbers = {**of_steps, **{name.replace(" ", "_"): values for name, values in of_checks.items()}}
    shown = {name: Shown(values, f'curves["{name}"]') for name, values in numbers.items()}
    said = _("The curves, as the training measured them:")
    offer_view(f'curves = np.load("{CURVES}")', shown, said, part="curves", files={CURVES: partial(as_npz, numbers)})


def take_view(run: LabRun, view: View | None) -> None:
    """Of an earlier moment the run keeps the example and not the weights, so there the numbers come without a notebook."""
    if view is None:
        return
    shown = {
        "example_inputs": Shown(view.inputs, "view.inputs"),
        "example_targets": Shown(view.targets, "view.targets"),
        "example_outputs": Shown(view.outputs, "view.outputs"),
        "example_counts": Shown(view.asked, "view.asked"),
    }
    for place, layer in enumerate(view.layers):
        shown |= _of_layer(layer, f"view.layers[{place}]")
    state = run.state or first_state(run.settings)
    if state.step != view.step:
        offer_numbers({name: each.value for name, each in shown.items()}, part="example")
        return
    setup = (
        "from pathlib import Path\n\n"
        "from rnn_core.lab.observe import observe\n"
        "from rnn_core.lab.settings import KINDS\n"
        "from rnn_core.learn import runfile\n\n"
        f'state, _curves = runfile.load(Path("{RUN}").read_bytes(), KINDS)'
    )
    said = _("The example, computed from the weights after {step} training steps:").format(step=view.step)
    files = {RUN: partial(runfile.save, state)}
    offer_view("view = observe(state)", shown, said, part="example", setup=setup, files=files)


def _of_layer(layer: LayerView, code: str) -> dict[str, Shown]:
    name = layer.name.replace(", ", "_").replace(" ", "_")
    shown = {f"{name}_hs": Shown(layer.hs, f"{code}.hs")}
    if layer.cs is not None:
        shown[f"{name}_cs"] = Shown(layer.cs, f"{code}.cs")
    for place, (gate, values) in enumerate(zip(layer.gate_names, layer.gates, strict=True)):
        shown[f"{name}_{gate}"] = Shown(values, f"{code}.gates[{place}]")
    return shown
