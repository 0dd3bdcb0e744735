"""The runs of the page on variants: what each wiring lets a state know, and that two ways to the same numbers agree."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.params.build import weights_of
from rnn_core.studies import variants as runs
from rnn_core.studies.sequences import SequenceSetup, run_of
from tests.cases import assert_equal

GATED = ("lstm", "gru")
setups = st.builds(
    SequenceSetup,
    form=st.sampled_from(["rnn", "lstm", "lstm97", "coupled", "gru", "gru_before"]),
    hidden_size=st.integers(1, 4),
    steps=st.integers(2, 12),
    seed=st.integers(0, 99),
    first_weights=st.sampled_from(["torch", "orthogonal", "chrono"]),
    gain=st.floats(0.0, 2.0),
    signal=st.sampled_from(["noise", "wave", "pulse"]),
)
lstm_setups = setups.map(lambda setup: replace(setup, form="lstm"))


@given(setups, st.data())
def test_forward_states_depend_on_the_past_and_backward_states_on_the_future(setup, data):
    changed = data.draw(st.integers(0, setup.steps - 1))
    plain, other = runs.bidirectional_run(setup), runs.bidirectional_run(setup, changed)
    assert np.array_equal(plain.forward[:changed], other.forward[:changed])
    assert np.array_equal(plain.backward[changed + 1 :], other.backward[changed + 1 :])
    assert not np.array_equal(plain.forward[changed], other.forward[changed])
    assert not np.array_equal(plain.backward[changed], other.backward[changed])


@pytest.mark.parametrize("form", GATED)
def test_upper_layers_of_gated_cells_are_slower_for_nearly_every_seed(form):
    found = [runs.deep(SequenceSetup(form, 8, 120, seed, signal="noise"), 3).scales for seed in range(20)]
    assert sum(scales[2] > scales[0] for scales in found) >= 18


def test_a_layer_reads_the_states_of_the_one_below():
    setup = SequenceSetup("gru", 3, 9, signal="noise")
    found, stack = runs.deep(setup, 2), runs.stack_of(setup, 2)
    assert np.array_equal(found.hs[1], rc.run(stack.forward[1], found.hs[0][1:]).hs)


def test_one_layer_in_one_direction_is_the_plain_run_of_the_setup():
    setup = SequenceSetup("gru", 3, 9, gain=1.7, signal="noise", seed=4)
    assert np.array_equal(runs.deep(setup, 1).hs[0], run_of(setup).hs)


@given(setups, st.floats(0.0, 30.0))
def test_the_last_row_of_the_picture_is_the_attention_that_is_used(setup, sharpness):
    found = runs.attention_run(setup, sharpness)
    assert_equal(found.weights[-1], found.attention.weights)
    assert found.direct[-1] == pytest.approx(found.with_attention[-1])


def test_the_question_is_right():
    """A hundred thousand times, as the page opens; thousands at the least over cells and seeds."""
    opened = runs.attention_run(SequenceSetup("gru", 8, 40, signal="noise"), 20.0)
    assert 1e5 < opened.with_attention[1] / opened.without_attention[1] < 1e6
    for form in ("rnn", *GATED):
        for seed in range(5):
            found = runs.attention_run(SequenceSetup(form, 8, 40, seed, signal="noise"), 20.0)
            assert found.with_attention[1] > 1e3 * found.without_attention[1]


@given(lstm_setups, st.floats(-3, 3))
def test_the_forms_share_their_weights_and_have_their_stated_properties(setup, peephole):
    found = runs.lstm_forms(setup, peephole)
    weights = weights_of(found["standard"].trace.params)
    for form in found.values():
        for name, weight in weights_of(form.trace.params).items():
            assert np.array_equal(weight, weights.get(name, np.full(setup.hidden_size, peephole)))
    assert (found["no_forget"].trace.forget_gate == 1.0).all()
    assert np.abs(found["coupled"].trace.cs).max() <= 1.0


@given(lstm_setups)
def test_a_peephole_of_weight_0_is_the_standard_form(setup):
    found = runs.lstm_forms(setup, 0.0)
    assert np.array_equal(found["peephole"].trace.hs, found["standard"].trace.hs)


@given(setups, st.data(), st.floats(-2, 2))
def test_packed_and_masked_give_the_same_numbers_whatever_fills_the_padding(setup, data, filler):
    lengths = tuple(data.draw(st.lists(st.integers(1, setup.steps), min_size=1, max_size=3)))
    found, other = runs.padded(setup, lengths, filler), runs.padded(setup, lengths, 7.0)
    assert found.masked_gap <= 1e-13
    assert np.array_equal(found.packed_forward, other.packed_forward)
    assert np.array_equal(found.packed_backward, other.packed_backward)
    assert np.array_equal(found.mask.sum(axis=1), lengths)


def test_a_padding_that_is_read_spoils_the_last_state_and_the_backward_reader():
    found = runs.padded(SequenceSetup("gru", 8, 40, signal="noise"), (40, 20), 0.0)
    assert_equal(found.read_forward[:20], found.packed_forward)
    assert np.abs(found.read_forward[-1] - found.packed_forward[-1]).max() > 0.01
    assert (np.abs(found.read_backward[:20] - found.packed_backward).max(axis=1) > 0.0).all()


@given(setups, st.integers(1, 14), st.booleans())
def test_chunks_that_hand_their_state_on_are_one_run_with_its_gradient_truncated(setup, chunk, every_step):
    found = runs.chunked_run(setup, chunk, every_step=every_step)
    assert_equal(found.carried_state, found.whole)
    assert found.truncated_gap <= 1e-11 * max(1.0, found.truncated.max())
    edges = slice(chunk, setup.steps, chunk)
    assert found.truncated[edges] == pytest.approx(np.sqrt(setup.hidden_size) if every_step else 0.0)
    if chunk >= setup.steps:
        assert_equal(found.truncated, found.full)
        assert (found.weights_length, found.weights_cosine) == pytest.approx((1.0, 1.0))


def test_chunks_that_begin_with_zeros_are_runs_of_their_own():
    setup = SequenceSetup("lstm", 4, 12, signal="noise")
    found, whole = runs.chunked_run(setup, 5, every_step=True), run_of(setup)
    assert np.array_equal(found.zero_state[6:11], rc.run(whole.params, whole.xs[5:10]).hs[1:])
