"""The widgets for the settings of a run, in groups, and in the link."""

from contextlib import suppress
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from rnn_core.errors import CoreError
from rnn_core.lab.settings import INITS, OPTIMISERS, SCHEDULES, RunSettings
from rnn_core.learn.shapes import MODERN
from ui.as_text import as_code, in_markdown
from ui.figures.words import number
from ui.i18n import _
from ui.lab.compute import baseline
from ui.lab.names import (
    cell_labels,
    init_label,
    optimiser_label,
    reason_label,
    schedule_label,
    task_description,
    task_labels,
    too_large,
)
from ui.lab.settings import (
    DEFAULTS,
    LONGEST,
    SHORTEST,
    effective_values,
    settings_of,
    task_in,
    values_of,
    without_widgets,
)
from ui.lab.settings import in_link as settings_in_link
from ui.links.kept_settings import in_link, in_session, is_back_or_forward
from ui.widgets.choices import choice

EXAMPLES: dict[str, dict[str, Any]] = {
    "rnn": {},
    "lstm": {"cell": "lstm", "clip": 1.0},
    "gru": {"cell": "gru", "clip": 1.0},
    "min_gru": {"cell": "min_gru", "clip": 1.0},
    "explode": {"cell": "rnn-relu", "init": "identity"},
    "clip": {"cell": "rnn-relu", "init": "identity", "clip": 1.0},
    "forget0": {"task": "latch", "T": 100, "cell": "lstm", "forget": 0.0, "budget": 500},
    "forget3": {"task": "latch", "T": 100, "cell": "lstm", "forget": 3.0, "budget": 500},
}

# The widgets of a group are made when it is open or one of them is set, because each of them slows every run of the page.
GROUPS = {
    "network": ("H", "layers", "two_way", "symbol_size", "init", "w_gain", "chrono", "forget"),
    "optimiser": ("optimiser", "rate", "schedule", "momentum", "clip_each", "batch"),
    "through_time": ("true_first", "true_last", "truncate"),
    "regularisation": ("few", "dropout", "same_mask", "l1", "l2", "decay", "keep"),
    "ends": ("seed", "budget", "target", "patience"),
}


def example_labels() -> dict[str, str]:
    return {
        "rnn": _("RNN, T = 50"),
        "lstm": _("With an LSTM"),
        "gru": _("With a GRU"),
        "min_gru": _("With a minGRU"),
        "explode": _("It explodes"),
        "clip": _("Clipping fixes it"),
        "forget0": _("Forget bias 0"),
        "forget3": _("Forget bias 3"),
    }


def show(settings: RunSettings) -> None:
    """Gives the widgets these settings. To be called before they are made."""
    st.session_state.update(values_of(settings))


def _write_link() -> None:
    """Widgets on the page write the link themselves; those that are made later read it."""
    for name, text in settings_in_link(_values()).items():
        if name not in st.query_params:
            with suppress(StreamlitAPIException):  # Streamlit takes the widget for one on the page
                st.query_params[name] = text


def chosen_settings() -> RunSettings | None:
    """The settings of the widgets; None, and a message, where they are larger than a run may be."""
    try:
        return settings_of(_values())
    except CoreError as problem:
        st.warning(too_large(problem) or in_markdown(str(problem)), icon=":material/straighten:")
        return None


def _values() -> dict[str, Any]:
    return {name: st.session_state.get(name, usual) for name, usual in DEFAULTS.items()}


def settings_without_widgets() -> None:
    """Settings of a file or a link that no widget shows, and a button that drops them."""
    values = _values()
    rest = without_widgets(values)
    if rest:
        st.query_params["more"] = values["more"]
        options = ", ".join(as_code(f"{name} = {value}") for name, value in rest.items())
        st.caption(_("Set by the link or the file, beside the widgets: {options}").format(options=options))
        st.button(_("Reset"), on_click=_drop_the_rest, type="tertiary", key="drop_more")
    else:
        st.query_params.pop("more", None)


def _drop_the_rest() -> None:
    st.session_state["more"] = ""


def first_controls() -> None:
    _write_link()
    in_session("more")
    if "more" not in st.session_state or is_back_or_forward():
        st.session_state["more"] = st.query_params.get("more", "")
    description = task_description(choice(st.selectbox, _("Task"), task_labels(), DEFAULTS["task"], "task"))
    cost = _("The loss of the baseline is {loss}.").format(loss=number(baseline(task_in(_values()))))
    st.caption(f"{description} {cost}")
    choice(st.pills, _("Cell"), cell_labels(), DEFAULTS["cell"], "cell", wrap=True)
    st.slider(_("Length T"), SHORTEST, LONGEST, DEFAULTS["T"], **in_link("T"))
    _number("clip", _("Clip the gradient’s norm at"), 1e-6, 1e6, placeholder=_("never"))


def other_controls() -> None:
    groups = {
        "network": (_("Network"), _network),
        "optimiser": (_("Optimiser"), _optimiser),
        "through_time": (_("Sequence and truncation"), _through_time),
        "regularisation": (_("Regularisation"), _regularisation),
        "ends": (_("Seed, budget and stopping"), _ends),
    }
    for name, (label, widgets) in groups.items():
        place = st.expander(label, key=f"{name}_open", on_change="rerun")
        if place.open or any(widget in st.query_params for widget in GROUPS[name]):
            with place:
                widgets()


def _network() -> None:
    st.slider(_("Hidden size H"), 4, 256, DEFAULTS["H"], **in_link("H"))
    st.slider(_("Layers"), 1, 4, DEFAULTS["layers"], **in_link("layers"))
    _switch("two_way", _("Both directions"))
    _number("symbol_size", _("Embedding size"), 1, 128, placeholder=_("one-hot"))
    if _values()["cell"] in MODERN:
        st.caption(reason_label("own initialisation"))
        return
    choice(st.selectbox, _("Initialisation"), {name: init_label(name) for name in INITS}, DEFAULTS["init"], "init")
    _number(
        "w_gain",
        _("Gain of W_h"),
        0.0,
        10.0,
        step=0.1,
        help=_("W_h is multiplied by it. By spectral radius or largest singular value: that number itself."),
    )
    _number(
        "chrono",
        _("Chrono, T_max"),
        3,
        10_000,
        placeholder=_("off"),
        help=_("Spreads the forget (or update) biases, for memories of up to T_max time steps."),
    )
    _number(
        "forget",
        _("Forget bias"),
        -10.0,
        10.0,
        step=0.5,
        placeholder=_("PyTorch’s uniform"),
        help=_("The bias b_f of the LSTM’s forget gate, and b_z of the GRU’s update gate."),
    )


def _optimiser() -> None:
    names = {name: optimiser_label(name) for name in OPTIMISERS}
    choice(st.selectbox, _("Optimiser"), names, DEFAULTS["optimiser"], "optimiser")
    _number("rate", _("Learning rate"), 0.0, 1000.0, step=0.001)
    schedules = {name: schedule_label(name) for name in SCHEDULES}
    choice(st.selectbox, _("Learning-rate schedule"), schedules, DEFAULTS["schedule"], "schedule")
    _number("momentum", _("Momentum"), 0.1, 0.999, step=0.05, idle=_values()["optimiser"] != "momentum")
    _number("clip_each", _("Clip each entry of the gradient at"), 1e-6, 1e6, placeholder=_("never"))
    st.slider(_("Sequences in a batch"), 1, 512, DEFAULTS["batch"], **in_link("batch"))


def _through_time() -> None:
    _number("true_first", _("Initial teacher-forcing ratio"), 0.0, 1.0, step=0.1, help=_own_answers())
    _number("true_last", _("Final teacher-forcing ratio"), 0.0, 1.0, step=0.1, help=_own_answers())
    _number(
        "truncate",
        _("Truncate back-propagation after (time steps)"),
        1,
        1000,
        placeholder=_("all the way"),
        help=_("Truncated back-propagation through time (truncated BPTT)."),
    )


def _own_answers() -> str:
    return _(
        "Teacher forcing: the share of time steps at which the network reads the true input and not its own last prediction."
    )


def _regularisation() -> None:
    _number(
        "few",
        _("Training sequences"),
        1,
        100_000,
        placeholder=_("unlimited, generated fresh"),
        help=_("With few training sequences a network can overfit: it learns them by heart."),
    )
    _number("dropout", _("Dropout"), 0.0, 0.9, step=0.1)
    _switch("same_mask", _("The same mask at every step"))
    _number("l1", "L1", 0.0, 1.0, step=0.0001)
    _number("l2", "L2", 0.0, 1.0, step=0.0001)
    _number("decay", _("Weight decay"), 0.0, 1.0, step=0.01)
    _number(
        "keep",
        _("Keep the gradient’s norm (Pascanu)"),
        0.0,
        10.0,
        step=0.1,
        help=_("The weight of a penalty on gradients whose norm shrinks or grows from one time step to the next."),
    )


def _ends() -> None:
    _number("seed", _("Seed"), 0, 2**31 - 1)
    _number("budget", _("Budget (training steps)"), 1, 1_000_000, step=100)
    _number("target", _("Stop at a validation loss of"), 0.0, 1e6, placeholder=_("no target"))
    _number("patience", _("Early stopping after … steps without improvement"), 1, 1_000_000, placeholder=_("never"))


def _number(
    name: str,
    label: str,
    low: float,
    high: float,
    *,
    step: float | None = None,
    placeholder: str | None = None,
    help: str | None = None,
    idle: bool = False,
) -> None:
    """`idle`: it has no effect with the other settings."""
    why = effective_values(_values())[1].get(name)
    st.number_input(
        label,
        low,
        high,
        DEFAULTS[name],
        step=step,
        **in_link(name),
        placeholder=placeholder,
        format="%g" if isinstance(low, float) else None,
        disabled=why is not None or idle,
        help=reason_label(why) if why is not None else help,
    )


def _switch(name: str, label: str) -> None:
    why = effective_values(_values())[1].get(name)
    st.toggle(
        label,
        DEFAULTS[name],
        **in_link(name),
        disabled=why is not None,
        help=reason_label(why) if why is not None else None,
    )
