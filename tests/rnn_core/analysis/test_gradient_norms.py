"""Norms of gradients for many runs at once: equal to those of single runs and of autograd, and never above the bound."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.analysis import bounds
from rnn_core.analysis.gradient_norms import log_gradient_norms
from rnn_core.studies.gradients import GatedSetup, RNNSetup, gradient_norms, inputs, log_bound, params_of, rnn_trace
from tests.torch_steps import torch_step

SETUPS = [
    *[RNNSetup("singular", 1.7, act, steps=12, hidden_size=5) for act in ("tanh", "relu", "sigmoid", "linear")],
    *[RNNSetup(kind, 0.9, steps=9, hidden_size=4) for kind in ("radius", "orthogonal", "identity", "torch")],
    *[RNNSetup(kind, 0.9, steps=9) for kind in ("nonnormal", "scalar")],
    *[GatedSetup(cell, gates, steps=12, hidden_size=5) for cell in ("gru", "lstm") for gates in ("bias", "chrono")],
    GatedSetup("lstm", "torch", steps=1, hidden_size=1),
]
each_setup = pytest.mark.parametrize("setup", SETUPS, ids=lambda s: "-".join(str(v) for v in vars(s).values()))


def run_alone(setup, seed):
    params = params_of(setup, seed)
    has_fixed_matrix = isinstance(setup, RNNSetup) and setup.has_fixed_matrix
    return rc.run(params, inputs(setup.steps, seed), np.full(params.hidden_size, 1.0 if has_fixed_matrix else 0.0))


def last_gradient(trace):
    dhs = np.zeros((len(trace.xs), trace.params.hidden_size))
    dhs[-1] = trace.params.hidden_size**-0.5
    return dhs


def log_lengths(rows):
    with np.errstate(divide="ignore"):
        return np.log10(np.linalg.norm(rows, axis=1))


@each_setup
def test_many_runs_at_once_equal_each_run_alone(setup):
    seeds = (0, 7, 3)
    together = gradient_norms(setup, seeds)
    for row, seed in enumerate(seeds):
        trace = run_alone(setup, seed)
        grads = rc.bptt(trace, last_gradient(trace))
        np.testing.assert_allclose(together.h[row], log_lengths(grads.dhs), rtol=0, atol=1e-12)
        assert together.ends[row] == setup.steps
        if isinstance(trace, rc.LSTMTrace):
            np.testing.assert_allclose(together.c[row], log_lengths(grads.dcs), rtol=0, atol=1e-12)
            highway = grads.dcs[-1] * 10 ** bounds.log_cell_path(trace)
            np.testing.assert_allclose(together.highway[row], log_lengths(highway), rtol=0, atol=1e-12)
            np.testing.assert_allclose(10 ** together.gates[row], 10 ** log_lengths(grads.dcs - highway), atol=1e-15)


@each_setup
def test_lengths_equal_autograds(setup):
    trace = run_alone(setup, 5)
    H, has_cell = trace.params.hidden_size, isinstance(trace, rc.LSTMTrace)
    h = torch.tensor(trace.hs[0], requires_grad=True)
    c = torch.zeros(H, dtype=h.dtype, requires_grad=True) if has_cell else None
    states = [(h, c)]
    for x in torch.from_numpy(trace.xs.copy()):
        states.append(torch_step(trace.params, x, *states[-1]))
        for state in states[-1]:
            if state is not None:
                state.retain_grad()
    (states[-1][0].sum() / H**0.5).backward()
    ours = gradient_norms(setup, (5,))
    for place, logs in enumerate((ours.h, ours.c) if has_cell else (ours.h,)):
        theirs = [float(state[place].grad.norm()) for state in states]
        np.testing.assert_allclose(10 ** logs[0], theirs, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("gain", "digits"), [(0.1, -1000.0), (10.0, 1000.0)])
def test_logarithms_go_on_where_float64_ends(gain, digits):
    params = rc.init_params("rnn", 1, 3, 0, "orthogonal", gain=gain, activation="linear")
    norms = log_gradient_norms([params], np.zeros((1, 1000, 1)))
    np.testing.assert_allclose(norms.h[0], np.linspace(digits, 0, 1001), rtol=0, atol=1e-9)


def test_a_run_that_overflows_is_measured_up_to_its_last_finite_state():
    setup = RNNSetup("radius", 5.0, "linear", steps=600, hidden_size=4)
    norms = gradient_norms(setup, (0, 1))
    for row, seed in enumerate((0, 1)):
        trace = rnn_trace(setup, seed)
        last = trace.first_bad.step  # step t from 0 makes state t + 1: this is the last good state
        assert norms.ends[row] == last < 600
        assert np.isfinite(norms.h[row, : last + 1]).all()
        assert np.isnan(norms.h[row, last + 1 :]).all()
        assert norms.h[row, last] == pytest.approx(0.0, abs=1e-15)


def test_a_gradient_that_is_zero_has_logarithm_minus_infinity():
    norms = gradient_norms(RNNSetup("singular", 0.0, steps=5, hidden_size=3), (0,))
    assert (norms.h[0, :-1] == -np.inf).all()
    closed = gradient_norms(GatedSetup("lstm", forget_bias=-800.0, steps=5, hidden_size=3), (0,))
    assert (closed.highway[0, :-1] == -np.inf).all()


def test_other_forms_are_refused():
    xs = np.zeros((1, 3, 2))
    for params in (rc.init_params("gru", 2, 2, reset="before"), rc.init_params("lstm", 2, 2, variant="peephole")):
        with pytest.raises(rc.CoreError):
            log_gradient_norms([params], xs)


sizes = st.one_of(st.floats(0.01, 5.0), st.sampled_from([0.0, 0.25, 0.9, 1.0, 4.0]))
settings_of_the_page = st.builds(
    RNNSetup,
    kind=st.sampled_from(["singular", "radius", "orthogonal", "identity", "nonnormal", "scalar", "torch"]),
    size=sizes,
    activation=st.sampled_from(["tanh", "relu", "sigmoid", "linear"]),
    steps=st.integers(1, 120),
    hidden_size=st.integers(1, 12),
)


@settings(max_examples=300)
@given(settings_of_the_page, st.integers(0, 9999))
def test_the_bound_holds_on_every_setting_of_the_page(setup, seed):
    trace, norms = rnn_trace(setup, seed), gradient_norms(setup, (seed,))
    limit = log_bound(trace.params, setup.steps)
    end = int(norms.ends[0])
    assert (norms.h[0, : end + 1][::-1] <= limit[: end + 1] + 1e-9).all()
