"""A run as a file, and back: CSV for spreadsheets, JSON for other programs, NPZ for speed. Each is exact to the last bit
(except that the two text formats lose the sign of a nan, which has no meaning).

A file contains the whole run: the weights, the input, every value of every step, and the interventions. It contains no
code, and a file with inconsistent numbers is refused with a `CoreError`.

CSV, one number a row: `name,step,unit,value`. Steps are those of the equations: x_1 and the values that depend on it have
step 1, the given state h_0 has step 0. Units count from 0. Weights are named `params.W_xf`, with their row as the step
and their column as the unit; a bias has its index as the unit. The first row is the description: its name is
JSON that names the cell.

JSON: {"format", "version", "cell", "form", "interventions", "arrays": {name: nested lists}}, and the numbers that JSON
lacks are the strings "NaN", "Infinity" and "-Infinity".

NPZ: one array per name, and `about`, the bytes of the JSON that the CSV has in its first row.
"""

import csv
import io
import json
import math
from array import array as compact
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.cells import AnyTrace
from rnn_core.errors import (
    MAX_SIZE,
    CoreError,
    check_integer,
    check_kind,
    check_option,
    check_steps,
    read_file,
    write_file,
)
from rnn_core.formats.npz import MOST_ARRAYS, read_npz
from rnn_core.formats.trace_arrays import about, arrays, trace_from

MAX_FILE_BYTES = 2**29
LONGEST_ABOUT = 2**20  # bytes
MOST_LISTS = (
    2**21
)  # one list per step and array: an LSTM has fewer than twenty arrays of at most a hundred thousand steps
_HEADER = ["name", "step", "unit", "value"]
Whole = NDArray[np.int64]
_WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def _first_step(name: str) -> int:
    return 1 if name not in ("hs", "cs") and not name.startswith("params.") else 0


def trace_to_csv(trace: AnyTrace) -> str:
    lines = [",".join(_HEADER), '"' + json.dumps(about(trace)).replace('"', '""') + '",0,0,0']
    for name, array in arrays(trace).items():
        for step, row in enumerate(np.atleast_2d(array).tolist(), _first_step(name)):
            lines.extend(f"{name},{step},{unit},{value!r}" for unit, value in enumerate(row))
    return "\n".join(lines) + "\n"


def trace_from_csv(text: str) -> AnyTrace:
    check_kind("csv", text, str)
    _check_length("csv", text)
    columns: dict[str, tuple[compact[int], compact[int], compact[float]]] = {}
    try:
        rows = csv.reader(_lines(text), strict=True)
        if next(rows, None) != _HEADER:
            raise CoreError("csv", text[:80], "the columns " + ",".join(_HEADER))
        words = json.loads((next(rows, None) or [""])[0])
        for name, step, unit, value in rows:
            if name not in columns and len(columns) == MOST_ARRAYS:
                raise CoreError("csv", "more names", f"at most {MOST_ARRAYS} names")
            steps, units, values = columns.setdefault(name, (compact("q"), compact("q"), compact("d")))
            steps.append(int(step))
            units.append(int(unit))
            values.append(float(value))
        found = {
            name: _from_columns(name, np.array(steps, np.int64), np.array(units, np.int64), np.array(values))
            for name, (steps, units, values) in columns.items()
        }
    except CoreError:  # also a ValueError, which already has its message
        raise
    except (csv.Error, ValueError, OverflowError, RecursionError) as error:
        raise _unreadable("csv", error) from None
    return trace_from(words, found)


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _from_columns(name: str, steps: Whole, units: Whole, values: Array) -> Array:
    """The array of these values. Every index must occur once; the order does not matter."""
    rows, columns = steps - _first_step(name), units
    shape = int(rows.max()) + 1, int(columns.max()) + 1
    is_whole = min(rows.min(), columns.min()) == 0 and shape[0] * shape[1] == len(values)
    if not is_whole or np.bincount(rows * shape[1] + columns).max() > 1:
        raise CoreError(name, f"{len(values)} values up to {shape}", "every step and unit once")
    found = np.empty(shape)
    found[rows, columns] = values
    return found[0] if name.startswith(("params.b_", "params.w_")) and shape[0] == 1 else found


def trace_to_json(trace: AnyTrace) -> str:
    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(each) for each in value]
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"

    nested = {name: plain(array.tolist()) for name, array in arrays(trace).items()}
    return json.dumps({**about(trace), "arrays": nested}, allow_nan=False)


def trace_from_json(text: str) -> AnyTrace:
    def number(value: Any) -> Any:
        if isinstance(value, list):
            return [number(each) for each in value]
        if isinstance(value, str):
            return _WORDS[value]
        return value

    check_kind("json", text, str)
    _check_length("json", text)
    try:
        words = json.loads(text, parse_constant=_refuse)
        nested = words.pop("arrays")
        found = {name: np.array(number(rows)) for name, rows in nested.items()}
    except (ValueError, OverflowError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable("json", error) from None
    return trace_from(words, found)


def _check_length(kind: str, text: str) -> None:
    """Limits the length, because an empty list of two characters takes thirty times as much memory."""
    if len(text) > MAX_FILE_BYTES or text.count("[") + text.count("{") > MOST_LISTS:
        raise CoreError(kind, f"{len(text)} characters", f"a trace of at most {MOST_LISTS} lists")


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def trace_to_npz(trace: AnyTrace) -> bytes:
    stored: dict[str, Any] = {name: np.ascontiguousarray(array) for name, array in arrays(trace).items()}
    file = io.BytesIO()
    np.savez_compressed(file, about=np.frombuffer(json.dumps(about(trace)).encode(), dtype=np.uint8), **stored)
    return file.getvalue()


def trace_from_npz(data: bytes) -> AnyTrace:
    check_kind("npz", data, bytes)
    found = read_npz(data, MAX_FILE_BYTES, _check_shapes)
    try:
        words = json.loads(found.pop("about").tobytes())
    except (ValueError, KeyError, RecursionError) as error:
        raise _unreadable("npz", error) from None
    return trace_from(words, found)


def _check_shapes(shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Checks before unpacking that no array is larger than a run of this length and these sizes can have."""
    (T, X), (_, H) = (shapes[name] if len(shapes.get(name, ())) == 2 else (0, 0) for name in ("xs", "hs"))
    check_integer("hs: hidden size", H, 1, MAX_SIZE)
    check_integer("xs: input size", X, 1, MAX_SIZE)
    check_steps(T, max(X, H))
    for name, shape in shapes.items():
        most = LONGEST_ABOUT if name == "about" else max(T + 1, H) * max(X, H)
        check_integer(f"{name}: its size", math.prod(shape), 0, most)


def _unreadable(kind: str, error: Exception) -> CoreError:
    return CoreError(kind, f"{type(error).__name__}: {error}"[:200], f"a trace as {kind}")


_WRITERS: dict[str, Callable[[AnyTrace], bytes]] = {
    ".csv": lambda trace: trace_to_csv(trace).encode(),
    ".json": lambda trace: trace_to_json(trace).encode(),
    ".npz": trace_to_npz,
}
_READERS: dict[str, Callable[[bytes], AnyTrace]] = {
    ".csv": lambda data: trace_from_csv(_text("csv", data)),
    ".json": lambda data: trace_from_json(_text("json", data)),
    ".npz": trace_from_npz,
}


def save_trace(path: Path | str, trace: AnyTrace) -> None:
    """Write the trace as CSV, JSON or NPZ; the file name's extension decides."""
    write_file(path, _WRITERS[_end(path)](trace))


def load_trace(path: Path | str) -> AnyTrace:
    return _READERS[_end(path)](read_file(path, MAX_FILE_BYTES))


def _end(path: Path | str) -> str:
    check_kind("path", path, Path | str)
    check_option("path: its end", Path(path).suffix, _WRITERS)
    return Path(path).suffix


def _text(kind: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")  # a spreadsheet may have written a byte-order mark
    except UnicodeDecodeError as error:
        raise _unreadable(kind, error) from None
