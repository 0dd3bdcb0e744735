"""Words or letters in place of step numbers, under a chart of a text."""

from collections.abc import Sequence
from dataclasses import replace

from ui.as_text import in_chart
from ui.figures.chart import Chart
from ui.figures.drawing import Figure

MOST_NAMED = 48  # more have no room


def with_step_names(chart: Chart, names: Sequence[str]) -> Chart:
    """names[t - 1] is what was read at step t. A visitor's words are shown as text, without markup."""
    if len(names) > MOST_NAMED:
        return chart
    ticks = {
        "tickmode": "array",
        "tickvals": list(range(1, len(names) + 1)),
        "ticktext": [in_chart(name) for name in names],
    }
    drawn = chart.figure.to_plotly_json()
    layout = drawn["layout"] | {"xaxis": drawn["layout"]["xaxis"] | ticks}
    return replace(chart, figure=Figure(drawn["data"], layout))
