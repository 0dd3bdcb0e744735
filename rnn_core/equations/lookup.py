"""The equations of a cell: found by its parameters, parsed once for all cells of one form."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rnn_core.blocks.readout import ReadoutParams
from rnn_core.cells import Params
from rnn_core.cells.modern.base import ModernParams
from rnn_core.equations.chain_rule import gradient_lines
from rnn_core.equations.recipes import Recipe, parse
from rnn_core.equations.table import equations, readout_equations
from rnn_core.errors import check_kind

AnyParams = Params | ModernParams


def recipes(params: AnyParams, readout: ReadoutParams | None = None) -> Mapping[str, Recipe]:
    """The recipe of each value, gradient and weight gradient of this cell (and of its readout), by its field name."""
    return parsed(lines_of(params, readout))


def lines_of(params: AnyParams, readout: ReadoutParams | None = None) -> tuple[str, ...]:
    """The equations of the recipes. They are equal for all cells of one form, so they can be the key of a cache."""
    check_kind("params", params, AnyParams)
    own = modern_lines(params) if isinstance(params, ModernParams) else equations(params)
    return (*own, *(readout_equations(readout) if readout else ()))


def modern_lines(params: ModernParams) -> tuple[str, ...]:
    """The equations of a modern cell, and those of its gradients."""
    lines = tuple(params.equations())
    return lines + gradient_lines(lines, params.output, frozenset({*params.no_gradient, *params.constants}))


@cache
def parsed(lines: tuple[str, ...]) -> Mapping[str, Recipe]:
    return MappingProxyType({recipe.name: recipe for recipe in map(parse, lines)})
