"""The visitor's scene: kept for the visit, and written into the link."""

import streamlit as st

from rnn_core.apps.caption.scenes import Scene, read_scene, written
from ui.apps.scene_in_link import text_of_scene
from ui.i18n import _

LINK = "scene"
SCENES: dict[str, Scene] = {
    name: read_scene(text)
    for name, text in {
        "two": "1crl6sbs",
        "three": "0xyl4crs8tgl",
        "alike": "3cgl5cgs",
        "stars": "0xbs2xbl7xbs",
        "new pair": "0cyl4sbs",
        "four": "0syl2tbs6crl8xgs",
    }.items()
}
FIRST = "three"


def chosen_scene() -> Scene:
    """The scene of the visit, or of the link."""
    refused = _("The scene in the link cannot be read, so the page shows its first one.")
    text = text_of_scene(LINK, written(SCENES[FIRST]), lambda asked: written(read_scene(asked)), refused)
    return read_scene(text)


def take(scene: Scene) -> None:
    st.session_state[LINK] = written(scene)
