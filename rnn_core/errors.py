"""The exception that the core raises for bad input, and the checks that raise it.

A check returns the checked value, and arrays as float64, so that a caller can use it as a conversion.
"""

import math
import operator
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

MAX_STEPS = 100_000  # T
MAX_SIZE = 4_096  # X and H
MAX_NUMBERS = 2**27  # in one result: 1 GiB
MAX_VALUES = 2_000_000  # T * max(X, H): about 0.3 GB for the full trace of an LSTM
LONGEST_SHOWN = 200  # characters of a value in an error's sentence


class CoreError(ValueError):
    """Bad input, described in three parts: the argument, the value that was given, and the value that was expected."""

    def __init__(self, argument: str, given: object, expected: str) -> None:
        self.argument = argument
        self.given = str(given)
        self.expected = expected
        super().__init__(
            argument, self.given, expected
        )  # all three, so that processes can send it to each other by pickle

    def __str__(self) -> str:
        return f"{self.argument}: expected {self.expected}, but was given {self.given}"


def shown(value: object) -> str:
    """A value as an error message shows it, also where Python's own `repr` fails: huge integers and deep nesting."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return f"a very long {type(value).__name__}"
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def check_kind(argument: str, value: object, kind: type | UnionType) -> None:
    """An object of this class, or of one of these: `RNNTrace | LSTMTrace | GRUTrace`."""
    if not isinstance(value, kind):
        names = ["None" if each is NoneType else each.__name__ for each in get_args(kind) or (kind,)]
        raise CoreError(argument, type(value).__name__, " or ".join(names))


def read_array(argument: str, value: ArrayLike | None, expected: str) -> NDArray[Any]:
    """A value of any kind (a list, a tensor, a string) as a NumPy array."""
    try:
        return np.asarray(value)
    except ValueError:
        raise CoreError(argument, "rows of different lengths", expected) from None
    except (
        TypeError,
        RuntimeError,
    ) as error:  # torch refuses to convert a tensor that needs a gradient, and its message names the remedy
        raise CoreError(argument, f"{type(value).__name__}: {error}", expected) from None


def check_array(argument: str, value: ArrayLike | None, shape: Sequence[int | str]) -> NDArray[np.float64]:
    """A finite float64 array of this shape. A string in `shape` is an axis of any size from 1 up: ("T", 4)."""
    if type(value) is np.ndarray and value.dtype == np.float64 and value.shape == shape and np.isfinite(value).all():
        return value  # the common case returns early, because every run makes these checks
    wanted = "shape (" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"
    if value is None:
        raise CoreError(argument, None, f"real numbers of {wanted}")
    given = read_array(argument, value, f"real numbers of {wanted}")
    if given.dtype.kind not in "biuf":
        raise CoreError(argument, f"{type(value).__name__} of {given.dtype}", f"real numbers of {wanted}")
    fits = given.ndim == len(shape) and all(
        size >= 1 if isinstance(axis, str) else size == axis for size, axis in zip(given.shape, shape, strict=True)
    )
    if not fits:
        raise CoreError(argument, f"shape {given.shape}", f"{wanted}, no axis empty")
    with np.errstate(over="ignore"):  # a long double that is too large becomes infinite, and the next check refuses it
        array = np.asarray(given, dtype=np.float64)
    if not np.isfinite(array).all():
        place = tuple(int(index) for index in np.argwhere(~np.isfinite(array))[0])
        raise CoreError(argument, f"{array[place]} at {place}", f"finite real numbers of {wanted}")
    return array


def check_option(argument: str, value: object, options: Iterable[str]) -> None:
    """`value` must be one of `options`."""
    known = tuple(options)
    if not (isinstance(value, str) and value in known):
        raise CoreError(argument, shown(value), "one of " + ", ".join(map(repr, known)) if known else "nothing")


def check_integer(argument: str, value: object, low: int, high: int) -> int:
    """An integer from `low` to `high`, both included."""
    wanted = f"an integer from {low} to {high}"
    if isinstance(value, bool):
        raise CoreError(argument, shown(value), wanted)
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise CoreError(argument, shown(value), wanted) from None
    if not low <= number <= high:
        raise CoreError(argument, shown(number), wanted)
    return number


def check_number(argument: str, value: object, low: float = -math.inf, high: float = math.inf) -> float:
    """A finite number from `low` to `high`, both included."""
    if high < math.inf:
        wanted = f"a number from {low:g} to {high:g}"
    else:
        wanted = "a finite number" if low == -math.inf else f"a finite number, at least {low:g}"
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise CoreError(argument, shown(value), wanted)
    try:
        number = float(value)
    except OverflowError:  # an integer of hundreds of digits
        number = math.inf
    if not math.isfinite(number) or not low <= number <= high:
        raise CoreError(argument, shown(value), wanted)
    return number


def check_steps(steps: int, size: int) -> None:
    """A run of `steps` steps over vectors of `size` numbers must fit in memory with every value kept."""
    check_integer("xs: its number of steps T", steps, 1, MAX_STEPS)
    if steps * size > MAX_VALUES:
        raise CoreError("xs", f"T * max(X, H) = {steps * size}", f"at most {MAX_VALUES}: every value of a run is kept")


def check_numbers(argument: str, count: int) -> None:
    """A result of `count` numbers must fit in memory."""
    if count > MAX_NUMBERS:
        raise CoreError(argument, f"{count} numbers to answer with", f"at most {MAX_NUMBERS}: ask for a shorter run")


def read_file(path: Path | str, most: int) -> bytes:
    """The contents of a file of at most this many bytes."""
    check_kind("path", path, Path | str)
    try:
        size = Path(path).stat().st_size
        if size > most:
            raise CoreError("path", f"{path} with {size} bytes", f"a file of at most {most} bytes")
        return Path(path).read_bytes()
    except OSError as error:
        raise CoreError("path", f"{path}: {error.strerror}", "a file that can be read") from None


def write_file(path: Path | str, data: bytes) -> None:
    check_kind("path", path, Path | str)
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise CoreError("path", f"{path}: {error.strerror}", "a file that can be written") from None
