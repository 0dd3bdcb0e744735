"""What the page on looking inside gives to take along, one function a view. A network that a visitor brought goes along as a file
beside the notebook.
"""

from collections.abc import Mapping
from typing import Any

from rnn_core.analysis.inside import labels, series_labels
from rnn_core.analysis.inside.ranking import Finding
from rnn_core.arrays import Array
from ui.memory.inside.chosen import Chosen
from ui.memory.inside.compute import MEASURED_ON, Units
from ui.memory.inside.sequences_compute import SequenceUnits
from ui.memory.inside.series_compute import SeriesUnits
from ui.memory.inside.source import Source
from ui.widgets.take_along.view_notebook import Shown, given, offer_view

RANKING = (
    "from rnn_core.analysis.inside import labels, ranking\n"
    "from rnn_core.analysis.inside.activations import activations\n"
)


def take_units(chosen: Chosen[Units], source: Source) -> None:
    """A unit over the text, and how well every unit follows the label, beside the units of an untrained network."""
    found, label = chosen.found, chosen.own.label
    marks = f"labels.labels(texts)[{label!r}]"
    if label == labels.OWN:
        marks = f"tuple(labels.label(labels.OWN, text, {source.pattern!r}) for text in texts)"
    lines = (
        f"{RANKING}\n"
        f"{source.read}\n"
        f"marks = {marks}\n"
        f"measured = {MEASURED_ON}  # characters of the second text that measure\n\n\n"
        "def read(network, last=None):\n"
        f"    first, second = (activations(network, each, {found.value!r}).values for each in (symbols[0], symbols[1][:last]))\n"
        "    ranks = ranking.ranked(first), ranking.ranked(second[:, :measured])\n"
        "    both = marks[0], marks[1][:measured]\n"
        f"    return second, ranking.finding({label!r}, ranking.gram(first), ranks, second[:, :measured], both)\n\n\n"
        "values, own = read(network)\n"
        "_values, untrained = read(network.untrained(), measured)"
    )
    shown = {
        "characters": Shown(list(found.subject.second), "list(texts[1])"),
        **_of_unit(chosen, chosen.found.run.second[chosen.unit], "values", "marks[1]"),
    }
    _offer(source, lines, shown)


def take_series(chosen: Chosen[SeriesUnits], source: Source) -> None:
    found, label = chosen.found, chosen.own.label
    marks = f"series_labels.labels(series, first, season)[{label!r}]"
    if label == series_labels.OWN:
        marks = f"series_labels.marked({source.ranges!r}, len(series))"
    lines = (
        f"{RANKING.replace('labels, ranking', 'ranking, series_labels')}\n"
        f"{source.read}\n"
        f"marks = {marks}\n\n\n"
        "def read(network):\n"
        f"    units = activations(network, inputs, {found.value!r}, pieces=1).values\n"
        f"    labels = {{{label!r}: (marks[:first], marks[first:])}}\n"
        "    return units, ranking.find(units[:, :first], units[:, first:], labels)[0]\n\n\n"
        "units, own = read(network)\n"
        "_units, untrained = read(network.untrained())"
    )
    shown = {
        "dates": given(list(found.dates)),
        "series": Shown(found.series, "series"),
        **_of_unit(chosen, found.units[chosen.unit], "units", "marks"),
    }
    _offer(source, lines, shown)


def take_sequences(chosen: Chosen[SequenceUnits], source: Source) -> None:
    """A unit over all sequences, and how well every unit follows the label."""
    found, label = chosen.found, chosen.own.label
    marks = f"passage.labels[{label!r}]"
    if label == labels.OWN:
        marks = f"matched(passage, {source.pattern!r})"
    lines = (
        "from rnn_core.analysis.inside import ranking\n"
        "from rnn_core.apps.passages import matched, values_of\n\n"
        f"{source.read}\n"
        "passage, first = sequences.passage, sequences.passage.first\n"
        f"marks = {marks}\n\n\n"
        "def read(network):\n"
        f"    units = values_of(network, sequences, {found.value!r})\n"
        f"    labels = {{{label!r}: (marks[:first], marks[first:])}}\n"
        "    return units, ranking.find(units[:, :first], units[:, first:], labels)[0]\n\n\n"
        "units, own = read(sequences.network)\n"
        "_units, untrained = read(sequences.network.untrained())"
    )
    shown = {
        "steps": Shown(list(found.passage.tokens), "list(passage.tokens)"),
        "ends": Shown(found.passage.ends, "passage.ends"),
        **_of_unit(chosen, found.units[chosen.unit], "units", "marks"),
    }
    _offer(source, lines, shown)


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


def _offer(source: Source, lines: str, shown: Mapping[str, Shown]) -> None:
    offer_view(lines, shown, setup=source.setup, files=source.files)
