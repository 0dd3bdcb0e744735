"""Ribbons are as wide as the values, and the jaws leave the opening of the gate."""

import numpy as np

from tests.charts import values
from ui.figures.ribbons import HALF, IN_JAWS, MOST_ROWS, Jaws, ribbons

VALUES = np.array([[0.0, 1.0], [0.5, -1.0], [-0.5, -0.5], [0.0, 0.25]])  # (T+1, H)


def drawn(chart):
    return chart.figure.to_plotly_json()["data"]


def heights(trace, row, steps):
    """The height of a filled trace around a row, at these steps."""
    x, y = values(trace["x"]), values(trace["y"])
    near = np.abs(y - row) <= 0.7
    return [float(np.ptp(y[near & (np.abs(x - step) < 1e-6)])) for step in steps]


def test_a_ribbon_is_as_wide_as_its_value_in_the_trace_of_its_sign():
    cells, above, below, *_rest = drawn(ribbons(VALUES, title="t"))
    assert cells["opacity"] == 0
    np.testing.assert_array_equal(values(cells["z"]), VALUES.T)  # still read, pointed at and saved
    np.testing.assert_allclose(heights(above, 0, [1]), [2 * HALF * 0.5], rtol=1e-6)
    np.testing.assert_allclose(heights(below, 1, [1, 2]), [2 * HALF, HALF], rtol=1e-6)


def test_a_ribbon_begins_at_its_first_value_and_the_signs_meet_at_zero():
    _cells, above, below, *_rest = drawn(ribbons(VALUES[:, :1], title="t"))
    for trace, place in ((above, 1.5), (below, 1.5)):
        assert np.isclose(values(trace["x"]), place).any()
        assert heights(trace, 0, [place]) == [0.0]
    wide = np.abs(values(above["y"])) > 0
    assert values(above["x"])[wide].min() == 1.0


def test_jaws_leave_the_opening_of_the_gate():
    gate = np.array([[1.0, 0.0], [0.5, 0.25], [0.0, 0.5]])  # of steps 1 to 3
    traces = drawn(ribbons(VALUES, title="t", jaws=Jaws(gate, "forget_gate", "f", left=0.5 * VALUES)))
    x, y = values(traces[-1]["x"]), values(traces[-1]["y"])
    for row, step in ((0, 2), (1, 2), (1, 3)):
        edges = np.unique(np.round(y[(x == step) & (np.abs(y - row) <= 0.5)], 6))
        opening = float(gate[step - 1, row])
        assert {row - opening / 2, row + opening / 2} <= set(edges.tolist())
    assert traces[1]["opacity"] < traces[3]["opacity"] == 1.0  # all of it is pale, and what is left is not
    np.testing.assert_allclose(heights(traces[3], 0, [1]), [2 * IN_JAWS * 0.25], rtol=1e-6)


def test_values_that_are_not_finite_leave_a_gap_and_many_units_are_colours():
    broken = VALUES.copy()
    broken[2:] = np.inf
    assert all(np.isfinite(values(trace["y"])).all() for trace in drawn(ribbons(broken, title="t"))[1:3])
    (cells,) = drawn(ribbons(np.ones((3, MOST_ROWS + 1)), title="t"))
    assert cells.get("opacity", 1) == 1
