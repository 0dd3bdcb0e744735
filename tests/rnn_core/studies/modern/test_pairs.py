"""A memory of pairs: errors against the theory, what rewriting keeps, and the same matrices as the core's cells."""

import numpy as np
import pytest

from rnn_core.cells.modern.attention import AttentionParams
from rnn_core.cells.modern.delta_net import DeltaNetParams
from rnn_core.cells.modern.linear_attention import LinearAttentionParams
from rnn_core.errors import CoreError
from rnn_core.passes.modern import run_modern
from rnn_core.studies.modern.pairs import (
    Pairs,
    PairsSetup,
    draw_pairs,
    errors,
    memories,
    nearest,
    reads,
    recall_curves,
    rewrite,
)


def in_a_cell(pairs):
    """The pairs as the inputs of a cell that reads key and value from x = (k, v)."""
    d = pairs.keys.shape[1]
    key, value = np.eye(d, 2 * d), np.eye(d, 2 * d, d)
    return np.hstack([pairs.keys, pairs.values]), key, value


def test_the_matrices_are_those_of_the_cells():
    pairs = draw_pairs(PairsSetup(d=5, pairs=9))
    xs, key, value = in_a_cell(pairs)
    hebbian = run_modern(LinearAttentionParams(key, key, value), xs)
    np.testing.assert_allclose(hebbian.memory, memories(pairs, "hebbian", 1.0), atol=1e-14)
    certain = {"W_xb": np.zeros((1, 10)), "b_b": np.array([40.0])}
    far = 1e6 * key  # the length of a long key is 1 after its division
    delta = run_modern(DeltaNetParams(far, far, value, **certain), xs)
    np.testing.assert_allclose(delta.memory, memories(pairs, "delta", 1.0), atol=1e-12)
    # exp(-rate softplus(b)) = 0.9
    gate = {
        "W_xa": np.zeros((1, 10)),
        "b_a": np.zeros(1),
        "log_rate": np.log([-np.log(0.9) / np.log(2.0)]),
        "gated": True,
    }
    gated = run_modern(DeltaNetParams(far, far, value, **certain, **gate), xs)
    np.testing.assert_allclose(gated.memory, memories(pairs, "gated_delta", 0.9), atol=1e-12)
    attention = run_modern(AttentionParams(16.0 * key, key, value), xs)
    setup = PairsSetup(d=5, pairs=9, sharpness=16.0 / np.sqrt(5))
    np.testing.assert_allclose(attention.ys[-1], reads(pairs, "softmax", setup)[-1], atol=1e-14)


def test_the_mean_error_of_hebbian_reads_is_the_theorys():
    for d, N in ((16, 20), (64, 64), (32, 96)):
        found = [
            errors(draw_pairs(setup), "hebbian", setup).mean()
            for setup in (PairsSetup(d, N, seed=s) for s in range(40))
        ]
        spread = np.std(found) / np.sqrt(len(found))
        assert abs(np.mean(found) - (N - 1) / d) < 4 * spread
    assert pytest.approx(0.984, abs=5e-4) == (64 - 1) / 64


def test_the_delta_rule_stores_as_many_orthogonal_pairs_as_there_are_numbers_and_its_last_pair_always():
    setup = PairsSetup(d=16, pairs=16, keys="orthogonal")
    for rule in ("hebbian", "delta"):
        np.testing.assert_allclose(errors(draw_pairs(setup), rule, setup), 0.0, atol=1e-25)
    crowded = PairsSetup(d=16, pairs=48)
    assert errors(draw_pairs(crowded), "delta", crowded)[-1] < 1e-25
    assert errors(draw_pairs(crowded), "gated_delta", crowded)[-1] < 1e-25
    assert errors(draw_pairs(crowded), "hebbian", crowded)[-1] > 0.5


def test_few_pairs_the_delta_rule_wins_and_with_many_it_reads_the_nearest_value_worse():
    curves = recall_curves(PairsSetup(d=32), (16, 32, 256), seeds=6)
    assert curves.error["delta"][0] < 0.7 * curves.error["hebbian"][0]
    assert curves.error["delta"][2] < curves.error["hebbian"][2]  # its numbers stay small, but
    assert curves.nearest["delta"][2] < curves.nearest["hebbian"][2]  # it has forgotten the early pairs
    assert (curves.error["softmax"] < curves.error["delta"]).all()
    np.testing.assert_allclose(curves.error["hebbian"], curves.theory, rtol=0.2)
    assert (curves.theory == (np.array(curves.pairs) - 1) / 32).all()


def test_a_sharp_softmax_reads_every_pair_back():
    setup = PairsSetup(d=32, pairs=64, sharpness=100.0)
    pairs = draw_pairs(setup)
    assert errors(pairs, "softmax", setup).max() < 1e-6
    assert nearest(pairs, "softmax", setup) == 1.0
    blunt = PairsSetup(d=32, pairs=64, sharpness=0.0)
    np.testing.assert_allclose(reads(pairs, "softmax", blunt), np.tile(pairs.values.mean(0), (64, 1)), atol=1e-14)


def test_rewriting_a_key_keeps_the_old_value_in_a_hebbian_memory_and_nothing_of_it_in_a_delta_memory():
    kept = [rewrite(PairsSetup(d=32, pairs=20, seed=seed), "hebbian", 3) for seed in range(30)]
    assert np.mean([each.old for each in kept]) == pytest.approx(1.0, abs=0.08)
    assert np.mean([each.new for each in kept]) == pytest.approx(1.0, abs=0.08)
    for rule in ("delta", "gated_delta"):
        written = rewrite(PairsSetup(d=32, pairs=20), rule, 3)
        assert (written.old, written.new, written.rest) == pytest.approx((0.0, 1.0, 0.0), abs=1e-12)
    both = rewrite(PairsSetup(d=32, pairs=20, sharpness=200.0), "softmax", 3)  # two equal keys share the weight
    assert (both.old, both.new) == pytest.approx((0.5, 0.5), abs=1e-6)


def test_similar_keys_are_confused():
    setup = PairsSetup(d=16, pairs=8, keys="similar")
    pairs = draw_pairs(setup)
    overlap = pairs.keys @ pairs.keys.T
    assert overlap.min() > 0.5
    assert (
        errors(pairs, "hebbian", setup).mean()
        > 3 * errors(draw_pairs(PairsSetup(d=16, pairs=8)), "hebbian", setup).mean()
    )


def test_nonsense_is_refused():
    with pytest.raises(CoreError, match="keys"):
        PairsSetup(keys="round")
    with pytest.raises(CoreError, match="rule"):
        memories(Pairs(np.eye(2), np.eye(2)), "softmax", 1.0)
    with pytest.raises(CoreError, match="key"):
        rewrite(PairsSetup(), "delta", 20)
