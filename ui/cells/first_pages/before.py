"""The page before the cell: six small instruments, each above its explanation."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from rnn_core.params.init import parameter_count
from rnn_core.studies.before_cell import LAYER_BIAS, LAYER_WEIGHTS, TwoSteps, states, window_weights
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.cells.first_pages import figures
from ui.figures.chart import Chart
from ui.figures.words import number
from ui.i18n import _
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part
from ui.widgets.stage import PlainStage, plain_stage, stage_note
from ui.widgets.tables import table


def _order(stage: PlainStage) -> None:
    with stage.dock:
        first = page_dial(_("First number"), -3.0, 3.0, 1.0, 0.5, key="first")
        second = page_dial(_("Second number"), -3.0, 3.0, 2.0, 0.5, key="second")
    ways = ((first, second), (second, first))
    _side_by_side(stage, {"states": figures.two_orders(*ways)})
    table(
        {
            _("order"): [f"{number(a)}, {number(b)}" for a, b in ways],
            _("sum of the inputs"): [number(a + b) for a, b in ways],
            "h₁": [number(states(way)[0]) for way in ways],
            "h₂": [number(states(way)[1]) for way in ways],
        }
    )


def _side_by_side(stage: PlainStage, charts: Mapping[str, Chart]) -> None:
    """The charts by their keys, as tall as the stage."""
    for column, (key, chart) in zip(stage.picture.columns(len(charts)), charts.items(), strict=True):
        with column:
            plot(chart, key=key, height="stage")


def _layer(stage: PlainStage) -> None:
    with stage.dock:
        given = np.array(
            [
                page_dial(f"x{place}", -3.0, 3.0, default, 0.5, key=f"layer{place}")
                for place, default in enumerate((1.0, 0.0, 2.0), start=1)
            ]
        )
    sums = LAYER_WEIGHTS @ given + LAYER_BIAS
    products = np.column_stack([LAYER_WEIGHTS * given, LAYER_BIAS])
    _side_by_side(stage, {"products": figures.products(products), "squashed": figures.squashed(sums)})
    rows = [
        " + ".join(f"{number(w)}·({number(x)})" for w, x in zip(row, given, strict=True)) + f" + ({number(b)})"
        for row, b in zip(LAYER_WEIGHTS, LAYER_BIAS, strict=True)
    ]
    table(
        {
            _("unit"): ["1", "2"],
            "W x + b": rows,
            "a": [number(a) for a in sums],
            "tanh(a)": [number(float(np.tanh(a))) for a in sums],
        },
        words=2,
    )


def _window(stage: PlainStage) -> None:
    with stage.dock:
        steps = int(page_dial(_("Steps in the window"), 1, 200, 100, key="window"))
        inputs = int(page_dial(_("Inputs per step"), 1, 50, 10, key="inputs_per_step"))
        units = int(page_dial(_("Units"), 1, 100, 20, key="layer_units"))
    counts = window_weights(steps, inputs, units), parameter_count("rnn", inputs, units)
    _side_by_side(stage, {"parameters": figures.parameter_bars(*counts)})


def _chain(stage: PlainStage) -> None:
    names = (("w", 0.5, "w"), ("h₀", 4.0, "start"), ("x₁", 1.0, "in1"), ("x₂", 0.5, "in2"))
    with stage.dock:
        w, h_0, x_1, x_2 = (
            page_dial(name, -2.0 if key == "w" else -5.0, 2.0 if key == "w" else 5.0, default, 0.1, key=key)
            for name, default, key in names
        )
    run = TwoSteps(w, h_0, x_1, x_2)
    h, back, parts = run.h, run.state_gradients, run.weight_parts
    with stage.picture, stage_note():
        st.markdown(
            _("The loss is L = ½·h₂² = **{loss}**, and ∂L/∂w = {first} + {second} = **{total}**.").format(
                loss=number(run.loss), first=number(parts[0]), second=number(parts[1]), total=number(sum(parts))
            )
        )
    _side_by_side(stage, dict(zip(("forward", "backward", "parts"), figures.two_steps(run), strict=True)))
    table(
        {
            "t": ["0", "1", "2"],
            _("forward: the state"): [
                f"h₀ = {number(h[0])}",
                f"{number(w)}·({number(h[0])}) + ({number(x_1)}) = {number(h[1])}",
                f"{number(w)}·({number(h[1])}) + ({number(x_2)}) = {number(h[2])}",
            ],
            _("backward: the gradient"): [
                f"{number(back[1])}·({number(w)}) = {number(back[0])}",
                f"{number(back[2])}·({number(w)}) = {number(back[1])}",
                f"h₂ − 0 = {number(back[2])}",
            ],
            _("part of ∂L/∂w"): [
                "",
                f"{number(back[1])}·({number(h[0])}) = {number(parts[0])}",
                f"{number(back[2])}·({number(h[1])}) = {number(parts[1])}",
            ],
        },
        words=4,
    )


def _log(stage: PlainStage) -> None:
    with stage.dock:
        factor = page_dial(_("Factor per step"), 0.1, 1.5, 0.5, 0.05, key="factor")
    _side_by_side(stage, dict(zip(("ordinary", "logarithmic"), figures.factor_charts(factor), strict=True)))


def _matrix(stage: PlainStage) -> None:
    with stage.dock:
        a = page_dial(_("Diagonal a"), 0.0, 1.2, 0.5, 0.05, key="diagonal")
        b = page_dial(_("Beside the diagonal: b"), -3.0, 3.0, 1.0, 0.1, key="beside")
        times = int(page_dial(_("Times applied"), 1, 20, 1, key="times"))
    A = np.array([[a, b], [0.0, a]])
    _side_by_side(stage, {"circle": figures.circle_under(A, times)})
    largest, smallest = np.linalg.svd(A, compute_uv=False)
    table(
        {
            _("of A = [[a, b], [0, a]]"): [_("both eigenvalues"), _("singular values")],
            _("value"): [number(a), f"{number(float(largest))}, {number(float(smallest))}"],
        }
    )


def labels() -> dict[str, str]:
    return {
        "order": _("Order"),
        "layer": _("One layer"),
        "window": _("Window or state"),
        "chain": _("The chain rule"),
        "log": _("A log scale"),
        "matrix": _("Two kinds of size"),
    }


INSTRUMENTS: dict[str, Callable[[PlainStage], None]] = {
    "order": _order,
    "layer": _layer,
    "window": _window,
    "chain": _chain,
    "log": _log,
    "matrix": _matrix,
}


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    stage = plain_stage()
    with stage.top:
        part = choice(st.segmented_control, _("Look at"), labels(), "order", "part", label_visibility="collapsed")
    INSTRUMENTS[part](stage)
    prose_part("before", "steps", part)
    if part == "window":
        prose_part("before", "steps", "state")
