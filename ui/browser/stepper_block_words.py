"""The words of the diagrams of the cells after the LSTM: names of their values, parts of the computation, and sentences."""

from ui.browser.stepper_blocks import Part
from ui.figures.modern_names import preset_names
from ui.i18n import _


def block_kinds() -> dict[str, str]:
    return preset_names()


def block_value_names() -> dict[str, str]:
    return {
        "ys": _("output y"),
        "memory": _("memory"),
        "normaliser": _("normaliser"),
        "stabiliser": _("stabiliser"),
        "query": _("query"),
        "key": _("key"),
        "value": _("value"),
        "scores": _("score"),
        "weights": _("attention weight"),
        "write": _("write strength"),
        "decay": _("decay"),
        "recalled": _("value recalled by the key"),
        "error": _("error of the recalled value"),
        "receptance": _("receptance"),
        "rate_gate": _("rate of removal"),
        "removal": _("key of removal"),
        "written_key": _("key that is written"),
        "forget_share": _("share of the forget gate"),
        "input_share": _("share of the input gate"),
        "hs_re": _("state, real part"),
        "hs_im": _("state, imaginary part"),
        "lambda_re": _("eigenvalue λ, real part"),
        "lambda_im": _("eigenvalue λ, imaginary part"),
        "A_re": _("factor of the state, real part"),
        "A_im": _("factor of the state, imaginary part"),
        "drive_re": _("scaled input, real part"),
        "drive_im": _("scaled input, imaginary part"),
        "input_re": _("input weight, real part"),
        "input_im": _("input weight, imaginary part"),
        "inner": _("inner input u"),
        "step_size": _("step size Δ"),
        "input_map": _("input map B"),
        "output_map": _("output map C"),
        "recurrence_gate": _("recurrence gate"),
        "write_scale": _("write scale"),
        "log_forget": _("logarithm of the forget gate"),
        "read": _("value read by the query"),
        "denominator": _("denominator"),
    }


def block_stage_names() -> dict[str, str]:
    names: dict[Part, str] = {
        "in": _("Read"),
        "maps": _("From the input"),
        "compare": _("Compare"),
        "shares": _("Scale"),
        "state": _("New state"),
        "output": _("Output"),
    }
    return {f"blocks.{part}": name for part, name in names.items()}


def block_sentences() -> dict[str, str]:
    return _whole() | {
        "blocks.in.forward": _("The input of step {step} comes in, and the state after step {before}."),
        "blocks.maps.forward": _(
            "Each of these values is computed from the input, or from weights alone. All steps could compute them at the same time."
        ),
        "slstm.maps.forward": _(
            "As in the LSTM, gates and candidate read the input and the last hidden state, so the steps have to wait for each other."
        ),
        "blocks.compare.forward": _("The memory of step {before} is read with a key, before anything is written."),
        "attention.compare.forward": _("The query of step {step} is compared with the key of every step so far."),
        "blocks.shares.forward": _("These factors say how much of the old state stays and how much is added."),
        "attention.shares.forward": _("Softmax turns the scores into weights: none is negative, and their sum is 1."),
        "blocks.state.forward": _("The old state is multiplied, something is added, and the new state is ready."),
        "blocks.output.forward": _("The output of step {step} is read from the new state."),
        "attention.output.forward": _("The output is the mean of all values so far with these weights."),
        "blocks.whole.backward": _(
            "The loss is the sum of the last output. Its gradient flows from step {step} to step {before}, through the factor that multiplies the state."
        ),
        "blocks.output.backward": _(
            "The gradient of the output of step {step} reaches the state that it was read from."
        ),
        "blocks.state.backward": _(
            "The gradient on the new state has two parts: from the output of this step, and from step {after}."
        ),
        "blocks.shares.backward": _(
            "The gradient on a factor: the gradient on what it multiplies, times the other factors."
        ),
        "blocks.compare.backward": _(
            "What was read from the old memory passes its gradient back to it, and to the key."
        ),
        "attention.compare.backward": _(
            "The gradient on a score shows whether more attention to that step would raise the loss."
        ),
        "blocks.maps.backward": _(
            "Through these values the gradient reaches the weights, which collect it over all steps."
        ),
        "blocks.in.backward": _("The gradients on the input of step {step} and on the state after step {before}."),
        "attention.whole.backward": _(
            "Keys and values collect gradients from all later steps that read them. The loss is the sum of the last output."
        ),
    }


def _whole() -> dict[str, str]:
    rules = {
        "min_gru": _(
            "The update gate mixes the old state and the candidate. Neither the gate nor the candidate reads the old state."
        ),
        "min_lstm": _("Forget and input gate are divided by their sum, so that the state is a mean of old and new."),
        "lru": _("Each state is a complex number: a step turns it by a fixed angle, shrinks it, and adds the input."),
        "s4d": _("Each unit has a row of complex states. A step turns and shrinks each of them by a fixed factor."),
        "rg_lru": _("The recurrence gate decides how fast the state decays. What decays makes room for the input."),
        "selective": _("The input chooses the step size Δ: a large one writes the input, a small one keeps the state."),
        "slstm": _(
            "An LSTM with exponential gates. The stabiliser keeps them finite, and the normaliser divides by their sum."
        ),
        "mlstm": _(
            "A matrix as memory: the forget gate multiplies it, and the input gate adds the value under the key."
        ),
        "linear_attention": _("The memory is a matrix. Value times key is added to it, and the query reads it."),
        "delta_net": _("The key first reads what the memory holds for it. Only the error of this is written."),
        "gated_delta_net": _("The whole memory decays. Then the error of what the key recalls is written."),
        "rwkv7": _(
            "Each column of the memory decays by its own factor. What the removal key recalls is taken out, and the value is written."
        ),
        "attention": _("No state: every key and value so far is kept, and the query weighs all of them."),
    }
    return {f"{kind}.whole.forward": sentence for kind, sentence in rules.items()}
