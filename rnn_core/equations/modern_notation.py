"""The notation of the modern cells: each cell's class says its letters (`ModernParams.letters`), the lines say the axes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rnn_core.arrays import weight_names
from rnn_core.cells.modern.base import ModernParams
from rnn_core.equations.lookup import modern_lines, parsed
from rnn_core.equations.recipes import Factor

AXES = {"t": "time", "j": "hidden", "n": "state", "u": "one", "s": "past", "r": "past"}
# Values in the colour of the gate or state of the LSTM that does the same; all others have the colour of text.
INKS = {
    "x": ("xs",),
    "h": ("hs", "hs_re", "hs_im"),
    "c": ("cs", "memory"),
    "y": ("ys",),
    "forget_gate": ("forget_gate", "forget_share", "recurrence_gate", "decay", "decay_gate", "A_re", "A_im"),
    "input_gate": ("input_gate", "input_share", "write_gate", "write", "rate_gate", "step_size"),
    "candidate": ("candidate", "value", "error"),
    "output_gate": ("output_gate", "query", "receptance", "output_map"),
    "update_gate": ("update_gate",),
    "reset_gate": ("key", "written_key", "removal", "input_map"),
}
INK_OF = {name: ink for ink, names in INKS.items() for name in names}


@dataclass(frozen=True)
class Letter:
    """The parts of a symbol: h with the upper index Re."""

    base: str
    lower: str
    upper: str
    ink: str
    axes: tuple[str, ...]
    first: int | None


def letters(params: ModernParams) -> Mapping[str, Letter]:
    """One for every value, weight and constant of the cell; gradients have those of their values."""
    states, weights = params.initial_state(), weight_names(params)
    return {
        name: Letter(*_parts(params, name, name in weights), *_axes(name, index, name in states))
        for name, index in _indices(params)
    }


def _parts(params: ModernParams, name: str, weight: bool) -> tuple[str, str, str, str]:
    """Base, lower and upper index, and ink."""
    ink = INK_OF.get(name.removesuffix("_pre"), "")
    if name in params.letters:
        base, _hat, upper = params.letters[name].partition("^")
        return base, "", upper.strip("{}"), ink
    base, _line, lower = name.partition("_")
    if weight:
        return base, lower, "", ink
    return ("x" if name == "xs" else base), "", "", ink


def _axes(name: str, index: tuple[str, ...], state: bool) -> tuple[tuple[str, ...], int | None]:
    columns = "input" if name == "xs" or name[0] in "WDB" else "key"
    axes = tuple(AXES.get(letter, columns) for letter in index)
    if name == "xs":
        axes = ("time", "input")
    return axes, (None if axes[:1] != ("time",) else 0 if state else 1)


def _indices(params: ModernParams) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every name of the cell with the index under which a line makes it, or first reads it."""
    table = parsed(tuple(params.equations()))
    found: dict[str, tuple[str, ...]] = {recipe.name: recipe.index for recipe in table.values()}
    for recipe in table.values():
        for factor in (each for term in recipe.terms for each in term.factors if each.name):
            found.setdefault(factor.name, _timed(factor))
    yield from found.items()


def _timed(factor: Factor) -> tuple[str, ...]:
    return ("t", *factor.index[1:]) if factor.index[:1] == ("s",) else factor.index


def gradient_names(params: ModernParams) -> Iterator[tuple[str, str]]:
    """The name of every gradient that has an equation or starts one, and the value that it belongs to."""
    own = tuple(params.equations())
    for name in parsed(modern_lines(params)[len(own) :]):
        yield name, name.removeprefix("d")
    yield f"d{params.output}_direct", params.output
