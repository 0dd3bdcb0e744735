"""The presets of the page on clipping, each a small picture of the losses on its three paths."""

from collections.abc import Mapping
from functools import cache

from ui.browser.thumbnails import Thumbnail, ThumbnailLine
from ui.i18n import Language, _, language
from ui.memory.clipping import compute
from ui.memory.clipping.controls import DEFAULTS
from ui.memory.clipping.figures.cliff import Path

EXAMPLES: Mapping[str, Mapping[str, float]] = {
    "wall": {},
    "tight": {"clip": 0.05},
    "loose": {"clip": 5.0},
    "fast": {"rate": 1.0},
    "valley": {"w0": 4.2, "b0": -2.6},
}
_HIGHEST = 0.1  # the loss at the upper edge of a thumbnail


def example_labels() -> dict[str, str]:
    return {
        "wall": _("Against the wall"),
        "tight": _("A tight limit"),
        "loose": _("A loose limit"),
        "fast": _("Large steps"),
        "valley": _("No wall in the way"),
    }


def pictures() -> dict[str, Thumbnail]:
    return _pictures(language())


def paths_of(found: compute.Descents) -> tuple[Path, Path, Path]:
    return (
        Path(_("no clipping"), found.free, "gradient"),
        Path(_("by norm"), found.by_norm, "input_gate"),
        Path(_("by value"), found.by_value, "output_gate", "dash"),
    )


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    names = example_labels()
    return {name: Thumbnail(names[name], _losses({**DEFAULTS, **EXAMPLES[name]})) for name in EXAMPLES}


def _losses(now: Mapping[str, float]) -> tuple[ThumbnailLine, ...]:
    found = compute.descents((now["w0"], now["b0"]), now["rate"], now["clip"])
    return tuple(
        ThumbnailLine((path.descent.losses / _HIGHEST).clip(0.0, 1.0).tolist(), path.ink, _dash(path))
        for path in paths_of(found)
    )


def _dash(path: Path) -> str:
    return "solid" if path.dash == "solid" else "4px,3px"
