"""Numbers as people write them: 0.45, 0,45, .5, −0.3, 4.5e-3, 4.5·10⁻³, 4.5*10^-3, 1/3, ½, 12%, ≈ 0.45, 负0.3."""

import math
import re
import unicodedata

LONGEST = 60  # characters
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "负": "-", "負": "-", "。": ".", "⁄": "/", "∕": "/", "÷": "/"})
_TWO_NUMBERS = re.compile(r"\d\s+\.?\d")  # 1 1/2, 1 000
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = re.compile(r"[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGITS = r"[+-]?(?:\d+\.?\d*|\.\d+)"
_NUMBER = re.compile(rf"(?P<mantissa>{_DIGITS})(?:e(?P<power>[+-]?\d{{1,3}}))?(?P<percent>%)?", flags=re.IGNORECASE)


def read_number(text: str) -> float | None:
    """The number that somebody typed, or None if it is not a number. A comma is a decimal point."""
    if len(text) > LONGEST:
        return None
    text = _RAISED.sub(lambda found: "^" + found[0].translate(_SUPERSCRIPTS), text)
    text = unicodedata.normalize("NFKC", text).strip().lstrip("=≈~ ").translate(_SIGNS)
    if _TWO_NUMBERS.search(text):
        return None
    text = re.sub(r"\s", "", text)
    if text.count(".") == 2 or (text.endswith(".") and "," in text):
        text = text.removesuffix(".")  # the full stop of a sentence
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    top, divided, bottom = text.partition("/")
    value = _plain(top)
    if divided and value is not None:
        below = _plain(bottom)
        value = value / below if below else None
    return value if value is not None and math.isfinite(value) else None


def _plain(text: str) -> float | None:
    times = re.fullmatch(rf"(?:(?P<mantissa>{_DIGITS})[·*x×⋅∙])?10\^\(?(?P<power>[+-]?\d{{1,3}})\)?", text)
    if times:
        return _scaled(times["mantissa"] or "1", times["power"])
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    value = _scaled(found["mantissa"], found["power"] or "0")
    return value / 100.0 if found["percent"] else value


def _scaled(mantissa: str, power: str) -> float:
    return float(f"{mantissa}e{power}")
