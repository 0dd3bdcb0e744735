"""The widgets of the page on spoken digits: the network, and changes to the sound."""

import streamlit as st

from rnn_core.apps.speech.language import SPOKEN, Spoken
from rnn_core.apps.speech.playing import ORDERS, Order
from rnn_core.apps.speech.settings import LANGUAGES, TASKS, Settings, standard
from ui.apps.cell_choice import cell_choice
from ui.browser.dial import page_dial
from ui.i18n import _
from ui.links.kept_settings import in_link, is_back_or_forward
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice

TASK, TEACH = "speech_task", "teach"
VIEWS = (*TASKS, TEACH)


def view_of_page() -> str:
    """What the network hears, or "teach", as the session or the link says, before the stage makes the widget for it."""
    view = st.session_state.get(TASK)
    if view not in VIEWS or is_back_or_forward():
        view = st.query_params.get(TASK)
    return str(view) if view in VIEWS else VIEWS[0]


def choose_view(in_view: str) -> None:
    """The widget stands in a fragment, and another view concerns the whole page."""
    views = {"word": _("one digit"), "strip": _("several digits"), TEACH: _("teach it your voice")}
    chosen = choice(st.segmented_control, _("It hears"), views, VIEWS[0], TASK, label_visibility="collapsed")
    if chosen != in_view:
        st.rerun()


def chosen_settings(task: str) -> Settings:
    cell = cell_choice("speech_cell")
    defaults = standard(cell, task)
    with more_settings():
        languages = {"both": _("both"), "english": _("English"), "mandarin": _("Mandarin")}
        language = choice(
            st.segmented_control, _("Words"), {each: languages[each] for each in LANGUAGES}, "both", "speech_language"
        )
        ways = {"both ways": _("both ways"), "forward": _("forward")}
        way = choice(st.segmented_control, _("Reads the sound"), ways, "both ways", "speech_way")
        pooling = _chosen_pooling() if task == "word" else defaults.pooling
        varied = {"yes": _("changed anew at every step"), "no": _("as they were recorded")}
        trained_on = choice(st.segmented_control, _("Training sounds"), varied, "yes", "speech_varied")
        hidden = st.slider(
            _("Hidden size H"),
            8,
            96,
            defaults.hidden,
            step=8,
            **in_link(f"speech_{task}_H" if task == "strip" else "speech_H"),
        )
    return defaults.changed(
        language=language, bidirectional=way == "both ways", pooling=pooling, varied=trained_on == "yes", hidden=hidden
    )


def _chosen_pooling() -> str:
    pools = {"last": _("the last state"), "mean": _("the mean of all states")}
    return choice(st.segmented_control, _("Answers from"), pools, "mean", "speech_pooling")


def chosen_language() -> Spoken:
    labels = {"guess": _("any language"), "english": _("English"), "mandarin": _("Mandarin")}
    shown = {each: labels[each] for each in SPOKEN}
    return choice(st.segmented_control, _("Spoken in"), shown, SPOKEN[0], "speech_spoken", label_visibility="collapsed")


def chosen_order() -> Order:
    orders = {"as said": _("as said"), "backwards": _("backwards"), "shuffled": _("shuffled")}
    shown = {each: orders[each] for each in ORDERS}
    return choice(st.segmented_control, _("Frames"), shown, "as said", "speech_order", label_visibility="collapsed")


def chosen_noise() -> int:
    help_ = _("0: none. At 40 the noise is as loud as the voice; each step adds a decibel.")
    return int(page_dial(_("Noise"), 0, 45, 0, key="speech_noise", help=help_))


def chosen_speed() -> float:
    return page_dial(_("Speed"), 0.5, 2.0, 1.0, 0.05, key="speech_speed")
