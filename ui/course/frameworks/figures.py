"""What two programs print, as bars: for the differences that print one number a line."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from ui.figures.bars import bars
from ui.figures.chart import Chart
from ui.figures.words import number
from ui.i18n import _

LINES = {"gate_order": re.compile(r"block (\d) large: h = (.+)"), "two_biases": re.compile(r"(\w+) (\d+) parameters")}
KEPT = 2.0  # the state that the block of the update gate keeps


def difference_charts(name: str, printed: Mapping[str, str]) -> dict[str, Chart]:
    """One chart for each library; none where what is printed is not one number a line. Bars that differ are dark."""
    if name not in LINES:
        return {}
    found = {library: [_labelled(name, line) for line in text.splitlines()] for library, text in printed.items()}
    highest = max(value for rows in found.values() for _label, value in rows)
    rows = list(zip(*found.values(), strict=True))
    inks = ["baseline" if len({value for _label, value in row}) == 1 else "lstm" for row in rows]
    return {
        library: bars(
            np.array([value for _label, value in own]),
            [_("block {number}").format(number=label) if name == "gate_order" else label for label, _value in own],
            title=_title(name, library, own),
            y_title="h" if name == "gate_order" else _("parameters"),
            inks=inks,
            y_range=(0.0, 1.2 * highest),
        )
        for library, own in found.items()
    }


def _labelled(name: str, line: str) -> tuple[str, float]:
    read = LINES[name].fullmatch(line)
    if read is None:
        raise ValueError(f"{name} prints a line of another form: {line}")
    return read[1], float(read[2])


def _title(name: str, library: str, rows: Sequence[tuple[str, float]]) -> str:
    if name == "gate_order":
        block = next(place for place, (_label, value) in enumerate(rows) if value == KEPT)
        return _("{library}: block {block} keeps the state, h = {kept}").format(
            library=library, block=block, kept=number(KEPT)
        )
    label, count = rows[-1]
    return _("{library}: {count} parameters in the {cell}").format(library=library, count=number(count), cell=label)
