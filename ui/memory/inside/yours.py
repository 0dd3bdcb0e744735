"""Your own network: a state_dict as safetensors, or a run that this app saved; its layout, shown and corrected; and its units."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.series_labels import Range
from rnn_core.apps.forecast.settings import Settings as ForecastSettings
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.errors import CoreError
from rnn_core.formats.safetensors_header import LARGEST
from rnn_core.formats.state_dict import open_state_dict
from rnn_core.formats.state_layout import Layout, find_layout
from rnn_core.learn.state import RunState
from ui.as_text import in_markdown
from ui.i18n import _
from ui.memory.inside import compute, sequences, sequences_compute, series, series_compute, source, units
from ui.memory.inside.sequences_compute import SequenceUnits
from ui.memory.inside.series_compute import SeriesUnits
from ui.memory.inside.source import Source
from ui.memory.inside.your_layout import check_outputs, corrected, vocabulary
from ui.memory.inside.your_runs import chosen_run
from ui.widgets.stage import Stage
from ui.widgets.uploads import report_upload_problem, upload

KINDS = [
    "safetensors",
    "pt",
    "pth",
    "bin",
    "pkl",
    "ckpt",
]  # all but the first are refused with a sentence that says what to do
LEAST_TEXT = 2_000  # characters
LEAST_NUMBERS = 60
MOST_TEXT = compute.CHOSEN_OF_OWN + compute.LONGEST
RUN_HEADER = 4_096  # bytes in which the name of our own metadata stands


def view(stage: Stage) -> None:
    with stage.picture:
        _read(stage)


def _read(stage: Stage) -> None:
    state = chosen_run()
    if state is not None:
        _show_run(state, stage)
        return
    st.markdown(
        _(
            'Save a PyTorch network with one to four layers of `nn.RNN`, `nn.GRU` or `nn.LSTM` and a linear output: `safetensors.torch.save_file(model.state_dict(), "model.safetensors")`. The file is read in this visit only, and holds no program.'
        )
    )
    data, problem = upload(
        _("Your network, or a run that this app saved (.safetensors)"), KINDS, "inside_file", LARGEST
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
    layout = corrected(file, found)
    symbols = vocabulary(file, layout)
    try:
        network = compute.own_network(data, layout, symbols)
    except CoreError as refused:
        st.error(in_markdown(str(refused)))
        return
    check_outputs(network)
    _look(data, layout, symbols, network, stage)


def is_run(data: bytes) -> bool:
    """Whether this app saved the file: such a file names its settings, and has the optimiser's tensors too."""
    return b'"unrolled"' in data[:RUN_HEADER]


def _run_of_this_app(data: bytes, stage: Stage) -> None:
    try:
        state = compute.own_run(data)
    except (CoreError, TypeError) as refused:
        st.error(in_markdown(str(refused)))
        return
    _show_run(state, stage)


def _show_run(state: RunState, stage: Stage) -> None:
    """A run of the lab or of an application, with its units on its own test data."""
    try:
        network, has_outputs = compute.network_of(state)
    except (CoreError, TypeError) as refused:
        st.error(in_markdown(str(refused)))
        return
    if has_outputs:
        check_outputs(network)
    value = "c" if network.cell == "lstm" else "h"
    if isinstance(state.settings, ForecastSettings):
        with stage.drawer:
            ranges = series.own_ranges()
        taken = source.of_run(state, source.OF_FORECAST)
        _show_series(lambda own: series_compute.units_of_run(state, value, own), ranges, stage, taken)
        return
    try:
        with st.spinner(_("Reading the text …")):
            if isinstance(state.settings, TextSettings):
                taken = source.of_run(state, source.OF_TEXT_MODEL)
                units.show(
                    compute.units_of_run(state, value),
                    lambda: compute.ablation_of_run(state, value),
                    "",
                    "run",
                    stage,
                    taken,
                )
            else:
                found, pattern = _with_own_pattern(sequences_compute.units_of_run(state, value), stage)
                taken = replace(source.of_run(state, source.OF_SEQUENCES), pattern=pattern)
                sequences.show(found, lambda: sequences_compute.moved_of_run(state, value), "run", stage, taken)
    except CoreError as refused:
        st.warning(in_markdown(str(refused)))


def _with_own_pattern(found: SequenceUnits, stage: Stage) -> tuple[SequenceUnits, str]:
    """The same with the visitor's own label, and its pattern; "" without one that can be measured."""
    with stage.drawer:
        pattern = sequences.own_pattern()
        if pattern:
            try:
                return sequences_compute.with_pattern(found, pattern), pattern
            except CoreError as refused:
                st.warning(in_markdown(str(refused)))
    return found, ""


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
    """Without a vocabulary the numbers of the symbols are its words."""
    if not network.symbols and network.input_size == 1:
        _look_at_numbers(data, layout, network, stage)
        return
    if network.symbols:
        label = _("A text that it was not trained on, {least} to {most} characters").format(
            least=LEAST_TEXT, most=MOST_TEXT
        )
    else:
        label = _(
            "Sequences as your network reads them: {columns} numbers per line, and an empty line after each sequence"
        ).format(columns=network.input_size)
    text = st.text_area(label, key="inside_text", max_chars=MOST_TEXT)
    if len(text) < (LEAST_TEXT if network.symbols else 1):
        if symbols is None and network.symbols:
            st.info(
                _(
                    "Give the vocabulary to write words. Without it, write the numbers of the symbols, with spaces between them."
                )
            )
        return
    value = "c" if network.cell == "lstm" else "h"
    predicts = symbols is not None and network.outputs == len(symbols) and all(len(each) == 1 for each in symbols)
    arguments = (data, layout, symbols, text, value)
    try:
        with st.spinner(_("Reading the text …")):
            if predicts:
                assert symbols is not None
                taken = source.of_characters(data, layout, symbols, text)
                ablation = partial(compute.own_ablation, *arguments)
                units.show(compute.own_units(*arguments), ablation, "", "own", stage, taken)
            else:
                found, pattern = _with_own_pattern(sequences_compute.own_units(*arguments), stage)
                taken = replace(source.of_lines(data, layout, symbols, text, network), pattern=pattern)
                sequences.show(found, partial(sequences_compute.own_moved, *arguments), "own", stage, taken)
    except CoreError as refused:
        st.warning(in_markdown(str(refused)))
