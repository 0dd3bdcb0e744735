"""Sentences on what was heard, for one digit and for a strip."""

from typing import Literal

import streamlit as st

from rnn_core.apps.speech.language import Spoken
from ui.i18n import _


def say_language(language: Literal["english", "mandarin"], share: float, spoken: Spoken) -> None:
    name = {"english": _("English"), "mandarin": _("Mandarin")}[language]
    if spoken == "guess":
        words = _("Language: {name}, guessed; all its words together have {share}.")
    else:
        words = _("Language: {name}, chosen; among all words the network gave it {share}.")
    st.caption(words.format(name=name, share=f"{share:.0%}"))
