"""What the pages of the three cells share: presets, the diagram with its controls below, and the same cell as code."""

from dataclasses import dataclass

import streamlit as st

import rnn_core as rc
from rnn_core.errors import CoreError
from rnn_core.types import Cell
from ui import compute
from ui.components.stepper import stepper
from ui.controls import cell_controls, preset_choice
from ui.i18n import _
from ui.lesson import prose, question
from ui.setup import CellSetup
from ui.weights_table import apply_opened_file


@dataclass(frozen=True)
class CellView:
    setup: CellSetup
    run: compute.CellRun


def cell_diagram(cell: Cell) -> CellView:
    """Question, presets, the diagram, and below it everything that can be changed."""
    apply_opened_file()
    question(cell)
    preset = preset_choice(cell)
    diagram = st.container()
    setup = cell_controls(cell, preset)
    run = _run_or_last_good(setup)
    with diagram:
        stepper(run.trace, run.grads, key="stepper")
    prose(cell, "intro")
    return CellView(setup, run)


def _loss_choice() -> str:
    return st.segmented_control(
        _("Backward starts from"),
        ("last", "every"),
        default="last",
        required=True,
        format_func={"last": _("the last step"), "every": _("every step")}.__getitem__,
        help=_("The loss is the sum of h over the units, at the last step or at every step."),
        key="loss",
        bind="query-params",
    )


def _run_or_last_good(setup: CellSetup) -> compute.CellRun:
    """The run of this setup; while it cannot be computed, the page says why and keeps the last that could."""
    remembered = f"last_run_{setup.cell}"
    loss_at = _loss_choice()
    try:
        st.session_state[remembered] = compute.cell_run(setup, loss_at)
    except CoreError as problem:
        st.error(str(problem), icon=":material/warning:")
    if remembered not in st.session_state:
        st.session_state[remembered] = compute.cell_run(CellSetup(setup.cell), loss_at)
    return st.session_state[remembered]


def same_in_code(view: CellView) -> None:
    """The cell with its current weights as programs to run elsewhere, and a check against PyTorch."""
    st.subheader(_("The same in code"), anchor=False)
    numpy_tab, torch_tab = st.tabs(["NumPy", "PyTorch"])
    params, xs = view.run.trace.params, view.run.trace.xs
    with numpy_tab:
        _program(rc.as_numpy(params, xs, say=_), f"{view.setup.cell}_numpy.py")
    with torch_tab:
        _program(rc.as_torch(params, xs, say=_), f"{view.setup.cell}_torch.py")
    if st.button(_("Check against PyTorch"), icon=":material/verified:"):
        difference = compute.difference_from_torch(view.setup)
        st.write(
            _("Checked against PyTorch: largest difference {difference:.1e}, over the states and every gradient.").format(
                difference=difference
            )
        )


def _program(text: str, name: str) -> None:
    st.code(text, language="python", height=320)
    st.download_button(_("Download"), text, name, "text/x-python", key=name, icon=":material/download:")
