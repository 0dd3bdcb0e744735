"""The charts of the pages on recommendation and translation: plotly knows every setting, and they show what they are given."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from rnn_core.analysis.trajectories import principal_components
from rnn_core.apps.translate.lengths import ByLength
from ui.apps.recommend.figures import Suggestions, item_map_chart, suggestions_chart
from ui.apps.translate.figures import attention_lines, attention_matrix, length_chart
from ui.figures.chart import Chart

WEIGHTS = np.array([[0.7, 0.2, 0.1], [0.02, 0.08, 0.9]])
CHARTS = {
    "list": suggestions_chart(
        Suggestions(["a", "b"], np.array([0.3, 0.2]), np.array([0.4, 0.1]), np.array([0.1, 0.5])), "T"
    ),
    "list without a network": suggestions_chart(Suggestions(["a"], None, np.array([0.4]), None), "T"),
    "map": item_map_chart(principal_components(np.eye(4), 2), "abcd", [0, 0, 1, 1], ["one", "two"], "T"),
    "lines": attention_lines(["t", " ", "word"], ["三", "百"], WEIGHTS, 1, "T"),
    "door": attention_lines(["t"], ["三", "百"], None, 0, "T"),
    "matrix": attention_matrix(["t", " ", "o"], ["三", "百"], WEIGHTS, "T"),
    "lengths": length_chart([("x", True, ByLength(("1–2", "3", ""), np.array([1.0, 0.5, 0.0]), (5, 6, 7)))], "T", "x"),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_plotly_knows_every_setting_and_the_alt_begins_with_the_title(chart: Chart) -> None:
    drawn = json.loads(chart.figure.to_json())
    go.Figure(drawn["data"], drawn["layout"])
    assert chart.alt.startswith("T")
    assert "None" not in chart.alt


def test_every_weight_above_the_threshold_has_its_line_and_the_chosen_row_its_colour() -> None:
    lines = [trace for trace in CHARTS["lines"].figure.data if trace.mode == "lines"]
    ends = [(trace.line.color, x) for trace in lines for x in np.reshape(trace.x, (-1, 3)).tolist()]
    assert len(ends) == (WEIGHTS >= 0.05).sum()
    chosen = {color for color, (_read, said, _gap) in ends if said == max(said for _c, (_r, said, _g) in ends)}
    assert len(chosen) == 1, "one colour for the row that is chosen"
    assert len({color for color, _ends in ends}) == 2


def test_the_share_of_each_group_is_told() -> None:
    assert CHARTS["lengths"].alt == "T. x: 1–2: 100%, 3: 50%, beyond: 0%."
    assert CHARTS["list"].alt == "T. a 30.0%, b 20.0%."
