"""The charts of the pages on states and gates: paths, shares, and two runs side by side."""

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import pytest

from rnn_core.analysis import memory
from rnn_core.studies.sequences import SequenceSetup, run_of
from ui.figures.chart import Chart
from ui.memory.gates.figures.shares import shares_at_a_step, shares_over_time
from ui.memory.gates.figures.two_runs import two_runs
from ui.memory.states.figures.paths import path_plane, path_space

random = np.random.default_rng(0)
POINTS = random.normal(size=(12, 3))
TRACE = run_of(SequenceSetup("lstm", 3, 20, signal="wave", start=0.5))
PARTS = memory.shares(TRACE, 0)


def shares(title: str) -> Chart:
    return shares_over_time(memory.grouped(PARTS, 4), TRACE.cs[:, 0], title=title, symbol="c", ink="c")


def bars(title: str) -> Chart:
    return shares_at_a_step(PARTS[:, 9], now=9, title=title, symbol="c", ink="c", inputs=TRACE.xs[:, 0])


def held(title: str, change: float = 1.0) -> Chart:
    other = POINTS[:, 0] + change * (np.arange(12) > 4)
    return two_runs(POINTS[:, 0], other, title=title, symbol="h", ink="h", chosen=(6, 8))


KINDS: dict[str, Callable[[str], Chart]] = {
    "plane": lambda title: path_plane(POINTS[:, :2], title=title, x_title="a", y_title="b"),
    "space": lambda title: path_space(POINTS, title=title, axis_titles=("a", "b", "c")),
    "resting": lambda title: path_plane(np.zeros((5, 2)), title=title, x_title="a", y_title="b"),
    "shares": shares,
    "bars": bars,
    "held": held,
}


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_plotly_knows_every_setting_and_the_chart_says_what_it_shows(make: Callable[[str], Chart]) -> None:
    chart = make("A title")
    go.Figure(chart.figure.to_dict())
    assert chart.alt.startswith("A title: ")
    assert "nan" not in chart.alt


def test_a_path_keeps_its_steps_and_its_shape() -> None:
    figure = KINDS["plane"]("path").figure
    (path,) = figure.data
    assert list(path.customdata) == list(range(12))
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.meta == {"step": "customdata"}


def test_the_words_of_the_shares_are_their_numbers() -> None:
    digits, exponent = f"{PARTS[0, -1]:.3g}".split("e")
    power = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    assert f"At step 20 it is {TRACE.cs[-1, 0]:.3g}, made of c₀: {digits}·10{power}" in shares("t").alt


def test_bars_end_at_the_chosen_step() -> None:
    given, read = bars("t").figure.data
    assert list(given.x) == list(range(10))
    np.testing.assert_array_equal(given.y, PARTS[:10, 9])
    np.testing.assert_array_equal(read.y, TRACE.xs[:9, 0])


def test_the_description_names_the_step_where_two_runs_part() -> None:
    assert "part at step 6; the largest difference is 1" in held("t").alt
    assert held("t", change=0.0).alt.endswith("both runs are the same number for number.")


def test_the_chosen_steps_are_shaded_to_their_edges() -> None:
    (shade,) = held("t").figure.layout.shapes
    assert (shade.x0, shade.x1) == (5.5, 8.5)
