"""What each step adds to the gradient, along the whole gradient; and the example of two steps, against its own derivative."""

import numpy as np
import pytest

from rnn_core.analysis.descent import Network, forward_and_backward, step_shares
from rnn_core.blocks.readout import init_readout
from rnn_core.params.build import weights_of
from rnn_core.studies.sequences import Form, SequenceSetup, inputs_of, params_of
from rnn_core.studies.two_steps import INPUTS, START, two_steps


def test_on_paper_every_number_is_whole() -> None:
    found = two_steps(0.5)
    assert found.hs.tolist() == [4.0, 3.0, 2.0]
    assert found.dhs.tolist() == [0.5, 1.0, 2.0]
    assert found.parts.tolist() == [4.0, 6.0]
    assert found.loss == 2.0


@pytest.mark.parametrize("w", [-1.0, -0.2, 0.0, 0.7, 1.5])
def test_the_two_parts_add_up_to_the_derivative(w: float) -> None:
    def loss(weight: float) -> float:
        h = START
        for x in INPUTS:
            h = weight * h + x
        return 0.5 * h * h

    slope = (loss(w + 1e-5) - loss(w - 1e-5)) / 2e-5
    assert two_steps(w).parts.sum() == pytest.approx(slope, abs=1e-8)
    assert two_steps(w).loss == pytest.approx(loss(w))


@pytest.mark.parametrize("form", ["rnn", "lstm", "gru"])
def test_the_shares_of_all_steps_are_the_whole_gradient(form: Form) -> None:
    setup = SequenceSetup(form, 3, 9, 0, "torch", signal="noise")
    network = Network(params_of(setup), init_readout(3, 1, 0, "identity"))
    whole, cut = (forward_and_backward(network, inputs_of(setup), [4, 8], truncate) for truncate in (None, 3))
    shares = step_shares(whole, whole)
    assert shares.sum() == pytest.approx(1.0)
    total = np.concatenate([part.ravel() for part in weights_of(whole.grads.params).values()])
    kept = np.concatenate([part.ravel() for part in weights_of(cut.grads.params).values()])
    assert step_shares(whole, cut).sum() == pytest.approx(kept @ total / (total @ total))
    np.testing.assert_allclose(
        step_shares(whole, cut)[6:], shares[6:], rtol=1e-12
    )  # behind the last wall nothing is lost
    assert (step_shares(whole, cut)[5:6] == 0.0).all()  # a step that no loss reaches adds nothing
