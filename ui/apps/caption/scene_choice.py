"""The visitor's scene: kept for the visit, and written into the link."""

import streamlit as st

from rnn_core.apps.caption.scenes import Scene, read_scene, written
from rnn_core.errors import CoreError
from ui.i18n import _
from ui.links.kept_settings import in_session, is_back_or_forward

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
    in_session(LINK)
    if st.session_state.get(LINK) is None or is_back_or_forward():
        st.session_state[LINK] = _of_link()
    text: str = st.session_state[LINK]
    if text == written(SCENES[FIRST]):
        st.query_params.pop(LINK, None)
    elif st.query_params.get(LINK) != text:
        st.query_params[LINK] = text
    return read_scene(text)


def take(scene: Scene) -> None:
    st.session_state[LINK] = written(scene)


def _of_link() -> str:
    asked = st.query_params.get(LINK)
    if asked is None:
        return written(SCENES[FIRST])
    try:
        return written(read_scene(asked))
    except CoreError:
        st.warning(_("The scene in the link cannot be read, so the page shows its first one."))
        return written(SCENES[FIRST])
