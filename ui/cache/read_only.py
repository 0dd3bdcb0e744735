"""Results are shared between visitors, so they are frozen dataclasses of arrays, and the arrays are made read-only."""

from dataclasses import fields, is_dataclass
from typing import TypeVar

import numpy as np

Result = TypeVar("Result")


def make_read_only(result: Result) -> Result:
    """Make every array inside the result read-only, and return the result."""
    if isinstance(result, np.ndarray):
        result.flags.writeable = False
    elif isinstance(result, tuple):
        for part in result:
            make_read_only(part)
    elif is_dataclass(result):
        for field in fields(result):
            make_read_only(getattr(result, field.name))
    return result
