"""What a reader has set on a cell page: one frozen value, which is the cache key, the link and the saved file. No Streamlit."""

import base64
import json
import re
import struct
import zlib
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import NamedTuple, cast

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Activation, Array, Cell, weight_names
from rnn_core.cells import Params
from rnn_core.cells.gru import Reset
from rnn_core.cells.lstm import LSTMVariant
from rnn_core.errors import MAX_SIZE, check_integer, check_kind, check_number, check_option
from rnn_core.params import presets
from rnn_core.params.build import check_form, form_of, make_params, shapes_of, weights_of
from rnn_core.params.init import SCHEMES, Options, Scheme
from rnn_core.params.presets import PRESETS
from ui.i18n import _

MAX_STEPS, MAX_UNITS, MAX_INPUTS = 200, 8, 8  # what the diagram can draw
RANDOM = "random"
SIGNALS = ("preset", "pulse", "wave", "noise", "constant", "typed", "drawn")
LARGEST_NUMBER = 1e6
LARGEST_SEED = 9999
LARGEST_FILE = 200_000  # characters of a saved view; 8 units with 8 inputs and 200 steps, all given, need 100,000
_LONGEST_LINK = 20_000  # characters of packed edits; 8 units with 8 inputs, every weight edited, need 8,000
_EDIT = struct.Struct("<BHd")  # which field, which entry, the value


class MainDial(NamedTuple):
    """The one setting of a cell that its page's main dial turns, for all units at once."""

    key: str  # in the session and in the link
    weights: str  # field of the parameters
    multiplies: bool  # whether it multiplies the weights; otherwise it adds to them
    low: float
    high: float


MAIN_DIALS: dict[Cell, MainDial] = {
    "rnn": MainDial("gain", "W_hh", True, 0.0, 2.0),
    "lstm": MainDial("bias", "b_f", False, -12.0, 12.0),
    "gru": MainDial("bias", "b_z", False, -12.0, 12.0),
}


@dataclass(frozen=True)
class Edit:
    """One weight that the visitor has changed."""

    name: str  # field of the parameters, for example "W_xf"
    entry: int  # index into the flattened array
    value: float


@dataclass(frozen=True)
class CellSetup:
    cell: Cell
    preset: str = RANDOM
    hidden_size: int = 3
    input_size: int = 1
    steps: int = 40
    seed: int = 0
    scheme: str = "torch"
    form: str = ""  # rnn: activation; lstm: variant; gru: "<reset>-<keeps|writes>"; "": the preset's own
    signal: str = "preset"  # "preset": made for the preset, or a wave
    numbers: tuple[tuple[float, ...], ...] = ()  # (T, X) when the signal is typed or drawn
    edits: tuple[Edit, ...] = ()
    main: float | None = None  # where the main dial stands; None: at the weights' own value


class SetupProblem(ValueError):
    """A link, a file or a typed text that cannot be used; the message is for the reader."""


def _options(setup: CellSetup) -> Options:
    """The reader's choice of form as the core's options; none where the form is left to the preset."""
    if not setup.form:
        return {}
    if setup.cell == "gru":
        reset, z = setup.form.split("-")
        return {"reset": cast(Reset, reset), "z_keeps": {"keeps": True, "writes": False}[z]}
    if setup.cell == "lstm":
        return {"variant": cast(LSTMVariant, setup.form)}
    return {"activation": cast(Activation, setup.form)}


def _in_form(params: Params, options: Options) -> Params:
    """The same weights in another form of the cell: what the form lacks goes, what it has more is zero."""
    form = check_form(params.cell, {**form_of(params), **options})
    shapes = shapes_of(params.cell, params.input_size, params.hidden_size, form)
    weights = weights_of(params)
    return make_params(params.cell, {name: weights.get(name, np.zeros(shape)) for name, shape in shapes.items()}, form)


def base_params(setup: CellSetup) -> Params:
    """The weights before the reader's own edits."""
    if setup.preset != RANDOM:
        return _in_form(PRESETS[setup.cell][setup.preset].params, _options(setup))
    scheme = cast(Scheme, setup.scheme)
    return rc.init_params(
        setup.cell, setup.input_size, setup.hidden_size, seed=setup.seed, scheme=scheme, **_options(setup)
    )


@lru_cache(maxsize=256)
def main_dial_rest(setup: CellSetup) -> float | None:
    """Where the main dial stands for the weights as they are; None where the cell has no such weights, or the reader has set them."""
    main, params = MAIN_DIALS[setup.cell], base_params(setup)
    if main.weights not in weight_names(params) or any(edit.name == main.weights for edit in setup.edits):
        return None
    if main.multiplies:
        return 1.0
    return 0.0 if setup.preset == RANDOM else round(float(getattr(params, main.weights).mean()), 1)


def _with_main_dial(params: Params, setup: CellSetup) -> Params:
    main, rest = MAIN_DIALS[setup.cell], main_dial_rest(setup)
    if setup.main is None or rest is None:
        return params
    weights = getattr(params, main.weights)
    turned = weights * setup.main if main.multiplies else weights + (setup.main - rest)
    return replace(params, **{main.weights: turned})


def params_of(setup: CellSetup) -> Params:
    params = _with_main_dial(base_params(setup), setup)
    for edit in setup.edits:
        array = getattr(params, edit.name).copy()
        array.flat[edit.entry] = edit.value
        params = replace(params, **{edit.name: array})
    return params


def input_size(setup: CellSetup) -> int:
    if setup.preset == RANDOM:
        return setup.input_size
    return PRESETS[setup.cell][setup.preset].params.input_size


def inputs_of(setup: CellSetup) -> Array:
    """The sequence to read, (T, X)."""
    width = input_size(setup)
    if setup.signal in ("typed", "drawn") and setup.numbers:
        return np.array(setup.numbers, dtype=np.float64)
    if setup.signal == "preset" and setup.preset != RANDOM:
        return PRESETS[setup.cell][setup.preset].inputs(setup.steps)
    if setup.signal == "noise":
        return presets.noise(setup.steps, width, setup.seed)
    make = {"pulse": presets.pulse, "constant": presets.constant}.get(setup.signal, presets.wave)
    return make(setup.steps, width)


def edits_between(base: Params, edited: Params) -> tuple[Edit, ...]:
    return tuple(
        Edit(name, int(entry), float(getattr(edited, name).flat[entry]))
        for name in weight_names(base)
        for entry in np.flatnonzero(getattr(base, name) != getattr(edited, name))
    )


def pack_edits(setup: CellSetup) -> str:
    """Edits as short text for a link."""
    names = weight_names(base_params(setup))
    raw = b"".join(_EDIT.pack(names.index(edit.name), edit.entry, edit.value) for edit in setup.edits)
    return base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=") if raw else ""


def unpack_edits(text: str, setup: CellSetup) -> tuple[Edit, ...]:
    """Edits from a link's text; SetupProblem when it is broken, hostile, or made for other sizes."""
    if not text:
        return ()
    broken = SetupProblem(_("The weights in this link cannot be read, so the page shows the weights without them."))
    if len(text) > _LONGEST_LINK:
        raise broken
    params = base_params(setup)
    names = weight_names(params)
    largest = sum(getattr(params, name).size for name in names) * _EDIT.size
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
        unzip = zlib.decompressobj()
        raw = unzip.decompress(packed, largest + 1)
    except (ValueError, zlib.error) as error:
        raise broken from error
    if not raw or not unzip.eof or len(raw) > largest or len(raw) % _EDIT.size:
        raise broken
    edits = []
    for field, entry, value in _EDIT.iter_unpack(raw):
        if field >= len(names) or entry >= getattr(params, names[field]).size or not abs(value) <= LARGEST_NUMBER:
            raise broken
        edits.append(Edit(names[field], entry, value))
    return tuple(edits)


def parse_numbers(text: str, width: int, *, most: int = MAX_STEPS) -> tuple[tuple[float, ...], ...]:
    """Typed or pasted numbers: commas, semicolons, spaces or new lines between them, `width` numbers a step."""
    words = re.split(r"[\s,;，；、]+", text.strip(" \t\r\n,;，；、"))
    if words == [""]:
        raise SetupProblem(_("Type at least one number, for example 0.5, -1, 2."))
    numbers = []
    for word in words[: most * width + 1]:
        try:
            number = float(word)
        except ValueError:
            raise SetupProblem(
                _("“{word}” is not a number. Use numbers such as 0.5, -1 or 2e-3.").format(word=word[:20])
            ) from None
        if not abs(number) <= LARGEST_NUMBER:
            raise SetupProblem(
                _("“{word}” cannot be used: numbers go from -1,000,000 to 1,000,000.").format(word=word[:20])
            )
        numbers.append(number)
    if len(words) > most * width:
        raise SetupProblem(
            _("{given} numbers are too many: the diagram takes {most} steps of {width}.").format(
                given=f"{len(words):,}", most=most, width=width
            )
        )
    if len(numbers) % width:
        raise SetupProblem(
            _("{given} numbers do not fill whole steps: each step takes {width}.").format(
                given=len(numbers), width=width
            )
        )
    return tuple(tuple(numbers[at : at + width]) for at in range(0, len(numbers), width))


def to_file(setup: CellSetup) -> str:
    return json.dumps({"unrolled": 1, **asdict(setup)}, indent=1)


def _saved_edit(name: object, entry: object, value: object) -> Edit:
    check_kind("name", name, str)
    return Edit(str(name), check_integer("entry", entry, 0, MAX_SIZE**2), _saved_number(value))


def _saved_number(value: object) -> float:
    return check_number("value", value, -LARGEST_NUMBER, LARGEST_NUMBER)


def from_file(text: str, cell: Cell) -> CellSetup:
    """A saved view, checked field by field; SetupProblem when it is not one of ours."""
    foreign = SetupProblem(_("This file is not a saved view of this page."))
    if len(text) > LARGEST_FILE:
        raise foreign
    try:
        content = json.loads(text)
        if content.pop("unrolled") != 1 or content["cell"] != cell:
            raise foreign
        edits = tuple(_saved_edit(**edit) for edit in content.pop("edits"))
        numbers = tuple(tuple(_saved_number(value) for value in row) for row in content.pop("numbers"))
        setup = CellSetup(**content, numbers=numbers, edits=())
        check_integer("seed", setup.seed, 0, LARGEST_SEED)
        check_option("scheme", setup.scheme, SCHEMES)
        check_kind("form", setup.form, str)
        if setup.main is not None:
            check_number("main", setup.main, MAIN_DIALS[cell].low, MAIN_DIALS[cell].high)
        sizes = (setup.hidden_size, MAX_UNITS), (setup.input_size, MAX_INPUTS), (setup.steps, MAX_STEPS)
        sizes_fit = all(type(size) is int and 1 <= size <= most for size, most in sizes) and len(numbers) <= MAX_STEPS
        if not sizes_fit or setup.signal not in SIGNALS:
            raise foreign
        params = base_params(setup)
        sizes_by_name = {name: getattr(params, name).size for name in weight_names(params)}
        edits_fit = len(edits) <= sum(sizes_by_name.values()) and all(
            0 <= edit.entry < sizes_by_name.get(edit.name, 0) for edit in edits
        )
        if not (edits_fit and all(len(row) == input_size(setup) for row in numbers)):
            raise foreign
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise foreign from error
    return replace(setup, edits=edits)
