"""Names at the ends of lines keep their distance in the browser, in whatever part of a chart their axis has."""

import json
from itertools import combinations
from typing import Any

import numpy as np
from plotly.utils import PlotlyJSONEncoder

from tests.node import in_node
from tests.ui.browser.test_engine import BROWSER
from ui.apps.speech.figures import sound_and_beliefs
from ui.figures.chart import Chart
from ui.figures.lines import Line, lines_over_time

WIDTH, HEIGHT = 900, 560
ROW, AROUND = 20, 56  # pixels: of a name, and of a chart above and below its lines
PLACE = f"""
import {{ readFileSync }} from "fs"
const {{ figure, width, height }} = JSON.parse(readFileSync(0, "utf8"))
const {{ placeNames }} = await import({json.dumps((BROWSER / "plot" / "names.js").as_uri())})
const [names] = placeNames(figure, width, height).data.filter((trace) => trace.meta === "names")
console.log(JSON.stringify([...names.y]))
"""


def placed(chart: Chart) -> list[float]:
    figure = json.loads(json.dumps(chart.figure.to_dict(), cls=PlotlyJSONEncoder))
    heights: list[float] = in_node(PLACE, {"figure": figure, "width": WIDTH, "height": HEIGHT})
    return heights


def least_distance(chart: Chart) -> float:
    """In pixels, of two names."""
    axis: dict[str, Any] = chart.figure.layout.yaxis.to_plotly_json()
    (low, high), (bottom, top) = axis["range"], axis.get("domain", (0.0, 1.0))
    heights = np.array(placed(chart))
    if axis.get("type") == "log":
        heights = np.log10(heights)
    pixels = (HEIGHT - AROUND) * (top - bottom) * heights / (high - low)
    return min(abs(one - two) for one, two in combinations(pixels, 2))


def test_lines_that_end_together_have_names_apart() -> None:
    """One of them a step before the others: its name begins beside theirs."""
    lines = [Line(name, np.linspace(0.0, 0.5 + at / 1000, 30)) for at, name in enumerate(("one", "two", "three"))]
    shorter = Line("four", np.linspace(0.0, 0.5, 30)[:29])
    assert least_distance(lines_over_time(lines, title="T", y_title="y")) >= ROW - 1e-6
    assert least_distance(lines_over_time([*lines, shorter], title="T", y_title="y")) >= ROW - 1e-6


def test_an_axis_with_a_part_of_the_chart_has_names_apart_as_well() -> None:
    belief = np.full((40, 4), 0.25)
    chart = sound_and_beliefs(np.zeros((40, 8)), belief, ["one", "two", "three", "four"], "")
    assert chart.figure.layout.yaxis.domain[1] < 0.5
    assert least_distance(chart) >= ROW - 1e-6
