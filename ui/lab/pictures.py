"""The lab's presets as small pictures: how far back the gradient reaches before any training, on a logarithmic scale."""

from functools import cache

import numpy as np

from ui.browser.thumbnails import Thumbnail, ThumbnailLine
from ui.i18n import Language, language
from ui.lab.comparison.figures import cell_looks
from ui.lab.comparison.names import cell_kind
from ui.lab.compute import before_training
from ui.lab.controls import EXAMPLES, example_labels
from ui.lab.settings import DEFAULTS, settings_of

LOWEST, HIGHEST = -12.0, 1.0  # powers of ten, relative to the last step


def pictures() -> dict[str, Thumbnail]:
    return _pictures(language())


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    return {name: Thumbnail(label, _reach(name)) for name, label in example_labels().items()}


@cache
def _reach(name: str) -> tuple[ThumbnailLine, ...]:
    settings = settings_of({**DEFAULTS, **EXAMPLES[name]})
    view = before_training(settings)
    if view is None:
        return ()
    norms = view.layers[-1].gradient_norms.astype(np.float64)
    with np.errstate(divide="ignore"):
        powers = np.log10(norms / norms[-1])
    heights = np.clip((powers - LOWEST) / (HIGHEST - LOWEST), 0.0, 1.0)
    look = cell_looks([cell_kind(settings.cell)])[0]
    return (ThumbnailLine(heights.tolist(), look.ink, look.dash),)
