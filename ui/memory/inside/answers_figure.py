"""An answer after each step of a sequence, as it is and with a change."""

from collections.abc import Sequence

import numpy as np

from rnn_core.arrays import Array
from ui.as_text import in_chart
from ui.figures.chart import Chart
from ui.figures.lines import Line, lines_over_time
from ui.figures.step_names import with_step_names
from ui.i18n import _
from ui.memory.inside.answers_compute import Roads
from ui.memory.inside.names import shown_character


def answer_by_step(roads: Roads, answer: int, name: str, tokens: Sequence[str]) -> Chart:
    """`answer`: the one whose share is drawn."""
    before, after = roads.before[:, answer], roads.after[:, answer]
    is_share = bool(np.all((before >= 0) & (before <= 1) & (after >= 0) & (after <= 1)))
    title = _("The answer “{answer}” after each step").format(answer=in_chart(name))
    lines = [Line(_("as it is"), before, "y"), Line(_("with the change"), after, "c", dash="dash")]
    drawn = lines_over_time(
        lines,
        title=title,
        y_title=_("probability") if is_share else _("output"),
        y_range=(-0.03, 1.03) if is_share else None,
    )
    return with_step_names(drawn, [shown_character(token) for token in tokens])


def distance_by_step(distance: Array, tokens: Sequence[str]) -> Chart:
    drawn = lines_over_time(
        [Line(_("with the change"), distance, "c")],
        title=_("How far the change moves the state"),
        y_title=_("share of its norm"),
    )
    return with_step_names(drawn, [shown_character(token) for token in tokens])
