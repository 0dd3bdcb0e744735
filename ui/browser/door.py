"""The door for all that the browser's parts send back. Anything may come: only what a part can mean passes.

A part names what it may send with a reader, made of those below. A reader knows the type, the size, the depth and the range of
its value, looks at no more than that, and raises `Refused` for everything else. A value that is refused counts as not sent.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Read = TypeVar("Read")
Reader = Callable[[Any], Read]


class Refused(Exception):
    """This part never sends such a value."""


def callbacks(*names: str) -> dict[str, Callable[[], None]]:
    """Streamlit keeps only the state that has a callback; the page reads the values itself, with `read`."""
    return {f"on_{name}_change": _nothing_to_do for name in names}


def read(state: Any, name: str, reader: Reader[Read]) -> Read | None:
    """One named value of a part's state, as Streamlit returns it or keeps it in the session."""
    told = state.get(name) if isinstance(state, Mapping) else None
    if told is None:
        return None
    try:
        return reader(told)
    except Refused:
        return None


def number(low: float = -math.inf, high: float = math.inf) -> Reader[float]:
    """A finite number in this range."""

    def reader(told: Any) -> float:
        if not isinstance(told, int | float) or isinstance(told, bool):
            raise Refused
        try:
            value = float(told)
        except OverflowError:
            raise Refused from None
        if not (math.isfinite(value) and low <= value <= high):
            raise Refused
        return value

    return reader


def whole(low: int, high: int) -> Reader[int]:
    """A whole number in this range. JSON may write it as 3.0."""
    in_range = number(low, high)

    def reader(told: Any) -> int:
        value = in_range(told)
        if value != int(value):
            raise Refused
        return int(value)

    return reader


def text(longest: int) -> Reader[str]:
    """Text that can be written as UTF-8: JSON can carry halves of a surrogate pair, which cannot."""

    def reader(told: Any) -> str:
        if not isinstance(told, str) or len(told) > longest:
            raise Refused
        try:
            told.encode()
        except UnicodeEncodeError:
            raise Refused from None
        return told

    return reader


def exactly(value: Any) -> Reader[Any]:
    """This value, such as the name of what the part was given."""

    def reader(told: Any) -> Any:
        if type(told) is not type(value) or told != value:
            raise Refused
        return value

    return reader


def either(first: Reader[Any], otherwise: Any) -> Reader[Any]:
    """What the reader reads; `otherwise` for what it refuses."""

    def reader(told: Any) -> Any:
        try:
            return first(told)
        except Refused:
            return otherwise

    return reader


def optional(of: Reader[Read]) -> Reader[Read | None]:
    return lambda told: None if told is None else of(told)


def several(of: Reader[Read], least: int, most: int) -> Reader[tuple[Read, ...]]:
    """A list of so many. Its length is known before any of them is looked at."""

    def reader(told: Any) -> tuple[Read, ...]:
        if not isinstance(told, list | tuple) or not least <= len(told) <= most:
            raise Refused
        return tuple(map(of, told))

    return reader


def table(key: Reader[Any], value: Reader[Read], most: int) -> Reader[dict[Any, Read]]:
    """A dictionary whose keys are not known beforehand."""

    def reader(told: Any) -> dict[Any, Read]:
        if not isinstance(told, Mapping) or len(told) > most:
            raise Refused
        return {key(name): value(each) for name, each in told.items()}

    return reader


def record(**fields: Reader[Any]) -> Reader[dict[str, Any]]:
    """A dictionary with these fields and no others."""

    def reader(told: Any) -> dict[str, Any]:
        if not isinstance(told, Mapping) or told.keys() != fields.keys():
            raise Refused
        return {name: of(told[name]) for name, of in fields.items()}

    return reader


def _nothing_to_do() -> None:
    """See `callbacks`."""
