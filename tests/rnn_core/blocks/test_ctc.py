"""CTC in NumPy: its loss and gradient are torch's, its beam finds the best reading, and its sum is over every path."""

import itertools

import numpy as np
import pytest
import torch

from rnn_core.blocks.ctc import ctc, edit_distance, greedy, log_softmax, prefix_beam, read_path
from rnn_core.errors import CoreError

CASES = [((0, 1, 2), 7, 4), ((1, 1), 5, 3), ((2, 2, 2), 5, 4), ((0,), 1, 2), ((), 3, 3), ((0, 1, 0, 0), 9, 3)]


@pytest.mark.parametrize(("labels", "frames", "classes"), CASES)
def test_loss_and_gradient_are_those_of_torch(labels, frames, classes):
    scores = np.random.default_rng(frames).normal(size=(frames, classes)) * 2
    found = ctc(scores, labels, blank=classes - 1)
    given = torch.from_numpy(scores)[:, None].requires_grad_()
    loss = torch.nn.functional.ctc_loss(
        given.log_softmax(2),
        torch.tensor([labels], dtype=torch.long).reshape(1, -1),
        torch.tensor([frames]),
        torch.tensor([len(labels)]),
        blank=classes - 1,
        reduction="sum",
    )
    loss.backward()
    np.testing.assert_allclose(found.loss, loss.item(), rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.dscores, given.grad[:, 0].numpy(), rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.alignment.sum(axis=1), 1.0, rtol=0, atol=1e-10)


def every_path(scores, blank):
    """The probability of each reading, summed over every single path."""
    ys, readings = np.exp(log_softmax(scores)), {}
    for path in itertools.product(range(scores.shape[1]), repeat=len(scores)):
        labels = read_path(path, blank)
        readings[labels] = readings.get(labels, 0.0) + np.prod(ys[np.arange(len(path)), list(path)])
    return readings


def test_the_loss_sums_over_every_path_and_a_wide_beam_finds_the_best_readings():
    scores = np.random.default_rng(3).normal(size=(5, 4))
    readings = every_path(scores, blank=3)
    for labels in ((), (0,), (0, 0), (2, 1, 0), (1, 1, 1)):
        assert np.exp(-ctc(scores, labels, 3).loss) == pytest.approx(readings[labels], abs=1e-12)
    best = sorted(readings.items(), key=lambda item: -item[1])
    for prefix, (labels, probability) in zip(prefix_beam(scores, 3, width=1000)[:10], best, strict=False):
        assert prefix.labels == labels
        assert prefix.probability == pytest.approx(probability, abs=1e-12)


def test_the_best_labelling_may_differ_from_that_of_the_best_path():
    scores = np.log([[0.4, 0.6], [0.4, 0.6]])  # blank blank has 0.36, but a_ _a aa read the same: 0.64
    assert greedy(scores, 1) == ()
    assert prefix_beam(scores, 1, 4)[0].labels == (0,)


def test_a_path_is_read_by_merging_repeats_and_dropping_blanks():
    assert read_path([9, 7, 7, 9, 7, 2, 2, 9], 9) == (7, 7, 2)
    assert read_path([], 9) == ()


def test_too_few_frames_raise_a_core_error():
    with pytest.raises(CoreError, match="need 3 frames"):
        ctc(np.zeros((2, 3)), (0, 0), 2)


def test_edits_are_counted():
    assert [edit_distance(a, b) for a, b in (("kitten", "sitting"), ("", "ab"), ("ab", "ab"), ("abc", "b"))] == [
        3,
        2,
        0,
        2,
    ]
