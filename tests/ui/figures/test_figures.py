"""Each kind of chart shows exactly what it is given, says it in words, and meets nonsense calmly."""

import re
from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.charts import values
from ui.figures.bars import bars
from ui.figures.chart import LOOK, Chart
from ui.figures.heatmap import gate_heatmap, state_heatmap
from ui.figures.lines import Line, calm, lines_over_time, spread, unit_lines
from ui.figures.matrix import matrix
from ui.figures.norms import norm_chart
from ui.figures.replay import replay
from ui.figures.words import difference, number
from ui.memory.states.figures.phase import Field, Marks, Path, phase_plane
from ui.memory.variants.figures import step_grid

random = np.random.default_rng(0)
VALUES = random.normal(size=(12, 3))  # (T, H)
GRID = random.normal(size=(9, 2))

KINDS: dict[str, Callable[[str], Chart]] = {
    "state": lambda title: state_heatmap(VALUES, title=title),
    "state with input": lambda title: state_heatmap(VALUES, title=title, inputs=VALUES[1:, :1]),
    "state with wide input": lambda title: state_heatmap(VALUES, title=title, inputs=VALUES[1:]),
    "gate": lambda title: gate_heatmap(abs(VALUES) % 1, title=title, ink="forget_gate", symbol="f"),
    "lines": lambda title: lines_over_time(
        [Line("a", VALUES[:, 0]), Line("b", VALUES[:, 1], "c")], title=title, y_title="y"
    ),
    "many lines": lambda title: lines_over_time(
        [Line(f"{n}", VALUES[:, n % 3]) for n in range(9)], title=title, y_title="y"
    ),
    "units": lambda title: unit_lines(VALUES, [2, 0], title=title, symbol="h", ink="h"),
    "norms": lambda title: norm_chart([Line("n", abs(VALUES[:, 0]), "gradient")], title=title, y_title="norm"),
    "matrix": lambda title: matrix(VALUES[:2], title=title, rows="ab", columns="xyz"),
    "big matrix": lambda title: matrix(np.eye(20), title=title, rows=["r"] * 20, columns=["c"] * 20),
    "bars": lambda title: bars(VALUES[0], "abc", title=title, y_title="y", inks=["h", "c", "x"]),
    "phase": lambda title: phase_plane(
        [Path("p", VALUES[:, :2])],
        title=title,
        x_title="h₁",
        y_title="h₂",
        field=Field(GRID, 0.9 * GRID),
        marks=[Marks("m", GRID[:1])],
    ),
    "replay": lambda title: replay(
        [bars(VALUES[t], "abc", title=title, y_title="y") for t in range(3)], ["a", "b", "c"]
    ),
    "grid": lambda title: step_grid(abs(VALUES), title=title, ink="h", x_title="step t", y_title="sequence", top=1.0),
    "thinned": lambda title: state_heatmap(random.normal(size=(1000, 128)), title=title),
    "nothing finite": lambda title: state_heatmap(np.full((4, 2), np.nan), title=title),
    "one number": lambda title: lines_over_time([Line("a", np.zeros(1))], title=title, y_title="y"),
}


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_plotly_knows_every_setting(make: Callable[[str], Chart]) -> None:
    """figure() leaves out plotly's checks because they are slow: here they are."""
    chart = make("A title")
    go.Figure(chart.figure.to_dict())
    assert chart.figure.layout.title.text == "A title"
    assert chart.alt.startswith("A title: ")
    assert "nan" not in chart.alt
    with pytest.raises(ValueError, match="title"):
        make("")


def test_plotly_knows_the_shared_look() -> None:
    go.Layout(LOOK)


def test_a_state_is_shown_number_for_number_on_a_scale_centred_at_zero() -> None:
    (cells,) = state_heatmap(VALUES, title="h", first_step=0).figure.data
    np.testing.assert_array_equal(np.array(cells.z).T, VALUES)
    assert list(cells.x) == list(range(12))
    assert cells.zmax == -cells.zmin == abs(VALUES).max()


def test_a_gate_has_the_whole_scale_from_closed_to_open() -> None:
    (cells,) = gate_heatmap(np.full((3, 2), 0.4), title="f", ink="forget_gate").figure.data
    assert (cells.zmin, cells.zmax) == (0, 1)
    assert list(cells.x) == [1, 2, 3]


def test_charts_of_one_run_share_their_axis_of_time() -> None:
    gates = gate_heatmap(abs(VALUES[1:]), title="f", ink="forget_gate")
    states = state_heatmap(VALUES, title="h")
    lines = lines_over_time([Line("c", VALUES[1:, 0])], title="c", y_title="c")
    ranges = [chart.figure.to_dict()["layout"]["xaxis"]["range"] for chart in (gates, states, lines)]
    assert [tuple(each) for each in ranges] == [(-0.5, 11.5)] * 3


def test_the_words_name_the_extremes_and_where_they_are() -> None:
    given = np.zeros((5, 3))
    given[2, 1], given[4, 0] = 0.75, -0.5
    alt = state_heatmap(given, title="h", first_step=0).alt
    assert "Lowest −0.5 (unit 1, step 4), highest 0.75 (unit 2, step 2)." in alt
    assert "At step 0 from 0 to 0, at step 4 from −0.5 to 0." in alt


def test_a_thinned_chart_says_so_and_names_the_true_step_of_each_value() -> None:
    given = np.zeros((1000, 128))
    given[700, 5] = 9.0
    chart = state_heatmap(given, title="h", first_step=1)
    assert "1000" in chart.note
    (cells,) = chart.figure.data
    row, column = np.argwhere(np.array(cells.z) == 9.0)[0]
    assert (row, np.array(cells.customdata)[row, column]) == (5, 701)
    assert chart.figure.to_dict()["data"][0]["z"]["bdata"].__sizeof__() < 700_000


def test_a_mark_names_its_axis() -> None:
    fading = Line("fading", np.array([1.0, 1e-200, 0.0]), first_step=0)
    marks = norm_chart([fading], title="Back", y_title="length", x_title="steps back k", x_letter="k").figure.layout
    assert [mark.text for mark in marks.annotations] == ["k = 2: 0 ✕"]


def test_an_overflow_is_marked_at_its_step_in_picture_and_words() -> None:
    given = np.ones((10, 2))
    given[7:] = np.inf
    chart = state_heatmap(given, title="h", first_step=0)
    assert [(mark.x, mark.text) for mark in chart.figure.layout.annotations] == [(7, "step 7: infinity")]
    assert "From step 7 on" in chart.alt


@pytest.mark.parametrize(("bad", "what"), [(0.0, "0"), (np.inf, "infinity"), (np.nan, "not a number"), (-1.0, "−1")])
def test_a_norm_is_drawn_up_to_its_first_value_without_a_logarithm(bad: float, what: str) -> None:
    given = np.array([1.0, 2.0, 4.0, bad, 8.0])
    chart = norm_chart([Line("n", given, first_step=0)], title="n", y_title="norm")
    assert np.isfinite(chart.figure.data[0].y).tolist() == [True, True, True, False, False]
    assert any(re.search(f"step 3: {what}", mark.text) for mark in chart.figure.layout.annotations)
    assert "At 3 it is" in chart.alt

    backward = norm_chart([Line("n", given, first_step=0)], title="n", y_title="norm", read_from="end")
    assert np.isfinite(backward.figure.data[0].y).tolist() == [False, False, False, False, True]


def test_a_norm_that_is_never_drawable_is_an_empty_chart_with_words() -> None:
    chart = norm_chart([Line("n", np.zeros(4))], title="n", y_title="norm")
    assert not np.isfinite(chart.figure.data[0].y).any()
    assert "exactly 0" in chart.alt


def test_the_axis_has_round_limits_that_small_changes_do_not_move() -> None:
    assert calm((-0.31, 0.47)) == calm((-0.33, 0.49)) == pytest.approx((-0.4, 0.6))
    assert calm((3.0, 3.0))[0] < 3.0 < calm((3.0, 3.0))[1]
    low, high = calm((0.0, 1e-12))
    assert low <= 0 < 1e-12 <= high < 1e-11


def test_a_norm_within_one_power_of_ten_still_has_numbers_on_its_axis() -> None:
    ticks = [
        norm_chart([Line("n", np.array([3.0, high]))], title="t", y_title="y").figure.layout.yaxis.dtick
        for high in (7.0, 12.0, 7e9)
    ]
    assert ticks == ["D1", "D2", 2]


def test_blank_entries_of_a_grid_differ_from_zero() -> None:
    chart = step_grid(np.array([[0.0, np.nan], [0.4, 0.6]]), title="t", ink="h", x_title="x", y_title="y")
    cells = chart.figure.data[0]
    assert np.isnan(cells.z[0, 1])
    assert (cells.zmin, cells.zmax, cells.showscale) == (0.0, 0.6, True)
    assert "0.6, in row 2, column 2" in chart.alt


def test_names_at_the_ends_keep_apart_and_in_order() -> None:
    places = spread([0.5, 0.5, 0.52, -1.0, 1.0, 1.0], 0.1, -1.0, 1.0)
    ordered = sorted(places)
    assert min(np.diff(ordered)) >= 0.1 - 1e-12
    assert np.argsort(places, kind="stable").tolist() == [3, 0, 1, 2, 4, 5]
    assert ordered[0] >= -1.0
    assert ordered[-1] <= 1.0


def test_few_lines_are_named_at_their_ends_and_many_in_a_legend() -> None:
    few, many = KINDS["lines"]("t").figure, KINDS["many lines"]("t").figure
    assert [name.strip() for name in few.data[-1].text] == ["a", "b"]
    assert not any(trace.showlegend for trace in few.data)
    assert all(trace.showlegend for trace in many.data)


def test_a_replay_keeps_one_scale_for_all_its_moments() -> None:
    moments = [state_heatmap(VALUES * size, title="h") for size in (1, 5, 2)]
    figure = replay(moments, ["a", "b", "c"]).figure
    assert {(frame.data[0].zmin, frame.data[0].zmax) for frame in figure.frames} == {
        (-5 * abs(VALUES).max(), 5 * abs(VALUES).max())
    }
    assert [frame.name for frame in figure.frames] == ["a", "b", "c"]
    np.testing.assert_array_equal(values(figure.frames[1].data[0].z).T, VALUES * 5)
    assert moments[0].figure.data[0].zmax == abs(VALUES).max(), "the charts it was made from are left alone"


def test_an_arrow_of_a_field_points_where_the_step_leads() -> None:
    field = Field(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([[0.1, 0.0], [1.0, 0.1]]))
    arrows = phase_plane([], title="f", x_title="a", y_title="b", field=field).figure.data[0]
    strokes = np.stack([arrows.x, arrows.y], axis=1).reshape(2, -1, 2)
    np.testing.assert_allclose(strokes[:, 1] - strokes[:, 0], [[0.1, 0.0], [0.0, 0.1]])
    assert (strokes[0, [2, 4], 0] < strokes[0, 1, 0]).all(), "the head lies behind the tip"


def test_numbers_in_sentences_are_short_and_without_exponent_letter() -> None:
    reported = {
        5.887e-7: "5.89·10⁻⁷",
        -2.5e41: "−2.5·10⁴¹",
        2981.4: "2981",
        999.6: "1000",
        0.001899: "0.0019",
        0.0: "0",
    }
    assert {value: number(value) for value in reported} == reported
    assert difference(1.04e-15) == "1.0·10⁻¹⁵"


def test_the_note_on_thinning_counts_the_columns_of_the_lines_that_were_thinned() -> None:
    lines = [Line("long", np.zeros(3001), "h"), Line("short", np.zeros(1700), "h")]
    alone = lines_over_time(lines[:1], title="t", y_title="y").note
    assert alone
    assert lines_over_time(lines, title="t", y_title="y").note == alone
