"""The visitor's picture: its digits, kept for the visit and written into the link, and the visitor's own ink, kept for the visit."""

import streamlit as st

from rnn_core.apps.finding.scenes import Scene, read_scene, written
from ui.apps.scene_in_link import text_of_scene
from ui.i18n import _
from ui.links.kept_settings import in_session

LINK, INK = "finding_scene", "finding_ink"
SCENES: dict[str, Scene] = {
    name: read_scene(text)
    for name, text in {
        "three": "5el20151bm48239bm2445",
        "two": "4cl22309em4229",
        "row": "4dm12348cm31323cm5034",
        "alike": "3am14173am34503cm5014",
        "new place": "6am50502cm1620",
        "five": "5am12140bm34127cm53204am18488bm4046",
    }.items()
}
FIRST = "three"


def chosen_scene() -> tuple[Scene, str]:
    """The digits of the visit or of the link, and the visitor's ink."""
    in_session(INK)
    refused = _("The picture in the link cannot be read, so the page shows its first one.")
    text = text_of_scene(LINK, written(SCENES[FIRST]), lambda asked: written(read_scene(asked)), refused)
    return read_scene(text), st.session_state.get(INK) or ""


def take(scene: Scene, ink: str) -> None:
    st.session_state[LINK], st.session_state[INK] = written(scene), ink
