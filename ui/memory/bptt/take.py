"""What the page on back-propagation through time gives to take along: the worked example, or the network and its truncation."""

from rnn_core.params.build import weights_of
from rnn_core.studies.two_steps import TwoSteps
from ui.memory.bptt.compute import Run
from ui.memory.bptt.controls import BpttView
from ui.memory.sequences.take import setup_line
from ui.widgets.take_along.view_notebook import Shown, offer_view


def take_worked_example(found: TwoSteps) -> None:
    lines = f"from rnn_core.studies.two_steps import two_steps\n\nfound = two_steps({found.w!r})"
    shown = {name: Shown(value, f"found.{name}") for name, value in vars(found).items()}
    offer_view(lines, shown)


def take_network(view: BpttView, run: Run) -> None:
    at = [step - 1 for step in view.at]
    lines = (
        "from rnn_core.analysis import descent\n"
        "from rnn_core.blocks.readout import init_readout\n"
        "from rnn_core.studies.sequences import SequenceSetup, inputs_of, params_of\n\n"
        f"{setup_line(view.run)}\nat = {at!r}  # the steps, from 0, that the loss reads\n"
        'readout = init_readout(setup.hidden_size, 1, setup.seed, "identity")\n'
        "network, xs = descent.Network(params_of(setup), readout), inputs_of(setup)\n"
        "whole = descent.forward_and_backward(network, xs, at)\n"
        + (
            f"truncated = descent.forward_and_backward(network, xs, at, {view.truncate_after})\n"
            if run.truncated is not run.whole
            else "truncated = whole\n"
        )
        + "lengths = descent.gradient_lengths(truncated.grads)"
    )
    weights = weights_of(run.whole.trace.params)
    shown = {
        "xs": Shown(run.whole.trace.xs, "whole.trace.xs"),
        "hs": Shown(run.whole.trace.hs, "whole.trace.hs"),
        "outputs": Shown(run.whole.answer.ys, "whole.answer.ys"),
        "loss": Shown(run.whole.loss.value, "whole.loss.value"),
        "gradient_norms_on_h": Shown(run.flow.states, "lengths.states"),
        **{
            f"d{name}": Shown(gradient, f"whole.grads.params.{name}")
            for name, gradient in weights_of(run.whole.grads.params).items()
        },
        **{
            f"d{name}_truncated": Shown(gradient, f"truncated.grads.params.{name}")
            for name, gradient in weights_of(run.truncated.grads.params).items()
        },
        **{
            f"contributions_{name}": Shown(
                run.truncated.grads.contributions(name), f'truncated.grads.contributions("{name}")'
            )
            for name in weights
        },
    }
    offer_view(lines, shown)
