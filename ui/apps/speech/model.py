"""The network that the stage of the page uses: the page's own, or the one that the visitor has taught."""

from dataclasses import dataclass

import streamlit as st

from rnn_core.apps.speech.data import WORDS
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.teaching.lesson import Taught
from rnn_core.learn.state import RunState
from ui.apps.frame import Network
from ui.i18n import _
from ui.links.kept_settings import in_session

TAUGHT = "speech_taught"
USES_TAUGHT = "speech_uses_taught"


@dataclass(frozen=True)
class Model:
    state: RunState | None
    words: list[str]
    digits: range | None  # where the words are digits: indices into data.WORDS
    is_taught: bool = False

    @property
    def guesses_language(self) -> bool:
        return self.digits is not None and len(self.digits) == len(WORDS)


def taught() -> Taught | None:
    """The network that the visitor has taught in this visit."""
    found: Taught | None = st.session_state.get(TAUGHT)
    return found


def model_of(network: Network[Settings]) -> Model:
    own = taught()
    if own is not None and st.session_state.get(USES_TAUGHT, True):
        return Model(own.state, list(own.words), own.digits, is_taught=True)
    words = network.settings.words
    return Model(network.state, [WORDS[word] for word in words], words)


def taught_toggle() -> None:
    """Whether the stage uses the taught network; nothing before one was taught."""
    if taught() is not None:
        st.toggle(_("Use the network that you taught"), value=True, **in_session(USES_TAUGHT))
