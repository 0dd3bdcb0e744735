"""The words for shapes, colours and places in the reader's language."""

from rnn_core.apps.caption.grammar import COLOURS_ZH, FORMS_ZH, PLACES, PLACES_ZH, SIZES_ZH, Language, joined, phrase
from rnn_core.apps.caption.scenes import COLOURS, FORMS, SIZES, Shape
from ui.browser.scene import Names
from ui.i18n import language


def names() -> Names:
    if language() == "zh":
        return Names(tuple(FORMS_ZH.values()), tuple(COLOURS_ZH.values()), tuple(SIZES_ZH.values()), PLACES_ZH)
    return Names(FORMS, COLOURS, SIZES, PLACES)


def shape_in_words(shape: Shape) -> str:
    spoken: Language = "zh" if language() == "zh" else "en"
    return joined(phrase(shape, spoken), spoken)


def colour_and_place(shape: Shape) -> tuple[str, str]:
    found = names()
    return found.colours[COLOURS.index(shape.colour)], found.cells[shape.cell]
