"""How parameters, traces and gradients print, compare and appear in a notebook."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, ClassVar, NoReturn

import numpy as np


class Record:
    """A dataclass of arrays: one line at the prompt, compared by its values, without a hash.

    Subclasses are declared with `@dataclass(frozen=True, eq=False, repr=False)`: a plain `@dataclass` would replace
    these methods by its own, and its `==` raises an error where a field is an array.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def sizes(self) -> Mapping[str, object]:
        """The numbers that `repr` names. Unless a subclass has better ones: the shape of every array."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value.shape for name, value in values.items() if isinstance(value, np.ndarray)}

    def __repr__(self) -> str:
        try:
            shown = [f"{name}={value!r}" for name, value in {**self.sizes(), **_changed_options(self)}.items()]
        except (
            AttributeError,
            IndexError,
            TypeError,
            ValueError,
        ):  # error messages also print records whose fields have the wrong kind
            shown = [f"{each.name}=<{type(getattr(self, each.name)).__name__}>" for each in fields(self)]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(_same(getattr(self, each.name), getattr(other, each.name)) for each in fields(self))

    def __hash__(self) -> NoReturn:
        name = type(self).__name__
        raise TypeError(f"{name} has no hash, because its arrays can change: use the settings that made it as a key")


def _changed_options(record: Record) -> dict[str, object]:
    """The fields that differ from their default, such as a variant."""
    found: dict[str, object] = {}
    for each in fields(record):
        value = getattr(record, each.name)
        if each.default is not MISSING and not isinstance(value, np.ndarray | tuple) and value != each.default:
            found[each.name] = value
    return found


def _same(one: object, other: object) -> bool:
    """Equal by value. NaN equals NaN here, so that a run that overflowed equals itself."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        ours, theirs = np.asarray(one), np.asarray(other)
        has_nan = ours.dtype.kind in "fc" and theirs.dtype.kind in "fc"
        return np.array_equal(ours, theirs, equal_nan=has_nan)
    if isinstance(one, tuple | list) and type(one) is type(other):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
