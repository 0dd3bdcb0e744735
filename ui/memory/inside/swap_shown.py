"""The map of a swap: the answers of both runs, what each unit brings back, and the run of the place that was clicked."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from rnn_core.arrays import Array
from ui.as_text import in_chart, in_markdown
from ui.browser.plot import last_click, plot
from ui.i18n import _
from ui.memory.inside.compute_runs import Swap
from ui.memory.inside.names import shown_character
from ui.memory.inside.swap_figure import Answer, Roads, swapped_shares
from ui.memory.inside.take_runs import Place, of_swap
from ui.widgets.stage import stage_note
from ui.widgets.take_along.offers import offer_numbers

SHOWN_UNITS = 8


def show(
    swap: Swap,
    road_of: Callable[[int, int | None], Array],
    read: Callable[[Array], Array],
    answer: Answer,
    take: Callable[[Roads, Place], None] | None = None,
    on_stage: bool = True,
) -> None:
    """`road_of` the step and the unit of a swap: the score after every step, which `read` turns into the answer. `take` offers the
    numbers with a notebook; without it they are offered alone. `on_stage`: whether it is the picture of the view, and not a part below it."""
    order = np.argsort(-np.abs(swap.map.units).max(axis=0), kind="stable")[:SHOWN_UNITS]
    pairs = zip(map(shown_character, swap.clean), map(shown_character, swap.corrupted), strict=True)
    words = [one if one == two else f"{one} → {two}" for one, two in pairs]
    rows = [_("all units"), *(_("unit {unit}").format(unit=unit) for unit in order)]
    values = np.concatenate([swap.map.whole[None], swap.map.units[:, order].T])
    clicked = last_click(st.session_state.get("inside_swap"))
    step, row = _place(swap, order, (clicked.column, clicked.row) if clicked and clicked.row is not None else None)
    unit = None if row == 0 else int(order[row - 1])
    with stage_note() if on_stage else st.container():
        _sentence(swap, step, unit, answer.note)
    road = road_of(step, unit)
    roads = Roads(read(swap.map.roads.clean), read(swap.map.roads.corrupted), read(road))
    if take is not None:
        take(roads, (step, unit))
    else:
        offer_numbers({name: each.value for name, each in of_swap(swap, roads).items()})
    chart = swapped_shares(values, rows, [in_chart(word) for word in words], roads, (step, row), answer)
    plot(chart, key="inside_swap", events=("click",), height="stage" if on_stage else None)


def _place(
    swap: Swap, order: np.ndarray[tuple[int], np.dtype[np.int64]], clicked: tuple[int, int] | None
) -> tuple[int, int]:
    """The word and the row that were clicked; before any click the unit and the word with the largest share."""
    steps, rows = len(swap.clean), len(order) + 1
    if clicked is not None and clicked[0] < steps and clicked[1] < rows:
        return clicked
    best = swap.map.units[:, order]
    step, row = np.unravel_index(int(best.argmax()), best.shape)
    return int(step), int(row) + 1


def _sentence(swap: Swap, step: int, unit: int | None, note: str) -> None:
    word = in_markdown(shown_character(swap.corrupted[step]))
    if unit is None:
        says = _("Swap **all units** after **{word}**, and **{share}** of the answer comes back.").format(
            word=word, share=_percent(swap.map.whole[step])
        )
    else:
        says = _(
            "Swap **unit {unit}** alone after **{word}**, and **{share}** of the answer comes back; the other {count} without it bring back {others}. Shares do not add up: the network is not linear. Click another place to see its run."
        ).format(
            unit=unit,
            word=word,
            share=_percent(swap.map.units[step, unit]),
            count=swap.map.units.shape[1] - 1,
            others=_percent(swap.map.others[step, unit]),
        )
    st.markdown(f"{note} {says}".strip())


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("-", "−")
