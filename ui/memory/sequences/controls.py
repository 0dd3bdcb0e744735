"""The widgets that the pages on hidden states and on gates share, and the examples that set them all at a click."""

from collections.abc import Mapping, Sequence

import streamlit as st

from rnn_core.studies.sequences import FIRST_WEIGHTS, SIGNALS, FirstWeights, Form, SequenceSetup, Signal
from ui.cells.controls import scheme_label, signal_label
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.choices import choice, is_click, light
from ui.widgets.lesson import prose_part

LONGEST, MOST_UNITS = 1000, 128
Settings = Mapping[str, object]  # widget key -> value


def form_labels() -> dict[Form, str]:
    return {
        "rnn": "RNN",
        "lstm": "LSTM",
        "lstm97": _("LSTM of 1997"),
        "coupled": _("LSTM, coupled"),
        "gru": "GRU",
        "gru_before": _("GRU, reset before"),
    }


def form_choice(forms: Sequence[Form], default: Form) -> Form:
    names = form_labels()
    return choice(st.segmented_control, _("Cell"), {form: names[form] for form in forms}, default, "cell")


def view_choice(labels: Mapping[str, str], default: str) -> str:
    return choice(st.segmented_control, _("Look at"), labels, default, "view", label_visibility="collapsed")


def gain_slider(default: float) -> float:
    return st.slider(
        _("Strength of the recurrent weights"),
        0.0,
        4.0,
        default,
        0.05,
        **in_link("gain"),
        help=_("Every recurrent matrix is multiplied by this number."),
    )


def steps_slider() -> int:
    return st.slider(_("Steps T"), 5, LONGEST, 60, **in_link("T"))


def units_slider(default: int) -> int:
    return st.slider(_("Hidden size H"), 2, MOST_UNITS, default, **in_link("H"))


def input_choice(default: Signal) -> Signal:
    labels = {signal: _("No input") if signal == "silence" else signal_label(signal) for signal in SIGNALS}
    return choice(st.selectbox, _("Input x"), labels, default, "input")


def first_weights_choice(default: FirstWeights) -> FirstWeights:
    labels = {scheme: _("Chrono") if scheme == "chrono" else scheme_label(scheme) for scheme in FIRST_WEIGHTS}
    return choice(st.selectbox, _("First weights"), labels, default, "init")


def seed_input() -> int:
    return st.number_input(_("Seed"), 0, 9999, 0, **in_link("seed"))


def chrono_note(setup: SequenceSetup) -> None:
    """Chrono sets the bias of the gate that keeps; where there is none, say so."""
    if setup.first_weights == "chrono" and setup.form in ("rnn", "lstm97"):
        st.info(
            _("Chrono sets the bias of the gate that keeps. This cell has none, so these are PyTorch’s first weights."),
            icon=":material/info:",
        )


def examples(page: str, names: Mapping[str, str], settings: Mapping[str, Settings], defaults: Settings) -> None:
    """Settings that each show one idea. The one that the widgets now show is marked, with its sentence below."""
    key = f"example_{page}"
    now = {name: st.session_state.get(name, value) for name, value in defaults.items()}
    lit = next((name for name in settings if _is_shown(now, settings[name], defaults)), None)
    light(key, lit, _now(settings, defaults))
    chosen = st.pills(
        _("Try"),
        list(names),
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        required=True,
        on_change=_set_widgets,
        args=(key, settings, defaults),
    )
    if chosen:
        prose_part(page, "presets", chosen)
    else:
        st.markdown(_("Your own settings. The link in the address bar opens them again."))


def _now(settings: Mapping[str, Settings], defaults: Settings) -> Settings:
    """What the widgets say that any example sets."""
    return {name: st.session_state.get(name) for each in (defaults, *settings.values()) for name in each}


def _is_shown(now: Settings, example: Settings, defaults: Settings) -> bool:
    wanted = {**defaults, **example}
    return all(now.get(name, st.session_state.get(name)) == value for name, value in wanted.items())


def _set_widgets(key: str, settings: Mapping[str, Settings], defaults: Settings) -> None:
    """A bound widget that is not on the page yet takes its value from the session, and leaves the link to us."""
    chosen = st.session_state[key]
    if not chosen or not is_click(key, _now(settings, defaults)):
        return
    for name, value in {**defaults, **settings[chosen]}.items():
        if name not in st.session_state and value != defaults.get(name):
            st.query_params[name] = _in_link(value)
        st.session_state[name] = value


def _in_link(value: object) -> str | list[str]:
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return f"{value:g}" if isinstance(value, float) else str(value)
