"""Results are shared between visitors, so they are frozen dataclasses of arrays, and the arrays are made read-only."""

from dataclasses import fields, is_dataclass
from typing import TypeVar

import numpy as np

Result = TypeVar("Result")


def sealed(result: Result) -> Result:
    """Make every array inside read-only."""
    if isinstance(result, np.ndarray):
        result.flags.writeable = False
    elif isinstance(result, tuple):
        for part in result:
            sealed(part)
    elif is_dataclass(result):
        for field in fields(result):
            sealed(getattr(result, field.name))
    return result
