"""The texts to choose from, each a small picture of what its shipped network writes: the surprisal of every character."""

from functools import cache

import numpy as np

from rnn_core.apps.text import writing
from rnn_core.apps.text.settings import standard
from rnn_core.apps.text.writing import Manner
from ui.apps.text import compute
from ui.apps.text.controls import BEGINNINGS, CELL_AT_FIRST, WARMTH
from ui.browser.thumbnails import Thumbnail, ThumbnailLine, thumbnail_choice
from ui.cache.shipped import shipped
from ui.i18n import Language, _, language

WRITTEN = 48  # characters
KEY = "text"
# A text of the visitor's own has no network yet: a plus in the place of its picture.
PLUS = tuple(tuple(0.6 * (4 in (row, column) and 1 < row + column - 4 < 7) for column in range(9)) for row in range(9))


def chosen_text() -> str:
    return thumbnail_choice(_("Text"), _pictures(language()), "english", KEY)


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    labels = {
        "english": _("King James Bible"),
        "chinese": _("Chinese poems"),
        "python": _("Python’s library"),
        "own": _("My own text"),
    }
    return {
        name: Thumbnail(label, _lines(name), pixels=PLUS if name == "own" else ()) for name, label in labels.items()
    }


def _lines(name: str) -> tuple[ThumbnailLine, ...]:
    if name == "own":
        return ()
    cell = CELL_AT_FIRST[name]
    network = shipped(standard(name, cell))
    if network is None:
        return ()
    manner = Manner(temperature=WARMTH[name])
    written = writing.write(compute.reader(network.state), BEGINNINGS[name], WRITTEN, manner)
    bits = np.array([choice.bits for choice in written.choices])
    return (ThumbnailLine((bits / bits.max()).tolist(), cell),)
