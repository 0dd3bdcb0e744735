"""Labels of a series: they look at no later value, and the visitor's ranges mark what they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.analysis.inside.series_labels import OWN, RULES, SEASONS, labels, marked
from rnn_core.errors import CoreError

FIRST = 30


@given(st.lists(st.floats(-5, 5), min_size=60, max_size=90), st.integers(FIRST + 1, 59), st.sampled_from(sorted(RULES)))
def test_a_rule_looks_at_no_later_value(values: list[float], cut: int, name: str) -> None:
    whole = RULES[name](np.array(values), FIRST)
    np.testing.assert_array_equal(whole[:cut], RULES[name](np.array(values[:cut]), FIRST))


def test_rules_mark_what_they_say() -> None:
    wave = np.round(np.sin(np.arange(80) * 2 * np.pi / 8), 6)  # its highest value at 2, its lowest at 6
    found = labels(wave, 40, season=8)
    assert np.flatnonzero(found["just turned down"])[:2].tolist() == [3, 11]
    assert np.flatnonzero(found["just turned up"])[:2].tolist() == [7, 15]
    assert found["rising"][:4].tolist() == [False, True, True, False]
    assert np.flatnonzero(found[SEASONS[1]])[:3].tolist() == [2, 3, 10]
    assert np.all(wave[found["in the highest fifth"]] > np.quantile(wave[:40], 0.8))


def test_ranges_of_the_visitor() -> None:
    values = np.random.default_rng(0).normal(size=60)
    assert np.flatnonzero(marked(((3, 5), (50, 99)), 60)).tolist() == [3, 4, 5, *range(50, 60)]
    assert OWN in labels(values, 40, own=((3, 9), (45, 50)))
    assert OWN not in labels(values, 40, own=((3, 9),)), "nothing of it can be measured"
    with pytest.raises(CoreError, match="ranges"):
        marked(((5, 3),), 60)
