"""Numbers and places in words, for alt texts and labels."""

import numpy as np

from ui.figures.thin import Array
from ui.i18n import _


def number(value: float) -> str:
    if np.isnan(value):
        return _("not a number")
    if np.isinf(value):
        return _("infinity") if value > 0 else _("minus infinity")
    digits, _e, exponent = f"{value + 0.0:.3g}".partition("e")
    if not exponent:
        return digits.replace("-", "−")
    if int(exponent) == 3:
        return f"{value:.0f}".replace("-", "−")
    return f"{digits}·10{superscript(int(exponent))}".replace("-", "−")


def difference(size: float) -> str:
    """The largest difference of two computations: 0 only where they agree to the last bit."""
    if size == 0:
        return "0"
    digits, exponent = f"{size:.1e}".split("e")
    return f"{digits}·10{superscript(int(exponent))}"


def subscript(number: int | str) -> str:
    """A number as a true subscript: quicker to draw than markup, and plain text in alt texts and tables."""
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def superscript(number: int) -> str:
    return str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def finite_range(values: Array) -> tuple[float, float]:
    """Lowest and highest finite value; (0, 0) when there is none."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)


def largest_magnitude(values: Array) -> float:
    """The largest absolute value, for a scale centred at zero; 1 when there is nothing to show."""
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


def certainty(share: float) -> str:
    """The share in percent, with a decimal near 1, where certainties differ in it."""
    return ">99.9%" if share >= 0.9995 else f"{share:.{1 if share > 0.995 else 0}%}"
