"""The Home page's picture: the wave that was drawn, what the network said, and how it goes on by itself."""

import numpy as np

from rnn_core.home_wave import Reading
from ui.figures.chart import Chart
from ui.figures.lines import Line, lines_over_time
from ui.i18n import _


def reading_chart(reading: Reading) -> Chart:
    """All over the same steps: guesses stand at the step that they are a guess of."""
    steps = len(reading.xs)
    return lines_over_time(
        [
            Line(_("drawn"), reading.xs, "x", 1),
            Line(_("guessed"), reading.said[:-1], "baseline", 2, dash="dot"),
            Line(_("goes on"), np.concatenate([reading.said[-1:], reading.continued[1:]]), "h", steps + 1),
        ],
        title=_("What the network reads, guesses, and makes up"),
        y_title=_("value"),
        y_range=(-1.6, 1.6),
    )
