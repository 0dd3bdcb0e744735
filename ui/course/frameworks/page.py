"""The page on three frameworks: one network as three programs with the reader's settings, and where the libraries differ."""

import json

import numpy as np
import streamlit as st

from rnn_core.arrays import Cell
from rnn_core.studies.claims.snippets import Execution, execute
from rnn_core.studies.frameworks.differences import DIFFERENCES, recorded, run_programs
from rnn_core.studies.frameworks.programs import Library, Network, Part, program, shown_beside
from ui.browser.plot import plot
from ui.course.frameworks.figures import difference_charts
from ui.figures.words import difference
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.runs.checks import computed_by_worker
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part
from ui.widgets.tables import text_block

CHART_HEIGHT = 200
NAMES: dict[Library, str] = {"numpy": "NumPy", "torch": "PyTorch", "keras": "Keras"}


def part_labels() -> dict[Part, str]:
    return {"cell": _("A single step"), "layer": _("A layer"), "model": _("A model"), "training": _("Training")}


@st.fragment
def one_network() -> None:
    part = choice(st.segmented_control, _("Part"), part_labels(), "layer", "part")
    network = _settings()
    prose_part("frameworks", "parts", part)
    programs = shown_beside(network, part)
    results = _results(network, part)
    for column, (library, code) in zip(st.columns(3), programs.items(), strict=True):
        with column:
            st.markdown(f"#### {NAMES[library]}")
            st.code(code, language="python", wrap_lines=True)
            if library in results:
                text_block(results[library].printed or results[library].error)
    _run_all(network, part)
    if len(results) > 1:
        _compared(results)


def _settings() -> Network:
    columns = st.columns([2, 1, 1, 1, 1, 1])
    with columns[0]:
        cells: dict[Cell, str] = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
        cell = choice(st.segmented_control, _("Cell"), cells, "lstm", "cell")
    X = columns[1].slider(_("Inputs X"), 1, 5, 2, **in_link("X"))
    H = columns[2].slider(_("Units H"), 1, 6, 3, **in_link("H"))
    T = columns[3].slider(_("Steps T"), 2, 12, 5, **in_link("T"))
    B = columns[4].slider(_("Batch B"), 1, 4, 2, **in_link("B"))
    seed = int(columns[5].number_input(_("Seed"), 0, 9999, 0, **in_link("seed")))
    return Network(cell, X, H, T, B, seed)


def _kept(network: Network, part: Part) -> str:
    return f"frameworks {network} {part}"


@st.cache_data(max_entries=64, show_spinner=False)
def _in_numpy(network: Network, part: Part) -> Execution:
    return execute(program(network, part, "numpy"))


def _results(network: Network, part: Part) -> dict[str, Execution]:
    """NumPy’s result, computed here, and those of the others once a worker has computed them."""
    others: dict[str, Execution] = st.session_state.get(_kept(network, part), {})
    return {"numpy": _in_numpy(network, part), **others}


def _run_all(network: Network, part: Part) -> None:
    if not st.button(_("Execute in PyTorch and Keras"), icon=":material/play_arrow:"):
        return
    # Not at the top of the file: the first visitor would wait for all that worker processes need.
    from ui.runs.executor import workers
    from ui.widgets.choices import rerun_page

    others = {library: program(network, part, library) for library in ("torch", "keras")}
    done = computed_by_worker(
        _("PyTorch and Keras are computing in another process…"),
        lambda: workers().submit("checks", run_programs, others).result(timeout=60),
    )
    if done is None:
        return
    st.session_state[_kept(network, part)] = done
    rerun_page()


def _compared(results: dict[str, Execution]) -> None:
    """How far the three lists of numbers are from each other."""
    found = {name: _numbers(result) for name, result in results.items()}
    mine = found["numpy"]
    for library in ("torch", "keras"):
        theirs = found.get(library)
        if mine is not None and theirs is not None:
            text = _("Largest difference between NumPy and {library}: {difference}.")
            st.markdown(text.format(library=NAMES[library], difference=difference(float(np.abs(mine - theirs).max()))))


def _numbers(result: Execution) -> np.ndarray | None:
    return None if result.error else np.array(json.loads(result.printed.splitlines()[-1]))


def difference_titles() -> dict[str, str]:
    return {
        "gate_order": _("Order of the gates"),
        "two_biases": _("Two biases"),
        "batch_first": _("Which axis is time"),
        "return_sequences": _("All states or the last"),
        "reset": _("Reset before or after"),
        "state_order": _("States: order and shape"),
        "masking": _("Masking and packing"),
        "initialisation": _("Default initialisation"),
        "statefulness": _("State between calls"),
        "clipping": _("Clipping"),
        "dropout": _("Dropout"),
    }


@st.fragment
def differences() -> None:
    st.subheader(_("Differences that cause mistakes"), anchor=False)
    titles = difference_titles()
    with st.container(key="difference_pills"):
        name = choice(
            st.pills,
            _("Difference"),
            {each: titles[each] for each in DIFFERENCES},
            "gate_order",
            "difference",
            wrap=True,
            label_visibility="collapsed",
        )
    prose_part("frameworks", "differences", name)
    shown, done = DIFFERENCES[name], recorded()[name]
    charts = difference_charts(name, {"PyTorch": done.torch.printed, "Keras": done.keras.printed})
    for column, title, code, result in zip(
        st.columns(2), ("PyTorch", "Keras"), (shown.torch, shown.keras), (done.torch, done.keras), strict=True
    ):
        with column:
            if title in charts:
                plot(charts[title], key=f"difference_{title}", height=CHART_HEIGHT)
            else:
                st.markdown(f"#### {title}")
            printed, program_code = st.container(key=f"printed_{title}"), st.container()
            with program_code:
                st.code(code, language="python", wrap_lines=True)
            with program_code if title in charts else printed:  # the chart shows the numbers already
                text_block(result.printed or result.error)
    st.caption(_("Printed by {versions}; a test executes both programs.").format(versions=done.versions))
