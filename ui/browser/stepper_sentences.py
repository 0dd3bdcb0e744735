"""The sentence under the diagram: one for each step of the computation, with the present values in.

stepper/sentences.js picks the sentence and its values. A key is cell.step[.condition or form].direction.
"""

from ui.i18n import _


def sentences() -> dict[str, str]:
    return _several() | _rnn() | _lstm() | _lstm_backward() | _gru() | _gru_backward()


def _several() -> dict[str, str]:
    return {
        "several.forward": _("The same input goes into every cell. Click any number to see where it comes from."),
        "several.backward": _("The gradients flow from right to left. Click any number to see where it comes from."),
    }


def _rnn() -> dict[str, str]:
    linear = _("Nothing is squashed here: the sum is the new hidden state, {h} = {h_value}.")
    return {
        "rnn.whole.forward": _(
            "The RNN rewrites its state at every step: {from_h} comes from the old state, {from_x} from the input, and {h} becomes {h_value}."
        ),
        "rnn.in.forward": _(
            "The cell reads the input and the last hidden state {h_before}, each through its own weights."
        ),
        "rnn.sum.forward": _("The old state adds {from_h} and the input {from_x}. With the bias the sum is {sum}."),
        "rnn.squash.forward": _("The activation turns the sum {sum} into the new hidden state: {h} = {h_value}."),
        "rnn.squash.saturated.forward": _(
            "The unit is saturated: tanh turns the sum {sum} into {h} = {h_value}, close to its limit."
        ),
        "rnn.squash.linear.forward": linear,
        "rnn.whole.backward": _(
            "The gradient flows from right to left: it passes the activation, then the same weights again, and reaches step {before}."
        ),
        "rnn.squash.backward": _(
            "The gradient of {h} comes from step {after}. The slope of the activation multiplies it."
        ),
        "rnn.squash.loss.backward": _(
            "The loss reads {h}: its gradient starts here. The slope of the activation multiplies it."
        ),
        "rnn.sum.backward": _(
            "A sum passes its gradient on to all its parts unchanged. Each weight collects its gradient over all steps."
        ),
        "rnn.in.backward": _(
            "Through the transposed weights the gradient reaches the input and the hidden state of step {before}."
        ),
    }


def _lstm() -> dict[str, str]:
    return {
        "lstm.whole.forward": _("The cell keeps {kept} of its state and adds {added}."),
        "lstm.whole.writes.forward": _(
            "The forget gate closes, the input gate opens, and the cell state {c} becomes {c_value}."
        ),
        "lstm.whole.keeps.forward": _(
            "The forget gate is open, the input gate is closed, and the cell state stays at {c_value}."
        ),
        "lstm.whole.no_forget.forward": _("Without a forget gate the cell keeps all of its state and adds {added}."),
        "lstm.in.forward": _(
            "The cell reads the input and the last hidden state {h_before}. All gates see the same numbers and weigh them differently."
        ),
        "lstm.forget.forward": _("The forget gate multiplies the old cell state: {kept} of it is kept."),
        "lstm.forget.peephole.forward": _(
            "The forget gate also reads the old cell state {c_before} through a peephole. It lets {kept} of it pass."
        ),
        "lstm.input.forward": _("The candidate proposes {candidate}. The input gate lets {let_in} of it through."),
        "lstm.input.coupled.forward": _(
            "The input gate has no weights here: i = 1 − f. It lets {let_in} of the candidate {candidate} through."
        ),
        "lstm.cell.forward": _("The kept part and the written part add up to {c} = {c_value}."),
        "lstm.cell.no_forget.forward": _(
            "The first LSTM of 1997 had no forget gate: the old cell state stays whole, and {added} is added: {c} = {c_value}."
        ),
        "lstm.output.forward": _("The output gate shows {shown} of tanh {c}. The result is {h} = {h_value}."),
        "lstm.output.peephole.forward": _(
            "The output gate also reads {c} through a peephole. It shows {shown} of tanh {c}: {h} = {h_value}."
        ),
    }


def _lstm_backward() -> dict[str, str]:
    return {
        "lstm.whole.backward": _(
            "The gradient flows from right to left. The forget gate passes {kept} of it on to step {before}."
        ),
        "lstm.whole.shut.backward": _(
            "The forget gate is closed. The gradient stops at the write, and almost none of it reaches step {before}."
        ),
        "lstm.output.backward": _(
            "The gradient of {h} comes from the gates of step {after}. The output gate and the slope of tanh pass it on to {c}."
        ),
        "lstm.output.loss.backward": _(
            "The loss reads {h}: its gradient starts here. The output gate and the slope of tanh pass it on to {c}."
        ),
        "lstm.cell.backward": _(
            "The gradient of {c} is the sum of two parts: one through {h}, one along the cell state."
        ),
        "lstm.input.backward": _(
            "The input gate and the candidate each receive {dc} times the value that they were multiplied by."
        ),
        "lstm.input.coupled.backward": _(
            "The input gate has no weights: its gradient goes on to the forget gate, with the opposite sign."
        ),
        "lstm.forget.backward": _("The forget gate multiplies the gradient by {factor} on its way to {c_before}."),
        "lstm.in.backward": _(
            "Through the transposed weights the gradients of all gates add up, on the input and on {h_before}."
        ),
    }


def _gru() -> dict[str, str]:
    after = _("The reset gate lets {seen} of W h pass, and the candidate becomes {candidate}.")
    before = _(
        "The reset gate lets {seen} of {h_before} pass into the product with W, and the candidate becomes {candidate}."
    )
    return {
        "gru.whole.forward": _(
            "The cell keeps {kept} of its state and replaces {replaced} by the candidate {candidate}."
        ),
        "gru.whole.writes.forward": _("The update gate drops the old state: {h} takes over the candidate {candidate}."),
        "gru.whole.keeps.forward": _("The update gate keeps {kept} of the old state, and {h} stays at {h_value}."),
        "gru.in.forward": _(
            "The cell reads the input and the last hidden state {h_before}, which is memory and output in one."
        ),
        "gru.reset.forward": _("The reset gate decides how much of the old state the candidate may see: {seen}."),
        "gru.candidate.after-keeps.forward": after,
        "gru.candidate.after-writes.forward": after,
        "gru.candidate.before-keeps.forward": before,
        "gru.candidate.before-writes.forward": before,
        "gru.update.forward": _(
            "The update gate sets both shares: {kept} of the old state, {replaced} of the candidate."
        ),
        "gru.hidden.forward": _("The two parts add up: {h} = {h_value} lies between the old state and the candidate."),
    }


def _gru_backward() -> dict[str, str]:
    return {
        "gru.whole.backward": _(
            "The gradient flows from right to left. The update gate passes {kept} of it on to step {before}."
        ),
        "gru.whole.shut.backward": _(
            "The update gate drops the old state, so the gradient goes to the candidate, and almost none of it goes directly to step {before}."
        ),
        "gru.hidden.backward": _(
            "The gradient of {h} comes from step {after}: along the state, and through its gates."
        ),
        "gru.hidden.loss.backward": _("The loss reads {h}: its gradient starts here."),
        "gru.update.backward": _(
            "The update gate receives {dh} times the difference between the old state and the candidate."
        ),
        "gru.candidate.backward": _("The candidate receives {replaced} of {dh}; then the slope of tanh multiplies it."),
        "gru.reset.backward": _(
            "The reset gate receives the gradient of the candidate times the value that it let through."
        ),
        "gru.in.backward": _(
            "Through the transposed weights the gradients of the gates and the candidate add up, on the input and on {h_before}."
        ),
    }
