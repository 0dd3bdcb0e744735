"""The worked examples of the first pages: against finite differences, and as their lessons state them in both languages."""

import re

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.params.init import parameter_count
from rnn_core.studies import answer
from rnn_core.studies.before_cell import SHEAR, TwoSteps, layer, states, window_weights
from ui.widgets.lesson import LESSONS

SMALL = 1e-6


def page(name, lang):
    return "\n".join(path.read_text("utf-8") for path in sorted((LESSONS / name).glob(f"*.{lang}.md")))


def says(name, *numbers):
    """Whether both languages give each of the numbers, with a proper minus sign or with a hyphen inside a formula."""
    for lang in ("en", "zh"):
        text = page(name, lang).replace("−", "-").replace(",", "")
        for number in numbers:
            assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)", text), (name, lang, number)


def test_two_steps_agree_with_finite_differences_and_with_the_core():
    steps = TwoSteps()
    assert steps.h == (4.0, 3.0, 2.0)
    assert steps.loss == 2.0
    assert steps.state_gradients == (0.5, 1.0, 2.0)
    assert steps.weight_parts == (4.0, 6.0)
    moved = TwoSteps(w=steps.w + SMALL)
    assert (moved.loss - steps.loss) / SMALL == pytest.approx(10.0, rel=1e-5)
    params = rc.RNNParams(np.ones((1, 1)), np.array([[0.5]]), np.zeros(1), "linear")
    trace = rc.run(params, np.array([[1.0], [0.5]]), np.array([4.0]))
    assert rc.bptt(trace, np.array([[0.0], [trace.hs[-1, 0]]])).params.W_hh[0, 0] == 10.0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_back_propagation_opens_with_the_two_steps(lang):
    text = (LESSONS / "bptt" / f"intro.{lang}.md").read_text("utf-8")
    parts = TwoSteps().weight_parts
    assert f"= {parts[1]:g} + {parts[0]:g} = {sum(parts):g}" in text
    assert text.index("= 10") < text.index("W_{hh}")


def test_the_page_before_the_cell_gives_the_numbers_of_its_study():
    assert states((1.0, 2.0))[-1] == 2.5
    assert states((2.0, 1.0))[-1] == 2.0
    sums, outputs = layer()
    assert sums.tolist() == [-1.0, 1.0]
    nudged = TwoSteps(h_0=4.1)
    says("before", "2.5", f"{outputs[1]:.2f}", f"{outputs[0]:.2f}")
    says("before", f"{nudged.h[1]:g}", f"{nudged.h[2]:g}", f"{nudged.loss:.4f}")
    says(
        "before", f"{window_weights(5, 10, 20)}", f"{window_weights(100, 10, 20)}", f"{parameter_count('rnn', 10, 20)}"
    )


def test_the_two_kinds_of_size_of_a_matrix_are_as_the_page_says():
    assert np.linalg.eigvals(SHEAR).tolist() == [0.5, 0.5]
    largest, smallest = np.linalg.svd(SHEAR, compute_uv=False)
    once = SHEAR @ np.array([0.0, 1.0])
    ten = np.linalg.matrix_power(SHEAR, 10) @ np.array([0.0, 1.0])
    assert np.linalg.norm(once) > 1.0 > 50 * np.linalg.norm(ten)
    says("before", f"{largest:.2f}", f"{smallest:.2f}", f"{np.linalg.norm(once):.2f}", f"{np.linalg.norm(ten):.3f}")


def test_the_gradients_of_the_answer_agree_with_finite_differences():
    scores = answer.logits()
    for at in range(len(scores)):
        moved = scores + SMALL * np.eye(len(scores))[at]
        change = (answer.cross_entropy(moved) - answer.cross_entropy(scores)) / SMALL
        assert change == pytest.approx(answer.logit_gradient(scores)[at], abs=1e-5)
    np.testing.assert_allclose(answer.state_gradient(), answer.READOUT.T @ answer.logit_gradient(scores))


def test_the_page_from_state_to_answer_gives_the_numbers_of_its_study():
    scores = answer.logits()
    assert scores.tolist() == [2.0, 1.0, 0.0]
    for temperature in (0.5, 1.0, 2.0):
        says("answer", *(f"{p:.3f}" for p in answer.softmax(scores, temperature)))
    says("answer", f"{answer.cross_entropy(scores):.3f}", f"{np.log(3):.3f}")
    says("answer", *(f"{g:.3f}" for g in answer.logit_gradient(scores)), *(f"{g:.3f}" for g in answer.state_gradient()))
    says("answer", f"{answer.updates_per_epoch(1000, 32)}")
