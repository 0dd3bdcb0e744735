"""The labels of the lab's choices."""

from rnn_core.errors import CoreError
from rnn_core.lab.settings import MOST_PARAMETERS, RunSettings
from rnn_core.learn.shapes import MODERN, state_size
from ui.cells.controls import scheme_label
from ui.cells.gate_names import gate_name
from ui.figures.modern_names import preset_names
from ui.i18n import _
from ui.lab.settings import Reason


def task_labels() -> dict[str, str]:
    return {
        "adding": _("Add the two marked numbers"),
        "copy": _("Copy after a wait"),
        "variable copy": _("Copy after a random wait"),
        "temporal order": _("In which order?"),
        "parity": _("Even or odd?"),
        "a^n b^n": _("Count: aⁿbⁿ"),
        "latch": _("Latch one bit"),
        "waves": _("Waves: the next value"),
        "sea temperature": _("Sea temperature: the next month"),
        "characters": _("Text: the next character"),
    }


def task_description(name: str) -> str:
    """The input, the question and the baseline of a task."""
    return {
        "adding": _("Two of the numbers are marked; at the end their sum is asked for. Baseline: always answer 1."),
        "copy": _(
            "Letters, then T blanks, then the letters again. Baseline: know when to answer, and guess the letters."
        ),
        "variable copy": _(
            "The same with a wait of random length, at most T blanks. Baseline: know when to answer, and guess the letters."
        ),
        "temporal order": _(
            "Two signals, A or B each, far apart among other letters: in which order? Baseline: guess one of four orders at random."
        ),
        "parity": _("At every step: is the number of ones so far even or odd? Baseline: a random guess."),
        "a^n b^n": _("Up to T times a, then as many b: predict the next symbol. Baseline: know the last symbol only."),
        "latch": _("The first three numbers give a sign, the rest is noise: plus or minus? Baseline: a random guess."),
        "waves": _(
            "Two sines and noise, new ones in every sequence: predict the next value. Baseline: repeat the last one."
        ),
        "sea temperature": _(
            "The Pacific from 1950 to 2010, El Niño included: predict the next month. Validation: the last fifth. Baseline: repeat the last month."
        ),
        "characters": _(
            "The book of Genesis: predict the next character. Validation: every fifth chapter. Baseline: the frequency of each character."
        ),
    }[name]


def measure_label(name: str) -> str:
    """The label of a task's measure of success."""
    return {
        "share of sums within 0.04": _("Sums off by less than 0.04"),
        "share of the remembered symbols that are right": _("Remembered symbols that are right"),
        "share of strings with every b and the end right": _("Strings that are all right"),
        "share of signals that are remembered": _("Signals that are remembered"),
        "share of the error of repeating the last value that is gone": _("Share of the error removed"),
        "share of parities that are right": _("Parities that are right"),
        "share of orders that are right": _("Orders that are right"),
        "share of next characters that are right": _("Next characters that are right"),
    }[name]


def cell_labels() -> dict[str, str]:
    classical = {"rnn-tanh": "RNN tanh", "rnn-relu": "RNN ReLU", "gru": "GRU", "lstm": "LSTM"}
    return classical | {cell: name for cell, name in preset_names().items() if cell in MODERN}


def value_name(name: str) -> str:
    """A gate, or what takes its place in a cell after the LSTM."""
    of_modern = {
        "forget_share": _("share of the forget gate, f / (f + i)"),
        "input_share": _("share of the input gate, i / (f + i)"),
        "recurrence_gate": _("recurrence gate r"),
        "decay": _("decay: the share that is kept"),
        "step_size": _("step size Δ"),
        "write": _("writing strength β"),
    }
    return of_modern.get(name) or gate_name(name)


def inside_note(settings: RunSettings) -> str:
    """What the pictures of the states and gates of a cell after the LSTM cannot show."""
    output = _("Drawn is the output y of the layer, which is computed from its state.")
    matrix = _("The state is a matrix: {shape} numbers at every time step, which are not drawn here.")
    matrix = matrix.format(shape=f"{settings.hidden} × {state_size(settings.cell, settings.hidden)}")
    no_gate = _("This cell has no gate.")
    stabilised = _(
        "The gates i and f are drawn as they are used: divided by the stabiliser, so that the larger one is 1."
    )
    return " ".join(
        {
            "lru": (output, _("The state is a complex number for each unit."), no_gate),
            "selective": (output, matrix),
            "slstm": (stabilised,),
            "mlstm": (matrix, stabilised, _("The gates i and f are one number for all units.")),
            "linear_attention": (output, matrix, no_gate),
            "delta_net": (output, matrix, _("The writing strength is one number for all units.")),
            "gated_delta_net": (output, matrix, _("Decay and writing strength are one number for all units.")),
        }.get(settings.cell, ())
    )


def answer_label(name: str) -> str:
    """The label of an answer that is a word; letters are their own labels."""
    return {"minus": _("minus"), "plus": _("plus"), "even": _("even"), "odd": _("odd")}.get(name, name)


def init_label(name: str) -> str:
    by_size = {"spectral_radius": _("By spectral radius"), "singular_value": _("By largest singular value")}
    return by_size.get(name) or scheme_label(name)


def optimiser_label(name: str) -> str:
    return {"sgd": "SGD", "momentum": _("SGD with momentum"), "rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW"}[
        name
    ]


def schedule_label(name: str) -> str:
    return {
        "constant": _("Constant"),
        "warm-up": _("Warm-up over the first tenth"),
        "halving": _("Halved four times"),
        "cosine": _("Cosine down to 0"),
    }[name]


def reason_label(reason: Reason) -> str:
    """Why a widget is disabled."""
    return {
        "no gate": _("A plain RNN has no gate that keeps."),
        "chrono": _("Chrono sets this bias."),
        "gain": _("This initialisation fixes its own scale."),
        "numbers": _("The inputs of this task are numbers, not symbols."),
        "own input": _(
            "Here the answer is the next input: a network that also reads backward would have read it already."
        ),
        "not own input": _("In this task the network never reads its own predictions."),
        "both": _("In a network of two directions there is no last step to count from."),
        "adamw": _("Weight decay belongs to AdamW; L2 works with every optimiser."),
        "mask": _("Without dropout there is no mask."),
        "own answers": _("Not while the network reads its own predictions."),
        "own initialisation": _("The cells after the LSTM have an initialisation of their own."),
        "one direction": _("The cells after the LSTM read in one direction here."),
        "all at once": _("The cells after the LSTM are computed for all time steps at once."),
        "keep": _("Only for a plain RNN of one layer and one direction, without truncation and dropout."),
    }[reason]


def too_large(problem: CoreError) -> str:
    """Where settings are refused for their size, advice on what to reduce; None for any other reason."""
    if problem.argument == "hidden and layers":
        return _("Such a network has more than {most} weights. Take fewer layers, or fewer units.").format(
            most=f"{MOST_PARAMETERS:,}"
        )
    if problem.argument == "batch, steps and hidden":
        return _(
            "One step of this training would take seconds. Make the batch, the length T or the hidden size smaller."
        )
    if problem.argument == "batch, steps and state":
        return _(
            "This cell is computed for all time steps at once, and one training step would need too much memory. Make the batch, the length T or the hidden size smaller."
        )
    return ""
