"""Where a notebook finds the network that the page looks into, and what the network reads: as Python, with the files that it opens.

`setup` leaves the run's `state` and `settings`, or a visitor's `network`. `read` leaves `network` with `texts` and `symbols` for
characters, `network` with `series`, `inputs`, `first` and `season` for a series, and `sequences` for short sequences.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.series_labels import Range
from rnn_core.formats.state_layout import Layout
from rnn_core.learn import runfile
from rnn_core.learn.state import RunState
from ui.memory.inside.compute import CHOSEN_OF_OWN, CHOSEN_ON, LONGEST
from ui.memory.inside.sequences_compute import LAB
from ui.widgets.take_along.recipe import Files

RUN, MODEL, VOCABULARY, TEXT, SERIES = (
    "run.safetensors",
    "model.safetensors",
    "vocabulary.json",
    "text.txt",
    "series.npy",
)
PATH = "from pathlib import Path\n\n"


@dataclass(frozen=True)
class Source:
    setup: str
    read: str
    files: Files = field(default_factory=dict)
    pattern: str = ""  # of the visitor's own label for characters
    ranges: tuple[Range, ...] = ()  # of the visitor's own label for a series


NETWORK = "from rnn_core.apps.look_inside import network_of_run\n\nnetwork = network_of_run(state)\n"
OF_TEXT_MODEL = (
    f"{NETWORK}"
    f"texts = settings.parts.validation[:{CHOSEN_ON}], settings.parts.test[:{LONGEST}]\n"
    f"symbols = settings.corpus.validation[:{CHOSEN_ON}], settings.corpus.test[:{LONGEST}]"
)
OF_FORECAST = (
    "from rnn_core.apps.forecast.reader import Reader\n"
    f"{NETWORK}"
    "reader = Reader(state)\n"
    "parts, start = reader.parts, reader.parts.first\n"
    "inputs, series = reader.inputs(parts.read[start:]), parts.values[start + 1 :]\n"
    "first = parts.training_end - start - 1  # the steps that decide; the later ones measure\n"
    "season = settings.season"
)
OF_SEQUENCES = "from rnn_core.apps.opened import opened\n\nsequences = opened(state)"


def shipped(application: str, variant: str, read: str) -> Source:
    """A network that ships: of an application, or of the lab."""
    return Source(state_lines(application, variant), read)


def state_lines(application: str, variant: str) -> str:
    """Python that leaves the run's `state` and `settings`."""
    if application == LAB:
        return f"from rnn_core.lab import recorded\n\nstate = recorded.network({variant!r})\nsettings = state.settings"
    return (
        f"from rnn_core.apps.{application}.settings import Settings\n"
        "from rnn_core.apps.trained import load_trained\n\n"
        f"state = load_trained(Settings, {variant!r}).state\n"
        "settings = state.settings"
    )


def network_lines(application: str, variant: str) -> str:
    """Python that leaves `network` too."""
    return f"{state_lines(application, variant)}\n{NETWORK.rstrip()}"


def of_run(state: RunState, read: str) -> Source:
    """A run that this app saved, or that the visitor trained here."""
    setup = (
        f"{PATH}from rnn_core.apps.registry import APPLICATIONS\n"
        "from rnn_core.lab.settings import KINDS\n"
        "from rnn_core.learn import runfile\n\n"
        "kinds = {**KINDS, **{name: each.settings.read for name, each in APPLICATIONS.items()}}\n"
        f'state, _curves = runfile.load(Path("{RUN}").read_bytes(), kinds)\n'
        "settings = state.settings"
    )
    return Source(setup, read, {RUN: partial(runfile.save, state)})


def of_characters(data: bytes, layout: Layout, symbols: Sequence[str], text: str) -> Source:
    """A visitor's network and text, whose beginning decides."""
    read = (
        f"{_read_text()}"
        f"cut = min(len(text) // 2, {CHOSEN_OF_OWN})\n"
        "known = {symbol: number for number, symbol in enumerate(network.symbols)}\n"
        "numbers = np.array([known.get(letter, 0) for letter in text], np.int64)\n"
        f"texts, symbols = ((each[:cut], each[cut : cut + {LONGEST}]) for each in (text, numbers))"
    )
    return _of_network(data, layout, symbols, read, {TEXT: lambda: text.encode()})


def of_lines(data: bytes, layout: Layout, symbols: Sequence[str] | None, text: str, network: Network) -> Source:
    """A visitor's network over the lines of a visitor's text, or over rows of numbers."""
    passage = "own_passage(text, network.symbols)" if network.symbols else f"own_rows(text, {network.input_size})"
    name = passage.partition("(")[0]
    read = f"from rnn_core.apps.passages import Opened, {name}\n\n{_read_text()}sequences = Opened(network, {passage})"
    return _of_network(data, layout, symbols, read, {TEXT: lambda: text.encode()})


def of_numbers(data: bytes, layout: Layout, values: Sequence[float]) -> Source:
    """A visitor's network and numbers, of which the first 70% decide."""

    def written() -> bytes:
        buffer = io.BytesIO()
        np.save(buffer, np.array(values))
        return buffer.getvalue()

    read = f'series = np.load("{SERIES}")\ninputs, first, season = series[:, None], int(0.7 * len(series)), 0'
    return _of_network(data, layout, None, read, {SERIES: written})


def _of_network(data: bytes, layout: Layout, symbols: Sequence[str] | None, read: str, files: Files) -> Source:
    known = "None"
    if symbols is not None:
        known = f'read_vocabulary(Path("{VOCABULARY}").read_text(encoding="utf-8"))'
        files = {**files, VOCABULARY: lambda: json.dumps(symbols, ensure_ascii=False).encode()}
    setup = (
        f"{PATH}from rnn_core.formats.state_dict import open_state_dict, read_vocabulary\n"
        "from rnn_core.formats.state_layout import Layout\n\n"
        f"layout = {layout!r}\n"
        f'network = open_state_dict(Path("{MODEL}").read_bytes()).network(layout, {known})'
    )
    return Source(setup, read, {MODEL: lambda: data, **files})


def _read_text() -> str:
    return f'text = Path("{TEXT}").read_bytes().decode()  # line ends as they were typed\n'
