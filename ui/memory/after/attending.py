"""Attention and the Transformer: who reads whom, what a token costs, and a Transformer and a GRU trained on one task."""

from functools import lru_cache

import numpy as np
import streamlit as st

from rnn_core.studies.modern.order import TwoOrders, multiplications, two_orders
from rnn_core.studies.modern.recurrences import state_numbers
from rnn_core.studies.tracking.settings import TrackingSettings
from rnn_core.studies.tracking.weights import TRANSFORMER
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.figures.chart import Chart
from ui.figures.lines import Line
from ui.figures.matrix import matrix
from ui.figures.modern_names import preset_names
from ui.figures.norms import norm_chart
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.after.live import train_together
from ui.memory.after.study_figure import task_names
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part
from ui.widgets.stage import PlainStage

INKS = {"lstm": "lstm", "min_gru": "gru", "linear_attention": "forget_gate", "attention": "y"}


def instrument(stage: PlainStage) -> None:
    pictures = {"order": _("Who reads whom"), "cost": _("What a token costs"), "live": _("Transformer and GRU")}
    with stage.top:
        shown = choice(st.segmented_control, _("Picture"), pictures, "order", "attend", label_visibility="collapsed")
    {"order": _order, "cost": _cost, "live": _live}[shown](stage)
    prose_part("after", "steps", f"attend_{shown}")


@lru_cache(maxsize=64)
def _orders(T: int, with_positions: bool) -> TwoOrders:
    return two_orders(T, with_positions)


def _order(stage: PlainStage) -> None:
    with stage.dock:
        T = int(page_dial(_("Inputs T"), 3, 10, 6, key="attend_T"))
        options = {"none": _("without positions"), "sines": _("with positions")}
        positions = choice(st.segmented_control, _("Inputs"), options, "none", "positions")
    found = _orders(T, positions == "sines")
    with stage.picture:
        for column, (weights, order, title, key) in zip(
            st.columns(2),
            (
                (found.given, range(T), _("Weights in the given order"), "weights_given"),
                (found.shuffled, found.order, _("The inputs before the last one shuffled"), "weights_shuffled"),
            ),
            strict=True,
        ):
            names = [f"x{place + 1}" for place in order]
            with column:
                plot(
                    matrix(
                        weights,
                        title=title,
                        rows=names,
                        columns=names,
                        row_title=_("reads"),
                        column_title=_("is read"),
                        reach=1.0,
                        most_with_numbers=100,
                    ),
                    key=key,
                )
    st.markdown(
        _("The last output of the two orders differs by {difference} at most.").format(
            difference=number(found.difference)
        )
    )


def _cost(stage: PlainStage) -> None:
    with stage.dock:
        H = int(page_dial(_("Size H"), 8, 128, 32, 8, key="attend_H"))
        last = int(page_dial(_("Tokens"), 64, 1024, 512, 64, key="attend_tokens"))
    steps = range(1, last + 1)
    memory = {cell: np.array([state_numbers(cell, H, H, t) for t in steps], float) for cell in INKS}
    work = {cell: np.array([multiplications(H, t)[cell] for t in steps], float) for cell in INKS}
    with stage.picture:
        for column, (chart, key) in zip(
            st.columns(2),
            (
                (_per_token(memory, _("Numbers carried to the next token"), _("numbers (log scale)")), "carried"),
                (_per_token(work, _("Multiplications for this token"), _("multiplications (log scale)")), "work"),
            ),
            strict=True,
        ):
            with column:
                plot(chart, key=key, height="stage")
    crossed = next((t for t in steps if memory["attention"][t - 1] > memory["linear_attention"][t - 1]), None)
    if crossed is not None:
        st.markdown(
            _(
                "From token {t} on, the keys and values of attention are more numbers than a matrix memory of H × H."
            ).format(t=crossed)
        )


def _per_token(values: dict[str, np.ndarray], title: str, y_title: str) -> Chart:
    names = preset_names()
    lines = [Line(names[cell], each, INKS[cell]) for cell, each in values.items()]
    return norm_chart(lines, title=title, y_title=y_title, x_title=_("token t"))


def _live(stage: PlainStage) -> None:
    with stage.dock:
        task = choice(st.selectbox, _("Task"), task_names(), "recall", "attend_task")
        seed = int(st.number_input(_("Seed"), 0, 9999, 0, **in_link("attend_seed")))
    cells = {_("Transformer"): TRANSFORMER, "GRU": "gru"}
    found = {name: TrackingSettings(task=task, cell=cell, seed=seed) for name, cell in cells.items()}
    train_together(
        stage,
        "attention_live",
        {
            _("{name}, {count} parameters").format(name=name, count=f"{each.parameters:,}"): each
            for name, each in found.items()
        },
    )
