"""What can be set on the page on back-propagation through time: where the wall stands, where the loss, and which network."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.studies.sequences import Form, SequenceSetup
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.sequences import controls
from ui.widgets.choices import choice, run_again

CELLS: tuple[Form, ...] = ("rnn", "lstm", "gru")
MOST_STEPS, MOST_UNITS = 24, 5  # what one can still count
DEFAULTS: controls.Settings = {
    "cell": "rnn",
    "gain": 1.0,
    "bk": 3.0,
    "T": 12,
    "H": 3,
    "seed": 0,
    "at": "last",
    "wall12": 6,
}
EXAMPLES: Mapping[str, controls.Settings] = {
    "half": {},
    "forgets": {"gain": 0.5},
    "grows": {"gain": 1.5},
    "lstm": {"cell": "lstm"},
    "every": {"at": "every", "wall12": 3},
    "free": {"wall12": 12},
}


@dataclass(frozen=True)
class BpttView:
    run: SequenceSetup
    at: tuple[int, ...]  # the steps (from 1) that the loss looks at
    wall_every: int  # steps between two walls; the number of steps: no wall


def example_labels() -> dict[str, str]:
    return {
        "half": _("A wall half way"),
        "forgets": _("One that forgets"),
        "grows": _("One that grows"),
        "lstm": _("An LSTM"),
        "every": _("A loss at every step"),
        "free": _("No wall"),
    }


def put_wall(behind: int) -> None:
    """From the picture: the next run's slider stands there. Its own run has drawn the slider already."""
    st.session_state["wall_to_put"] = behind
    run_again()


def _take_wall(steps: int) -> None:
    behind = st.session_state.pop("wall_to_put", None)
    if behind is not None:
        st.session_state[f"wall{steps}"] = min(max(behind, 1), steps)


def bptt_controls(below: DeltaGenerator) -> BpttView:
    """The wall and the cell stand here, what is changed less often goes into `below`."""
    with below:
        steps, units, seed, signal = _sizes()
    _take_wall(steps)
    wall_column, cell_column, memory_column = st.columns([2, 1, 1])
    with wall_column:
        wall_every = st.slider(
            _("A wall after every … steps"),
            1,
            steps,
            (steps + 1) // 2,
            **in_link(f"wall{steps}"),
            help=_("Nothing goes back through a wall: truncated back-propagation. At the far right there is none."),
        )
    with cell_column:
        cell = controls.form_choice(CELLS, "rnn")
    with memory_column:
        gain, keep = _memory(cell)
    run = SequenceSetup(
        cell,
        units,
        steps,
        seed,
        "orthogonal" if cell == "rnn" else "torch",
        gain,
        signal,
        (("b_f", keep), ("b_z", keep)),
    )
    return BpttView(run, _loss_steps(steps), wall_every)


def _sizes() -> tuple[int, int, int, str]:
    one, two, three, four = st.columns(4)
    with one:
        steps = st.slider(_("Steps T"), 2, MOST_STEPS, 12, **in_link("T"))
    with two:
        units = st.slider(_("Hidden size H"), 1, MOST_UNITS, 3, **in_link("H"))
    with three:
        signal = controls.input_choice("noise")
    with four:
        seed = controls.seed_input()
    return steps, units, seed, signal


def _memory(cell: Form) -> tuple[float, float]:
    """How well the cell remembers: by its matrix, or by the bias of the gate that keeps. The other stands still."""
    if cell == "rnn":
        return controls.gain_slider(1.0), 0.0
    return 1.0, st.slider(_("Bias of the gate that keeps"), -2.0, 6.0, 3.0, 0.1, **in_link("bk"))


def _loss_steps(steps: int) -> tuple[int, ...]:
    left, right = st.columns([1, 1])
    with left:
        where = choice(
            st.segmented_control,
            _("The loss looks at"),
            {"last": _("the last step"), "every": _("every step"), "some": _("chosen steps")},
            "last",
            "at",
            help=_("There the network is to say what the first number was."),
        )
    if where == "every":
        return tuple(range(1, steps + 1))
    if where == "last":
        return (steps,)
    with right:
        chosen = st.pills(
            _("Which steps"),
            range(1, steps + 1),
            selection_mode="multi",
            default=[steps],
            **in_link(f"at{steps}"),
        )
    if not chosen:
        st.info(_("No step is chosen, so the loss looks at the last one."), icon=":material/info:")
    return tuple(sorted(chosen)) or (steps,)
