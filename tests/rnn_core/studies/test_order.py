"""Attention and the order of its inputs, and the numbers that a token costs."""

import numpy as np
import pytest

from rnn_core.blocks.positions import sine_positions
from rnn_core.errors import CoreError
from rnn_core.studies.modern.order import multiplications, two_orders
from rnn_core.studies.modern.recurrences import one_bias_parameters


def test_attention_reads_a_set_unless_positions_tell_the_order():
    without, with_positions = two_orders(8, False), two_orders(8, True)
    assert sorted(without.order) == list(range(8))
    assert without.difference < 1e-14
    assert with_positions.difference > 0.01
    np.testing.assert_allclose(without.shuffled[-1], without.given[-1][list(without.order)], atol=1e-14)


def test_a_step_multiplies_by_every_weight_once():
    H = 7
    weights = one_bias_parameters(H, H)
    found = multiplications(H, 5)
    assert found["lstm"] == weights["lstm"] - 4 * H + 3 * H
    assert found["min_gru"] == weights["min_gru"] - 2 * H + 2 * H
    assert found["linear_attention"] == 5 * H * H
    assert found["attention"] == weights["attention"] + 2 * 5 * H
    with pytest.raises(CoreError):
        sine_positions(3, 5)
