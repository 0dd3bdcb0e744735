"""The colours can be read as text and told apart, by colour-blind eyes too, on a light and on a dark page."""

import tomllib
from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.repository import ROOT
from ui.figures import style
from ui.figures.style import INKS, text_ink

Array = NDArray[np.float64]
THEMES = ("light", "dark")
TOGETHER = (  # what one picture shows
    ("x", "h", "c", "input_gate", "forget_gate", "candidate", "output_gate", "gradient"),
    ("x", "h", "reset_gate", "update_gate", "candidate", "gradient"),
    ("x", "h", "c", "y", "gradient", "loss", "baseline"),
)

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB; and how far apart colours of one picture must be there
# (OKLab, times 100; about 2 is just noticeable side by side).
EYES: dict[str, tuple[list[list[float]], float]] = {
    "usual": ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 8.0),
    "protan": (
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        5.0,
    ),
    "deutan": ([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]], 5.0),
    "tritan": (
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        4.0,
    ),
}
TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour: str) -> Array:
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def distance(one: str, other: str, eye: str) -> float:
    seen = [np.clip(np.array(EYES[eye][0]) @ linear(colour), 0, 1) for colour in (one, other)]
    first, second = (TO_LAB @ np.cbrt(TO_LMS @ rgb) for rgb in seen)
    return 100 * float(np.linalg.norm(first - second))


def pages(theme: str) -> Iterable[str]:
    """The backgrounds of the app, as the theme in .streamlit/config.toml sets them."""
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    colours = config["theme"][theme]
    return colours["backgroundColor"], colours["secondaryBackgroundColor"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", INKS)
def test_every_ink_can_be_read_as_text(name: str, theme: str) -> None:
    for page in pages(theme):
        assert contrast(getattr(text_ink(name), theme), page) >= 4.5
        assert contrast(getattr(INKS[name], theme), page) >= 3.0  # of lines and dots


@pytest.mark.parametrize("theme", THEMES)
def test_small_words_and_numbers_in_cells_can_be_read(theme: str) -> None:
    text = {"light": style.TEXT, "dark": "#EDF0F7"}[theme]
    cells = {"light": style.SOFT_DIVERGING_LIGHT, "dark": style.SOFT_DIVERGING_DARK}[theme]
    assert min(contrast(text, cell) for cell in cells) >= 4.5
    assert min(contrast(getattr(style.MUTED, theme), page) for page in pages(theme)) >= 4.5


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES)
def test_colours_of_the_symbols_of_one_picture_are_distinct(theme: str, eye: str) -> None:
    for picture in TOGETHER:
        for one, other in combinations(picture, 2):
            apart = distance(getattr(INKS[one], theme), getattr(INKS[other], theme), eye)
            assert apart >= EYES[eye][1], (one, other, apart)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES)
def test_colours_and_dashes_of_the_cells_are_distinct(theme: str, eye: str) -> None:
    """By their dashes first; their colours may be a little nearer to each other than those of symbols."""
    for one, other in combinations(style.CELL_DASHES, 2):
        assert distance(getattr(INKS[one], theme), getattr(INKS[other], theme), eye) >= 4.0, (one, other)
    assert len({*style.CELL_DASHES.values(), style.LSTM_HIDDEN_DASH, "dot"}) == 5


def test_each_light_colour_has_one_dark_partner() -> None:
    """The browser exchanges colours by name of the light one."""
    scales = (
        zip(style.DIVERGING_LIGHT, style.DIVERGING_DARK, strict=True),
        zip(style.SOFT_DIVERGING_LIGHT, style.SOFT_DIVERGING_DARK, strict=True),
    )
    pairs = {
        *INKS.values(),
        *style.TEXT_INKS.values(),
        style.ZERO,
        style.MUTED,
        *(pair for scale in scales for pair in scale),
    }
    light = [pair[0] for pair in pairs]
    assert len(set(light)) == len(light)
    assert set(light).isdisjoint(style.THEME_VARIABLES)
    assert dict(pairs).items() <= style.light_to_dark().items()
    assert all(colour == colour.upper() for colour in [*style.light_to_dark(), *style.THEME_VARIABLES])
