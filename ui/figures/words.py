"""Numbers and places in words, for alt texts and labels."""

import numpy as np

from ui.figures.thin import Array
from ui.i18n import _


def number(value: float) -> str:
    if np.isnan(value):
        return _("not a number")
    if np.isinf(value):
        return _("infinity") if value > 0 else _("minus infinity")
    return f"{value:.3g}".replace("-", "−")


def subscript(number: int | str) -> str:
    """A number as a true subscript: quicker to draw than markup, and plain text in alt texts and tables."""
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def finite_range(values: Array) -> tuple[float, float]:
    """Lowest and highest finite value; (0, 0) when there is none."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)


def largest_magnitude(values: Array) -> float:
    """For a scale centred at zero; 1 when there is nothing to show."""
    low, high = finite_range(values)
    return max(-low, high) or 1.0


def first_bad_step(values: Array) -> int | None:
    """The first row of (T, H) with a value that is infinite or not a number."""
    bad = ~np.isfinite(values).all(axis=1)
    return int(bad.argmax()) if bad.any() else None


def thinned_note(steps: int, drawn: int) -> str:
    return _(
        "{steps} steps are drawn as {drawn} columns: the lowest and highest value of each stretch, so no peak is lost."
    ).format(steps=steps, drawn=drawn)
