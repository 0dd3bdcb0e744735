"""The facts behind the questions of the lessons, computed: each as the right answer and the reason of both languages give it."""

from dataclasses import replace
from functools import cache
from math import log

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.analysis.clip import clip_by_norm, clip_by_value
from rnn_core.apps.speech.features import CEPSTRA, HOP, features
from rnn_core.apps.speech.sound import RATE
from rnn_core.apps.trained import load_trained
from rnn_core.apps.watch.data import held_out
from rnn_core.apps.watch.motion import KINDS
from rnn_core.apps.watch.reader import Reader
from rnn_core.apps.watch.settings import Settings
from rnn_core.blocks.ctc import frames_needed, read_path
from rnn_core.blocks.readout import softmax
from rnn_core.cells.activations import sigma
from rnn_core.passes.scan import Recurrence, scan
from rnn_core.studies.modern.pairs import PairsSetup, draw_pairs, errors, memories, nearest
from ui.i18n import LANGUAGES
from ui.widgets.lesson import all_questions
from ui.widgets.questions import Question


@cache
def asked(lang) -> dict[str, Question]:
    return {each.key: each.question for each in all_questions(lang)}


def holds(key, *texts, answer=""):
    """The right answer of both languages has this number, and their reasons have these."""
    for lang in LANGUAGES:
        question = asked(lang)[f"guess_{key}"]
        [right] = [each for each in question.answers if each.right]
        assert answer in right.text, (lang, right.text)
        for text in texts:
            assert text in question.reason, (lang, text)


def one_unit(w, xs, activation="linear"):
    params = rc.RNNParams(np.ones((1, 1)), np.full((1, 1), w), np.zeros(1), activation)
    return rc.run(params, np.array(xs, dtype=float)[:, None]).hs[1:, 0]


def test_the_number_that_is_read_last_counts_most():
    assert (one_unit(0.5, [4, 1])[-1], one_unit(0.5, [1, 4])[-1]) == (3.0, 4.5)
    holds("before_swap", "= 3", "= 4.5")


def test_a_rotation_by_15_degrees_returns_after_24_steps():
    turn = np.radians(15)
    W = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    powers = [np.linalg.matrix_power(W, n) for n in range(1, 25)]
    assert [n for n, power in enumerate(powers, 1) if np.allclose(power, np.eye(2))] == [24]
    holds("rnn_turn", answer="24")


def test_a_doubling_tanh_unit_settles_at_its_fixed_point():
    states = one_unit(2.0, [0.01, *[0] * 60], "tanh")
    assert states[-1] == pytest.approx(0.96, abs=0.005)
    assert states[1] / states[0] == pytest.approx(2, abs=0.01)
    assert (1 - states[-1] ** 2) < 0.5
    holds("rnn_squash", "0.96")
    holds("states_bits", "0.96")


def test_logits_matter_by_their_differences_alone():
    scores = np.array([2.0, 1.0, 0.0])
    assert softmax(scores + 10) == pytest.approx(softmax(scores))
    assert -log(0.001) == pytest.approx(6.9, abs=0.01)
    holds("answer_sure", "6.9", "2.3", answer="7")
    assert log(10) == pytest.approx(2.3, abs=0.01)
    assert softmax(np.array([2.0, 0.0])) == pytest.approx([0.88, 0.12], abs=0.002)
    assert softmax(np.array([2.0, 0.0]) / 1e6) == pytest.approx([0.5, 0.5], abs=1e-5)
    assert 3 * 1000 // 50 == 60
    holds("answer_updates", answer="60")


def test_an_open_lstm_counts_and_a_gru_stays_below_one():
    lstm = rc.init_params("lstm", 1, 1, 0)
    zeros = {name: np.zeros((1, 1)) for name in vars(lstm) if name.startswith("W_")}
    opened = replace(lstm, **zeros, **{f"b_{gate}": np.full(1, 40.0) for gate in "fig"})
    assert rc.run(opened, np.zeros((50, 1))).cs[-1, 0] == pytest.approx(50)
    holds("lstm_sum", "50", answer="50")
    gru = rc.init_params("gru", 2, 4, 0)
    inputs = 100 * np.random.default_rng(0).normal(size=(1000, 2))
    assert np.abs(rc.run(gru, inputs).hs).max() <= 1


def test_a_closed_output_gate_leaves_the_cell_state_and_a_reset_gate_the_kept_state():
    lstm, xs = rc.init_params("lstm", 1, 2, 0), np.random.default_rng(0).normal(size=(10, 1))
    steps, units = tuple(range(10)), (0, 1)
    clamps = [
        rc.Clamp("output_gate", units, 0, steps),
        rc.Clamp("forget_gate", units, 1, steps),
        rc.Clamp("input_gate", units, 0, steps),
    ]
    start = np.array([0.7, -0.4])
    assert rc.run(lstm, xs, c_0=start, interventions=tuple(clamps)).cs[-1] == pytest.approx(start)
    gru = rc.init_params("gru", 1, 2, 0)
    clamps = [rc.Clamp("reset_gate", units, 0, steps), rc.Clamp("update_gate", units, 1, steps)]
    assert rc.run(gru, xs, h_0=start, interventions=tuple(clamps)).hs[-1] == pytest.approx(start)


def parameters(X, H, blocks):
    return blocks * H * (X + H + 1)


def test_the_parameters_of_the_questions_on_sizes():
    assert parameters(50, 100, 4) == 60_400
    assert parameters(50, 220, 1) < 60_400 < parameters(50, 222, 1)
    holds("compare_budget", "60{,}400", answer="220")
    before, after = parameters(64, 128, 4), parameters(64, 256, 4)
    assert after / before == pytest.approx(3.3, abs=0.05)
    holds("compare_double", "98{,}816", "328{,}704", answer="3.3")
    assert (before, after) == (98_816, 328_704)
    keras = parameters(10, 20, 4)
    assert (keras, keras + 4 * 20) == (2480, 2560)
    holds("frameworks_biases", "2480", "2560", answer="80")


def test_the_half_life_of_a_gate():
    assert pytest.approx(0.53, abs=0.005) == 0.9**6
    assert pytest.approx(0.48, abs=0.005) == 0.9**7
    assert sigma(np.array(2.2)) == pytest.approx(0.9, abs=0.001)
    holds("gates_half", answer="7")


def test_both_uses_of_a_weight_can_ask_for_opposite_changes():
    w, h0 = -0.1, 4
    h1 = w * h0 + 1
    h2 = w * h1 + 0.5
    assert (h2 * h1) * (h2 * w * h0) < 0


def test_what_the_slopes_and_the_matrix_leave_of_a_gradient():
    assert pytest.approx(1e-6, rel=0.05) == 0.25**10
    power = np.linalg.matrix_power(np.array([[0.9, 5], [0, 0.9]]), 5)
    assert power[0, 1] == pytest.approx(16.4, abs=0.01)
    holds("gradients_detour", "16.4")
    assert pytest.approx(0.59, abs=0.001) == 0.9**5


def test_clipping_by_norm_and_by_value():
    def gradient(first, second):
        return rc.RNNParams(np.array([[first]]), np.array([[second]]), np.zeros(1))

    clipped = clip_by_norm(gradient(3.0, 4.0), 1.0).params
    assert (clipped.W_xh[0, 0], clipped.W_hh[0, 0]) == pytest.approx((0.6, 0.8))
    clipped = clip_by_value(gradient(30.0, 0.4), 1.0).params
    assert (clipped.W_xh[0, 0], clipped.W_hh[0, 0]) == pytest.approx((1.0, 0.4))
    before, after = (np.degrees(np.arctan2(0.4, first)) for first in (30, 1))
    assert (before, after) == pytest.approx((0.8, 21.8), abs=0.05)
    holds("clipping_value", "0.8", "21.8", answer="20")


def test_the_lowest_of_ten_equal_settings_is_luck():
    losses = np.random.default_rng(0).normal(size=(2000, 10))
    assert losses.min(axis=1).mean() < -1.4  # standard deviations below what new seeds give


def test_the_shortest_way_through_a_stack():
    layers, steps = 3, 20
    lengths = np.full((layers, steps), np.nan)
    for layer in range(layers):
        for step in range(steps):
            before = [lengths[layer - 1, step] if layer else np.nan, lengths[layer, step - 1] if step else np.nan]
            lengths[layer, step] = 1 + (np.nanmin(before) if np.isfinite(before).any() else 0)
    assert lengths[-1, -1] == 22
    holds("variants_path", answer="22")
    assert softmax(np.zeros(40))[-1] == pytest.approx(0.025)
    holds("variants_even", answer="2.5%")


def test_chaos_gives_fourteen_steps_for_a_factor_of_a_thousand():
    assert pytest.approx(1000, rel=0.03) == 1.64**14
    holds("forecast_chaos", answer="14")


def test_the_features_of_a_sound_do_not_depend_on_its_loudness():
    samples = np.random.default_rng(0).normal(size=RATE // 2)
    assert features(2 * samples).inputs == pytest.approx(features(samples).inputs)
    assert (RATE, RATE // HOP, CEPSTRA) == (8000, 80, 13)
    assert RATE // HOP // 2 * CEPSTRA == 520
    holds("speech_numbers", answer="520")


def test_ctc_reads_a_path_and_needs_a_blank_between_equal_digits():
    blank = 10
    assert read_path([3, 3, blank, 3, blank, blank, 5, 5], blank) == (3, 3, 5)
    assert frames_needed([7] * 5) == 9
    holds("vision_frames", answer="9")


def test_the_network_mostly_expects_the_opposite_motion_of_frames_in_the_opposite_order():
    reader = Reader(load_trained(Settings, "gru").state)
    strips = held_out("test")
    right = strips.frames[strips.kinds == KINDS.index("right")][:, :10]
    beliefs, _frames = reader.roll(right[:, ::-1], 1)
    expected = [KINDS[kind] for kind in beliefs[:, -1].argmax(axis=1)]
    assert round(expected.count("left") / len(expected), 2) == 0.58
    assert "right" not in expected
    others = [kind for kind in expected if kind != "left"]
    assert sum(kind in ("swing", "bounce") for kind in others) > len(others) / 2
    holds("watch_reverse", "58%")


def test_a_scan_of_a_million_steps_takes_twenty_rounds():
    one = np.ones((1024, 1))
    assert len(scan(Recurrence(one, one, np.zeros(1))).rounds) - 1 == 10
    assert log(1024**2, 2) == 2 * 10
    holds("after_rounds", "20", answer="20")


def test_a_rewritten_key_reads_the_newer_value():
    pairs = draw_pairs(PairsSetup(pairs=2, d=4))
    twice = replace(pairs, keys=np.stack([pairs.keys[0], pairs.keys[0]]))
    assert memories(twice, "delta", 1.0)[-1] @ twice.keys[0] == pytest.approx(twice.values[1])
    assert memories(twice, "hebbian", 1.0)[-1] @ twice.keys[0] == pytest.approx(twice.values.sum(axis=0))
    assert 2 * 512 * 1000 == 1_024_000
    holds("after_cache", "1{,}024{,}000")


def test_with_too_many_pairs_the_smaller_error_belongs_to_the_rule_that_finds_fewer_values():
    setup = PairsSetup(d=16, pairs=64)
    pairs = draw_pairs(setup)
    found = [f"{100 * nearest(pairs, rule, setup):.0f}%" for rule in ("hebbian", "delta")]
    missed = [f"{errors(pairs, rule, setup).mean():.2f}" for rule in ("hebbian", "delta")]
    assert (found, missed) == (["31%", "16%"], ["3.84", "1.55"])
    holds("after_many", *found, *missed, answer="Hebb")


def test_pytorch_takes_the_first_axis_for_time():
    torch = pytest.importorskip("torch")
    outputs, last = torch.nn.RNN(8, 16)(torch.zeros(32, 50, 8))
    assert (outputs.shape, last.shape) == ((32, 50, 16), (1, 50, 16))


def test_a_year_has_thirty_one_million_seconds():
    assert 31e6 < 365 * 24 * 3600 < 32e6
