"""A run as one file: safetensors, with the settings as JSON in its header. Nothing in it can be executed.

    tensors   network.<name>, optimiser.<name>.<moment>     the state, float32: training continues from it exactly
              best.<name>                                   the weights of an earlier step that were best on validation
              curve.<name>                                  the curves, float32, at most a few thousand points
    header    {"unrolled": JSON of {"version", "settings", "step", "best_loss", "best_step", "ending"}}

A file is checked before it is used: its size, its kind, its header, and every tensor's name, shape and values against
its settings.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from rnn_core.errors import CoreError, check_integer, check_number, check_option, shown
from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import BEST, Ending, Reason, RunState
from rnn_core.learn.state_tensors import state_shapes

Curves = Mapping[str, NDArray[np.float32]]
Kinds = Mapping[str, Callable[[object], TrainingSettings]]  # the function that reads the settings, by the kind of run

VERSION = 1
LARGEST = 32 * 2**20  # bytes
LONGEST_HEADER = 2 * 2**20
LONGEST_CURVE = 20_000
ARGUMENT = "run file"
DAMAGED, NOT_OPENED = "a damaged file", "which was not opened"  # parts of messages that pages recognise
OTHER_KIND = f"{ARGUMENT}: kind"
PROGRAMS = {b"PK": "a zip archive or a torch.save file", b"\x80": "a Python pickle", b"\x89HDF": "an HDF5 file"}


def save(state: RunState, curves: Curves | None = None) -> bytes:
    about = {
        "version": VERSION,
        "settings": state.settings.to_plain(),
        "step": state.step,
        "best_loss": None if math.isinf(state.best_loss) else state.best_loss,
        "best_step": state.best_step,
        "ending": None if state.ending is None else asdict(state.ending),
    }
    tensors = load_tensors(state.tensors)
    for name, values in (curves or {}).items():
        tensors[f"curve.{name}"] = np.ascontiguousarray(values, np.float32)
    return save_tensors(tensors, {"unrolled": json.dumps(about)})


def load(data: bytes, kinds: Kinds) -> tuple[RunState, dict[str, NDArray[np.float32]]]:
    """The state and the curves of a saved run of one of `kinds`; any other file raises a CoreError."""
    about = _header(data)
    try:
        tensors = load_tensors(data)
    except (SafetensorError, KeyError, TypeError, ValueError) as problem:
        raise CoreError(ARGUMENT, f"{DAMAGED} ({problem})", "a whole file, as this app saved it") from None
    settings, step, best_loss, best_step, ending = _about(about, kinds)
    curves = {name.removeprefix("curve."): tensors.pop(name) for name in list(tensors) if name.startswith("curve.")}
    _check_tensors(tensors, settings, step if ending is None else None, best_step < step)
    _check_curves(curves, settings.budget)
    return RunState(settings, step, save_tensors(tensors), best_loss, best_step, ending), curves


def _header(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise CoreError(ARGUMENT, f"{len(data) / 2**20:.0f} MB", f"at most {LARGEST // 2**20} MB")
    for magic, kind in PROGRAMS.items():
        if (
            data.startswith(magic) and data[8:9] != b"{"
        ):  # the first byte of a header's length may equal that of a magic number
            raise CoreError(ARGUMENT, f"{kind}, {NOT_OPENED}", "a run saved by this app, which never holds a program")
    length = int.from_bytes(data[:8], "little")
    foreign = CoreError(ARGUMENT, "a file of another kind", "a run saved by this app (safetensors)")
    if len(data) < 8 or length > min(LONGEST_HEADER, len(data) - 8):
        raise foreign
    try:
        header = json.loads(data[8 : 8 + length])
        about = json.loads(header["__metadata__"]["unrolled"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise foreign from None
    if not isinstance(about, dict):
        raise foreign
    if about.get("version") != VERSION:
        raise CoreError(ARGUMENT, f"version {shown(about.get('version'))}", f"version {VERSION}")
    return about


def _about(about: dict[str, Any], kinds: Kinds) -> tuple[TrainingSettings, int, float, int, Ending | None]:
    settings = _settings(about.get("settings"), kinds)
    step = check_integer(f"{ARGUMENT}: step", about.get("step"), 0, settings.budget)
    best_step = check_integer(f"{ARGUMENT}: best_step", about.get("best_step"), 0, step)
    best = about.get("best_loss")
    best_loss = math.inf if best is None else check_number(f"{ARGUMENT}: best_loss", best, -1e38, 1e38)
    given = about.get("ending")
    if given is None:
        return settings, step, best_loss, best_step, None
    if not isinstance(given, dict) or given.keys() != {"reason", "step", "what"}:
        raise CoreError(f"{ARGUMENT}: ending", shown(given), "reason, step and what")
    check_option(f"{ARGUMENT}: ending", given["reason"], get_args(Reason))
    check_option(f"{ARGUMENT}: ending", given["what"], ("", "loss", "gradient", "weights"))
    ending = Ending(given["reason"], check_integer(f"{ARGUMENT}: ending", given["step"], 0, step), given["what"])
    return settings, step, best_loss, best_step, ending


def _settings(given: object, kinds: Kinds) -> TrainingSettings:
    """A file without a kind is a run of the lab."""
    if not isinstance(given, dict):
        raise CoreError(f"{ARGUMENT}: settings", type(given).__name__, "an object with options")
    kind = given.get("kind", "lab")
    check_option(OTHER_KIND, kind, tuple(kinds))
    return kinds[kind]({name: value for name, value in given.items() if name != "kind"})


def _check_curves(curves: Curves, budget: int) -> None:
    """Losses and norms of a run that diverges may be infinite, but steps may not."""
    for name, values in curves.items():
        argument = f"{ARGUMENT}: curve {name!r}"
        if values.dtype != np.float32 or values.ndim != 1 or len(values) > LONGEST_CURVE:
            raise CoreError(argument, f"{values.dtype} of shape {values.shape}", "float32 in one row")
        if name.endswith("/step"):
            in_range = bool(np.all((values >= 0) & (values <= budget)))  # NaN is not
            if not in_range or np.any(np.diff(values) < 0):
                raise CoreError(argument, "other numbers", f"steps from 0 to {budget}, in order")


def _check_tensors(tensors: Curves, settings: TrainingSettings, step: int | None, may_have_best: bool) -> None:
    """A run that has ended (no step) may lack the optimiser's state. Any run may lack the weights of its best step."""
    wanted = state_shapes(settings, step or 0)
    if step is None and any(name.startswith("optimiser.") for name in tensors):
        wanted = state_shapes(settings, 1)
    if may_have_best and any(name.startswith(BEST) for name in tensors):
        wanted |= {f"{BEST}{name}": shape for name, shape in settings.network_shapes().items()}
    if tensors.keys() != wanted.keys():
        name = min(tensors.keys() ^ wanted.keys())
        raise CoreError(
            ARGUMENT,
            f"{'no' if name in wanted else 'an unknown'} tensor {name!r}",
            "the tensors that its settings ask for",
        )
    for name, shape in wanted.items():
        values = tensors[name]
        if values.dtype != np.float32 or values.shape != shape:
            raise CoreError(
                f"{ARGUMENT}: {name}", f"{values.dtype} of shape {values.shape}", f"float32 of shape {shape}"
            )
        if not np.isfinite(values).all():
            raise CoreError(f"{ARGUMENT}: {name}", "NaN or infinity", "finite numbers")
