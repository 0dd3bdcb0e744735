"""Pairs of a picture and a question that are worth asking, as small pictures."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from ui.apps.multimodal import compute
from ui.apps.multimodal.controls import EXAMPLE, EXAMPLES, FIRST, NUMBER, SOURCE, TYPED
from ui.browser.thumbnails import Thumbnail, thumbnails
from ui.i18n import _, language


@dataclass(frozen=True)
class Preset:
    digit: int  # its first test picture is shown
    example: str = ""
    typed: str = ""


PRESETS = {
    "even": Preset(4, "even"),
    "seven": Preset(7, "seven"),
    "less": Preset(2, "less"),
    "greater": Preset(6, "greater"),
    "not": Preset(8, typed="Is it not greater than five?"),
    "greater_zh": Preset(9, "greater_zh"),
    "even_zh": Preset(3, "even_zh"),
    "equal_zh": Preset(8, "equal_zh"),
}


def preset_choice() -> None:
    """A click shows the picture and asks the question."""
    labels = {
        "even": _("even?"),
        "seven": _("a 7?"),
        "less": "< 3?",
        "greater": "> 5?",
        "not": _("not > 5?"),
        "greater_zh": "比五大？",
        "even_zh": "偶数？",
        "equal_zh": "是 8 吗？",
    }
    test = compute.test_pictures()
    firsts = {name: int(np.flatnonzero(test.digits == each.digit)[0]) for name, each in PRESETS.items()}
    pictures = {name: Thumbnail(labels[name], pixels=tuple(test.images[at].tolist())) for name, at in firsts.items()}

    def ask(name: str) -> None:
        asked = PRESETS[name]
        st.session_state.update({SOURCE: "test", NUMBER: firsts[name] + 1, TYPED: asked.typed})
        if asked.example:
            st.session_state[EXAMPLE] = asked.example

    thumbnails(_("Pictures and questions"), pictures, _highlighted(firsts), "multimodal", ask)


def _highlighted(firsts: dict[str, int]) -> str | None:
    """The preset that the widgets show."""
    now = {key: st.session_state.get(key, st.query_params.get(key)) for key in (SOURCE, NUMBER, EXAMPLE, TYPED)}
    if (now[SOURCE] or "test") != "test":
        return None
    picture = int(now[NUMBER] or FIRST) - 1
    usual = "greater_zh" if language() == "zh" else "greater"
    asked = now[EXAMPLE] if now[EXAMPLE] in EXAMPLES else usual
    for name, each in PRESETS.items():
        is_asked = now[TYPED] == each.typed if each.typed else not now[TYPED] and asked == each.example
        if is_asked and firsts[name] == picture:
            return name
    return None
