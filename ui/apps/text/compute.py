"""Cached results of the character models: texts, readings and scores of units."""

from rnn_core.apps.text import units as unit_scores
from rnn_core.apps.text import writing
from rnn_core.apps.text.reader import Inspection, Reader
from rnn_core.apps.text.units import Units
from rnn_core.apps.text.writing import Manner, Written
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackGradients
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only

Forced = tuple[tuple[int, str], ...]  # (place, character), so that it can be a key


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


@kept_for_visitor(16)
def written(state: RunState, beginning: str, length: int, manner: Manner, forced: Forced = ()) -> Written:
    return make_read_only(writing.write(reader(state), beginning, length, manner, dict(forced)))


@kept_for_visitor(16)
def states(state: RunState, beginning: str, symbols: tuple[str, ...]) -> Array:
    """(T, H) after each written symbol."""
    return make_read_only(reader(state).states(beginning, symbols))


@kept_for_visitor(8)
def beam(state: RunState, beginning: str, length: int, width: int) -> Written:
    return make_read_only(writing.beam(reader(state), beginning, length, width))


@kept_for_visitor(8)
def look(state: RunState, symbols: tuple[str, ...]) -> Inspection:
    return make_read_only(reader(state).inspect(symbols))


@kept_for_visitor(8)
def gradients(state: RunState, symbols: tuple[str, ...]) -> StackGradients:
    """Gradients of the loss of the last symbol."""
    seen = look(state, symbols)
    return make_read_only(reader(state).gradients(seen, len(seen.surprise) - 1))


@kept(2)
def units(state: RunState) -> Units:
    return make_read_only(unit_scores.units(reader(state)))
