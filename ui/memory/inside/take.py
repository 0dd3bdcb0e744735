"""What the page on looking inside gives to take along, one function a view. A network that a visitor brought is in no file of
rnn_core, so its numbers come without a notebook.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rnn_core.analysis.inside import labels, series_labels
from rnn_core.analysis.inside.ranking import Finding
from rnn_core.analysis.inside.series_labels import Range
from rnn_core.arrays import Array
from ui.memory.inside.chosen import Chosen
from ui.memory.inside.compute import CHOSEN_ON, MEASURED_ON, Units
from ui.memory.inside.sequences_compute import LAB, SequenceUnits
from ui.memory.inside.series_compute import SeriesUnits
from ui.widgets.take_along.offers import offer_numbers
from ui.widgets.take_along.view_notebook import Shown, given, offer_view

RANKING = (
    "from rnn_core.analysis.inside import labels, ranking\n"
    "from rnn_core.analysis.inside.activations import activations\n"
)


@dataclass(frozen=True)
class Source:
    """A network that ships, and the label that the visitor made for it, if there is one."""

    application: str
    variant: str
    pattern: str = ""
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Sequences:
    """A network that ships and reads short sequences; an application of the app, or the lab."""

    application: str
    variant: str
    pattern: str = ""


def network_lines(application: str, variant: str) -> str:
    """Python that leaves the network and its `settings`."""
    return (
        "from rnn_core.apps.look_inside import network_of_run\n"
        f"from rnn_core.apps.{application}.settings import SHIPPED\n"
        "from rnn_core.apps.trained import load_trained\n\n"
        f"settings = SHIPPED[{variant!r}]\n"
        f"state = load_trained(type(settings), {variant!r}).state\n"
        "network = network_of_run(state)"
    )


def take_units(chosen: Chosen[Units], source: Source | None) -> None:
    """A unit over the text, and how well every unit follows the label, beside the units of an untrained network."""
    found, label = chosen.found, chosen.own.label
    marks = f"labels.labels(texts)[{label!r}]"
    if source is not None and label == labels.OWN:
        marks = f"tuple(labels.label(labels.OWN, text, {source.pattern!r}) for text in texts)"
    lines = (
        f"{RANKING}\n"
        f"texts = settings.parts.validation[:{CHOSEN_ON}], settings.parts.test[:{MEASURED_ON}]\n"
        f"symbols = settings.corpus.validation[:{CHOSEN_ON}], settings.corpus.test[:{MEASURED_ON}]\n"
        f"marks = {marks}\n\n\n"
        "def measured(network):\n"
        f"    first, second = (activations(network, each, {found.value!r}).values for each in symbols)\n"
        "    ranks = ranking.ranked(first), ranking.ranked(second)\n"
        f"    return second, ranking.finding({label!r}, ranking.gram(first), ranks, second, marks)\n\n\n"
        "values, own = measured(network)\n"
        "_values, untrained = measured(network.untrained())"
    )
    shown = {
        "characters": Shown(list(found.subject.second), "list(texts[1])"),
        **_of_unit(chosen, chosen.found.run.second[chosen.unit], "values", "marks[1]"),
    }
    _offer(source, lines, shown)


def take_series(chosen: Chosen[SeriesUnits], source: Source | None) -> None:
    found, label = chosen.found, chosen.own.label
    marks = f"series_labels.labels(series, first, settings.season)[{label!r}]"
    if source is not None and label == series_labels.OWN:
        marks = f"series_labels.marked({source.ranges!r}, len(series))"
    lines = (
        f"{RANKING.replace('labels, ranking', 'ranking, series_labels')}"
        "from rnn_core.apps.forecast.reader import Reader\n\n"
        "reader = Reader(state)\n"
        "parts, start = reader.parts, reader.parts.first\n"
        "inputs, series = reader.inputs(parts.read[start:]), parts.values[start + 1 :]\n"
        "first = parts.training_end - start - 1  # the steps that decide; the later ones measure\n"
        f"marks = {marks}\n\n\n"
        "def measured(network):\n"
        f"    units = activations(network, inputs, {found.value!r}, pieces=1).values\n"
        f"    labels = {{{label!r}: (marks[:first], marks[first:])}}\n"
        "    return units, ranking.find(units[:, :first], units[:, first:], labels)[0]\n\n\n"
        "units, own = measured(network)\n"
        "_units, untrained = measured(network.untrained())"
    )
    shown = {
        "dates": given(list(found.dates)),
        "series": Shown(found.series, "series"),
        **_of_unit(chosen, found.units[chosen.unit], "units", "marks"),
    }
    _offer(source, lines, shown)


def take_sequences(chosen: Chosen[SequenceUnits], source: Sequences | None) -> None:
    """A unit over all sequences, and how well every unit follows the label."""
    found, label = chosen.found, chosen.own.label
    shown = {
        "steps": Shown(list(found.passage.tokens), "list(read.tokens)"),
        "ends": Shown(found.passage.ends, "read.ends"),
        **_of_unit(chosen, found.units[chosen.unit], "values", "marks"),
    }
    if source is None:
        offer_numbers({name: each.value for name, each in shown.items()})
        return
    if source.application == LAB:
        state = f"from rnn_core.lab import recorded\n\nstate = recorded.network({source.variant!r})"
    else:
        state = (
            f"from rnn_core.apps.{source.application}.settings import Settings\n"
            "from rnn_core.apps.trained import load_trained\n\n"
            f"state = load_trained(Settings, {source.variant!r}).state"
        )
    marks = f"matched(read, {source.pattern!r})" if label == labels.OWN else f"read.labels[{label!r}]"
    lines = (
        "from rnn_core.analysis.inside import ranking\n"
        "from rnn_core.apps.opened import opened\n"
        "from rnn_core.apps.passages import matched, values_of\n\n"
        "sequences = opened(state)\n"
        "read = sequences.passage\n"
        f"marks = {marks}\n\n\n"
        "def measured(network):\n"
        f"    values = values_of(network, sequences, {found.value!r})\n"
        f"    both = {{{label!r}: (marks[: read.first], marks[read.first :])}}\n"
        "    return values, ranking.find(values[:, : read.first], values[:, read.first :], both)[0]\n\n\n"
        "values, own = measured(sequences.network)\n"
        "_values, untrained = measured(sequences.network.untrained())"
    )
    offer_view(lines, shown, setup=state)


def _of_unit(chosen: Chosen[Any], values: Array, name: str, marks: str) -> dict[str, Shown]:
    own: Finding = chosen.own
    return {
        "unit": given(chosen.unit),
        "values": Shown(values, f"{name}[{chosen.unit}]"),
        "label": given(own.label),
        "marks": Shown(chosen.marks, marks),
        "auc": Shown(own.auc, "own.auc"),
        "auc_untrained": Shown(chosen.untrained.auc, "untrained.auc"),
        "null_band": Shown(own.band, "own.band"),
    }


def _offer(source: Source | None, lines: str, shown: Mapping[str, Shown]) -> None:
    if source is None:
        offer_numbers({name: each.value for name, each in shown.items()})
    else:
        offer_view(lines, shown, setup=network_lines(source.application, source.variant))
