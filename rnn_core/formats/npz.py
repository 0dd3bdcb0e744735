"""The arrays of an npz file of unknown origin: no pickle, and no more memory than its arrays need.

A zip archive of a few kilobytes can contain gigabytes. The header of every array is therefore read first, the caller
accepts or refuses the shapes, and only then is an array unpacked, up to the declared number of bytes.
"""

import io
import lzma
import math
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.errors import CoreError

MOST_ARRAYS = 64
LONGEST_HEADER = 4_096  # bytes of one array's header; NumPy writes 128
_MEMBER = b"PK\x01\x02"  # before each member's entry in the table of an archive
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the methods that NumPy writes; both can be unpacked in pieces
_TYPES = (np.dtype("<f8"), np.dtype("u1"))
_PROBLEMS = (  # of zipfile, zlib and NumPy with damaged files
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, TokenError, EOFError, NotImplementedError),
    RuntimeError,
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, SyntaxError, OSError, MemoryError),
)

Shape = tuple[int, ...]


def read_npz(data: bytes, most: int, check: Callable[[Mapping[str, Shape]], None]) -> dict[str, NDArray[Any]]:
    """Arrays of float64 or bytes by name, of at most `most` bytes in total. `check` may refuse their shapes."""
    try:
        if data.count(_MEMBER) > 2 * MOST_ARRAYS:  # zipfile would create an object for each
            raise ValueError(f"more than {MOST_ARRAYS} arrays")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, most)
            layouts = [_layout(archive, member) for member in members]
            names = [member.filename.removesuffix(".npy") for member in members]
            check(dict(zip(names, [layout.shape for layout in layouts], strict=True)))
            return {
                name: _array(archive, member, layout)
                for name, member, layout in zip(names, members, layouts, strict=True)
            }
    except CoreError:
        raise
    except _PROBLEMS as problem:
        raise CoreError("npz", f"{type(problem).__name__}: {problem}"[:200], "a file of arrays as npz") from None


def _check_members(members: list[zipfile.ZipInfo], most: int) -> None:
    if len(members) > MOST_ARRAYS or len({member.filename for member in members}) < len(members):
        raise ValueError(f"more than {MOST_ARRAYS} arrays, or two of one name")
    if sum(member.file_size for member in members) > most:
        raise CoreError("npz", "a larger file when unpacked", f"at most {most} bytes")
    if any(member.compress_type not in _METHODS for member in members):
        raise ValueError("a compression that NumPy does not write")


class _Layout:
    """The header of one array. The array's numbers fill the rest of the member exactly."""

    def __init__(self, head: bytes, size: int) -> None:
        file = io.BytesIO(head)
        version = np.lib.format.read_magic(file)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        self.shape, fortran, self.dtype = read(file)
        self.order: Any = "F" if fortran else "C"
        self.begins = file.tell()
        is_whole = min(self.shape, default=0) >= 0 and math.prod(self.shape) * self.dtype.itemsize == size - self.begins
        if self.dtype not in _TYPES or not is_whole:
            raise ValueError(f"an array of {self.dtype} and shape {self.shape} in {size} bytes")


def _layout(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> _Layout:
    with archive.open(member) as file:
        return _Layout(file.read(LONGEST_HEADER), member.file_size)


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo, layout: _Layout) -> NDArray[Any]:
    with archive.open(member) as file:
        file.read(layout.begins)
        array = np.frombuffer(file.read(member.file_size - layout.begins), layout.dtype)
        file.read(1)  # reads to the end, where zipfile compares the checksum
    return array.reshape(layout.shape, order=layout.order)
