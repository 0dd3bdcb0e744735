"""Every claim is judged by its computation, and the computations are held to torch and to numbers that can be checked."""

import re

import numpy as np
import pytest
import torch

import rnn_core as rc
from rnn_core.params.init import parameter_count
from rnn_core.studies.claims import installed
from rnn_core.studies.claims.all_claims import CLAIMS, judge
from rnn_core.studies.claims.framework_code import FRAMEWORK_SNIPPETS, recorded, run_framework_code
from rnn_core.studies.claims.small_training import Weights, gradients, init
from rnn_core.studies.claims.snippets import SNIPPETS, Execution, execute

IN_SOME_CASES = {6, 9, 13, 20, 21, 22}  # the sentence holds in some of its cases


def test_all_37_are_judged_by_a_computation() -> None:
    assert [claim.number for claim in CLAIMS] == list(range(1, 38))
    for claim in CLAIMS:
        found = judge(claim.number)
        assert found.holds
        assert found.numbers
        assert found.verdict == ("depends" if claim.number in IN_SOME_CASES else "false"), claim.number


WORKED_OUT = {
    (1, "sigmoid"): 0.5,
    (1, "slope"): 0.25,
    (2, "without"): 0.0,
    (2, "with"): 1.0,
    (5, "linear_error"): 0.25,
    (9, "keeps"): 1 - 1 / (1 + np.exp(-2.0)),
    (9, "takes"): 1 / (1 + np.exp(-2.0)),
    (10, "h_open"): 0.5 * np.tanh(2.0),
    (12, "lstm"): 4 * 64 * (16 + 64 + 1),
    (13, "left_0"): 0.5**100,
    (13, "left_5"): (1 / (1 + np.exp(-5.0))) ** 100,
    (16, "changed_cut"): 0.0,
    (19, "large_clipped"): 1.0,
    (20, "singular"): np.linalg.svd([[0.9, 4.0], [0.0, 0.9]], compute_uv=False)[0],
    (22, "linear_gradient"): 0.8**39,
    (24, "with"): 2 * (1.0 - 2.0 - 1.0),
    (24, "right_with"): 2 * (1.0 - 2.0 - 1.0) + 0.02,
    (34, "kept_attention"): 2 * 8 * 64,
}


@pytest.mark.parametrize(("number", "name"), WORKED_OUT)
def test_a_number_is_what_can_be_worked_out(number: int, name: str) -> None:
    assert judge(number).numbers[name] == pytest.approx(WORKED_OUT[number, name], rel=1e-6, abs=1e-12)


def test_the_wrong_backward_pass_is_compared_with_the_gradients_of_torch() -> None:
    xs = np.random.default_rng(1).normal(size=(6, 2))
    p = rc.init_params("rnn", 2, 4, seed=1, activation="sigmoid")
    W_xh, W_hh, b = (torch.tensor(each) for each in (p.W_xh, p.W_hh, p.b_h))
    states = [torch.zeros(4, dtype=torch.float64, requires_grad=True)]
    for x in torch.tensor(xs):
        states.append(torch.sigmoid(W_xh @ x + W_hh @ states[-1] + b))
    true = torch.stack(torch.autograd.grad(states[-1].sum(), states[1:])).numpy()
    wrong = [np.ones(4)]
    hs = torch.stack(states).detach().numpy()
    for t in reversed(range(1, 6)):
        wrong.insert(0, hs[t + 1] * (1 - hs[t + 1]) * (p.W_hh @ hs[t] + p.W_xh @ xs[t] + p.b_h))
    norms = [float(np.linalg.norm(each)) for each in (wrong[0], true[0])]
    assert judge(14).numbers["times"] == pytest.approx(norms[0] / norms[1], rel=1e-9)
    assert judge(14).numbers["right"] < 1e-15


@pytest.mark.parametrize("truncate", [None, 1, 3])
def test_the_small_training_has_the_gradients_of_torch(truncate: int | None) -> None:
    rng = np.random.default_rng(0)
    xs, targets, w = rng.normal(size=(3, 5, 2)), rng.normal(size=3), init(2, 4, seed=1)
    loss, found = gradients(w, xs, targets, truncate)
    wanted_loss, wanted = _of_torch(w, xs, targets, truncate)
    assert loss == pytest.approx(wanted_loss, abs=1e-12)
    for name in w:
        np.testing.assert_allclose(found[name], wanted[name], atol=1e-12)


def _of_torch(w: Weights, xs: np.ndarray, targets: np.ndarray, truncate: int | None) -> tuple[float, Weights]:
    t = {name: torch.tensor(value, requires_grad=True) for name, value in w.items()}
    h = torch.zeros(len(xs), 4, dtype=torch.float64)
    for step in range(5):
        counted = truncate is None or step >= 5 - truncate
        with torch.set_grad_enabled(counted):
            h = torch.tanh(torch.tensor(xs[:, step]) @ t["W_xh"].T + h @ t["W_hh"].T + t["b_h"])
    loss = ((h @ t["W_hy"][0] + t["b_y"] - torch.tensor(targets)) ** 2).mean()
    loss.backward()
    return loss.item(), {name: each.grad.numpy() for name, each in t.items()}


@pytest.mark.parametrize("number", SNIPPETS)
def test_the_right_code_runs_where_the_claim_is_about_code(number: int) -> None:
    right = execute(SNIPPETS[number].right)
    assert right.error == ("ZeroDivisionError: division by zero" if number == 37 else "")


STARTS_A_PROCESS = 37


def _unnumbered(done: Execution) -> tuple[str, str]:
    """Keras numbers the layers of a process: lstm, lstm_1, ..."""
    return done.printed, re.sub(r"'lstm(_\d+)?'", "'lstm'", done.error)


@pytest.mark.parametrize(
    "numbers",
    [
        [number for number in FRAMEWORK_SNIPPETS if number != STARTS_A_PROCESS],
        pytest.param([STARTS_A_PROCESS], marks=pytest.mark.long),
    ],
)
def test_pytorch_and_keras_do_what_the_page_shows(numbers: list[int]) -> None:
    for number in numbers:
        done, shown = run_framework_code(number), recorded()[number]
        assert _unnumbered(done.code) == _unnumbered(shown.code), number
        assert done.right == shown.right, number
        assert done.right.error == ""
        assert bool(done.code.error) == (number not in (26, 29))


def test_what_is_known_of_keras_without_keras_is_what_keras_says() -> None:
    assert installed.documented().keras_backends == installed.KERAS_BACKENDS


def test_an_lstm_a_gru_and_an_rnn_are_counted_as_the_core_counts() -> None:
    numbers = judge(26).numbers
    assert [numbers[cell] for cell in ("rnn", "lstm", "gru")] == [
        parameter_count(cell, 1, 8) for cell in ("rnn", "lstm", "gru")
    ]
