"""Options of frozen dataclasses. Each is declared once, with its default and its range, for its check, JSON and widget.

    @dataclass(frozen=True)
    class Adding(Options):
        length: int = whole(50, low=2, high=1000)

`Options.__post_init__` checks every field and raises one clear sentence; pages read the metadata to draw the widget.
"""

from dataclasses import dataclass, field, fields
from typing import Any, Self

from rnn_core.errors import CoreError, check_integer, check_number, check_option, shown


def whole(default: int | None, *, low: int, high: int) -> Any:
    """A whole number. It is optional if its default is None."""
    return field(default=default, metadata={"kind": "whole", "low": low, "high": high, "optional": default is None})


def real(default: float | None, *, low: float, high: float) -> Any:
    """A number. It is optional if its default is None."""
    return field(default=default, metadata={"kind": "real", "low": low, "high": high, "optional": default is None})


def choice(default: str, options: tuple[str, ...]) -> Any:
    return field(default=default, metadata={"kind": "choice", "options": options})


def flag(default: bool) -> Any:
    return field(default=default, metadata={"kind": "flag"})


def numbers(*, shortest: int, longest: int) -> Any:
    """An optional sequence of finite numbers."""
    return field(default=None, metadata={"kind": "numbers", "low": shortest, "high": longest, "optional": True})


def packed() -> Any:
    """A visitor's file packed as text, empty without a file. The contents are checked when it is unpacked."""
    return field(default="", metadata={"kind": "packed"})


def check_numbers(argument: str, values: object, shortest: int, longest: int) -> tuple[float, ...]:
    if not isinstance(values, tuple | list) or not shortest <= len(values) <= longest:
        given = f"{len(values)} numbers" if isinstance(values, tuple | list) else type(values).__name__
        raise CoreError(argument, given, f"from {shortest} to {longest} numbers")
    return tuple(check_number(argument, value, -1e12, 1e12) for value in values)


def check_flag(argument: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise CoreError(argument, shown(value), "true or false")
    return value


def check_text(argument: str, value: object) -> str:
    """Text that can be written as UTF-8: JSON may contain a lone surrogate."""
    if not isinstance(value, str):
        raise CoreError(argument, type(value).__name__, "text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise CoreError(argument, "half a character", "text of whole characters") from None
    return value


@dataclass(frozen=True)
class Options:
    """A frozen set of options that checks itself. Equal options are equal, hash equally and are written equally."""

    def __post_init__(self) -> None:
        for spec in fields(self):
            about, value = spec.metadata, getattr(self, spec.name)
            if value is None and about.get("optional"):
                continue
            match about.get("kind"):
                case "whole":
                    checked: object = check_integer(spec.name, value, about["low"], about["high"])
                case "real":
                    checked = check_number(spec.name, value, about["low"], about["high"])
                case "numbers":
                    checked = check_numbers(spec.name, value, about["low"], about["high"])
                case "choice":
                    check_option(spec.name, value, about["options"])
                    checked = value
                case "flag":
                    checked = check_flag(spec.name, value)
                case "packed":
                    checked = check_text(spec.name, value)
                case _:
                    continue
            object.__setattr__(
                self, spec.name, checked
            )  # 1 and 1.0 are the same settings, so they must give the same link

    @classmethod
    def from_plain(cls, given: object, what: str) -> Self:
        """Options from a JSON object; a name that is not one of the options is refused, a missing one has its default."""
        if not isinstance(given, dict):
            raise CoreError(what, type(given).__name__, "an object with named options")
        known = tuple(spec.name for spec in fields(cls))
        for name in given:
            check_option(f"option of {what}", name, known)
        return cls(**given)


def plain(options: Options) -> dict[str, Any]:
    """The options as a JSON object."""
    return {spec.name: getattr(options, spec.name) for spec in fields(options) if spec.metadata}
