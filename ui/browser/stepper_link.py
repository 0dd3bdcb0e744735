"""What a link may ask of a cell's diagram, and the sentence that the reader sees where it asks for more.

The diagram itself reads the link, in the browser (stepper/link.js); here the same is checked once, when the page is come to.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from rnn_core.equations.notation import Symbol
from ui.browser.stepper_words import RENAMED, stages_of
from ui.links import refused

WHOLE, NOTHING = "all", "none"  # no single step of the computation; no open value
MOST_STEPS = 7  # of a computation: links of several cells have counted so far (stepper/link.js)
Cells = Sequence[Mapping[str, Any]]  # as stepper.py describes them to the browser


def report_refused(
    link: str, cells: Cells, symbols: Sequence[Mapping[str, Symbol]], direction: str, first_step: int
) -> None:
    """`symbols` of each cell; `direction` and `first_step`: what is shown where the link does not say."""
    if not refused.is_first_run_of_page():
        return
    last_step, last_unit = cells[0]["T"], max(cell["H"] for cell in cells)
    has_gradients = all("dxs" in cell["arrays"] for cell in cells)
    ways = ("forward", "backward") if has_gradients else ("forward",)
    given = st.query_params
    for name, most, usual in ((link, last_step, first_step), ("unit", last_unit, 1)):
        number = _whole(given.get(name, ""))
        shown = usual if number is None else min(max(number, 1), most)
        if name in given and number != shown:
            refused.refuse(name, str(shown))
    if given.get("direction", direction) not in ways:
        refused.refuse("direction", direction)
    if given.get("stage", WHOLE) not in (WHOLE, *_stages(cells)):
        refused.refuse("stage", WHOLE)
    if "value" in given and not _is_value(given["value"], cells, symbols):
        refused.refuse("value", NOTHING)


def _whole(text: str) -> int | None:
    """The number of a text, as the browser reads it."""
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _stages(cells: Cells) -> list[str]:
    """Several cells go through their steps together, and count them."""
    each = [(cell["blocks"] or {}).get("parts") or stages_of(cell["kind"], cell["options"]["form"]) for cell in cells]
    if len(cells) > 1:
        return [str(number + 1) for number in range(MOST_STEPS)]
    return each[0] + [old for old, new in RENAMED.get(cells[0]["kind"], {}).items() if new in each[0]]


def _is_value(text: str, cells: Cells, symbols: Sequence[Mapping[str, Symbol]]) -> bool:
    parts = text.split(".")
    kind = parts.pop(0) if len(cells) > 1 else cells[0]["kind"]
    place = next((place for place, cell in enumerate(cells) if cell["kind"] == kind), None)
    if place is None or not parts:
        return False
    name, *numbers = parts
    array = cells[place]["arrays"].get(name)
    if array is None or len(numbers) != len(array["shape"]):
        return False
    first = symbols[place][name].first
    # A step counts from the first that the array has, a unit from 1.
    lowest = [1 if first is None else first] + [1] * (len(numbers) - 1)
    found = [_whole(number) for number in numbers]
    return all(
        number is not None and low <= number < low + size
        for number, low, size in zip(found, lowest, array["shape"], strict=True)
    )
