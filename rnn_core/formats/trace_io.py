"""A run as a file, and back: CSV for spreadsheets, JSON for other programs, NPZ for speed. Each is exact to the last bit
(only the sign of a nan, which means nothing, is not kept by the two that are text).

A file holds everything: the weights, the input, every value of every step, and the interventions. Nothing in it is code,
and a file that does not fit together, number by number, is refused with a `CoreError`.

CSV, one number a row: `name,step,unit,value`. A step is that of the equations: x_1 and the values made from it have
step 1, the given state h_0 has step 0. Units count from 0. Weights are named `params.W_xf`, with their row as the step
and their column as the unit; a bias has its index as the unit. The first row holds what is not a number: its name is
JSON that says which cell this is.

JSON: {"format", "version", "cell", "form", "interventions", "arrays": {name: nested lists}}, and the numbers that JSON
does not have are the strings "NaN", "Infinity" and "-Infinity".

NPZ: one array a name, and `about`, the bytes of the JSON that the CSV has in its first row.
"""

import csv
import io
import json
import math
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.cells import AnyTrace
from rnn_core.errors import CoreError, check_kind, check_option, read_file, write_file
from rnn_core.formats.trace_arrays import about, arrays, put_together

MAX_FILE_BYTES = 2**29
_HEADER = ["name", "step", "unit", "value"]
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
    columns: dict[str, tuple[list[int], list[int], list[float]]] = {}
    try:
        rows = csv.reader(io.StringIO(text), strict=True)
        if next(rows, None) != _HEADER:
            raise CoreError("csv", text[:80], "the columns " + ",".join(_HEADER))
        words = json.loads(next(rows, [""])[0])
        for name, step, unit, value in rows:
            steps, units, values = columns.setdefault(name, ([], [], []))
            steps.append(int(step))
            units.append(int(unit))
            values.append(float(value))
        found = {name: _from_columns(name, *column) for name, column in columns.items()}
    except CoreError:  # a ValueError too, and already told
        raise
    except (csv.Error, ValueError, OverflowError, RecursionError) as error:
        raise _unreadable("csv", error) from None
    return put_together(words, found)


def _from_columns(name: str, steps: list[int], units: list[int], values: list[float]) -> NDArray[np.float64]:
    """The array whose every place is told once, in any order."""
    rows, columns = np.array(steps, dtype=np.int64) - _first_step(name), np.array(units, dtype=np.int64)
    shape = int(rows.max()) + 1, int(columns.max()) + 1
    complete = min(rows.min(), columns.min()) == 0 and shape[0] * shape[1] == len(values)
    if not complete or len(set(zip(steps, units, strict=True))) < len(values):
        raise CoreError(name, f"{len(values)} values up to {shape}", "every step and unit once")
    array = np.empty(shape)
    array[rows, columns] = values
    return array[0] if name.startswith(("params.b_", "params.w_")) and shape[0] == 1 else array


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

    try:
        words = json.loads(text, parse_constant=_refuse)
        nested = words.pop("arrays")
        found = {name: np.array(number(rows)) for name, rows in nested.items()}
    except (ValueError, OverflowError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable("json", error) from None
    return put_together(words, found)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def trace_to_npz(trace: AnyTrace) -> bytes:
    stored: dict[str, Any] = {name: np.ascontiguousarray(array) for name, array in arrays(trace).items()}
    file = io.BytesIO()
    np.savez_compressed(file, about=np.frombuffer(json.dumps(about(trace)).encode(), dtype=np.uint8), **stored)
    return file.getvalue()


def trace_from_npz(data: bytes) -> AnyTrace:
    check_kind("npz", data, bytes)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_FILE_BYTES:
                raise CoreError("npz", "a larger file when unpacked", f"at most {MAX_FILE_BYTES} bytes")
            found = {member.filename.removesuffix(".npy"): _from_npy(archive.read(member)) for member in members}
        words = json.loads(found.pop("about").tobytes())
    except CoreError:
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise _unreadable("npz", error) from None
    return put_together(words, found)


def _from_npy(data: bytes) -> NDArray[Any]:
    """One array; never a pickle, and never more memory than the file has bytes, whatever its header says."""
    file = io.BytesIO(data)
    version = np.lib.format.read_magic(file)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran, dtype = read(file)
    if dtype not in (np.dtype("<f8"), np.dtype("u1")) or math.prod(shape) * dtype.itemsize != len(data) - file.tell():
        raise ValueError(f"an array of {dtype} and shape {shape} in {len(data)} bytes")
    return np.frombuffer(data, dtype, offset=file.tell()).reshape(shape, order="F" if fortran else "C").copy()


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
    """As CSV, JSON or NPZ, by the end of the name."""
    write_file(path, _WRITERS[_end(path)](trace))


def load_trace(path: Path | str) -> AnyTrace:
    return _READERS[_end(path)](read_file(path, MAX_FILE_BYTES))


def _end(path: Path | str) -> str:
    check_kind("path", path, Path | str)
    check_option("path: its end", Path(path).suffix, _WRITERS)
    return Path(path).suffix


def _text(kind: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")  # a spreadsheet may have put its mark in front
    except UnicodeDecodeError as error:
        raise _unreadable(kind, error) from None
