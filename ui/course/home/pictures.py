"""The small picture of each page on Home's cards, drawn from what the page itself shows when it opens."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from rnn_core.apps.registry import APPLICATIONS
from rnn_core.arrays import Array, Cell
from rnn_core.blocks.readout import softmax
from rnn_core.lab import recorded
from rnn_core.lab.ready import record_name
from rnn_core.params.presets import PRESETS
from ui.browser.thumbnails import Thumbnail, ThumbnailLine
from ui.cache.shipped import shipped
from ui.cells.compute import cell_run, preset_ribbons
from ui.cells.setup import RANDOM, CellSetup
from ui.figures.style import CELL_DASHES
from ui.memory.bptt import presets as bptt
from ui.memory.clipping import presets as clipping
from ui.memory.gates import presets as gates
from ui.memory.gradients import presets as gradients
from ui.memory.states import presets as states
from ui.memory.variants import pictures as variants

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
MOST_POINTS, MOST_RUNS = 40, 6
MARGIN = 0.08  # above the highest and below the lowest value


def picture(slug: str, title: str) -> Thumbnail | None:
    """The page's small picture; None where it has no data of its own."""
    draw = _PICTURES.get(slug)
    if draw is not None:
        return replace(draw(), label=title)
    return Thumbnail(title, _learning(slug)) if slug in APPLICATIONS else None


def picture_in_link(slug: str, preset: str) -> Thumbnail | None:
    """The same for a link, which may name another preset of a cell's page."""
    cell = next((each for each in CELLS if each == slug and preset in (*PRESETS[each], RANDOM)), None)
    return picture(slug, "") if cell is None else Thumbnail("", ribbons=preset_ribbons(cell, preset))


def _first(options: Mapping[str, Thumbnail]) -> Thumbnail:
    return next(iter(options.values()))


def _cell(cell: Cell, preset: str) -> Callable[[], Thumbnail]:
    return lambda: Thumbnail("", ribbons=preset_ribbons(cell, preset))


def _compare() -> Thumbnail:
    runs = {cell: cell_run(CellSetup(cell)).trace.hs[:, 0] for cell in CELLS}
    return Thumbnail("", lines_on_one_scale([(values, cell, CELL_DASHES[cell]) for cell, values in runs.items()]))


def _softmax() -> Thumbnail:
    """The probabilities of three answers as the temperature falls from 5 to 0.2."""
    scores = np.array([2.0, 1.0, 0.0])
    shares = np.array([softmax(scores / temperature) for temperature in np.geomspace(5.0, 0.2, MOST_POINTS)])
    return Thumbnail("", lines_on_one_scale([(column, "y", "solid") for column in shares.T]))


def _order() -> Thumbnail:
    """One unit, h = 0.5 h + x, that reads the numbers 1 to 5, and the same numbers in the other order."""
    found = []
    for numbers in (range(1, 6), range(5, 0, -1)):
        state, values = 0.0, [0.0]
        for number in numbers:
            state = 0.5 * state + number
            values.append(state)
        found.append(np.array(values))
    return Thumbnail("", lines_on_one_scale([(found[0], "h", "solid"), (found[1], "x", "6 3")]))


def _recorded(name: str) -> Callable[[], Thumbnail]:
    def draw() -> Thumbnail:
        runs = recorded.recording(name).outcomes[:MOST_RUNS]
        losses = [np.log10(np.maximum(run.loss[np.isfinite(run.loss)], 1e-6)) for run in runs]
        return Thumbnail("", lines_on_one_scale([(loss, "loss", "solid") for loss in losses if len(loss) > 1]))

    return draw


@cache
def _learning(slug: str) -> tuple[ThumbnailLine, ...]:
    """The loss of the application's shipped networks on validation data, over their training."""
    settings = APPLICATIONS[slug].settings
    found = [shipped(each) for each in settings.shipped().values()][:MOST_RUNS]
    losses = [np.asarray(ready.curves["checks/loss"], dtype=np.float64) for ready in found if ready is not None]
    return lines_on_one_scale([(np.log10(np.maximum(loss, 1e-9)), "lstm", "solid") for loss in losses if len(loss) > 1])


def lines_on_one_scale(lines: list[tuple[Array, str, str]]) -> tuple[ThumbnailLine, ...]:
    """Each is its values, its ink and its dash."""
    values = np.concatenate([line for line, _ink, _dash in lines])
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    span = (high - low) or 1.0
    return tuple(
        ThumbnailLine([MARGIN + (1 - 2 * MARGIN) * (float(value) - low) / span for value in _thinned(line)], ink, dash)
        for line, ink, dash in lines
    )


def _thinned(line: Array) -> Array:
    chosen: Array = line[np.linspace(0, len(line) - 1, min(len(line), MOST_POINTS)).round().astype(int)]
    return chosen


_PICTURES: dict[str, Callable[[], Thumbnail]] = {
    "before": _order,
    "rnn": _cell("rnn", "rotation"),
    "answer": _softmax,
    "lstm": _cell("lstm", "latch"),
    "gru": _cell("gru", "average"),
    "compare": _compare,
    "states": lambda: _first(states.pictures()),
    "gates": lambda: _first(gates.pictures()),
    "bptt": lambda: _first(bptt.pictures()),
    "gradients": lambda: Thumbnail("", gradients.start_lines()),
    "clipping": lambda: _first(clipping.pictures()),
    "variants": lambda: _first(variants.pictures()),
    "lab": _recorded("forget"),
    "runs": _recorded(record_name("cells")),
    "experiments": _recorded("cells"),
}
