"""A still picture for an embedded page while Streamlit is loading: the page's small picture as SVG, which needs no script.

It is drawn as ui/browser/thumbnails/picture.js draws it.
"""

from collections.abc import Sequence

from ui.browser.thumbnails import Thumbnail
from ui.figures.style import DIVERGING_DARK, DIVERGING_LIGHT, Ink, text_ink

WIDTH, HEIGHT = 104, 28
POSITIVE = Ink(DIVERGING_LIGHT[2], DIVERGING_DARK[2])
NEGATIVE = Ink(DIVERGING_LIGHT[0], DIVERGING_DARK[0])


def still(shown: Thumbnail) -> str:
    if shown.pixels:
        return _pixels(shown.pixels)
    band = HEIGHT / max(1, len(shown.ribbons))
    ink = text_ink(shown.ribbon_ink) if shown.ribbon_ink else None
    shapes = [
        _half_ribbon(values, band * (unit + 0.5), band / 2 - 1, sign, ink)
        for unit, values in enumerate(shown.ribbons)
        for sign in (1, -1)
    ]
    shapes += [_line(road, text_ink("h"), "solid") for road in shown.roads]
    shapes += [_line(line.values, text_ink(line.ink), line.dash) for line in shown.lines]
    return _svg(WIDTH, HEIGHT, "none", shapes)


def _svg(width: int, height: int, fit: str, shapes: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="{fit}" aria-hidden="true">{"".join(shapes)}</svg>'


def _line(values: Sequence[float], ink: Ink, dash: str) -> str:
    points = " ".join(
        f"{_x(at, len(values)):.1f},{(1 - value) * (HEIGHT - 2) + 1:.1f}" for at, value in enumerate(values)
    )
    dashes = {"solid": "", "dot": "2 3"}.get(dash, dash.replace("px", ""))
    return (
        f'<polyline points="{points}" fill="none" stroke-width="2.5" stroke-dasharray="{dashes}" '
        f'vector-effect="non-scaling-stroke" style="stroke:{_both(ink)}"/>'
    )


def _half_ribbon(values: Sequence[float], middle: float, most: float, sign: int, ink: Ink | None) -> str:
    """What is above zero, or below it, mirrored at the middle."""
    widths = [min(max(sign * float(value), 0.0), 1.0) * most for value in values]
    upper = [f"{_x(at, len(widths)):.1f} {middle - width:.2f}" for at, width in enumerate(widths)]
    lower = [f"{_x(at, len(widths)):.1f} {middle + width:.2f}" for at, width in enumerate(widths)]
    fill = ink or (POSITIVE if sign > 0 else NEGATIVE)
    return f'<path d="M{"L".join([*upper, *lower[::-1]])}Z" style="fill:{_both(fill)}"/>'


def _pixels(rows: Sequence[Sequence[float]]) -> str:
    shapes = [
        f'<rect x="{x}" y="{y}" width="1.02" height="1.02" opacity="{value:.2f}" fill="currentColor"/>'
        for y, row in enumerate(rows)
        for x, value in enumerate(row)
        if value > 0.02
    ]
    return _svg(len(rows[0]), len(rows), "xMidYMid meet", shapes)


def _x(at: int, count: int) -> float:
    return at / max(1, count - 1) * WIDTH


def _both(ink: Ink) -> str:
    return f"light-dark({ink.light},{ink.dark})"
