import numpy as np
import streamlit as st

from rnn_core.studies.gradients import RNNSetup
from ui.browser.plot import plot
from ui.i18n import _
from ui.memory.clipping import compute
from ui.memory.clipping.controls import descent_controls, network_threshold
from ui.memory.clipping.figures import cliff as figures
from ui.memory.clipping.figures.clipped import clipped_run_chart, gradient_chart, loss_chart
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, question


def arrows(found: compute.Descents, threshold: float) -> None:
    """Raw and clipped gradient side by side, each where its own path met the steepest place."""
    prose("clipping", "arrows")
    shown = ((found.by_norm, False, _("Clipped by norm")), (found.by_value, True, _("Clipped by value")))
    for column, (descent, square, title) in zip(st.columns(2), shown, strict=True):
        steepest = int(np.linalg.norm(descent.gradients, axis=1).argmax())
        raw, used = descent.gradients[steepest], descent.used[steepest]
        with column:
            plot(figures.one_step(raw, used, threshold, square=square, title=title), key=f"arrows_{square}")


@st.fragment
def real_networks() -> None:
    threshold = network_threshold()
    shown: tuple[tuple[RNNSetup, str, str], ...] = (
        (compute.VANISHING, "vanishing", _("A gradient that vanishes")),
        (compute.EXPLODING, "exploding", _("A gradient that explodes")),
    )
    for column, (setup, key, title) in zip(st.columns(2), shown, strict=True):
        run = compute.clipped_run(setup, threshold)
        with column:
            plot(clipped_run_chart(run.raw, run.clipped, run.norm_before, run.norm_after, title=title), key=key)


@st.fragment
def descents() -> None:
    """All that depends on the start, the rate and the threshold."""
    start, rate, threshold = descent_controls(map_key="cliff")
    found = compute.descents(start, rate, threshold)
    paths = (
        figures.Path(_("no clipping"), found.free, "gradient"),
        figures.Path(_("by norm"), found.by_norm, "input_gate"),
        figures.Path(_("by value"), found.by_value, "output_gate", "dash"),
    )
    left, right = st.columns(2)
    with left:
        ground = compute.landscape(121)
        plot(figures.map_with_paths(ground.w, ground.b, ground.losses, paths), key="cliff", events=("click",))
        plot(loss_chart(paths), key="losses")
    with right:
        ground = compute.landscape(81)
        plot(figures.surface_with_paths(ground.w, ground.b, ground.losses, paths), key="space")
        plot(gradient_chart(paths, threshold), key="steepness")
    prose("clipping", "wall")
    arrows(found, threshold)


open_page("clipping")
question("clipping")
prose("clipping", "intro")
descents()
prose("clipping", "vanishing")
real_networks()
link("gradients", _("Why gradients vanish, and what a forget gate does about it"))
close_page("clipping")
