"""What the pages of the three cells share: presets, the diagram with its lengths and charts, and below all else that changes.

The lengths stand in a fragment with what they change: a slider waits neither for the frame and the prose of the page nor
for the other widgets.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

import rnn_core as rc
from rnn_core.arrays import Array, Cell
from rnn_core.cells.base import FirstBad
from rnn_core.formats.programs import as_keras, as_numpy, as_torch
from ui.as_text import in_markdown
from ui.browser import live
from ui.browser.plot import plot
from ui.browser.stepper import stepper
from ui.cells.compute import CellRun, cell_run
from ui.cells.controls import SETTINGS, cell_settings, lengths, preset_choice
from ui.cells.preset_claims import part_of
from ui.cells.reach import dials_of, reach
from ui.cells.setup import CellSetup
from ui.cells.weights_table import apply_opened_file, weights_by_hand, with_edits
from ui.figures.lines import unit_lines
from ui.figures.words import difference
from ui.i18n import _
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part, question

DIAGRAM = "stepper"
CURSOR = "cell"  # the diagram and the charts share their step
LOSS = "loss"  # its name in the link
BELOW = "setup below"  # in the session: what the widgets below the fragment show


@dataclass(frozen=True)
class CellView:
    setup: CellSetup
    run: CellRun


Draw = Callable[[CellView], None]


def cell_page(cell: Cell, charts: Draw, more: Draw | None = None) -> None:
    """All of a cell's page but its prose; `charts` draws what stands below the diagram, charts alone, and `more` what follows."""
    apply_opened_file()
    ask, start = st.columns(2, gap="medium")
    with ask:
        question(cell)
    with start:
        preset = preset_choice(cell)
    settings, loss_at = _settings(cell, preset)
    st.session_state.pop(BELOW, None)
    view = _explorer(settings, loss_at, charts, more)
    weights_by_hand(view.setup)
    same_in_code(view)


def _settings(cell: Cell, preset: str) -> tuple[CellSetup, str]:
    """Its widgets are made when somebody opens them, or when the link sets one: each is code that the browser must fetch."""
    label = _("Change the cell: input, form, seed")
    place = st.expander(label, icon=":material/tune:", key="settings_open", on_change="rerun")
    if not place.open and not any(name in st.query_params or name in st.session_state for name in (*SETTINGS, LOSS)):
        return CellSetup(cell, preset), "last"
    with place:
        return cell_settings(cell, preset), _loss_choice()


@st.fragment
def _explorer(settings: CellSetup, loss_at: str, charts: Draw, more: Draw | None) -> CellView:
    sentence, above = st.container(), st.container()
    setup = with_edits(lengths(settings))
    view = CellView(setup, _run_or_last_good(setup, loss_at))
    with sentence:
        prose_part(setup.cell, "presets", part_of(setup, view.run.trace))
    with above:
        stepper(view.run.trace, view.run.grads, key=DIAGRAM, cursor=CURSOR, live=reach((setup,), loss_at))
        if view.run.trace.first_bad:
            _say_overflow(view.run.trace.first_bad)
    charts(view)
    if more:
        more(view)
    _tell_what_is_open(setup)
    return view


def _tell_what_is_open(setup: CellSetup) -> None:
    """The weights and the program below are of this cell: where one of them is open, the whole page follows a slider."""
    shown = st.session_state.get(BELOW)
    st.session_state[BELOW] = setup
    is_open = st.session_state.get("weights_open") or st.session_state.get("program_open")
    if is_open and shown not in (None, setup):
        st.rerun()


def _say_overflow(bad: FirstBad) -> None:
    st.warning(
        _(
            "From step {step} on the numbers are too large for the computer: unit {unit} of {name} is the first. "
            "Smaller weights or fewer steps keep them in reach."
        ).format(step=bad.step + 1, unit=bad.unit + 1, name=bad.name),
        icon=":material/warning:",
    )


def _loss_choice() -> str:
    return choice(
        st.segmented_control,
        _("Backward starts from"),
        {"last": _("the last step"), "every": _("every step")},
        "last",
        LOSS,
        help=_("The loss is the sum of h over the units, at the last step or at every step."),
    )


def _run_or_last_good(setup: CellSetup, loss_at: str) -> CellRun:
    """The run of this setup; while it cannot be computed, the page says why and keeps the last that could."""
    remembered = f"last_run_{setup.cell}"
    try:
        st.session_state[remembered] = cell_run(setup, loss_at)
    except rc.CoreError as problem:
        st.error(in_markdown(str(problem)), icon=":material/warning:")
    if remembered not in st.session_state:
        st.session_state[remembered] = cell_run(CellSetup(setup.cell), loss_at)
    known: CellRun = st.session_state[remembered]
    return known


def state_lines(view: CellView, name: str, *, title: str, symbol: str) -> None:
    """A state over time, `name` on the trace, sharing its step with the diagram."""
    values: Array = getattr(view.run.trace, name)
    chart = unit_lines(values, range(values.shape[1]), title=title, symbol=symbol, ink=symbol, first_step=0)
    dials = dials_of(view.setup)
    follow = live.lines(DIAGRAM, dials, name, symbol) if dials else None
    plot(chart, key=f"lines_{symbol}", cursor=CURSOR, live=follow)


def same_in_code(view: CellView) -> None:
    """The cell with its current weights as programs to run elsewhere, and a check against PyTorch."""
    st.subheader(_("The same in code"), anchor=False)
    program = st.expander(_("Show the program"), icon=":material/code:", key="program_open", on_change="rerun")
    if program.open:
        with program:
            _program(view)
    if st.button(_("Check against PyTorch"), icon=":material/verified:"):
        _check_against_torch(view.setup)


def _check_against_torch(setup: CellSetup) -> None:
    # Not at the top of the file: the first visitor would wait for all that worker processes need.
    from ui.cells.compute import torch_check
    from ui.runs.faults import report_run_problems
    from ui.runs.workers import WorkersLostError

    try:
        with st.spinner(_("PyTorch is computing in another process…")):
            found = torch_check(setup)
    except TimeoutError:
        st.info(_("PyTorch has not answered yet: it is still starting, or busy. Press again in a moment."))
        return
    except WorkersLostError as lost:
        report_run_problems(0, str(lost))
        return
    text = _("Checked against {judge}: largest difference {forward} in the states, {gradient} in the gradients.")
    st.markdown(text.format(judge=found.judge, forward=difference(found.forward), gradient=difference(found.gradient)))


def _program(view: CellView) -> None:
    writers: dict[str, Callable[..., str | None]] = {"NumPy": as_numpy, "PyTorch": as_torch, "Keras": as_keras}
    library = choice(st.segmented_control, _("Library"), {name: name for name in writers}, "NumPy", "code")
    program = writers[library](view.run.trace.params, view.run.trace.xs, say=_)
    if program is None:
        st.info(_("Keras has no layer for this form of the cell."))
        return
    st.code(program, language="python", wrap_lines=True)
    name = f"{view.setup.cell}_{library.lower()}.py"
    st.download_button(_("Download"), program, name, "text/x-python", icon=":material/download:")
