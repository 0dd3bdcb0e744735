"""The door to the translator: one text with everything that goes on inside, and how right it is by length."""

import math
from dataclasses import dataclass

from rnn_core.apps.translate.lengths import ByLength
from rnn_core.apps.translate.lengths import by_length as count_by_length
from rnn_core.apps.translate.reader import Reader, Translation, answers
from rnn_core.apps.translate.settings import Settings
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, of_visitor
from ui.cache.read_only import sealed
from ui.cache.shipped import shipped


@dataclass(frozen=True)
class Candidate:
    text: str
    chance: float


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


@of_visitor(16)
def translation(state: RunState, source: tuple[int, ...], beams: int) -> Translation:
    return sealed(reader(state).translate(source, beams))


@of_visitor(16)
def candidates(state: RunState, source: tuple[int, ...], beams: int) -> tuple[Candidate, ...]:
    """What the beams hold at the end, the likeliest first."""
    found = reader(state).search(source, beams)
    return tuple(Candidate(said_text(state, beam.said), math.exp(beam.log_chance)) for beam in found)


def said_symbols(state: RunState, said: tuple[int, ...]) -> list[str]:
    """Without the end."""
    says = reader(state).says
    return says.decode([token for token in said if token != says.end])


def said_text(state: RunState, said: tuple[int, ...]) -> str:
    return reader(state).says.join(said_symbols(state, said))


@kept(2)
def by_length(state: RunState) -> ByLength:
    return sealed(count_by_length(state.settings, lambda part: answers(state, part)))


def other_network(settings: Settings) -> RunState | None:
    """The one that ships with the same settings but for the attention."""
    ready = shipped(settings.changed(attention=not settings.attention))
    return None if ready is None else ready.state
