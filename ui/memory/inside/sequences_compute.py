"""Cached results on the units of a network that reads many short sequences."""

from dataclasses import dataclass, replace

import numpy as np

from rnn_core.analysis.inside import labels, ranking
from rnn_core.analysis.inside.answers import LastState
from rnn_core.analysis.inside.context import ContextLoss
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.ranking import Finding, Values
from rnn_core.apps.opened import opened
from rnn_core.apps.passages import Answers, Opened, Passage, matched, own_passage, own_rows, values_of
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError
from rnn_core.formats.state_layout import Layout
from rnn_core.lab import recorded
from rnn_core.learn.state import RunState
from ui.cache.kept import kept_for_visitor
from ui.cache.read_only import make_read_only
from ui.cache.shared import shared
from ui.cache.shipped import shipped
from ui.memory.inside import answers_compute
from ui.memory.inside.compute import Spread, own_network, spread_of

LAB = "lab"


@dataclass(frozen=True)
class SequenceUnits:
    """A network's units over all sequences of a passage."""

    opened: Opened
    value: str
    units: Values  # (H, T)
    spread: Spread
    findings: tuple[Finding, ...]
    untrained: tuple[Finding, ...]
    marks: tuple[tuple[str, Mask], ...]  # (T,) of each label

    @property
    def network(self) -> Network:
        return self.opened.network

    @property
    def passage(self) -> Passage:
        return self.opened.passage


@shared(12)
def open_shipped(application: str, variant: str) -> Opened:
    return make_read_only(opened(state_of(application, variant)))


def state_of(application: str, variant: str) -> RunState:
    """A network that ships, of an application or of the lab."""
    if application == LAB:
        return recorded.network(variant)
    trained = shipped(APPLICATIONS[application].settings.shipped()[variant])
    assert trained is not None
    return trained.state


@shared(12)
def units(application: str, variant: str, value: str) -> SequenceUnits:
    return make_read_only(units_of(open_shipped(application, variant), value))


@kept_for_visitor(4)
def units_with(application: str, variant: str, value: str, pattern: str) -> SequenceUnits:
    """The same with the visitor's own label."""
    return make_read_only(with_pattern(units(application, variant, value), pattern))


@kept_for_visitor(2)
def open_run(state: RunState) -> Opened:
    return make_read_only(opened(state))


@kept_for_visitor(2)
def units_of_run(state: RunState, value: str) -> SequenceUnits:
    return make_read_only(units_of(open_run(state), value))


@kept_for_visitor(2)
def own_units(data: bytes, layout: Layout, symbols: tuple[str, ...] | None, text: str, value: str) -> SequenceUnits:
    """Of a visitor's network, which need not predict the symbol that follows, over the lines of a visitor's text."""
    network = own_network(data, layout, symbols)
    read = own_passage(text, network.symbols) if network.symbols else own_rows(text, network.input_size)
    predicts = bool(network.symbols) and network.outputs == len(network.symbols)
    names = network.symbols if predicts else tuple(map(str, range(max(2, network.outputs))))
    answers = Answers(names, "sigmoid" if network.outputs == 1 else "softmax", (LastState(network.readout),))
    return make_read_only(units_of(Opened(network, read, answers), value))


def units_of(opened: Opened, value: str) -> SequenceUnits:
    read = opened.passage
    own, null = (values_of(each, opened, value) for each in (opened.network, opened.network.untrained()))
    found, untrained = (
        ranking.find(each[:, : read.first], each[:, read.first :], _parts(read)) for each in (own, null)
    )
    return SequenceUnits(opened, value, own, spread_of(own), found, untrained, tuple(read.labels.items()))


def _parts(read: Passage) -> dict[str, tuple[Mask, Mask]]:
    return {name: (marks[: read.first], marks[read.first :]) for name, marks in read.labels.items()}


def with_pattern(found: SequenceUnits, pattern: str) -> SequenceUnits:
    """The same with the visitor's own label: the steps of whose text the pattern matches a part."""
    own = replace(found.passage, labels={labels.OWN: matched(found.passage, pattern)})
    if not all(map(labels.is_measurable, _parts(own)[labels.OWN])):
        raise CoreError(
            "pattern", "one that matches almost nothing, or almost everything, in these sequences", "another pattern"
        )
    added = units_of(replace(found.opened, passage=own), found.value)
    return replace(
        found,
        findings=(*found.findings, *added.findings),
        untrained=(*found.untrained, *added.untrained),
        marks=(*found.marks, *added.marks),
    )


@shared(12)
def moved(application: str, variant: str, value: str) -> Array:
    return make_read_only(moved_by(units(application, variant, value)))


@kept_for_visitor(2)
def moved_of_run(state: RunState, value: str) -> Array:
    return make_read_only(moved_by(units_of_run(state, value)))


@kept_for_visitor(2)
def own_moved(data: bytes, layout: Layout, symbols: tuple[str, ...] | None, text: str, value: str) -> Array:
    return make_read_only(moved_by(own_units(data, layout, symbols, text, value)))


def moved_by(found: SequenceUnits) -> Array:
    return answers_compute.moved_by(found.opened, found.value, found.units.mean(axis=1, dtype=np.float64))


@kept_for_visitor(4)
def context(opened: Opened) -> ContextLoss:
    return make_read_only(answers_compute.context_of(opened))
