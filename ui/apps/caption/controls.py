"""The widgets of the caption page: the sentence's language, attention, what the decoder reads, and the network."""

import streamlit as st

from rnn_core.apps.caption.settings import Settings, standard
from ui.apps.cell_choice import cell_choice
from ui.i18n import _, language
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice


def chosen_decoder() -> tuple[str, bool]:
    """The language of the sentence, and whether the decoder has attention."""
    at_first = "zh" if language() == "zh" else "en"
    labels = {"en": "English", "zh": "中文", "en-last": _("English, place last")}
    spoken = choice(
        st.segmented_control,
        _("Sentence in"),
        labels,
        at_first,
        f"caption_language_{at_first}",
        label_visibility="collapsed",
    )
    kinds = {"yes": _("with attention"), "no": _("through one state")}
    return spoken, choice(
        st.segmented_control, _("Decoder"), kinds, "yes", "caption_attention", label_visibility="collapsed"
    ) == "yes"


def reads_right_words() -> bool:
    labels = {"own": _("reads its own words"), "right": _("reads the right words (teacher forcing)")}
    return (
        choice(
            st.segmented_control, _("The decoder reads"), labels, "own", "caption_reads", label_visibility="collapsed"
        )
        == "right"
    )


def chosen_settings(spoken: str, attention: bool) -> Settings:
    cell = cell_choice("caption_cell")
    settings = standard(spoken, cell, attention)
    with more_settings():
        hidden = st.slider(_("Hidden size H"), 8, 128, settings.hidden, **in_link("caption_H"))
    return settings.changed(hidden=hidden)
