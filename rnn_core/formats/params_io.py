"""Parameters as safetensors files, under torch's names: torch, NumPy and anyone else can open them.

The file's metadata names the cell and its form, so that `load_params` returns the saved parameters exactly. A file with
torch's own `state_dict` has no such metadata: pass `cell=` (and its options) instead.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from rnn_core.arrays import Cell
from rnn_core.cells import Params
from rnn_core.errors import CoreError, check_kind, check_option, read_file, write_file
from rnn_core.formats.torch_names import stack_from_named, stack_to_named
from rnn_core.params.build import FORMS, check_form, form_of
from rnn_core.passes.layers import StackParams

MAX_FILE_BYTES = 2**28
LONGEST_HEADER = 2**20  # bytes, which limits the number of empty tensors in a file
_KEY = "unrolled"  # our entry in the metadata


def params_to_bytes(params: Params | StackParams) -> bytes:
    """The contents of a safetensors file."""
    stack = params if isinstance(params, StackParams) else StackParams((params,))
    named = {name: np.ascontiguousarray(weight) for name, weight in stack_to_named(stack).items()}
    about = {"version": 1, "cell": stack.cell, **form_of(stack.forward[0])}
    return save(named, metadata={_KEY: json.dumps(about)})


def params_from_bytes(data: bytes, cell: Cell | None = None, **form: Any) -> Params | StackParams:
    """One cell, or a stack if the file contains more than one."""
    check_kind("data", data, bytes)
    if len(data) > MAX_FILE_BYTES:
        raise CoreError("data", f"{len(data)} bytes", f"at most {MAX_FILE_BYTES}")
    if int.from_bytes(data[:8], "little") > LONGEST_HEADER:
        raise CoreError("data", "a header of more bytes, or no header", f"a header of at most {LONGEST_HEADER} bytes")
    try:
        named = load(data)
        about = json.loads(_metadata(data).get(_KEY, "{}"))
    except (SafetensorError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        given = f"{type(error).__name__}: {error}"
        raise CoreError("data", given, "a safetensors file of floating-point arrays") from None
    if cell is None:
        if not isinstance(about, dict) or about.get("version") != 1:
            raise CoreError("cell", None, "the name of the cell: this file does not say what it holds")
        cell = about.pop("cell", None)
        form = {name: value for name, value in about.items() if name != "version"}
    check_option("cell", cell, FORMS)
    stack = stack_from_named(named, cell, check_form(cell, form))
    return stack.forward[0] if len(stack.rows) == 1 else stack


def save_params(path: Path | str, params: Params | StackParams) -> None:
    write_file(path, params_to_bytes(params))


def load_params(path: Path | str, cell: Cell | None = None, **form: Any) -> Params | StackParams:
    """The parameters that `save_params` wrote; for a file without metadata, those of `cell` with these options."""
    return params_from_bytes(read_file(path, MAX_FILE_BYTES), cell, **form)


def _metadata(data: bytes) -> dict[str, str]:
    """The metadata, which safetensors' `load` checks but does not return: 8 bytes of length, and then the header as JSON."""
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return dict(header.get("__metadata__") or {})
