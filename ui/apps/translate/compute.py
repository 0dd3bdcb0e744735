"""Cached results of the translator: translations with all intermediate values, and accuracy by length."""

import math
from dataclasses import dataclass

from rnn_core.apps.translate.lengths import ByLength
from rnn_core.apps.translate.lengths import by_length as count_by_length
from rnn_core.apps.translate.reader import Reader, Translation, answers
from rnn_core.apps.translate.settings import Settings
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only
from ui.cache.shipped import shipped


@dataclass(frozen=True)
class Candidate:
    text: str
    chance: float


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


@kept_for_visitor(16)
def translation(state: RunState, source: tuple[int, ...], beams: int) -> Translation:
    return make_read_only(reader(state).translate(source, beams))


@kept_for_visitor(16)
def candidates(state: RunState, source: tuple[int, ...], beams: int) -> tuple[Candidate, ...]:
    """The beams at the end, the most probable first."""
    found = reader(state).search(source, beams)
    return tuple(Candidate(output_text(state, beam.output), math.exp(beam.log_probability)) for beam in found)


@kept_for_visitor(16)
def reading(state: RunState, source: tuple[int, ...], text: str) -> Translation:
    """Exactly this translation, with all its values, whatever the network would have written."""
    target = reader(state).target_language
    return make_read_only(reader(state).explain(source, (*target.encode(text), target.end)))


def output_symbols(state: RunState, output: tuple[int, ...]) -> list[str]:
    """Without the end symbol."""
    target = reader(state).target_language
    return target.decode([token for token in output if token != target.end])


def output_text(state: RunState, output: tuple[int, ...]) -> str:
    return reader(state).target_language.join(output_symbols(state, output))


@kept(2)
def by_length(state: RunState) -> ByLength:
    return make_read_only(count_by_length(reader(state).settings, lambda part: answers(state, part)))


def other_network(settings: Settings) -> RunState | None:
    """The shipped network with the other kind of decoder."""
    ready = shipped(settings.changed(attention=not settings.attention))
    return None if ready is None else ready.state
