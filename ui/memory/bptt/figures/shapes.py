"""Polygons, paths and words of a picture that is drawn as a chart: all of one colour are one trace."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ui.figures.style import BACKGROUND, TEXT, text_ink
from ui.figures.thin import Array
from ui.i18n import _

Points = list[tuple[float, float]]
QUIET: dict[str, Any] = {"type": "scatter", "hoverinfo": "skip", "showlegend": False}


@dataclass(frozen=True)
class Word:
    text: str
    x: float
    y: float
    size: int = 14
    ink: str = ""
    place: str = "middle center"
    is_wide: bool = False  # it has no room on a phone


def filled(polygons: Iterable[Points], colour: str, opacity: float = 1.0) -> dict[str, Any]:
    x, y = joined(polygons, closed=True)
    return QUIET | {
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": colour,
        "opacity": opacity,
    }


def dotted(paths: Iterable[Points], colour: str) -> dict[str, Any]:
    x, y = joined(paths, closed=True)
    return QUIET | {"x": x, "y": y, "mode": "lines", "line": {"width": 1.5, "color": colour, "dash": "dot"}}


def joined(paths: Iterable[Points], *, closed: bool) -> tuple[Array, Array]:
    points: Points = []
    for path in paths:
        points += [*path, *([path[0]] if closed else []), (np.nan, np.nan)]
    both = np.array(points or [(np.nan, np.nan)], dtype=np.float64)
    return both[:, 0], both[:, 1]


def written(words: Sequence[Word]) -> list[dict[str, Any]]:
    """One trace for each colour, size and place."""
    looks = list(dict.fromkeys((word.ink, word.size, word.place, word.is_wide) for word in words))
    traces = []
    for ink, size, place, is_wide in looks:
        own = [word for word in words if (word.ink, word.size, word.place, word.is_wide) == (ink, size, place, is_wide)]
        colour = BACKGROUND if ink == "paper" else text_ink(ink).light if ink else TEXT
        traces.append(
            QUIET
            | {
                "mode": "text",
                "x": np.array([word.x for word in own]),
                "y": np.array([word.y for word in own]),
                "text": [word.text for word in own],
                "textposition": place,
                "textfont": {"size": size, "color": colour},
                "cliponaxis": False,
                "meta": "wide" if is_wide else "",
            }
        )
    return traces


def cut_places(T: int, height: float) -> dict[str, Any]:
    """Invisible marks between two states, to point at and to click: there the gradient can be cut."""
    behind = np.arange(1, T)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": behind + 0.5,
        "y": np.full(len(behind), height),
        "marker": {"symbol": "diamond", "size": 26, "opacity": 0},
        "customdata": [_("truncate after every {step} steps").format(step=step) for step in behind],
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
    }
