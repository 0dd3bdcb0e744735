"""What can be set in the training lab: the settings of a run, as widgets and in the link, and the experiments that set them."""

from typing import Any

import streamlit as st

from rnn_core.learn.settings import OPTIMISERS, RunSettings
from rnn_core.learn.tasks import Task
from rnn_core.learn.tasks.adding import Adding
from rnn_core.learn.tasks.copying import Copying, VariableCopying
from rnn_core.learn.tasks.counting import Counting
from rnn_core.learn.tasks.latch import Latch
from rnn_core.learn.tasks.parity import Parity
from rnn_core.learn.tasks.temporal_order import TemporalOrder
from rnn_core.learn.tasks.waves import Waves
from ui.choices import choice
from ui.controls import scheme_label
from ui.i18n import _
from ui.sequence_controls import examples

SHORTEST, LONGEST = 10, 200
INITS = ("torch", "xavier", "orthogonal", "identity")
LOOKS = 40  # at the held-out set, in a whole run
DEFAULTS: dict[str, Any] = {
    "task": "adding",
    "cell": "rnn-tanh",
    "T": 50,
    "H": 32,
    "clip": None,
    "forget": None,
    "rate": 0.005,
    "optimiser": "adam",
    "init": "torch",
    "budget": 1000,
    "seed": 0,
}
EXPERIMENTS: dict[str, dict[str, Any]] = {
    "rnn": {},
    "lstm": {"cell": "lstm", "clip": 1.0},
    "gru": {"cell": "gru", "clip": 1.0},
    "explode": {"cell": "rnn-relu", "init": "identity"},
    "clip": {"cell": "rnn-relu", "init": "identity", "clip": 1.0},
    "forget0": {"task": "latch", "T": 100, "cell": "lstm", "forget": 0.0, "budget": 500},
    "forget3": {"task": "latch", "T": 100, "cell": "lstm", "forget": 3.0, "budget": 500},
}


def experiment_labels() -> dict[str, str]:
    return {
        "rnn": _("An RNN on adding, T = 50"),
        "lstm": _("The same with an LSTM"),
        "gru": _("And with a GRU"),
        "explode": _("It explodes"),
        "clip": _("Clipping mends it"),
        "forget0": _("Forget bias 0"),
        "forget3": _("Forget bias 3"),
    }


def task_labels() -> dict[str, str]:
    return {
        "adding": _("Add the two marked numbers"),
        "copy": _("Copy after a wait"),
        "variable copy": _("Copy after any wait"),
        "temporal order": _("In which order?"),
        "parity": _("Even or odd?"),
        "a^n b^n": _("Count: aⁿbⁿ"),
        "latch": _("Latch one bit"),
        "waves": _("Waves: the next value"),
    }


def cell_labels() -> dict[str, str]:
    return {"rnn-tanh": "RNN tanh", "rnn-relu": "RNN ReLU", "gru": "GRU", "lstm": "LSTM"}


def answer_label(name: str) -> str:
    """Of an answer that is a word; letters stand for themselves."""
    return {"minus": _("minus"), "plus": _("plus"), "even": _("even"), "odd": _("odd")}.get(name, name)


def task_of(name: str, length: int) -> Task:
    """T is the wait of the copy tasks, and the largest n of counting."""
    match name:
        case "copy":
            return Copying(blanks=length)
        case "variable copy":
            return VariableCopying(blanks=length)
        case "temporal order":
            return TemporalOrder(steps=length)
        case "parity":
            return Parity(steps=length)
        case "a^n b^n":
            return Counting(longest=length)
        case "latch":
            return Latch(steps=length)
        case "waves":
            return Waves(steps=length)
        case _:
            return Adding(steps=length)


def length_of(task: Task) -> int:
    """What `task_of` was given."""
    match task:
        case Copying():
            return task.blanks
        case Counting():
            return task.longest
        case _:
            return task.length


def values_of(settings: RunSettings) -> dict[str, Any]:
    """The widgets' values that give these settings, where widgets can."""
    return {
        "task": settings.task.name,
        "cell": settings.cell,
        "T": min(max(length_of(settings.task), SHORTEST), LONGEST),
        "H": min(settings.hidden, 128),
        "clip": settings.clip_norm,
        "forget": settings.forget_bias,
        "rate": settings.rate,
        "optimiser": settings.optimiser,
        "init": settings.init if settings.init in INITS else DEFAULTS["init"],
        "budget": min(settings.budget, 20_000),
        "seed": min(settings.seed, 9999),
    }


def first_controls() -> None:
    choice(st.selectbox, _("Task"), task_labels(), DEFAULTS["task"], "task")
    choice(st.pills, _("Cell"), cell_labels(), DEFAULTS["cell"], "cell", wrap=True)
    st.slider(_("Length T"), SHORTEST, LONGEST, DEFAULTS["T"], key="T", bind="query-params")
    st.number_input(
        _("Clip the gradient at length"),
        0.001,
        1000.0,
        DEFAULTS["clip"],
        key="clip",
        bind="query-params",
        placeholder=_("never"),
        format="%g",
    )


def other_controls() -> None:
    with st.expander(_("More settings")):
        st.slider(_("Hidden size H"), 4, 128, DEFAULTS["H"], key="H", bind="query-params")
        st.number_input(
            _("Learning rate"), 0.0, 1000.0, DEFAULTS["rate"], 0.001, format="%g", key="rate", bind="query-params"
        )
        choice(st.selectbox, _("Optimiser"), {name: optimiser_label(name) for name in OPTIMISERS}, "adam", "optimiser")
        st.number_input(
            _("Forget bias"),
            -10.0,
            10.0,
            DEFAULTS["forget"],
            key="forget",
            bind="query-params",
            placeholder=_("PyTorch’s uniform"),
            format="%g",
            disabled=st.session_state["cell"] not in ("lstm", "gru"),
            help=_("The bias b_f of the LSTM’s forget gate, and b_z of the GRU’s update gate."),
        )
        choice(st.selectbox, _("First weights"), {name: scheme_label(name) for name in INITS}, "torch", "init")
        st.number_input(_("Budget in steps"), 10, 20_000, DEFAULTS["budget"], 100, key="budget", bind="query-params")
        st.number_input(_("Seed"), 0, 9999, DEFAULTS["seed"], key="seed", bind="query-params")


def optimiser_label(name: str) -> str:
    return {"sgd": "SGD", "momentum": _("SGD with momentum"), "rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW"}[
        name
    ]


def experiments() -> None:
    """To be called after the widgets."""
    examples("lab", experiment_labels(), EXPERIMENTS, DEFAULTS)


def chosen_settings() -> RunSettings:
    """What the widgets say; they allow nothing that a run refuses."""
    now = {name: st.session_state[name] for name in DEFAULTS}
    return RunSettings(
        task=task_of(now["task"], now["T"]),
        cell=now["cell"],
        hidden=now["H"],
        init=now["init"],
        forget_bias=now["forget"] if now["cell"] in ("lstm", "gru") else None,
        optimiser=now["optimiser"],
        rate=now["rate"],
        clip_norm=now["clip"],
        seed=now["seed"],
        budget=now["budget"],
        check_every=max(1, now["budget"] // LOOKS),
    )
