"""The widgets of the page on back-propagation through time: the picture, the truncation, the steps of the loss, the network."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from rnn_core.studies.sequences import FirstWeights, Form, SequenceSetup
from ui.browser.dial import page_dial
from ui.browser.previews import Slider
from ui.i18n import _
from ui.links.kept_settings import in_link, is_back_or_forward
from ui.memory.sequences import controls
from ui.memory.sequences.previews import Follower
from ui.widgets.choices import choice, rerun_page
from ui.widgets.stage import Stage

CELLS: tuple[Form, ...] = ("rnn", "lstm", "gru")
MOST_STEPS, MOST_UNITS = 24, 5  # as many as a diagram can show
HAND = "hand"
HAND_WEIGHT = "hand_w"
_OF_EVERY_LINK = ("lang", "picture")
PICTURES = (HAND, "network", "wires")
DEFAULTS: controls.Settings = {
    "picture": "network",
    "cell": "rnn",
    "gain": 1.0,
    "bk": 3.0,
    "T": 12,
    "H": 3,
    "seed": 0,
    "at": "last",
    "wall12": 6,  # the name of the truncation in links, with the sequence length
}
EXAMPLES: Mapping[str, controls.Settings] = {
    "hand": {"picture": HAND},
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
    at: tuple[int, ...]  # the steps (from 1) that the loss reads
    truncate_after: int  # time steps; the length of the sequence: not truncated


def picture_choice() -> str:
    """The page opens with the example of two steps. A link that sets the network shows the network."""
    names = {HAND: _("Two steps"), "network": _("The sum"), "wires": _("Every wire")}
    others = [name for name in st.query_params if name not in (*_OF_EVERY_LINK, HAND_WEIGHT)]
    if "picture" not in st.query_params and others and ("picture" not in st.session_state or is_back_or_forward()):
        st.query_params["picture"] = "network"
    return choice(st.segmented_control, _("Picture"), names, HAND, "picture", label_visibility="collapsed")


def hand_weight() -> float:
    return page_dial(_("Weight w"), -1.0, 1.5, 0.5, 0.05, key=HAND_WEIGHT, ink="gradient")


def request_truncation(behind: int) -> None:
    """Moves the slider, from a click on the diagram: in the next run, because this one has drawn the slider already."""
    st.session_state["requested_truncation"] = behind
    rerun_page()


def _apply_requested_truncation(steps: int) -> None:
    behind = st.session_state.pop("requested_truncation", None)
    if behind is not None:
        st.session_state[f"wall{steps}"] = min(max(behind, 1), steps)


def bptt_controls(stage: Stage) -> BpttView:
    """The truncation and the memory are in the dock; settings that change less often in the drawer."""
    with stage.drawer:
        cell = controls.form_choice(CELLS, "rnn")
        steps = controls.steps_dial(12, 2, MOST_STEPS)
        units = controls.units_dial(3, 1, MOST_UNITS)
        signal = controls.input_choice("noise")
        seed = controls.seed_input()
        at = _loss_steps(steps)
    _apply_requested_truncation(steps)
    with stage.dock:
        truncate_after = int(
            page_dial(
                _("Truncated after every … steps"),
                1,
                steps,
                (steps + 1) // 2,
                key=f"wall{steps}",
                ink="h",
                help=_(
                    "No gradient passes a boundary: this is truncated back-propagation. At the far right nothing is truncated."
                ),
            )
        )
        gain, keep = _memory(cell)
    first_weights: FirstWeights = "orthogonal" if cell == "rnn" else "torch"
    run = SequenceSetup(cell, units, steps, seed, first_weights, gain, signal, (("b_f", keep), ("b_z", keep)))
    return BpttView(run, at, truncate_after)


def bptt_dials(view: BpttView) -> dict[str, Follower[BpttView]]:
    """How the dials in the dock change the view."""
    truncation = Slider(view.truncate_after, 1, view.run.steps)
    dials: dict[str, Follower[BpttView]] = {
        f"wall{view.run.steps}": Follower(truncation, lambda now, after: replace(now, truncate_after=int(after)))
    }
    if view.run.form == "rnn":
        dials["gain"] = Follower(
            Slider(view.run.gain, *controls.GAINS), lambda now, gain: replace(now, run=replace(now.run, gain=gain))
        )
    return dials


def _memory(cell: Form) -> tuple[float, float]:
    """The setting that decides how well the cell remembers: the gain of its matrix, or the bias of the gate that keeps."""
    if cell == "rnn":
        return controls.gain_dial(1.0), 0.0
    return 1.0, page_dial(_("Bias of the gate that keeps"), -2.0, 6.0, 3.0, 0.1, key="bk", note="sigmoid")


def _loss_steps(steps: int) -> tuple[int, ...]:
    where = choice(
        st.segmented_control,
        _("The loss looks at"),
        {"last": _("the last step"), "every": _("every step"), "some": _("chosen steps")},
        "last",
        "at",
        help=_("At these steps the network has to output the first number."),
    )
    if where == "every":
        return tuple(range(1, steps + 1))
    if where == "last":
        return (steps,)
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
