"""The door to the character models: what they write, read and keep."""

from rnn_core.apps.text import units as unit_scores
from rnn_core.apps.text import writing
from rnn_core.apps.text.reader import Inspection, Reader
from rnn_core.apps.text.units import Units
from rnn_core.apps.text.writing import Manner, Written
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackGradients
from ui.cache.kept import kept, of_visitor
from ui.cache.read_only import sealed

Forced = tuple[tuple[int, str], ...]  # (place, character), so that it can be a key


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


@of_visitor(16)
def written(state: RunState, beginning: str, length: int, manner: Manner, forced: Forced = ()) -> Written:
    return sealed(writing.write(reader(state), beginning, length, manner, dict(forced)))


@of_visitor(8)
def beam(state: RunState, beginning: str, length: int, width: int) -> Written:
    return sealed(writing.beam(reader(state), beginning, length, width))


@of_visitor(8)
def look(state: RunState, text: str) -> Inspection:
    return sealed(reader(state).inspect(text))


@of_visitor(8)
def gradients(state: RunState, text: str) -> StackGradients:
    """Of what the last character cost."""
    seen = look(state, text)
    return sealed(reader(state).gradients(seen, len(seen.surprise) - 1))


@kept(2)
def units(state: RunState) -> Units:
    return sealed(unit_scores.units(reader(state)))
