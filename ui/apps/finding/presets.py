"""Pictures to try, as small pictures, and the visitor's own picture file."""

from functools import cache

import streamlit as st

from rnn_core.apps.finding.scenes import Scene, drawn
from ui.apps import photo
from ui.apps.finding import compute
from ui.apps.finding.scene_choice import SCENES, take
from ui.browser.thumbnails import Thumbnail, thumbnails
from ui.i18n import _
from ui.widgets.uploads import empty_upload, upload

FILE = "finding_file"


def presets(shown: Scene, ink: str) -> None:
    labels = {
        "three": _("three digits"),
        "two": _("two digits"),
        "row": _("in a row"),
        "alike": _("three times 3"),
        "new place": _("a new place"),
        "five": _("five digits"),
    }
    chosen = None if ink else next((name for name, scene in SCENES.items() if scene == shown), None)
    pictures = {name: Thumbnail(labels[name], pixels=_pixels(scene)) for name, scene in SCENES.items()}
    thumbnails(_("Pictures to try"), pictures, chosen, "finding", lambda name: take(SCENES[name], ""))


@cache
def _pixels(scene: Scene) -> tuple[tuple[float, ...], ...]:
    image, _truth = drawn(scene)
    half = image.reshape(len(image) // 2, 2, -1, 2).mean(axis=(1, 3))
    return tuple(tuple(row) for row in half.tolist())


def own_file() -> None:
    """A picture file takes the place of the picture. It is read once, so that later changes of the picture stay."""
    with st.popover(_("Your own picture"), icon=":material/photo:"):
        data, problem = upload(_("A picture with digits (PNG or JPEG)"), ["png", "jpg", "jpeg"], FILE, photo.LARGEST)
        if problem:
            st.error(problem)
        if data is None:
            return
        found = compute.photographed(data)
        if isinstance(found, photo.Refused):
            st.error(photo.refusal(found.problem))
        elif not found:
            st.warning(_("No ink stands out in this picture. Digits should be large, on an even ground."))
        else:
            take((), found)
            empty_upload(FILE)
            st.rerun()
