"""The sentence of a scene in English and in Chinese: every shape in reading order, with its place, size, colour and form.

The place comes first in both languages, and is one entry of the vocabulary ("at the top left"). "en-last" is English with the
place at the end of each phrase.
"""

from functools import cache
from typing import Literal

from rnn_core.apps.caption.scenes import CELLS, COLOURS, FORMS, SIZES, Scene, Shape

Language = Literal["en", "zh", "en-last"]
Words = tuple[str, ...]

LANGUAGES: tuple[Language, ...] = ("en", "zh", "en-last")
PLACES = (
    "at the top left",
    "at the top",
    "at the top right",
    "on the left",
    "in the middle",
    "on the right",
    "at the bottom left",
    "at the bottom",
    "at the bottom right",
)
PLACES_ZH = ("左上角", "上方", "右上角", "左侧", "正中", "右侧", "左下角", "下方", "右下角")
FORMS_ZH = dict(zip(FORMS, ("圆形", "正方形", "三角形", "五角星"), strict=True))
COLOURS_ZH = dict(zip(COLOURS, ("红色", "黄色", "绿色", "蓝色", "紫色"), strict=True))
SIZES_ZH = dict(zip(SIZES, ("大的", "小的"), strict=True))


def phrase(shape: Shape, language: Language) -> Words:
    if language == "zh":
        in_chinese = (SIZES_ZH[shape.size], COLOURS_ZH[shape.colour], FORMS_ZH[shape.form])
        return (PLACES_ZH[shape.cell], "有", "一个", *in_chinese)
    place, named = PLACES[shape.cell], ("a", shape.size, shape.colour, shape.form)
    return (*named, place) if language == "en-last" else (place, *named)


def sentence(scene: Scene, language: Language) -> Words:
    """
    >>> " ".join(sentence((Shape(0, "star", "red", "large"), Shape(4, "circle", "blue", "small")), "en"))
    'at the top left a large red star and in the middle a small blue circle'
    """
    phrases = [phrase(shape, language) for shape in scene]
    words = list(phrases[0]) if phrases else []
    for at, each in enumerate(phrases[1:], 2):
        words += ["，" if language == "zh" else "and" if at == len(phrases) else ",", *each]
    return tuple(words)


def joined(words: Words, language: Language) -> str:
    """The words as they are written."""
    return "".join(words) if language == "zh" else " ".join(words).replace(" ,", ",")


@cache
def vocabulary(language: Language) -> Words:
    """Every word that a sentence may have; the number after the last one is that of the end."""
    words = {word for cell in range(CELLS) for word in phrase(Shape(cell, FORMS[0], COLOURS[0], SIZES[0]), language)}
    for form in FORMS:
        words |= {word for c in COLOURS for s in SIZES for word in phrase(Shape(0, form, c, s), language)}
    return tuple(sorted(words | ({"，"} if language == "zh" else {",", "and"})))
