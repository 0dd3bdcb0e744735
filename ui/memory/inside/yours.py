"""Your own network: a state_dict as safetensors, or a run that this app saved; its layout, shown and corrected; and its units."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis.inside.changes import scores_with
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.series_labels import Range
from rnn_core.apps.forecast.settings import Settings as ForecastSettings
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.errors import CoreError
from rnn_core.formats.safetensors_header import LARGEST
from rnn_core.formats.state_dict import StateDict, open_state_dict, read_vocabulary
from rnn_core.formats.state_layout import Layout, find_layout
from ui.as_text import in_markdown
from ui.i18n import _
from ui.memory.inside import compute, sequences, sequences_compute, series, series_compute, source, units
from ui.memory.inside.series_compute import SeriesUnits
from ui.memory.inside.source import Source
from ui.widgets.stage import Stage
from ui.widgets.tables import table
from ui.widgets.uploads import digest, report_upload_problem, upload

NONE = "–"
LEAST_TEXT = 2_000  # characters
LEAST_NUMBERS = 60
MOST_TEXT = compute.CHOSEN_OF_OWN + compute.LONGEST
SHOWN_OUTPUTS = 8
RUN_HEADER = 4_096  # bytes in which the name of our own metadata stands


def view(stage: Stage) -> None:
    with stage.picture:
        _read(stage)


def _read(stage: Stage) -> None:
    st.markdown(
        _(
            'Save a PyTorch network with one to four layers of `nn.RNN`, `nn.GRU` or `nn.LSTM` and a linear output: `safetensors.torch.save_file(model.state_dict(), "model.safetensors")`. The file is read in this visit only, and holds no program.'
        )
    )
    data, problem = upload(
        _("Your network, or a run that this app saved (.safetensors)"), ["safetensors"], "inside_file", LARGEST
    )
    report_upload_problem(problem, None)
    if data is None:
        return
    if is_run(data):
        _run_of_this_app(data, stage)
        return
    try:
        file = open_state_dict(data)
        found = find_layout(file.shapes)
    except CoreError as refused:
        st.error(in_markdown(str(refused)))
        return
    layout = _corrected(file, found)
    symbols = _vocabulary(file, layout)
    try:
        network = compute.own_network(data, layout, symbols)
    except CoreError as refused:
        st.error(in_markdown(str(refused)))
        return
    _check_outputs(network)
    _look(data, layout, symbols, network, stage)


def is_run(data: bytes) -> bool:
    """Whether this app saved the file: such a file names its settings, and has the optimiser's tensors too."""
    return b'"unrolled"' in data[:RUN_HEADER]


def _run_of_this_app(data: bytes, stage: Stage) -> None:
    """A run that the lab or an application saved, with its units on its own held-out data."""
    try:
        state = compute.own_run(data)
        network, answers = compute.network_of(state)
    except (CoreError, TypeError) as refused:
        st.error(in_markdown(str(refused)))
        return
    if answers:
        _check_outputs(network)
    value = "c" if network.cell == "lstm" else "h"
    if isinstance(state.settings, ForecastSettings):
        with stage.drawer:
            ranges = series.own_ranges()
        taken = source.of_run(data, source.OF_FORECAST)
        _show_series(lambda own: series_compute.units_of_run(state, value, own), ranges, stage, taken)
        return
    try:
        with st.spinner(_("Reading the text …")):
            if isinstance(state.settings, TextSettings):
                found = compute.units_of_run(state, value)
                taken = source.of_run(data, source.OF_TEXT_MODEL)
                units.show(found, lambda: compute.ablation_of_run(state, value), "", "run", stage, taken)
            else:
                taken = source.of_run(data, source.OF_SEQUENCES)
                sequences.show(sequences_compute.units_of_run(state, value), "run", stage, taken)
    except CoreError as refused:
        st.warning(in_markdown(str(refused)))


def _corrected(file: StateDict, found: Layout) -> Layout:
    """The layout as it was found, with a choice wherever another tensor could take the place."""
    shapes = file.shapes
    key = digest(file.data)
    matrices = [name for name, shape in shapes.items() if len(shape) == 2]
    vectors = [name for name, shape in shapes.items() if len(shape) == 1]
    first, second, third, fourth = st.columns(4)
    with first:
        embedding = _pick(_("Embedding"), [NONE, *matrices], found.embedding, f"inside_embedding_{key}")
    with second:
        readout = _pick(_("Readout"), matrices, found.readout, f"inside_readout_{key}")
    with third:
        bias = _pick(_("Bias of the readout"), [NONE, *vectors], found.readout_bias, f"inside_bias_{key}")
    activation = found.activation
    if found.cell == "rnn":
        with fourth:
            is_relu = st.toggle(_("The activation is ReLU"), key=f"inside_relu_{key}")
            activation = "relu" if is_relu else "tanh"
    layout = replace(
        found,
        embedding=None if embedding == NONE else embedding,
        readout=readout,
        readout_bias=None if bias == NONE else bias,
        activation=activation,
    )
    names = layout.names(shapes)
    table(
        {
            _("tensor of the file"): [
                in_markdown(name) for name in (*names, *(each for each in shapes if each not in names))
            ],
            _("shape"): [
                " × ".join(map(str, shapes[name])) for name in (*names, *(each for each in shapes if each not in names))
            ],
            _("read"): [_("yes")] * len(names) + [_("no")] * (len(shapes) - len(names)),
        },
        words=1,
    )
    return layout


def _pick(label: str, names: list[str], found: str | None, key: str) -> str:
    at = names.index(found) if found in names else 0
    return str(st.selectbox(label, names, index=at, key=key))


def _vocabulary(file: StateDict, layout: Layout) -> tuple[str, ...] | None:
    """One symbol for each row of the embedding, or each one-hot input."""
    count = file.shapes[layout.embedding][0] if layout.embedding in file.shapes else None
    typed = st.text_area(
        _("Its vocabulary, in the order of the numbers: a JSON list, or all characters in one row"),
        key=f"inside_vocabulary_{digest(file.data)}",
        max_chars=400_000,
        placeholder='["\\n", " ", "a", "b"]',
    )
    if not typed:
        return None
    try:
        symbols = read_vocabulary(typed)
    except CoreError as refused:
        st.warning(in_markdown(str(refused)))
        return None
    if count is not None and len(symbols) != count:
        st.warning(
            _("The vocabulary has {given} symbols, and the embedding {rows} rows.").format(
                given=len(symbols), rows=count
            )
        )
        return None
    return symbols


def _check_outputs(network: Network) -> None:
    """Outputs to compare with those of the original program."""
    hint = (
        _("Numbers of symbols, with spaces")
        if network.symbols
        else _("Numbers, with spaces: one row of inputs per line")
    )
    st.markdown(_("**Check it**: the outputs after a short sequence, to compare with those of your own program."))
    typed = st.text_input(hint, "0 0 0" if network.symbols else "", key="inside_check", max_chars=2_000)
    rows = [line.split() for line in typed.replace(";", "\n").splitlines() if line.strip()]
    if not rows:
        return
    try:
        sequence = (
            [int(each) for row in rows for each in row]
            if network.symbols
            else [[float(each) for each in row] for row in rows]
        )
        scores = scores_with(network, sequence)[-1]
    except (CoreError, ValueError) as refused:
        st.warning(in_markdown(str(refused)))
        return
    shown = np.argsort(-scores, kind="stable")[:SHOWN_OUTPUTS]
    table(
        {
            _("output"): [str(each) for each in shown],
            _("value before any softmax"): [f"{scores[each]:.6f}" for each in shown],
        }
    )


def _show_series(
    units_with: Callable[[tuple[Range, ...]], SeriesUnits], ranges: tuple[Range, ...], stage: Stage, taken: Source
) -> None:
    """Without the visitor's ranges where they cannot be measured."""
    try:
        try:
            found = units_with(ranges)
        except CoreError as refused:
            if not ranges:
                raise
            st.warning(in_markdown(str(refused)))
            found = units_with(())
        series.show(found, lambda: series_compute.ablation_of(found), "own", stage, replace(taken, ranges=ranges))
    except CoreError as refused:
        st.warning(in_markdown(str(refused)))


def _look_at_numbers(data: bytes, layout: Layout, network: Network, stage: Stage) -> None:
    """A network that reads one number per step: its units on a series that the visitor types."""
    typed = st.text_area(
        _("A series as your network reads it, {least} numbers or more").format(least=LEAST_NUMBERS),
        key="inside_numbers",
        max_chars=MOST_TEXT,
    )
    try:
        values = series_compute.read_numbers(typed)
    except CoreError:
        st.warning(_("Only numbers are read here, with spaces between them and points for decimals."))
        return
    if not values:
        return
    if len(values) < LEAST_NUMBERS:
        st.warning(_("At least {least} finite numbers are needed.").format(least=LEAST_NUMBERS))
        return
    with stage.drawer:
        ranges = series.own_ranges()
    value = "c" if network.cell == "lstm" else "h"
    taken = source.of_numbers(data, layout, values)
    _show_series(lambda own: series_compute.own_units(data, layout, values, value, own), ranges, stage, taken)


def _look(data: bytes, layout: Layout, symbols: tuple[str, ...] | None, network: Network, stage: Stage) -> None:
    if not network.symbols and network.input_size == 1:
        _look_at_numbers(data, layout, network, stage)
        return
    if symbols is None or not network.symbols:
        st.info(
            _("Units are shown for networks whose vocabulary you give, and for networks that read one number per step.")
        )
        return
    text = st.text_area(
        _("A text that it was not trained on, {least} to {most} characters").format(least=LEAST_TEXT, most=MOST_TEXT),
        key="inside_text",
        max_chars=MOST_TEXT,
    )
    if len(text) < LEAST_TEXT:
        return
    value = "c" if network.cell == "lstm" else "h"
    predicts = network.outputs == len(symbols) and all(len(each) == 1 for each in symbols)
    try:
        with st.spinner(_("Reading the text …")):
            if predicts:
                found = compute.own_units(data, layout, symbols, text, value)
                taken = source.of_characters(data, layout, symbols, text)
                ablation = partial(compute.own_ablation, data, layout, symbols, text, value)
                units.show(found, ablation, "", "own", stage, taken)
            else:
                taken = source.of_lines(data, layout, symbols, text)
                sequences.show(sequences_compute.own_units(data, layout, symbols, text, value), "own", stage, taken)
    except CoreError as refused:
        st.warning(in_markdown(str(refused)))
