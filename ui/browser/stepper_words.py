"""Every word of the stepper: what a stage does, what a value is called, what a button says."""

from ui.i18n import _

Words = dict[str, str | dict[str, str]]


def stepper_words() -> Words:
    return _controls() | {
        "kinds": {"rnn": _("RNN cell"), "lstm": _("LSTM cell"), "gru": _("GRU cell")},
        "names": value_names(),
        "stage_names": _stage_names(),
        "sentences": _whole() | _rnn() | _lstm() | _lstm_variants() | _gru(),
        "legend_kinds": {
            "input": _("input"),
            "sums": _("sums"),
            "memory": _("cell state"),
            "gates": _("gates and states"),
        },
    }


def _controls() -> Words:
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "step": _("Step"),
        "speed": _("Speed"),
        "previous_step": _("Step back (←)"),
        "next_step": _("Step on (→)"),
        "forward": _("Forward"),
        "backward": _("Backward"),
        "direction": _("Direction"),
        "transport": _("Move through time"),
        "stages": _("Stages inside a step"),
        "whole_step": _("Whole step"),
        "stage_number": _("Stage {number}"),
        "step_of": _("Step {step} of {steps}"),
        "explanation": _("Explanation"),
        "numbers_of_unit": _("with the numbers of unit {unit} at step {step}"),
        "numbers_of_step": _("with the numbers at step {step}"),
        "trail": _("The way here"),
        "back": _("Back"),
        "close": _("Close"),
        "all_digits": _("All digits"),
        "sum": _("sum"),
        "held": _("Set by hand: this number was not computed."),
        "no_terms": _("Nothing arrives here: an empty sum is 0."),
        "given_input": _("An input. The walk ends here: it comes from outside."),
        "given_weight": _("A weight. The walk ends here: it stays the same at every step."),
        "given_state": _("The state before the first step. The walk ends here."),
        "given_loss": _("What the loss itself says about this value. The walk back begins here."),
        "its_gradient": _("The gradient on it:"),
        "its_value": _("The value itself:"),
        "no_number": _("nothing to show in this direction"),
        "gradient_on": _("gradient on {name}"),
        "place_at": _("{name}, step {step}, unit {unit}"),
        "place_weight": _("{name}, unit {unit}"),
        "value_is": _("{name}: {value}"),
        "strip": _("All {steps} steps as columns of colours. Step {step} is marked."),
        "keys": _(
            "Left and right arrows change the step, up and down the stage, space plays. "
            "Enter goes among the values, Escape comes back."
        ),
        "legend_forward": _("Blue is positive, orange negative. Full colour: "),
        "legend_backward": _(
            "Pink is positive, green negative. The colour is logarithmic, from {low} to {high}; 0 has none."
        ),
        "unavailable": _("The diagram could not be loaded. Please reload the page."),
    }


def value_names() -> dict[str, str]:
    """What each value is called, by its field name; weights are called by their symbols."""
    gates = {
        "input_gate": _("input gate"),
        "forget_gate": _("forget gate"),
        "candidate": _("candidate"),
        "output_gate": _("output gate"),
        "reset_gate": _("reset gate"),
        "update_gate": _("update gate"),
    }
    parts = {
        "x": _("{gate}: what x adds"),
        "h": _("{gate}: what h adds"),
        "c": _("{gate}: what c adds"),
        "pre": _("{gate}: the sum"),
    }
    return gates | {
        **{f"{gate}_{part}": text.format(gate=name) for gate, name in gates.items() for part, text in parts.items()},
        "xs": _("input x"),
        "hs": _("hidden state h"),
        "cs": _("cell state c"),
        "tanh_c": _("tanh of the cell state"),
        "reset_h": _("what the reset gate lets through"),
        "pre": _("the sum"),
        "pre_x": _("what x adds"),
        "pre_h": _("what h adds"),
        "b_h": _("bias"),
        "hs_direct": _("h, straight from the loss"),
        "cs_direct": _("c, straight from the loss"),
        "hs_through_carry": _("h, kept by the step after"),
        "cs_through_forget": _("c, along the cell"),
        "cs_through_output": _("c, through the output"),
        "cs_through_peepholes": _("c, through the peepholes"),
    }


def stages_of(kind: str, form: str) -> list[str]:
    """The stages of a cell, as stepper/stages.js has them."""
    stages = [name.removeprefix(f"{kind}.") for name in _stage_names() if name.startswith(f"{kind}.")]
    return [stage for stage in stages if not (form == "no_forget" and stage == "forget")]


def _stage_names() -> dict[str, str]:
    return {
        "rnn.in": _("What comes in"),
        "rnn.sum": _("Sum"),
        "rnn.squash": _("Squash"),
        "lstm.in": _("What comes in"),
        "lstm.forget": _("Forget"),
        "lstm.input": _("Input"),
        "lstm.candidate": _("Candidate"),
        "lstm.cell": _("New c"),
        "lstm.output": _("Output"),
        "lstm.hidden": _("New h"),
        "gru.in": _("What comes in"),
        "gru.reset": _("Reset"),
        "gru.candidate": _("Candidate"),
        "gru.update": _("Update"),
        "gru.hidden": _("New h"),
    }


def _whole() -> dict[str, str]:
    return {
        "whole.forward": _(
            "One whole step, from left to right. Pick a stage to watch it part by part, "
            "or point at any number to see where it comes from."
        ),
        "whole.backward": _(
            "The same step, backward: each square now says how the loss would change if its value were a little larger. "
            "Gradients flow from right to left."
        ),
    }


def _rnn() -> dict[str, str]:
    return {
        "rnn.in.forward": _("Two things come in: the new input x and the state h that the last step left behind."),
        "rnn.in.backward": _(
            "Through the transposed weights the gradient goes on: to the input, and to the state of the step before. "
            "There it is multiplied by the same matrix again."
        ),
        "rnn.sum.forward": _(
            "Each row of the weights makes one number from x and one from h; with the bias they add up to a."
        ),
        "rnn.sum.backward": _(
            "A sum passes its gradient on to all its parts unchanged. Each weight collects its gradient over all steps."
        ),
        "rnn.squash.forward": _(
            "The sum is squashed, unit by unit. The result is the new state h: output and memory at once."
        ),
        "rnn.squash.backward": _(
            "The gradient arrives at h, from the loss and from the step after. "
            "Going back through the squash it is multiplied by the slope there: nearly 0 where the unit is saturated."
        ),
        "rnn.squash.linear.forward": _("Nothing is squashed here: the sum is the new state h as it is."),
        "rnn.squash.linear.backward": _(
            "The gradient arrives at h, from the loss and from the step after, and passes unchanged."
        ),
    }


def _lstm() -> dict[str, str]:
    gate_back = _(
        "The gradient on c times what the gate was multiplied with, and then times the gate's own slope. "
        "A gate that is wide open or quite shut has almost no slope: little gets through to its weights."
    )
    return {
        "lstm.in.forward": _(
            "Three things come in: the input x, the last output h, and the memory c, which keeps to its own road."
        ),
        "lstm.in.backward": _(
            "Through the transposed weights the gradients of all gates add up, on the input and on the last h. "
            "The memory's own gradient goes back along the top."
        ),
        "lstm.forget.forward": _(
            "The forget gate looks at x and h and decides, unit by unit, how much of the memory stays: 1 keeps all, 0 wipes it out."
        ),
        "lstm.forget.backward": gate_back,
        "lstm.input.forward": _("The input gate decides, unit by unit, how much of what is new may be written."),
        "lstm.input.backward": gate_back,
        "lstm.candidate.forward": _("The candidate is what could be written: a new value between −1 and 1."),
        "lstm.candidate.backward": _("The gradient on c times the input gate, and then times the slope of tanh."),
        "lstm.cell.forward": _(
            "The new memory: the old one times the forget gate, plus the candidate times the input gate."
        ),
        "lstm.cell.backward": _(
            "The gradient on the memory comes two ways: up from h, and straight back from the next c, times the forget gate "
            "and nothing else. This is why an LSTM can remember."
        ),
        "lstm.output.forward": _("The output gate decides, unit by unit, how much of the memory is shown."),
        "lstm.output.backward": _("The gradient on h times tanh c, and then times the gate's own slope."),
        "lstm.hidden.forward": _(
            "The new h: the memory, squashed, times the output gate. It goes out, and on to the next step."
        ),
        "lstm.hidden.backward": _(
            "The gradient arrives at h: from the loss, and from every gate of the step after. It splits between the gate and the memory."
        ),
    }


def _lstm_variants() -> dict[str, str]:
    return {
        "lstm.input.coupled.forward": _(
            "In this form the input gate has no weights: it writes exactly where the forget gate wipes, i = 1 − f."
        ),
        "lstm.input.coupled.backward": _(
            "i = 1 − f has no weights of its own: its gradient goes to the forget gate, with its sign turned."
        ),
        "lstm.forget.peephole.forward": _("With a peephole the forget gate sees x, h and also the old memory itself."),
        "lstm.input.peephole.forward": _("With a peephole the input gate sees x, h and also the old memory itself."),
        "lstm.output.peephole.forward": _("With a peephole the output gate sees x, h and also the new memory itself."),
        "lstm.cell.no_forget.forward": _(
            "The first LSTM of 1997 had no forget gate: the memory stays whole, and what is new is added."
        ),
        "lstm.cell.no_forget.backward": _(
            "The gradient on the memory comes two ways: up from h, and straight back from the next c, times 1. It never fades on this road."
        ),
    }


def _gru() -> dict[str, str]:
    blend_back = _(
        "The gradient arrives at h. The road along the top multiplies it by what was kept and by nothing else; "
        "the rest goes to the candidate and to the gate."
    )
    return {
        "gru.in.forward": _("Two things come in: the new input x, and the state h, which is memory and output in one."),
        "gru.in.backward": _(
            "Through the transposed weights the gradients of the gates and the candidate add up, on the input and on the last h."
        ),
        "gru.reset.forward": _("The reset gate decides how much of the old state the candidate may see."),
        "gru.reset.backward": _(
            "What the gate was multiplied with, times the gradient from the candidate, and then times the gate's own slope."
        ),
        "gru.candidate.after-keeps.forward": _(
            "The candidate, a new state between −1 and 1. Here r acts after the product with the weights: q = r ⊙ (W h + b)."
        ),
        "gru.candidate.after-writes.forward": _(
            "The candidate, a new state between −1 and 1. Here r acts after the product with the weights: q = r ⊙ (W h + b)."
        ),
        "gru.candidate.before-keeps.forward": _(
            "The candidate, a new state between −1 and 1. Here r acts on h before the product with the weights: q = r ⊙ h."
        ),
        "gru.candidate.before-writes.forward": _(
            "The candidate, a new state between −1 and 1. Here r acts on h before the product with the weights: q = r ⊙ h."
        ),
        "gru.candidate.backward": _(
            "The gradient on h times the share that was written, and then times the slope of tanh."
        ),
        "gru.update.forward": _("The update gate decides, unit by unit, between the old state and the candidate."),
        "gru.update.backward": _(
            "The gradient on h times the difference between the old state and the candidate, and then times the gate's own slope."
        ),
        "gru.hidden.after-keeps.forward": _(
            "The new h lies between the old one and the candidate. Here z keeps: z times the old, 1 − z times the new."
        ),
        "gru.hidden.before-keeps.forward": _(
            "The new h lies between the old one and the candidate. Here z keeps: z times the old, 1 − z times the new."
        ),
        "gru.hidden.after-writes.forward": _(
            "The new h lies between the old one and the candidate. Here z writes: 1 − z times the old, z times the new."
        ),
        "gru.hidden.before-writes.forward": _(
            "The new h lies between the old one and the candidate. Here z writes: 1 − z times the old, z times the new."
        ),
        "gru.hidden.backward": blend_back,
    }
