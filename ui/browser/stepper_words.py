"""Every word of the stepper but its sentences: what a step of the computation and a value are called, what a button does."""

from ui.browser.stepper_block_words import block_kinds, block_sentences, block_stage_names, block_value_names
from ui.browser.stepper_sentences import sentences
from ui.i18n import _

Words = dict[str, str | dict[str, str]]


def stepper_words() -> Words:
    return _controls() | {
        "kinds": block_kinds() | {"rnn": _("RNN cell"), "lstm": _("LSTM cell"), "gru": _("GRU cell")},
        "names": block_value_names() | value_names(),
        "stage_names": _stage_names() | _lane_names() | block_stage_names(),
        "sentences": sentences() | block_sentences(),
    }


def _controls() -> Words:
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "step": _("Step"),
        "speed": _("Speed"),
        "menu": _("Save or embed this diagram"),
        "take_along": {
            "png": _("Save as PNG picture"),
            "svg": _("Save as SVG picture"),
            "html": _("Save as a page that works offline"),
            "embed": _("Copy the code to embed this view"),
        },
        "previous_step": _("Step back (←)"),
        "next_step": _("Step on (→)"),
        "forward": _("Forward"),
        "backward": _("Backward"),
        "direction": _("Direction"),
        "transport": _("Move through time"),
        "stages": _("Steps of the computation"),
        "whole_step": _("Whole step"),
        "stage_number": _("Part {number}"),
        "step_of": _("Step {step} of {steps}"),
        "units": _("Unit drawn in large"),
        "unit_number": _("Unit {unit}"),
        "explanation": _("Explanation"),
        "trail": _("Values on the way here"),
        "back": _("Back"),
        "close": _("Close"),
        "all_digits": _("All digits"),
        "sum": _("sum"),
        "held": _("This value was set by an intervention: it was not computed."),
        "no_terms": _("The sum has no terms, so it is 0."),
        "given_input": _("An input is given, not computed."),
        "given_weight": _("A weight is the same at every step. Training changes it, a step does not."),
        "given_state": _("The state before the first step is given."),
        "given_loss": _("The direct gradient of the loss on this value. Back-propagation starts here."),
        "its_gradient": _("Its gradient:"),
        "its_value": _("The value itself:"),
        "no_number": _("not shown in this direction"),
        "gradient_on": _("gradient on {name}"),
        "place_at": _("{name}, step {step}, unit {unit}"),
        "place_weight": _("{name}, unit {unit}"),
        "value_is": _("{name}: {value}"),
        "keeps": _("keeps"),
        "lets_in": _("lets in"),
        "shows": _("shows"),
        "lets_see": _("lets through"),
        "loss": _("loss L"),
        "positive": _("positive numbers"),
        "negative_wider": _("negative numbers; wider is larger"),
        "negative_darker": _("negative numbers; a stronger colour is larger"),
        "gradient_wider": _("gradient; wider is larger"),
        "gradient_darker": _("gradient; a stronger colour is larger"),
        "keys": _(
            "Left and right arrows change the time step, up and down the step of the computation, space plays. "
            "Enter moves among the values, Escape comes back."
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
        "cs_through_forget": _("c, along the cell state"),
        "cs_through_output": _("c, through the output"),
        "cs_through_peepholes": _("c, through the peepholes"),
    }


RENAMED = {"lstm": {"candidate": "input", "hidden": "output"}}  # what older links call a step (stepper/computation.js)


def stages_of(kind: str, form: str) -> list[str]:
    """The steps of the computation of a cell, as stepper/computation.js has them."""
    stages = [name.removeprefix(f"{kind}.") for name in _stage_names() if name.startswith(f"{kind}.")]
    return [stage for stage in stages if not (form == "no_forget" and stage == "forget")]


def _lane_names() -> dict[str, str]:
    """What several cells do at the same moment: by the parts of the cell that has most of them."""
    read, old, new = _("Read"), _("Forget, reset"), _("Candidate")
    update, output = _("Update"), _("New state")
    return {
        "lanes.in": read,
        "lanes.forget": old,
        "lanes.reset": old,
        "lanes.input": new,
        "lanes.candidate": new,
        "lanes.cell": update,
        "lanes.update": update,
        "lanes.output": output,
        "lanes.hidden": output,
    }


def _stage_names() -> dict[str, str]:
    return {
        "rnn.in": _("Read"),
        "rnn.sum": _("Sum"),
        "rnn.squash": _("Activate"),
        "lstm.in": _("Read"),
        "lstm.forget": _("Forget"),
        "lstm.input": _("Write"),
        "lstm.cell": _("Remember"),
        "lstm.output": _("Output"),
        "gru.in": _("Read"),
        "gru.reset": _("Reset gate"),
        "gru.candidate": _("Candidate"),
        "gru.update": _("Update"),
        "gru.hidden": _("Mix"),
    }
