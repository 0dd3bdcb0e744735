"""The widgets of the page on vanishing and exploding gradients, and its presets.

A preset is a set of values for the widgets: the selected pill is the preset whose values they have. The link has the values
of the widgets, by option and not by label, so that it opens the same view in both languages; `?preset=nonnormal` is short
for a preset's values. (Streamlit's own binding would write labels, and nothing at all for values that were set here.)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from rnn_core.studies.gradients import GATES, KINDS, GatedSetup, Gates, Kind, RNNSetup, Setup
from ui.browser.dial import DialSpec, dial
from ui.browser.previews import Slider
from ui.i18n import _
from ui.links.kept_settings import in_session, is_back_or_forward

ACTIVATIONS = ("tanh", "relu", "sigmoid", "linear")
LOOKS = ("matrix", "lstm")
SIZE, BIAS, STEPS, UNITS, SEED = (0.0, 5.0), (-2.0, 6.0), (10, 1000), (1, 128), (0, 9999)
DEFAULTS: dict[str, Any] = {
    "kind": "singular",
    "size": 1.5,
    "bias": 1.0,
    "act": "tanh",
    "steps": 100,
    "units": 32,
    "gates": "bias",
    "seed": 0,
    "look": None,
}
PRESETS: dict[str, dict[str, Any]] = {
    "start": {},
    "below": {"size": 0.9},
    "exploding": {"size": 5.0},
    "scalar": {"kind": "scalar", "size": 0.9, "act": "linear", "steps": 50},
    "nonnormal": {"kind": "nonnormal", "size": 0.9, "act": "linear", "look": "matrix"},
    "orthogonal": {"kind": "orthogonal", "size": 1.0, "act": "linear", "look": "matrix"},
    "identity": {"kind": "identity", "size": 1.0, "act": "relu"},
    "forget": {"bias": 0.0, "look": "lstm"},
    "chrono": {"gates": "chrono", "look": "lstm"},
    "overflow": {"kind": "radius", "size": 2.5, "act": "linear", "steps": 1000},
}


@dataclass(frozen=True)
class GradientView:
    rnn: RNNSetup
    gru: GatedSetup
    lstm: GatedSetup
    seed: int

    @property
    def setups(self) -> tuple[Setup, Setup, Setup]:
        return self.rnn, self.gru, self.lstm

    @property
    def named(self) -> dict[str, Setup]:
        return {"RNN": self.rnn, "GRU": self.gru, "LSTM": self.lstm}


def preset_name(name: str) -> str:
    return {
        "start": _("Rising bound"),
        "below": _("Must vanish"),
        "exploding": _("Exploding"),
        "scalar": _("One weight"),
        "nonnormal": _("Grows first"),
        "orthogonal": _("Orthogonal"),
        "identity": _("Identity, ReLU"),
        "forget": _("Forget bias 0"),
        "chrono": _("Chrono"),
        "overflow": _("Overflow"),
    }[name]


def _number(kind: type[int] | type[float], limits: tuple[float, float]) -> Callable[[str], float]:
    def read(text: str) -> float:
        number = kind(text)
        if not limits[0] <= number <= limits[1]:
            raise ValueError
        return number

    return read


def _option(options: Sequence[str]) -> Callable[[str], str]:
    return lambda text: options[options.index(text)]


_READ: dict[str, Callable[[str], Any]] = {
    "kind": _option(KINDS),
    "size": _number(float, SIZE),
    "bias": _number(float, BIAS),
    "act": _option(ACTIVATIONS),
    "steps": _number(int, STEPS),
    "units": _number(int, UNITS),
    "gates": _option(GATES),
    "seed": _number(int, SEED),
    "look": _option(LOOKS),
}


def _network(values: dict[str, Any]) -> dict[str, Any]:
    """The settings of a preset: not the seed, and not the closer look."""
    return {key: values[key] for key in DEFAULTS if key not in ("seed", "look")}


def current_values() -> dict[str, Any]:
    return {key: st.session_state[key] for key in DEFAULTS}


def open_link() -> None:
    """At the first run on this page, and after Back, the widgets get the values of the link, or their defaults where those cannot be read."""
    values = DEFAULTS | PRESETS.get(st.query_params.get("preset", ""), {})
    for key, value in values.items():
        if key not in st.session_state or is_back_or_forward():
            try:
                st.session_state[key] = _READ[key](st.query_params[key]) if key in st.query_params else value
            except ValueError:
                st.session_state[key] = value


def write_link() -> None:
    others = {key: st.query_params.get_all(key) for key in st.query_params if key not in (*DEFAULTS, "preset")}
    own = {key: [_text(st.session_state[key])] for key, usual in DEFAULTS.items() if st.session_state[key] != usual}
    unbound_in_link = {key: st.query_params.get_all(key) for key in st.query_params}
    if unbound_in_link != others | own:  # all at once: each change of the link is a message to the browser
        st.query_params.from_dict(others | own)


def apply_preset(name: str) -> None:
    st.session_state.update(_network(DEFAULTS | PRESETS[name]) | PRESETS[name])


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def matching_preset() -> str | None:
    """The preset whose settings the widgets have, if any."""
    now = _network(current_values())
    return next((name for name in PRESETS if now == _network(DEFAULTS | PRESETS[name])), None)


def kind_name(kind: Kind) -> str:
    return {
        "singular": _("random, by its largest singular value"),
        "radius": _("random, by its spectral radius"),
        "orthogonal": _("orthogonal"),
        "identity": _("identity"),
        "nonnormal": _("2 × 2, not normal"),
        "scalar": _("one number w"),
        "torch": _("PyTorch’s default"),
    }[kind]


def size_name(kind: Kind) -> str:
    return {
        "singular": _("largest singular value s₁"),
        "radius": _("spectral radius ρ"),
        "orthogonal": _("gain"),
        "identity": _("gain"),
        "nonnormal": _("diagonal a in [[a, 5], [0, a]]"),
        "scalar": _("weight w"),
        "torch": _("set by PyTorch"),
    }[kind]


def gates_name(gates: Gates) -> str:
    return {
        "bias": _("the forget bias above"),
        "chrono": _("chrono, T_max = T"),
        "torch": _("PyTorch’s default"),
    }[gates]


def main_dials() -> None:
    """The size of the RNN's matrix, and the forget bias: the settings that are dragged most."""
    kind: Kind = st.session_state["kind"]
    dial(DialSpec(size_name(kind), *SIZE, DEFAULTS["size"], "size", step=0.05, disabled=kind == "torch", ink="rnn"))
    with_bias = st.session_state["gates"] == "bias"
    dial(DialSpec(_("forget bias b"), *BIAS, DEFAULTS["bias"], "bias", 0.1, not with_bias, "lstm", "sigmoid"))


def other_controls() -> None:
    st.selectbox(_("The RNN’s matrix W_hh"), KINDS, format_func=kind_name, **in_session("kind"))
    st.selectbox(_("The RNN’s activation"), ACTIVATIONS, format_func=_activation_name, **in_session("act"))
    st.selectbox(
        _("Gate biases from"),
        GATES,
        format_func=gates_name,
        help=_("The bias b_f of the LSTM’s forget gate, and b_z of the GRU’s update gate."),
        **in_session("gates"),
    )
    dial(DialSpec(_("Steps T"), *STEPS, DEFAULTS["steps"], "steps", step=10))
    dial(DialSpec(_("Hidden size H"), *UNITS, DEFAULTS["units"], "units"))
    st.number_input(_("Seed"), *SEED, **in_session("seed"))


def dials_ahead() -> dict[str, Slider]:
    """The dials whose previews are drawn ahead of the page."""
    reach = {"size": SIZE, "bias": BIAS, "steps": STEPS, "units": UNITS}
    return {key: Slider(st.session_state[key], *limits) for key, limits in reach.items()}


def current_view() -> GradientView:
    """The view that all widgets describe."""
    return view_of(current_values())


def view_of(now: Mapping[str, Any]) -> GradientView:
    steps, units, gates, bias = now["steps"], now["units"], now["gates"], now["bias"]
    return GradientView(
        RNNSetup(now["kind"], now["size"], now["act"], steps, units),
        GatedSetup("gru", gates, bias, steps, units),
        GatedSetup("lstm", gates, bias, steps, units),
        now["seed"],
    )


def _activation_name(name: str) -> str:
    return {"tanh": "tanh", "relu": "ReLU", "sigmoid": "sigmoid", "linear": _("linear")}[name]


def look_choice() -> str | None:
    """The closer look; none at first, so that a slider waits for one chart only."""
    names = {"matrix": _("The RNN’s matrix"), "lstm": _("Inside the LSTM")}
    chosen: str | None = st.segmented_control(
        _("Look closer"), LOOKS, format_func=names.__getitem__, **in_session("look")
    )
    return chosen
