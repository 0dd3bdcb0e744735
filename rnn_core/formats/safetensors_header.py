"""A safetensors file of unknown origin: every claim of its header is checked before anything is allocated.

8 bytes   the length of the header, little-endian
header    JSON: {"name": {"dtype": "F32", "shape": [3, 4], "data_offsets": [0, 48]}, ..., "__metadata__": {...}}
data      the arrays, one after another
"""

import json
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_core.arrays import Array
from rnn_core.errors import CoreError, shown

LARGEST = 64 * 2**20  # bytes of a file
LONGEST_HEADER = 2**20
MOST_TENSORS = 1_000
LONGEST_NAME = 200
ARGUMENT = "file"
BYTES = {"F16": 2, "BF16": 2, "F32": 4, "F64": 8}
_OTHERS = {
    "BOOL": 1,
    "I8": 1,
    "U8": 1,
    "I16": 2,
    "U16": 2,
    "I32": 4,
    "U32": 4,
    "I64": 8,
    "U64": 8,
}  # allowed, but not read
# How files of other kinds begin, and what they are.
_KINDS = {
    b"PK": "a zip archive, as torch.save writes it",
    b"\x80": "a Python pickle",
    b"\x89HDF": "an HDF5 file, as Keras writes it",
    b"\x1f\x8b": "a compressed file",
    b"\x93NUMPY": "an array of NumPy",
    b"GGUF": "a GGUF file",
}
REMEDY = "a safetensors file: safetensors.torch.save_file(model.state_dict(), 'model.safetensors')"


@dataclass(frozen=True)
class Tensor:
    dtype: str
    shape: tuple[int, ...]
    start: int  # of its bytes in the file
    end: int


def read_header(data: bytes) -> dict[str, Tensor]:
    """Every tensor of the file by name. The arrays themselves are not touched."""
    if not isinstance(data, bytes):
        raise CoreError(ARGUMENT, type(data).__name__, "bytes")
    if len(data) > LARGEST:
        raise CoreError(ARGUMENT, f"{len(data) / 2**20:.0f} MB", f"at most {LARGEST // 2**20} MB")
    if data[8:9] != b"{":  # the length of a header may begin like any of these kinds
        kind = next((kind for magic, kind in _KINDS.items() if data.startswith(magic)), "a file of another kind")
        raise CoreError(ARGUMENT, kind if data else "an empty file", REMEDY)
    length = int.from_bytes(data[:8], "little")
    if length > min(LONGEST_HEADER, len(data) - 8):
        raise CoreError(ARGUMENT, "a header that is longer than the file, or than 1 MB", REMEDY)
    try:
        header = json.loads(data[8 : 8 + length], object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, CoreError) else "a header that is not JSON"
        raise error if isinstance(error, CoreError) else CoreError(ARGUMENT, reason, REMEDY) from None
    if not isinstance(header, dict):
        raise CoreError(ARGUMENT, "a header without names", REMEDY)
    header.pop("__metadata__", None)
    if not 1 <= len(header) <= MOST_TENSORS:
        raise CoreError(ARGUMENT, f"{len(header)} tensors", f"1 to {MOST_TENSORS} tensors")
    tensors = {name: _tensor(name, about, 8 + length, len(data)) for name, about in header.items()}
    _check_places(tensors, 8 + length, len(data))
    return tensors


def read_tensor(data: bytes, tensor: Tensor) -> Array:
    """A tensor of floating-point numbers in float64."""
    raw = data[tensor.start : tensor.end]
    if tensor.dtype == "BF16":  # the upper half of a float32
        wide = (np.frombuffer(raw, "<u2").astype(np.uint32) << 16).view(np.float32)
        return wide.astype(np.float64).reshape(tensor.shape)
    kind = {"F16": "<f2", "F32": "<f4", "F64": "<f8"}[tensor.dtype]
    return np.frombuffer(raw, kind).astype(np.float64).reshape(tensor.shape)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CoreError(ARGUMENT, "a header with one name twice", "every name once")
    return found


def _tensor(name: str, about: object, first: int, size: int) -> Tensor:
    argument = f"{ARGUMENT}: {shown(name[:LONGEST_NAME])}"
    if len(name) > LONGEST_NAME:
        raise CoreError(argument, f"a name of {len(name)} characters", f"at most {LONGEST_NAME}")
    if not isinstance(about, dict):
        raise CoreError(argument, shown(about), "a dtype, a shape and its place in the file")
    dtype, shape, place = about.get("dtype"), _counts(about.get("shape")), _counts(about.get("data_offsets"))
    bytes_each = (BYTES | _OTHERS).get(dtype) if isinstance(dtype, str) else None
    if bytes_each is None or not isinstance(dtype, str):
        raise CoreError(argument, f"dtype {shown(dtype)}", "one of " + ", ".join(BYTES))
    if shape is None or len(shape) > 8:
        raise CoreError(argument, f"shape {shown(about.get('shape'))}", "a few sizes from 0")
    if place is None or len(place) != 2:
        raise CoreError(argument, f"place {shown(about.get('data_offsets'))}", "two places in the file")
    needed = math.prod(shape) * bytes_each
    if place[1] - place[0] != needed:
        raise CoreError(argument, f"{place[1] - place[0]} bytes", f"{needed} bytes for shape {shown(shape)}")
    if first + place[1] > size:
        raise CoreError(argument, f"a file of {size} bytes", f"{first + place[1]} bytes, as its header says")
    return Tensor(dtype, shape, first + place[0], first + place[1])


def _counts(values: object) -> tuple[int, ...] | None:
    """The values, if they are a list of integers from 0."""
    if isinstance(values, list) and all(type(each) is int and 0 <= each <= 2**40 for each in values):
        return tuple(values)
    return None


def _check_places(tensors: dict[str, Tensor], first: int, size: int) -> None:
    """The arrays lie one after another, without gaps and without sharing bytes."""
    at = first
    for name, tensor in sorted(tensors.items(), key=lambda item: (item[1].start, item[1].end)):
        if tensor.start != at:
            raise CoreError(
                f"{ARGUMENT}: {shown(name)}", "a place that another tensor has, or a gap before it", "one after another"
            )
        at = tensor.end
    if at != size:
        raise CoreError(
            ARGUMENT, f"{size - at} bytes behind the last tensor", "a whole file, which ends with its last tensor"
        )
