"""The curves that are sketched follow the laws that the questions teach, and the score says what differs."""

import numpy as np
import pytest

from rnn_core.studies.practice.sketches import SKETCHES, score
from tests.selection import quick


@pytest.mark.parametrize("seeds", quick([range(6)], [range(1000)]), ids=len)
@pytest.mark.parametrize("name", SKETCHES)
def test_a_curve_is_drawn_inside_its_axes_and_its_own_sketch_counts(name: str, seeds: range) -> None:
    sketch = SKETCHES[name]
    low, high = sketch.range
    for seed in seeds:
        curve = sketch.curve(seed)
        assert 10 <= len(curve.values) <= 20
        assert np.all((curve.values > low - 1e-9) & (curve.values < high + 1e-9))
        found = score(sketch, curve.values, curve.values)
        assert found.closeness == "very close"
        assert found.jump is None or found.jump[0] == found.jump[1]
        flat = np.full(len(curve.values), sketch.start)
        assert not score(sketch, flat, curve.values).counts, "the line that the reader begins with is no answer"


def test_the_curves_are_those_of_the_formulas() -> None:
    k = np.arange(1, 21)
    for seed in range(5):
        for name in ("vanishing", "exploding"):
            curve = SKETCHES[name].curve(seed)
            assert curve.values == pytest.approx(k * np.log10(float(curve.settings["w"])), abs=1e-12)
        curve = SKETCHES["pulse"].curve(seed)
        assert curve.values == pytest.approx(float(curve.settings["f"]) ** (k - 1.0), abs=0.05)
        curve = SKETCHES["step_response"].curve(seed)
        assert curve.values == pytest.approx(1.0 - float(curve.settings["z"]) ** k, abs=0.05)
        curve = SKETCHES["count"].curve(seed)
        assert curve.values == pytest.approx(np.cumsum([int(bit) for bit in curve.settings["bits"].split()]), abs=0.01)
    slopes = SKETCHES["tanh_slope"].curve(0).values
    assert slopes == pytest.approx(1.0 - np.tanh(np.linspace(-4, 4, 17)) ** 2, abs=1e-12)


def test_a_score_says_where_a_sketch_is_off() -> None:
    sketch = SKETCHES["vanishing"]
    curve = sketch.curve(0).values
    assert score(sketch, curve + 0.2, curve).closeness == "very close"
    off = score(sketch, np.full(20, 2.0), curve)
    assert (off.closeness, off.beginning, off.end) == ("other", "too high", "too high")
    assert score(sketch, np.full(20, -5.0), curve).beginning == "too low"
    assert off.jump is None, "a straight line does not jump"
    saturated = SKETCHES["saturated"].curve(0)
    assert score(SKETCHES["saturated"], np.zeros(20), saturated.values).jump == (2, int(saturated.settings["at"]))
