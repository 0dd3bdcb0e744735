"""One unit and the label that it is asked about, chosen by the label or by the unit, and the verdict on both in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from rnn_core.analysis.inside import changes
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.ranking import Finding
from rnn_core.arrays import Array, Mask
from ui.browser.dial import page_dial
from ui.browser.plot import last_click
from ui.browser.thumbnails import Thumbnail, ThumbnailLine, chosen_thumbnail, thumbnail_choice
from ui.i18n import _
from ui.memory.inside.figures import TRAINED
from ui.memory.inside.names import label_name
from ui.widgets.choices import choice
from ui.widgets.stage import Stage

ABOVE: dict[str, Any] = {
    "label_visibility": "collapsed",
    "width": 170,
}  # pixels: a choice of a network, above the picture
NULLS = "inside_nulls"  # the chart whose dots are units
WORST_AUC = 0.45  # of the small pictures


class Found(Protocol):
    """What was found in a network over a text or a series."""

    @property
    def network(self) -> Network: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def untrained(self) -> tuple[Finding, ...]: ...
    @property
    def marks(self) -> tuple[tuple[str, Mask], ...]: ...


F = TypeVar("F", bound=Found)


@dataclass(frozen=True)
class Chosen(Generic[F]):
    """One unit and the label that it is asked about."""

    found: F
    own: Finding
    untrained: Finding
    unit: int
    order: NDArray[np.int64]  # (H,) in which the arrow keys show the units: by rank for the label, or by number
    position: int  # of the unit in it
    ablated: Callable[[], changes.Ablation] | None  # None where the network has no loss at every step

    def ablation(self) -> changes.Ablation:
        assert self.ablated is not None
        return self.ablated()

    @property
    def label(self) -> str:
        return label_name(self.own.label)

    @property
    def marks(self) -> Mask:
        return dict(self.found.marks)[self.own.label]


def pairs(found: Found) -> list[tuple[Finding, Finding]]:
    """Of each label: the finding of the network and of an untrained one."""
    return list(zip(found.findings, found.untrained, strict=True))


def choose(
    found: F,
    ablated: Callable[[], changes.Ablation] | None,
    first_label: str,
    name: str,
    stage: Stage,
    clicked: int | None,
) -> Chosen[F]:
    """`name` tells the labels of several networks apart in the link. `clicked`: a unit that was clicked since the last run."""
    H = found.network.hidden_size
    ways = {"label": _("by label"), "unit": _("by unit")}
    with stage.dock:
        way = choice(st.segmented_control, _("Ask"), ways, "label", "ask", width="content")
    if way == "unit":
        if clicked is not None:
            st.session_state["unit"] = clicked
        with stage.dock:
            unit = int(page_dial(_("Unit"), 0, H - 1, 0, key="unit"))
        beyond = [beyond_nulls(own, untrained, unit) for own, untrained in pairs(found)]
        own, untrained = pairs(found)[int(np.argmax(beyond))]
        return Chosen(found, own, untrained, unit, np.arange(H), unit, ablated)
    there = [each.label for each in found.findings]
    first = first_label if first_label in there else there[0]
    pictures = _pictures(found)
    label = chosen_thumbnail(pictures, first, f"label_{name}")
    own, untrained = next(pair for pair in pairs(found) if pair[0].label == label)
    if clicked is not None:
        st.session_state["rank"] = int(np.flatnonzero(own.order == clicked)[0]) + 1
    with stage.dock:
        rank = int(page_dial(_("Rank of the unit for this label"), 1, H, 1, key="rank"))
        thumbnail_choice(_("Label"), pictures, first, f"label_{name}")
    return Chosen(found, own, untrained, int(own.order[rank - 1]), own.order, rank - 1, ablated)


def take_position(position: int) -> None:
    """For a callback: the arrow keys have asked for another unit."""
    if st.session_state.get("ask") == "unit":
        st.session_state["unit"] = position
    else:
        st.session_state["rank"] = position + 1


def show_own_label(label: str, name: str, given: str) -> None:
    """The label that the visitor has just given is the one that is shown. `given`: its pattern or its ranges."""
    key = f"own_{name}"
    known, st.session_state[key] = st.session_state.get(key), given
    if given and known is not None and given != known:
        st.session_state[f"label_{name}"] = label


def clicked_dot(H: int) -> int | None:
    """The unit whose dot was clicked since the last run."""
    clicked, known = last_click(st.session_state.get(NULLS)), st.session_state.get(f"{NULLS}_click")
    st.session_state[f"{NULLS}_click"] = clicked
    is_unit = clicked is not None and clicked != known and clicked.curve == TRAINED and clicked.column < H
    return clicked.column if clicked is not None and is_unit else None


def _pictures(found: Found) -> dict[str, Thumbnail]:
    """Of each label: the AUC of all units, the best first, of this network and of the untrained one."""
    return {
        own.label: Thumbnail(label_name(own.label), (_falling(untrained, "baseline"), _falling(own, "c")))
        for own, untrained in pairs(found)
    }


def _falling(finding: Finding, ink: str) -> ThumbnailLine:
    return auc_line(np.sort(finding.auc)[::-1], ink)


def auc_line(values: Array, ink: str) -> ThumbnailLine:
    return ThumbnailLine(np.clip((values - WORST_AUC) / (1.0 - WORST_AUC), 0.0, 1.0).tolist(), ink)


def beyond_nulls(own: Finding, untrained: Finding, unit: int) -> float:
    """How far the unit's AUC lies above what shifted labels and every unit of an untrained network reach."""
    return float(own.auc[unit] - max(0.5 + own.band, untrained.auc.max()))


def verdict(chosen: Chosen[F], held_out: str) -> str:
    """Which values mean the label, how surely, and whether it was learned. `held_out` names what it was measured on."""
    unit, own, best = chosen.unit, chosen.own, float(chosen.untrained.auc.max())
    auc, band = float(own.auc[unit]), 0.5 + own.band
    says = (
        _("Unit {unit} is **high** where “{label}” holds: AUC **{auc}** on {held_out}.")
        if own.sign[unit] > 0
        else _("Unit {unit} is **low** where “{label}” holds: AUC **{auc}** on {held_out}.")
    ).format(unit=unit, label=chosen.label, auc=f"{auc:.2f}", held_out=held_out)
    if auc <= band:
        verdict = _("Shifted labels reach {band}: this may be **chance**.").format(band=f"{band:.2f}")
    elif auc <= best:
        verdict = _(
            "Shifted labels reach {band}, but the best unit of an untrained network {untrained}: this needs **no training**."
        ).format(band=f"{band:.2f}", untrained=f"{best:.2f}")
    else:
        verdict = _(
            "Shifted labels reach {band} and the best unit of an untrained network {untrained}: this was **learned**."
        ).format(band=f"{band:.2f}", untrained=f"{best:.2f}")
    return f"{says} {verdict}"


def what_it_knows(unit: int, scale: float, says: str) -> str:
    """`scale`: the unit's time scale, of which the sentence `says` speaks."""
    asked = _("**What does unit {unit} know?**").format(unit=unit)
    if np.isnan(scale):
        return asked
    if not np.isfinite(scale):
        return f"{asked} " + _("Its values resemble each other from the beginning to the end.")
    steps = f"{scale:.0f}" if scale >= 10 else f"{scale:.1f}"
    return f"{asked} {says.format(steps=steps)}"


def signed(number: float, digits: int = 2) -> str:
    text = f"{number:+.{digits}f}".replace("-", "−")
    return text.lstrip("+−") if not text.strip("+−0.") else text
