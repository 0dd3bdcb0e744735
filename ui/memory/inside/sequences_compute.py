"""Cached results on the units of a network that reads many short sequences."""

from dataclasses import dataclass, replace

import numpy as np

from rnn_core.analysis.inside import ranking
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.ranking import Finding, Values
from rnn_core.analysis.inside.steps import Stepper
from rnn_core.apps.look_inside import reading_part
from rnn_core.apps.passage_steps import side_by_side, values_of
from rnn_core.apps.passages import Passage, own_passage, passage
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.arrays import Array, Mask
from rnn_core.formats.state_layout import Layout
from rnn_core.lab import recorded
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only
from ui.cache.shipped import shipped
from ui.memory.inside.compute import own_network

LAB = "lab"
MOST_OUTPUTS, LEAST_STEPS = 2**22, 20  # in one measurement of what a unit does


@dataclass(frozen=True)
class SequenceUnits:
    """A network's units over all sequences of a passage."""

    network: Network
    answers: bool  # the readout is the network's own
    value: str
    passage: Passage
    units: Values  # (H, T)
    findings: tuple[Finding, ...]
    untrained: tuple[Finding, ...]

    @property
    def marks(self) -> tuple[tuple[str, Mask], ...]:
        return tuple(self.passage.labels.items())


def state_of(application: str, variant: str) -> RunState:
    """A network that ships, of an application or of the lab."""
    if application == LAB:
        return recorded.network(variant)
    trained = shipped(APPLICATIONS[application].settings.shipped()[variant])
    assert trained is not None
    return trained.state


@kept(4)
def units(application: str, variant: str, value: str) -> SequenceUnits:
    return make_read_only(units_of(state_of(application, variant), value))


@kept_for_visitor(2)
def units_of_run(state: RunState, value: str) -> SequenceUnits:
    return make_read_only(units_of(state, value))


@kept_for_visitor(2)
def own_units(data: bytes, layout: Layout, symbols: tuple[str, ...], text: str, value: str) -> SequenceUnits:
    """Of a visitor's network, which need not predict the symbol that follows, over the lines of a visitor's text."""
    network = own_network(data, layout, symbols)
    return make_read_only(units_in(network, True, own_passage(text, symbols), value))


def units_of(state: RunState, value: str) -> SequenceUnits:
    network, answers = reading_part(state)
    return units_in(network, answers, passage(state.settings), value)


def units_in(network: Network, answers: bool, read: Passage, value: str) -> SequenceUnits:
    own, null = (values_of(each, read, value) for each in (network, network.untrained()))
    labels = {name: (marks[: read.first], marks[read.first :]) for name, marks in read.labels.items()}
    found, untrained = (ranking.find(each[:, : read.first], each[:, read.first :], labels) for each in (own, null))
    return SequenceUnits(network, answers, value, read, own, found, untrained)


def effect(found: SequenceUnits, unit: int) -> float:
    """The root mean square change of the outputs if the unit is held at its mean, in standard deviations of the outputs. Of as many
    steps as have room."""
    network, held = found.network, (unit, float(found.units[unit].mean()))
    steps = max(LEAST_STEPS, MOST_OUTPUTS // network.outputs)
    read = replace(found.passage, ends=np.unique(np.minimum(found.passage.ends, steps)))
    as_it_is, changed = (_outputs(network, read, found.value, each) for each in (None, held))
    return float(np.sqrt(((changed - as_it_is) ** 2).mean()) / max(1e-12, float(as_it_is.std())))


def _outputs(network: Network, read: Passage, value: str, held: tuple[int, float] | None) -> Array:
    """(T, Y)"""
    found = np.empty((int(read.ends[-1]), network.outputs))
    stepper = Stepper(network)
    for steps, hs in side_by_side(network, read, "h", value, held):
        found[steps] = hs @ stepper.W_hy + stepper.b_y
    return found
