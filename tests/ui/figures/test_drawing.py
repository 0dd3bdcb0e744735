"""What is sent of a chart is what plotly's own figure would send."""

import json
from collections.abc import Callable

import numpy as np
import pytest
from plotly.utils import PlotlyJSONEncoder

from tests.ui.figures.test_figures import KINDS
from ui.figures.chart import Chart
from ui.figures.drawing import Figure


def as_sent(figure: object) -> object:
    return json.loads(json.dumps(figure, cls=PlotlyJSONEncoder))


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_every_kind_of_chart_is_sent_as_plotly_would(make: Callable[[str], Chart]) -> None:
    figure = make("A title").figure
    ours, height, kinds = as_sent(figure.to_plotly_json()), figure.height, figure.kinds
    assert ours == as_sent(figure.made.to_dict())
    assert height == figure.made.layout.height
    assert kinds == {trace.type for trace in figure.data}


@pytest.mark.parametrize(
    "values",
    [
        np.arange(3),
        np.array([300, -300]),
        np.array([70_000]),
        np.array([2**40]),
        np.array([2**40, 1], dtype=np.uint64),
        np.arange(6, dtype=np.float32).reshape(2, 3).T,
        np.array([]),
        np.array([True, False]),
        np.array(["a", "b"]),
        np.array([np.nan, np.inf, 1.0]),
        np.array(["2020-01-01"], dtype="datetime64[D]"),
    ],
    ids=str,
)
def test_arrays_are_packed_as_plotly_packs_them(values: np.ndarray) -> None:
    figure = Figure(
        [{"type": "scatter", "y": values, "text": None}], {"template": "none", "xaxis": {"range": np.array([0.0, 1.0])}}
    )
    ours = as_sent(figure.to_plotly_json())
    assert ours == as_sent(figure.made.to_dict())


def test_a_figure_that_was_changed_is_sent_as_it_is_now() -> None:
    figure = Figure([{"type": "bar", "y": [1]}], {"height": 10})
    figure.layout.height = 20
    assert figure.height == figure.to_plotly_json()["layout"]["height"] == 20
