import numpy as np
import streamlit as st

from rnn_core.studies.gradients import RNNSetup
from ui.browser.plot import plot
from ui.i18n import _
from ui.memory.clipping import compute, presets
from ui.memory.clipping.controls import DEFAULTS, descent_controls, network_threshold
from ui.memory.clipping.figures import cliff as figures
from ui.memory.clipping.figures.clipped import clipped_run_chart, gradient_chart, loss_chart
from ui.memory.clipping.sentence import sentence, steepest
from ui.memory.clipping.take import take_descents
from ui.memory.sequences.controls import example_text, examples
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import tune_button, whole_stage


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
    stage, ideas = whole_stage(), st.container()
    chosen = descent_controls(stage, map_key="cliff")
    found = compute.descents(chosen.start, chosen.rate, chosen.threshold)
    paths = presets.paths_of(found)
    title, first = sentence(found, chosen.threshold), steepest(found) + 1
    with stage.picture:
        ground = compute.landscape(121)
        chart = figures.map_with_paths(ground.w, ground.b, ground.losses, paths, title=title, begins_at=first)
        plot(chart, key="cliff", events=("click",), height="stage")
    with stage.dock:
        selected = examples("clipping", presets.pictures(), presets.EXAMPLES, DEFAULTS)
    with ideas:
        example_text("clipping", selected)
        prose("clipping", "intro")
    left, right = st.columns(2)
    with left:
        ground = compute.landscape(81)
        chart = figures.surface_with_paths(ground.w, ground.b, ground.losses, paths, begins_at=first)
        plot(chart, key="space", height=640)
    with right:
        plot(loss_chart(paths), key="losses")
        plot(gradient_chart(paths, chosen.threshold), key="steepness")
    prose("clipping", "wall")
    arrows(found, chosen.threshold)
    take_descents(chosen, found, compute.landscape(121))


open_page("clipping")
question("clipping")
tune_button()
descents()
prose("clipping", "vanishing")
real_networks()
link("gradients", _("Why gradients vanish, and what a forget gate does about it"))
close_page("clipping")
