"""The check of every value that the browser's parts send. Anything may arrive, from any client.

A part describes the values that it may send with a reader, which is built from those below. A reader knows the type, size,
depth and range of its value, examines no more than that, and raises `Refused` for everything else. A refused value counts as
not sent.
"""

import math
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
Read = TypeVar("Read")
Otherwise = TypeVar("Otherwise")
Reader = Callable[[object], Read]


class Refused(Exception):
    """The part never sends such a value."""


def no_callback() -> None:
    """Streamlit keeps only those values of a part that have a callback. The page itself reads them, with `read`."""


def callbacks(*names: str) -> dict[str, Callable[[], None]]:
    """A callback for each named value, where the names are known at run time only."""
    return {f"on_{name}_change": no_callback for name in names}


def read(state: object, name: str, reader: Reader[Read]) -> Read | None:
    """One named value of a part's state, as Streamlit returns the state or keeps it in the session."""
    sent = state.get(name) if isinstance(state, Mapping) else None
    if sent is None:
        return None
    try:
        return reader(sent)
    except Refused:
        return None


def number(low: float = -math.inf, high: float = math.inf) -> Reader[float]:
    """A finite number in this range."""

    def reader(sent: object) -> float:
        if not isinstance(sent, int | float) or isinstance(sent, bool):
            raise Refused
        try:
            value = float(sent)
        except OverflowError:
            raise Refused from None
        if not (math.isfinite(value) and low <= value <= high):
            raise Refused
        return value

    return reader


def whole(low: int, high: int) -> Reader[int]:
    """An integer in this range. JSON may write it as 3.0."""
    in_range = number(low, high)

    def reader(sent: object) -> int:
        value = in_range(sent)
        if value != int(value):
            raise Refused
        return int(value)

    return reader


def text(longest: int) -> Reader[str]:
    """Text that can be encoded in UTF-8: JSON can carry halves of a surrogate pair, which cannot."""

    def reader(sent: object) -> str:
        if not isinstance(sent, str) or len(sent) > longest:
            raise Refused
        try:
            sent.encode()
        except UnicodeEncodeError:
            raise Refused from None
        return sent

    return reader


def exactly(value: Value) -> Reader[Value]:
    """This value alone, such as the name of the data that the part received."""

    def reader(sent: object) -> Value:
        if type(sent) is not type(value) or sent != value:
            raise Refused
        return value

    return reader


def one_of(values: Collection[Value]) -> Reader[Value]:
    """One of these values, such as the name of a page."""

    def reader(sent: object) -> Value:
        for value in values:
            if type(sent) is type(value) and sent == value:
                return value
        raise Refused

    return reader


def or_else(reader_of_value: Reader[Read], otherwise: Otherwise) -> Reader[Read | Otherwise]:
    """The value of the reader; `otherwise` if the reader refuses."""

    def reader(sent: object) -> Read | Otherwise:
        try:
            return reader_of_value(sent)
        except Refused:
            return otherwise

    return reader


def optional(reader_of_value: Reader[Read]) -> Reader[Read | None]:
    """The value of the reader, or None."""
    return lambda sent: None if sent is None else reader_of_value(sent)


def several(each: Reader[Read], least: int, most: int) -> Reader[tuple[Read, ...]]:
    """A list. Its length is checked before any of its items."""

    def reader(sent: object) -> tuple[Read, ...]:
        if not isinstance(sent, list | tuple) or not least <= len(sent) <= most:
            raise Refused
        return tuple(map(each, sent))

    return reader


def table(key: Reader[Key], value: Reader[Read], most: int) -> Reader[dict[Key, Read]]:
    """A dictionary whose keys are not known beforehand."""

    def reader(sent: object) -> dict[Key, Read]:
        if not isinstance(sent, Mapping) or len(sent) > most:
            raise Refused
        return {key(name): value(each) for name, each in sent.items()}

    return reader


def record(**fields: Reader[Any]) -> Reader[dict[str, Any]]:
    """A dictionary with exactly these fields. Their types differ, so that those who use the record name them again."""

    def reader(sent: object) -> dict[str, Any]:
        if not isinstance(sent, Mapping) or sent.keys() != fields.keys():
            raise Refused
        return {name: of_field(sent[name]) for name, of_field in fields.items()}

    return reader
