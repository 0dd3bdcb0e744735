"""The widgets of the page on spoken digits: the network, and changes to the sound."""

from dataclasses import dataclass

import streamlit as st

from rnn_core.apps.speech.playing import ORDERS, Order
from rnn_core.apps.speech.settings import LANGUAGES, Settings, standard
from ui.apps.cell_choice import cell_choice
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice


@dataclass(frozen=True)
class Change:
    """The changes to the sound before the network reads it."""

    noise: int
    speed: float
    order: Order


def chosen_settings() -> Settings:
    cell = cell_choice("speech_cell")
    with more_settings():
        languages = {"both": _("both"), "english": _("English"), "mandarin": _("Mandarin")}
        language = choice(
            st.segmented_control, _("Words"), {each: languages[each] for each in LANGUAGES}, "both", "speech_language"
        )
        ways = {"both ways": _("both ways"), "forward": _("forward")}
        way = choice(st.segmented_control, _("Reads the sound"), ways, "both ways", "speech_way")
        pools = {"last": _("the last state"), "mean": _("the mean of all states")}
        pooling = choice(st.segmented_control, _("Answers from"), pools, "mean", "speech_pooling")
        varied = {"yes": _("changed anew at every step"), "no": _("as they were recorded")}
        trained_on = choice(st.segmented_control, _("Training sounds"), varied, "yes", "speech_varied")
        hidden = st.slider(_("Hidden size H"), 8, 96, 48, step=8, **in_link("speech_H"))
    return standard(cell).changed(
        language=language, bidirectional=way == "both ways", pooling=pooling, varied=trained_on == "yes", hidden=hidden
    )


def chosen_change() -> Change:
    noise = st.slider(
        _("Noise"),
        0,
        45,
        0,
        **in_link("speech_noise"),
        help=_("0: none. At 40 the noise is as loud as the voice; each step adds a decibel."),
    )
    orders = {"as said": _("as said"), "backwards": _("backwards"), "shuffled": _("shuffled")}
    order = choice(
        st.segmented_control, _("Frames"), {each: orders[each] for each in ORDERS}, "as said", "speech_order", wrap=True
    )
    speed = st.slider(_("Speed"), 0.5, 2.0, 1.0, 0.05, **in_link("speech_speed"))
    return Change(noise, speed, order)
