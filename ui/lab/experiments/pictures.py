"""The experiments as small pictures of their recorded runs."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from rnn_core.arrays import Array
from rnn_core.lab.experiments import EXPERIMENTS
from rnn_core.lab.outcomes import Outcome
from rnn_core.lab.recorded import names, recording
from ui.browser.thumbnails import Thumbnail, ThumbnailLine
from ui.i18n import Language, language
from ui.lab.comparison import figures
from ui.lab.comparison.names import cell_kind
from ui.lab.comparison.pictures import loss_lines, losses_over_steps
from ui.lab.experiments.titles import titles


def pictures() -> dict[str, Thumbnail]:
    return _pictures(language())


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    return {name: Thumbnail(title, _lines(name) if name in names() else ()) for name, title in titles().items()}


@cache
def _lines(name: str) -> tuple[ThumbnailLine, ...]:
    outcomes = recording(name).outcomes
    if name == "reach":
        kinds = list(dict.fromkeys(each.cell for each in EXPERIMENTS[name].settings))
        curves = [_over_lengths(kind, outcomes) for kind in kinds]
        return loss_lines(curves, figures.looks_of(list(map(cell_kind, kinds))))
    first = EXPERIMENTS[name].tasks[0]
    return losses_over_steps([each for each in EXPERIMENTS[name].settings if each.task == first], outcomes)


def _over_lengths(cell: str, outcomes: Sequence[Outcome]) -> Array:
    lengths = sorted({each.settings.task.length for each in outcomes})
    of_cell = [each for each in outcomes if each.settings.cell == cell]
    return np.array(
        [np.median([each.final_loss for each in of_cell if each.settings.task.length == length]) for length in lengths]
    )
