"""Scenes to try, as small pictures."""

from functools import cache

from rnn_core.apps.caption.scenes import Scene, picture
from ui.apps.caption.scene_choice import SCENES, take
from ui.browser.thumbnails import Thumbnail, thumbnails
from ui.i18n import _


def presets(shown: Scene) -> None:
    labels = {
        "two": _("two shapes"),
        "three": _("three shapes"),
        "alike": _("almost alike"),
        "stars": _("three stars"),
        "new pair": _("a new pair"),
        "four": _("four shapes"),
    }
    chosen = next((name for name, scene in SCENES.items() if scene == shown), None)
    pictures = {name: Thumbnail(labels[name], pixels=_pixels(scene)) for name, scene in SCENES.items()}
    thumbnails(_("Scenes to try"), pictures, chosen, "caption", lambda name: take(SCENES[name]))


@cache
def _pixels(scene: Scene) -> tuple[tuple[float, ...], ...]:
    ink = picture(scene).max(axis=0)
    half = ink.reshape(len(ink) // 2, 2, -1, 2).mean(axis=(1, 3))
    return tuple(tuple(row) for row in half.tolist())
