"""Cached results on the units of a network that forecasts a series."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnn_core.analysis.inside import changes, ranking, series_labels
from rnn_core.analysis.inside.activations import activations
from rnn_core.analysis.inside.context import ContextLoss, error_by_context
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.ranking import Finding, Values
from rnn_core.analysis.inside.saliency import Saliency, explained, saliency
from rnn_core.analysis.inside.series_labels import OWN, Range
from rnn_core.apps.forecast.reader import Reader
from rnn_core.apps.forecast.series import series
from rnn_core.apps.forecast.settings import Settings
from rnn_core.apps.look_inside import network_of_run
from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError
from rnn_core.formats.state_layout import Layout
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only
from ui.cache.shipped import shipped
from ui.memory.inside.compute import own_network

MOST_RANGES = 20
BACK = 60  # steps before a prediction
CONTEXTS = (1, 2, 4, 8, 16, 32, 64, 128)  # steps
_RANGE = re.compile(r"\s*(\d{1,5})\s*[-–]\s*(\d{1,5})\s*")


@dataclass(frozen=True)
class SeriesUnits:
    """A network's units while it reads a whole series in one run. The training part decides, the rest measures."""

    network: Network
    value: str
    dates: tuple[str, ...]  # T of them
    series: Array  # (T,) the values that were read
    units: Values  # (H, T) after each of them
    null: Values  # of an untrained network
    inputs: Array  # (T, 1)
    wanted: Array  # (T - 1,) the output after each step but the last that predicts the next value exactly
    unit: float  # of an output, in that of the series
    first: int  # steps of the training part
    season: int
    findings: tuple[Finding, ...]
    untrained: tuple[Finding, ...]
    marks: tuple[tuple[str, Mask], ...]  # of every label over the whole series


@kept(4)
def units(settings: Settings, value: str) -> SeriesUnits:
    return make_read_only(units_of(state_of(settings), value))


@kept_for_visitor(4)
def units_with(settings: Settings, value: str, own: tuple[Range, ...]) -> SeriesUnits:
    """The same with the ranges that the visitor marked; the network does not read the series again."""
    return make_read_only(with_ranges(units(settings, value), own))


@kept_for_visitor(4)
def units_of_run(state: RunState, value: str, own: tuple[Range, ...]) -> SeriesUnits:
    found = units_of(state, value)
    return make_read_only(with_ranges(found, own) if own else found)


def state_of(settings: Settings) -> RunState:
    trained = shipped(settings)
    if trained is None:
        raise CoreError("settings", settings, "those of a network that ships")
    return trained.state


def units_of(state: RunState, value: str) -> SeriesUnits:
    reader = Reader(state)
    parts, start = reader.parts, reader.parts.first
    inputs = reader.inputs(parts.read[start:])  # at the values from start + 1 on
    linear = reader.linear
    bases = parts.read[start + 1 : -1] if linear is None else linear.one_step()[start + 2 :]
    wanted = (parts.read[start + 2 :] - bases) / reader.unit
    known = reader.settings.own is None
    dates = series(reader.settings.series).dates if known else numbered(len(parts.values))
    first, season = parts.training_end - start - 1, reader.settings.season
    read = Read(inputs, wanted, reader.unit, parts.values[start + 1 :], dates[start + 1 :], first, season)
    return found_in(network_of_run(state), read, value)


def numbered(count: int) -> tuple[str, ...]:
    return tuple(str(at + 1) for at in range(count))


@dataclass(frozen=True)
class Read:
    """A series as a network reads it."""

    inputs: Array  # (T, 1)
    wanted: Array  # (T - 1,)
    unit: float  # of an output, in that of the series
    series: Array  # (T,)
    dates: tuple[str, ...]
    first: int  # steps that decide
    season: int


def of_numbers(values: Array) -> Read:
    """A visitor's numbers: each is an input, and the first output is taken for the next one. The first 70% decide."""
    return Read(values[:, None], values[1:], 1.0, values, numbered(len(values)), int(0.7 * len(values)), 0)


def found_in(network: Network, read: Read, value: str) -> SeriesUnits:
    marks = series_labels.labels(read.series, read.first, read.season)
    trained, null = (_read(each, read.inputs, value) for each in (network, network.untrained()))
    return SeriesUnits(
        network,
        value,
        read.dates,
        read.series,
        trained,
        null,
        read.inputs,
        read.wanted,
        read.unit,
        read.first,
        read.season,
        _findings(trained, read.first, marks),
        _findings(null, read.first, marks),
        tuple(marks.items()),
    )


@kept_for_visitor(2)
def own_units(
    data: bytes, layout: Layout, values: tuple[float, ...], value: str, own: tuple[Range, ...]
) -> SeriesUnits:
    """Of a visitor's network and a visitor's numbers."""
    found = found_in(own_network(data, layout, None), of_numbers(np.array(values)), value)
    return make_read_only(with_ranges(found, own) if own else found)


@kept(4)
def ablation(settings: Settings, value: str) -> changes.Ablation:
    return ablation_of(units(settings, value))


def ablation_of(found: SeriesUnits) -> changes.Ablation:
    """The error of the next value in the series' own unit, with each unit silenced. Its own mean takes the unit's place."""
    means = found.units[:, : found.first].mean(axis=1)
    made = changes.ablate_numbers(found.network, found.inputs, found.wanted, found.value, value=means)
    scale = np.float32(found.unit)
    return make_read_only(changes.Ablation(made.cost * scale, made.added * scale))


def looks_back(found: SeriesUnits, at: int) -> Saliency:
    """What the first output after a step looks back at, over the steps up to there."""
    weights = np.eye(found.network.outputs)[0]
    start = max(0, at + 1 - BACK)
    return saliency(found.network, found.inputs[start : at + 1], explained(found.network, weights), nodes=12)


@kept_for_visitor(4)
def context_loss(found: SeriesUnits) -> ContextLoss:
    """The error of the next value on the later part, in the series' own unit, after the last steps only."""
    longest = min(CONTEXTS[-1], found.first)
    lengths = tuple(length for length in CONTEXTS if length <= longest)
    made = error_by_context(found.network, found.inputs, found.wanted, lengths, found.first)
    return make_read_only(ContextLoss(made.lengths, made.loss * found.unit, made.error * found.unit))


def predictions(found: SeriesUnits, made: Sequence[changes.Change]) -> Array:
    """(T - 1,) the next value after each step but the last, in the series' own unit."""
    outputs = changes.scores_with(found.network, found.inputs[:-1], made)[:, 0]
    return np.asarray(found.series[1:] + (outputs - found.wanted) * found.unit)


def _read(network: Network, inputs: Array, value: str) -> Values:
    return activations(network, inputs, value, pieces=1).values


def _findings(values: Values, first: int, marks: dict[str, Mask]) -> tuple[Finding, ...]:
    labels = {name: (each[:first], each[first:]) for name, each in marks.items()}
    return ranking.find(values[:, :first], values[:, first:], labels)


def with_ranges(found: SeriesUnits, own: tuple[Range, ...]) -> SeriesUnits:
    marks = series_labels.marked(own, len(found.series))
    if not series_labels.is_measurable(marks, found.first):
        raise CoreError(
            "marked",
            "too few or too many steps in one of the two parts",
            "ranges in both: left of the line they decide, right of it they measure",
        )
    added = {OWN: marks}
    return replace(
        found,
        findings=(*found.findings, *_findings(found.units, found.first, added)),
        untrained=(*found.untrained, *_findings(found.null, found.first, added)),
        marks=(*found.marks, (OWN, marks)),
    )


def read_numbers(text: str) -> tuple[float, ...]:
    """Numbers between spaces, commas or semicolons, with points for decimals. Raises CoreError."""
    try:
        numbers = tuple(float(each) for each in re.split(r"[\s,;]+", text.strip()) if each)
    except ValueError:
        raise CoreError(
            "numbers", repr(text[:40]), "only numbers, with spaces between them and points for decimals"
        ) from None
    if not np.isfinite(numbers).all():
        raise CoreError("numbers", "numbers that are not finite", "finite numbers")
    return numbers


def read_ranges(text: str) -> tuple[Range, ...]:
    """Ranges such as "10-25, 60-80", counted from 1. Raises CoreError."""
    items = [item for item in re.split(r"[,;，；、]", text) if item.strip()]
    found = [_RANGE.fullmatch(item) for item in items]
    if len(items) > MOST_RANGES or not all(found):
        raise CoreError("marked", repr(text[:40]), f"at most {MOST_RANGES} ranges such as 10-25, 60-80")
    pairs = [(int(each[1]) - 1, int(each[2]) - 1) for each in found if each is not None]
    if any(first < 0 or last < first for first, last in pairs):
        raise CoreError("marked", repr(text[:40]), "ranges whose first step comes first, counted from 1")
    return tuple(pairs)


def written_ranges(ranges: Sequence[Range]) -> str:
    return ", ".join(f"{first + 1}-{last + 1}" for first, last in ranges)
