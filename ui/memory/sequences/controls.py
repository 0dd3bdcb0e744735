"""The widgets that the pages on hidden states and on gates share, and the examples that set them all at a click."""

from collections.abc import Mapping, Sequence

import streamlit as st

from rnn_core.studies.sequences import FIRST_WEIGHTS, SIGNALS, FirstWeights, Form, SequenceSetup, Signal
from ui.browser.dial import page_dial
from ui.browser.thumbnails import Thumbnail, thumbnails
from ui.cells.controls import scheme_label, signal_label
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part

LONGEST, MOST_UNITS, GAINS = 1000, 128, (0.0, 4.0)
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


def gain_dial(default: float) -> float:
    return page_dial(
        _("Strength of the recurrent weights"),
        *GAINS,
        default,
        0.05,
        key="gain",
        help=_("Every recurrent matrix is multiplied by this number."),
    )


def steps_dial(default: int = 60, low: int = 5, high: int = LONGEST) -> int:
    return int(page_dial(_("Steps T"), low, high, default, key="T"))


def units_dial(default: int, low: int = 2, high: int = MOST_UNITS) -> int:
    return int(page_dial(_("Hidden size H"), low, high, default, key="H"))


def input_choice(default: Signal) -> Signal:
    labels = {signal: _("No input") if signal == "silence" else signal_label(signal) for signal in SIGNALS}
    return choice(st.selectbox, _("Input x"), labels, default, "input")


def first_weights_choice(default: FirstWeights) -> FirstWeights:
    labels = {scheme: _("Chrono") if scheme == "chrono" else scheme_label(scheme) for scheme in FIRST_WEIGHTS}
    return choice(st.selectbox, _("Initialisation"), labels, default, "init")


def seed_input() -> int:
    return int(st.number_input(_("Seed"), 0, 9999, 0, **in_link("seed")))


def chrono_note(setup: SequenceSetup) -> None:
    """Notes that chrono has no effect: it sets the bias of the gate that keeps, which this cell lacks."""
    if setup.first_weights == "chrono" and setup.form in ("rnn", "lstm97"):
        st.info(
            _(
                "Chrono sets the bias of the forget or update gate. This cell has neither, so it uses PyTorch’s initialisation."
            ),
            icon=":material/info:",
        )


def examples(
    page: str, pictures: Mapping[str, Thumbnail], settings: Mapping[str, Settings], defaults: Settings
) -> str | None:
    """Settings that each show one idea, as small pictures. Gives the one whose settings the widgets have."""

    selected = _highlighted(settings, defaults)
    thumbnails(_("Try"), pictures, selected, f"example_{page}", lambda chosen: _set_widgets(settings[chosen], defaults))
    return selected


def example_text(page: str, selected: str | None) -> None:
    if selected:
        prose_part(page, "presets", selected)
    else:
        st.markdown(_("Your own settings. The link in the address bar opens them again."))


def _highlighted(settings: Mapping[str, Settings], defaults: Settings) -> str | None:
    now = {name: st.session_state.get(name, value) for name, value in defaults.items()}
    return next((name for name in settings if _is_shown(now, settings[name], defaults)), None)


def _set_widgets(example: Settings, defaults: Settings) -> None:
    """A widget that is not on the page yet takes its value from the session, but does not write the link."""
    for name, value in {**defaults, **example}.items():
        if name not in st.session_state and value != defaults.get(name):
            st.query_params[name] = _in_link(value)
        st.session_state[name] = value


def _is_shown(now: Settings, example: Settings, defaults: Settings) -> bool:
    wanted = {**defaults, **example}
    return all(now.get(name, st.session_state.get(name)) == value for name, value in wanted.items())


def _in_link(value: object) -> str | list[str]:
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return f"{value:g}" if isinstance(value, float) else str(value)
