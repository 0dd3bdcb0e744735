"""Named arrays as one file for other programs: NPZ for NumPy, and CSV with one line for each number."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array, weight_names
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.cells.modern.base import ModernGradients, ModernTrace
from rnn_core.equations.notation import symbols

Numbers = Mapping[str, NDArray[Any]]


def arrays_of_run(
    trace: AnyTrace | ModernTrace, grads: AnyGradients | ModernGradients | None = None
) -> dict[str, Array]:
    """Every array that the cell's equations name: values, weights, and their gradients where they are given."""
    found: dict[str, Array] = {}
    for name, symbol in symbols(trace.params).items():
        owner: Any = grads if symbol.of else trace
        weight = name.removeprefix("d") if symbol.of else name
        if owner is not None and symbol.first is None and weight in weight_names(trace.params):
            array = getattr(owner.params, weight)
        else:
            array = getattr(owner, name, None)
        if array is not None:
            found[name] = array
    return found


def as_npz(numbers: Numbers) -> bytes:
    """Exact to the last bit.

    >>> np.load(io.BytesIO(as_npz({"h": np.ones(2)})))["h"]
    array([1., 1.])
    """
    made = io.BytesIO()
    np.savez_compressed(made, allow_pickle=False, **dict(numbers))
    return made.getvalue()


def as_csv(numbers: Numbers) -> str:
    """The name of the array, the place of the number in it, counted from 0 as in NumPy, and the number in the shortest form that reads
    back exactly.

    >>> print(as_csv({"h": np.array([[0.5, 0.25]]), "loss": np.array(2.0)}))
    array,index_0,index_1,value
    h,0,0,0.5
    h,0,1,0.25
    loss,,,2.0
    <BLANKLINE>
    """
    width = max((values.ndim for values in numbers.values()), default=0)
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(["array", *(f"index_{axis}" for axis in range(width)), "value"])
    for name, values in numbers.items():
        rest = [""] * (width - values.ndim)
        writer.writerows(
            [name, *place, *rest, value]
            for place, value in zip(np.ndindex(values.shape), values.ravel().tolist(), strict=True)
        )
    return made.getvalue()
