"""What the pages of the three cells share: presets, the diagram with its lengths and charts, and below all else that changes.

The lengths stand in a fragment with what they change: a slider waits neither for the frame and the prose of the page nor
for the other widgets.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import rnn_core as rc
from rnn_core.arrays import Array, Cell
from rnn_core.cells.base import FirstBad
from rnn_core.formats.programs import as_keras, as_numpy, as_torch
from ui.as_text import in_markdown
from ui.browser import live
from ui.browser.live import Dials
from ui.browser.plot import plot
from ui.browser.stepper import stepper
from ui.cells.compute import NEXT, NEXT_INPUT, Aim, CellRun, cell_run, telling_step
from ui.cells.controls import (
    SETTINGS,
    cell_settings,
    length_dials,
    main_dial,
    preset_choice,
    with_lengths,
    with_main_dial,
    with_numbers,
)
from ui.cells.practice import practice_button, practice_on
from ui.cells.preset_claims import OTHER, part_of
from ui.cells.reach import dials_of, reach
from ui.cells.readout_controls import readout_aim, show_prediction
from ui.cells.setup import CellSetup
from ui.cells.shown_words import shown_words
from ui.cells.take import cell_offer
from ui.cells.weights_table import apply_opened_file, weights_by_hand, with_edits
from ui.figures.lines import unit_lines
from ui.figures.words import difference
from ui.i18n import _
from ui.runs.checks import computed_by_worker
from ui.widgets.choices import choice
from ui.widgets.lesson import lesson_part, linked, question
from ui.widgets.stage import actions, drawer_is_open, drawer_panel, stage, stage_row, tune_button
from ui.widgets.take_along.offers import offer

DIAGRAM = "stepper"
CURSOR = "cell"  # the diagram and the charts share their step
LOSS = "loss"  # its name in the link
BELOW = "setup below"  # in the session: what the widgets below the fragment show


@dataclass(frozen=True)
class CellView:
    setup: CellSetup
    run: CellRun
    aim: Aim = NEXT_INPUT  # of the readout

    @property
    def dials(self) -> Dials:
        """What the browser can follow: a readout that is trained or asked for a drawing is computed by the page alone."""
        return dials_of(self.setup) if self.aim == NEXT_INPUT else {}


Draw = Callable[[CellView], None]


def cell_page(cell: Cell, charts: Draw, more: Draw | None = None) -> None:
    """All of a cell's page but its prose; `charts` draws what stands below the diagram, charts alone, and `more` what follows."""
    apply_opened_file()
    with actions():
        preset = preset_choice(cell)
    question(cell)
    practice_button()
    tune_button(is_open_at_first=_needs_typing())
    st.session_state.pop(BELOW, None)
    view = _explorer(cell, preset, charts, more)
    with st.container(key="same_in_code"):
        same_in_code(view)


@st.fragment
def _explorer(cell: Cell, preset: str, charts: Draw, more: Draw | None) -> CellView:
    """All that a dial or a setting changes."""
    with stage_row():
        picture, panel = stage(), drawer_panel(is_open_at_first=_needs_typing())
    problems, below = st.container(), st.container()
    setup, loss_at = _settings(cell, preset, panel, problems)
    with below:
        aim = readout_aim(setup) if loss_at == NEXT else NEXT_INPUT
    view = CellView(setup, _run_or_last_good(setup, loss_at, aim), aim)
    with picture:
        stepper(
            view.run.trace,
            view.run.grads,
            key=DIAGRAM,
            cursor=CURSOR,
            live=reach((setup,), loss_at) if view.dials else None,
            step=min(telling_step(cell, preset), len(view.run.trace.xs)),
            dial=main_dial(setup),
            lengths=tuple(length_dials(setup).values()),
            practice=practice_on({cell: view.run}, DIAGRAM),
        )
    if view.run.trace.first_bad:
        _say_overflow(view.run.trace.first_bad)
    _say_what_is_shown(view)
    if view.run.prediction:
        with below:
            show_prediction(view.run.prediction, aim, CURSOR)
    offer(cell_offer(view.run, loss_at))
    charts(view)
    if more:
        more(view)
    _tell_what_is_open(setup)
    return view


def _settings(cell: Cell, preset: str, panel: DeltaGenerator, problems: DeltaGenerator) -> tuple[CellSetup, str]:
    """The widgets of the drawer are made when it is open, or when the link sets one: each is code that the browser must fetch."""
    names = (*SETTINGS, LOSS, "w")
    is_made = drawer_is_open(_needs_typing()) or any(
        name in st.query_params or name in st.session_state for name in names
    )
    if not is_made:
        return with_main_dial(with_lengths(CellSetup(cell, preset), shown=())), "last"
    with panel:
        st.markdown(f"#### {_('Tune')}")
        setup = with_lengths(cell_settings(cell, preset))
        loss_at = _loss_choice()
        setup = with_numbers(setup)
    with problems:  # beside the picture: what the link asked for and did not get
        setup = with_main_dial(with_edits(setup))
    with panel:
        weights_by_hand(setup)
    return setup, loss_at


def _needs_typing() -> bool:
    """Whether the link opens an input that is typed or drawn in the drawer."""
    return st.query_params.get("input") in ("typed", "drawn")


def _tell_what_is_open(setup: CellSetup) -> None:
    """The program below is of this cell: where it is open, the whole page follows a dial."""
    shown = st.session_state.get(BELOW)
    st.session_state[BELOW] = setup
    if st.session_state.get("program_open") and shown not in (None, setup):
        st.rerun()


def _say_what_is_shown(view: CellView) -> None:
    cell, part = view.setup.cell, part_of(view.setup, view.run.trace)
    sentences = linked(lesson_part(cell, "presets", part), f"{cell}/presets")
    is_computed = part == OTHER and not view.run.trace.first_bad
    st.markdown(f"{shown_words(view.run)}\n\n{sentences}" if is_computed else sentences)


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
        {"last": _("the last step"), "every": _("every step"), NEXT: _("a prediction")},
        "last",
        LOSS,
        help=_(
            "The loss is the sum of h over the units, at the last step or at every step; or the mean squared error of a readout "
            "that predicts the next input, or a curve that you draw."
        ),
    )


def _run_or_last_good(setup: CellSetup, loss_at: str, aim: Aim) -> CellRun:
    """The run of this setup; while it cannot be computed, the page says why and keeps the last that could."""
    remembered = f"last_run_{setup.cell}"
    try:
        st.session_state[remembered] = cell_run(setup, loss_at, aim)
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
    follow = live.lines(DIAGRAM, view.dials, name, symbol) if view.dials else None
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

    found = computed_by_worker(_("PyTorch is computing in another process…"), lambda: torch_check(setup))
    if found is None:
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
