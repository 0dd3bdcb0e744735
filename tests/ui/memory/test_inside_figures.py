"""The charts of looking inside are valid figures, and their words say what they show."""

import numpy as np
import plotly.graph_objects as go
import pytest

from rnn_core.analysis.inside.matching import Histogram
from rnn_core.analysis.inside.ranking import Finding, Fitted
from ui.figures.chart import Chart
from ui.memory.inside import figures, swap_figure

RNG = np.random.default_rng(0)
AUC = np.array([0.5, 0.62, 0.91, 0.7])


def finding(auc: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Finding:
    H = len(auc)
    probe = Fitted(np.zeros(H), np.ones(H), np.ones(H))
    return Finding("digit", 0.1, auc, np.ones(H), np.argsort(-auc), 0.08, 0.97, probe)


ROADS = swap_figure.Roads(np.array([0.6, 0.9]), np.array([0.6, 0.1]), np.array([0.6, 0.8]))
CHARTS = {
    "nulls": lambda: figures.units_beside_nulls(finding(AUC), finding(AUC - 0.2), 2, "digit", "the test text"),
    "histogram": lambda: figures.two_kinds(
        Histogram(np.linspace(-1, 1, 5), np.array([0, 0, 0.2, 0.8]), np.array([0.6, 0.4, 0, 0])), 2, "h", "digit"
    ),
    "memories": lambda: figures.memories_in_a_plane(
        RNG.normal(size=(2, 5, 3)),
        RNG.normal(size=(3, 3)),
        [True, False, True],
        np.ones((3, 3)),
        np.ones(3) / 3,
        [0, 1, 0],
    ),
    "importance": lambda: figures.use_and_meaning(AUC - 0.6, np.array([0.1, 0.0, 0.3, 0.2]), 2, "bits per character"),
    "shares": lambda: swap_figure.swapped_shares(
        np.array([[0.0, 1.0], [0.0, 0.73]]),
        ["all units", "unit 24"],
        ["do", "not → still"],
        ROADS,
        (1, 1),
        swap_figure.probability(("no", "{yes}")),
    ),
}
SAYS = {
    "nulls": "Unit 2: 0.91. The best untrained unit: 0.71. Shifted labels reach 0.58.",
    "histogram": "Mean where “digit” holds: 0.65; elsewhere: −0.55.",
    "memories": "stable points: 2, saddles: 1",
    "importance": "Unit 2 has the highest value of “bits per character”: 0.30. Rank correlation of both: 0.80.",
    "shares": "unit 24 after “not → still”, 73%",
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_valid_and_says_what_it_shows(name: str) -> None:
    chart: Chart = CHARTS[name]()
    go.Figure(chart.figure.to_dict())
    assert SAYS[name] in chart.alt


def test_dots_in_a_swarm_do_not_lie_on_each_other() -> None:
    values = np.full(9, 0.6)
    heights = figures.swarm(values)
    assert len(set(heights.round(6))) == 9
    assert np.abs(heights).max() <= figures.SWARM
