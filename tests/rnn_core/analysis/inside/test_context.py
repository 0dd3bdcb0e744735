"""How far back a network uses what it read, and how long a unit's values resemble each other."""

import numpy as np
import pytest

from rnn_core.analysis.inside.answers import LastState
from rnn_core.analysis.inside.context import (
    answers_by_context,
    error_by_context,
    loss_by_context,
    time_scale_within,
)
from rnn_core.analysis.trajectories import time_scales
from rnn_core.apps.text.settings import SHIPPED
from rnn_core.errors import CoreError
from rnn_core.passes.layers import run_stack
from tests.rnn_core.analysis.inside.networks import of_numbers, of_symbols, shipped_text

RNG = np.random.default_rng(0)


def test_the_text_model_uses_more_than_a_few_characters() -> None:
    network = shipped_text("english-lstm")
    found = loss_by_context(network, SHIPPED["english-lstm"].corpus.test[:3000], (1, 2, 4, 8, 16, 32), places=200)
    assert np.all(np.diff(found.loss[:4]) < 0)
    assert found.used() >= 8


def test_a_text_shorter_than_the_longest_context_is_refused() -> None:
    with pytest.raises(CoreError, match="longest"):
        loss_by_context(of_symbols("rnn"), RNG.integers(0, 5, 15))


def test_the_error_after_the_last_steps_is_that_of_a_run_over_them() -> None:
    network = of_numbers("gru")
    xs, wanted = RNG.normal(size=(12, network.input_size)), RNG.normal(size=11)
    found = error_by_context(network, xs, wanted, (2, 5), first=6)
    outputs = [
        run_stack(network.stack, xs[end - 1 : end + 1]).ys[-1] @ network.readout.W_hy[0] + network.readout.b_y[0]
        for end in range(6, 11)
    ]
    assert found.loss[0] == pytest.approx(np.abs(outputs - wanted[6:]).mean())
    assert found.error[-1] == 0.0
    with pytest.raises(CoreError, match="first"):
        error_by_context(network, xs, wanted, (8,), first=3)


def test_an_answer_by_context_reads_the_last_steps_alone_and_a_short_sequence_whole() -> None:
    network, sequence = of_symbols("lstm"), RNG.integers(0, 5, 7)
    head = LastState(network.readout)
    found = answers_by_context(network, head, sequence, (1, 7, 50))
    assert found[1] == pytest.approx(found[2])
    last = run_stack(network.stack, network.inputs(sequence[-1:])).ys
    assert found[0] == pytest.approx(head.scores(last))


def test_a_time_scale_within_sequences_compares_steps_of_the_same_sequence_only() -> None:
    decay = 0.8
    rows = []
    for _ in range(400):
        row = [RNG.normal()]
        for _ in range(24):
            row.append(decay * row[-1] + np.sqrt(1 - decay**2) * RNG.normal())
        rows.append(row)
    ends = np.arange(25, 25 * 401, 25)
    assert time_scale_within(np.concatenate(rows), ends) == pytest.approx(-1 / np.log(decay), rel=0.1)
    constant = np.repeat(RNG.normal(size=400), 5)  # in each sequence: no lag within it is long enough
    assert time_scale_within(constant, np.arange(5, 2001, 5)) == np.inf
    assert np.isnan(time_scale_within(np.ones(10), np.array([4, 10])))


def test_a_single_long_sequence_has_the_time_scale_of_the_states_page() -> None:
    wave = np.sin(np.arange(4000) / 9)
    assert time_scale_within(wave, np.array([4000])) == pytest.approx(float(time_scales(wave[:, None])[0]), rel=0.01)
