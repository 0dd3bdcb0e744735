"""Jacobians through time: equal to autograd's, to back-propagation's under interventions, and within the bounds."""

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.analysis import bounds, flow
from rnn_core.analysis.norms import largest_singular_values
from rnn_core.analysis.one_step import step_jacobians
from rnn_core.params.build import form_of, make_params, weights_of
from tests.torch_steps import torch_step

FORMS = [
    *[("rnn", {"activation": name}) for name in ("tanh", "relu", "sigmoid", "linear")],
    *[("lstm", {"variant": name}) for name in ("standard", "no_forget", "peephole", "coupled")],
    *[("gru", {"reset": reset, "z_keeps": keeps}) for reset in ("after", "before") for keeps in (True, False)],
]
forms = pytest.mark.parametrize(("cell", "form"), FORMS)


def random_run(cell, form, X=2, H=3, T=5, seed=0, scale=2.0, interventions=()):
    rng = np.random.default_rng(seed)
    small = rc.init_params(cell, X, H, seed, **form)
    params = make_params(cell, {name: scale * weight for name, weight in weights_of(small).items()}, form_of(small))
    states = {"h_0": rng.normal(size=H)} | ({"c_0": rng.normal(size=H)} if cell == "lstm" else {})
    return rc.run(params, rng.normal(size=(T, X)), **states, interventions=interventions)


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12 * max(1.0, np.abs(theirs).max()))


@forms
def test_jacobians_equal_autograd_through_the_loop_that_starts_at_each_state(cell, form):
    trace = random_run(cell, form)
    xs = torch.from_numpy(trace.xs.copy())
    states = [trace.hs, trace.cs] if cell == "lstm" else [trace.hs]
    ours, of_h, norms = flow.jacobians(trace, of="state"), flow.jacobians(trace), rc.jacobian_norms(trace)
    for t in range(len(trace.hs)):

        def rest(*state, t=t):
            for x in xs[t:]:
                state = torch_step(trace.params, x, *state)
            return tuple(part for part in state if part is not None)

        theirs = torch.autograd.functional.jacobian(rest, tuple(torch.from_numpy(each[t].copy()) for each in states))
        theirs = np.block([[block.numpy() for block in row] for row in theirs])
        close(ours[t], theirs)
        close(of_h[t], theirs[:3, :3])
        assert norms[t] == pytest.approx(np.linalg.norm(theirs[:3, :3], 2), rel=1e-12)


@pytest.mark.parametrize("variant", ["standard", "no_forget", "peephole", "coupled"])
def test_of_c_is_the_total_derivative_that_autograd_gives_for_c_as_a_node_of_the_graph(variant):
    trace = random_run("lstm", {"variant": variant})
    h, c = (torch.from_numpy(state[0].copy()).requires_grad_() for state in (trace.hs, trace.cs))
    nodes = [c]
    for x in torch.from_numpy(trace.xs.copy()):
        h, c = torch_step(trace.params, x, h, c)
        nodes.append(c)
    ours = flow.jacobians(trace, of="c")
    for row in range(3):
        theirs = torch.autograd.grad(c[row], nodes, retain_graph=True)
        close(ours[:, row], torch.stack(theirs).numpy())


@given(st.sampled_from(FORMS), st.integers(1, 5), st.integers(1, 6), st.integers(0, 999), st.data())
def test_under_interventions_each_row_equals_back_propagation_from_that_unit(form, H, T, seed, data):
    cell, options = form
    unit, step = st.integers(0, H - 1).map(lambda j: (j,)), st.integers(0, T - 1)
    holds = [rc.Silence(data.draw(unit), (data.draw(step),))]
    holds += [rc.SetState("c" if cell == "lstm" else "h", data.draw(unit), 0.5, data.draw(step))]
    gates = {"rnn": [], "lstm": list(rc.LSTMTrace.gates), "gru": list(rc.GRUTrace.gates)}[cell]
    holds += [rc.Clamp(data.draw(st.sampled_from(gates)), data.draw(unit), 0.3)] if gates else []
    trace = random_run(cell, options, H=H, T=T, seed=seed, interventions=tuple(holds))
    whole = flow.jacobians(trace, of="state")
    for row in range(whole.shape[1]):
        seeds = np.zeros((2, T, H))
        seeds[row // H, -1, row % H] = 1.0
        grads = rc.bptt(trace, seeds[0], *([seeds[1]] if cell == "lstm" else []))
        close(whole[:, row, :H], grads.dhs)
        if cell == "lstm":
            if options["variant"] != "peephole":  # there part of the path from c_t to h_t is counted with the peepholes
                close(whole[:, row, H:], grads.dcs - grads.dcs_through_output)
            if row >= H:
                close(flow.jacobians(trace, of="c")[:, row - H], grads.dcs)
    product = np.eye(whole.shape[1])
    for t in reversed(range(T)):
        product = product @ step_jacobians(trace)[t]
        close(whole[t], product)


@given(st.sampled_from(FORMS), st.integers(1, 6), st.integers(1, 8), st.integers(0, 999))
def test_norms_values_growth_and_bounds_agree_with_the_matrices(form, H, T, seed):
    trace = random_run(*form, H=H, T=T, seed=seed)
    for of in ("h", "state", *(["c"] if form[0] == "lstm" else [])):
        matrices = flow.jacobians(trace, of)
        singular = np.linalg.svd(matrices, compute_uv=False)
        np.testing.assert_allclose(flow.jacobian_norms(trace, of), singular[:, 0], rtol=1e-12)
        np.testing.assert_allclose(10 ** flow.log_jacobian_norms(trace, of), singular[:, 0], rtol=1e-11)
        with np.errstate(all="ignore"):
            np.testing.assert_allclose(flow.growth(trace, of), singular[:-1, 0] / singular[1:, 0], rtol=1e-12)
        close(flow.singular_values(trace, of), singular)
        found, product = flow.eigenvalues(trace, of), np.prod(flow.eigenvalues(trace, of), axis=1)
        assert (np.diff(np.abs(found), axis=1) <= 0).all()
        # A determinant is a difference of products as large as the norm to the power of its rows: that sets its last digit.
        assert (
            np.abs(product.real - np.linalg.det(matrices))
            <= 1e-12 * np.maximum(1.0, singular[:, 0]) ** matrices.shape[-1]
        ).all()
        close(found.sum(1).real, np.trace(matrices, axis1=1, axis2=2))

    logs, limits = flow.log_jacobian_norms(trace, "state"), bounds.log_bounds(trace)
    chain = [logs, limits.steps, limits.slopes, limits.gamma]
    for tight, loose in itertools.pairwise(chain):
        assert loose is None or (tight <= loose + 1e-9).all()
    assert (limits.gamma is None) == (form[0] != "rnn")


def test_every_step_bound_is_an_equality_where_the_run_is_as_bad_as_can_be():
    params = rc.init_params("rnn", 1, 4, 0, "orthogonal", gain=1.5, activation="linear")
    limits = bounds.log_bounds(rc.run(params, np.zeros((20, 1))))
    expected = (20 - np.arange(21)) * np.log10(1.5)
    for bound in (limits.gamma, limits.slopes, limits.steps):
        np.testing.assert_allclose(bound, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("factor", "digits"), [(0.1, -1000), (10.0, 1000)])
def test_logarithms_go_on_where_float64_ends(factor, digits):
    params = rc.init_params("rnn", 1, 3, 0, "orthogonal", gain=factor, activation="linear")
    trace = rc.run(params, np.zeros((1000, 1)))
    np.testing.assert_allclose(flow.log_jacobian_norms(trace), np.linspace(digits, 0, 1001), rtol=0, atol=1e-9)
    np.testing.assert_allclose(flow.growth(trace), factor, rtol=1e-12)
    assert flow.jacobian_norms(trace)[0] == (0.0 if factor < 1 else np.inf)
    assert flow.jacobian_norms(trace)[900] == pytest.approx(factor**100, rel=1e-12)
    np.testing.assert_allclose(flow.singular_values(trace)[900], factor**100, rtol=1e-12)
    np.testing.assert_allclose(np.abs(flow.eigenvalues(trace)[900]), factor**100, rtol=1e-12)


def test_a_cut_path_has_norm_zero_and_logarithm_minus_infinity():
    trace = random_run("rnn", {}, interventions=(rc.Silence((0, 1, 2), (2,)),))
    assert (flow.jacobian_norms(trace)[:3] == 0).all()
    assert (flow.jacobian_norms(trace)[3:] > 0).all()
    assert (flow.log_jacobian_norms(trace)[:3] == -np.inf).all()
    assert np.isnan(flow.growth(trace)[0])
    assert flow.growth(trace)[2] == 0


@forms
def test_a_run_that_overflows_gets_nan_and_no_warning(cell, form):
    params = rc.init_params(cell, 1, 2, 0, **form)
    huge = {name: np.full_like(weight, 1.5e308) for name, weight in weights_of(params).items()}
    trace = rc.run(make_params(cell, huge, form_of(params)), np.full((3, 1), 1e300))
    assert trace.first_bad is not None
    norms = flow.jacobian_norms(trace, "state")
    assert norms[-1] == 1
    for values in (flow.singular_values(trace, "state"), flow.eigenvalues(trace, "state"), flow.growth(trace)[:, None]):
        assert len(values) in (3, 4)
    if form.get("activation") in ("relu", "linear"):
        assert np.isnan(norms[0])
    bounds.log_bounds(trace)


def test_the_cell_path_is_the_product_of_forget_gates():
    trace = random_run("lstm", {}, T=6, interventions=(rc.SetState("c", (1,), 0.0, 2),))
    path = 10 ** bounds.log_cell_path(trace)
    for t in range(7):
        expected = trace.forget_gate[t:].prod(axis=0)
        expected[1] *= t > 2  # the overwritten cell keeps nothing
        np.testing.assert_allclose(path[t], expected, rtol=1e-12)
    closed = rc.run(rc.init_params("lstm", 1, 2, 0, "zeros", forget_bias=1.0), np.zeros((4, 1)))
    np.testing.assert_allclose(flow.jacobians(closed, of="c")[0], np.diag(10 ** bounds.log_cell_path(closed)[0]))


@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 3), st.integers(-300, 300), st.integers(0, 999))
def test_norms_are_right_for_every_rank_and_scale(rows, columns, rank, exponent, seed):
    rng = np.random.default_rng(seed)
    with np.errstate(all="ignore"):
        matrices = (rng.normal(size=(9, rows, rank)) @ rng.normal(size=(9, rank, columns))) * 10.0**exponent
    np.testing.assert_allclose(largest_singular_values(matrices), np.linalg.svd(matrices)[1].max(1), rtol=1e-12)


def test_norms_of_matrices_whose_singular_values_are_close_or_equal():
    rng = np.random.default_rng(0)
    u, v = (np.linalg.qr(rng.normal(size=(50, 8, 8)))[0] for _ in range(2))
    values = 1.0 - np.outer(np.logspace(-16, 0, 50), np.arange(8) / 8)
    np.testing.assert_allclose(largest_singular_values(u * values[:, None] @ v), 1.0, rtol=1e-14)
    assert np.array_equal(largest_singular_values(np.eye(4)[None]), [1.0])
    bad = np.stack([np.zeros((2, 2)), np.full((2, 2), np.nan), np.full((2, 2), -np.inf)])
    np.testing.assert_array_equal(largest_singular_values(bad), [0, np.nan, np.nan])


def test_invalid_arguments_are_named_in_the_error():
    trace = random_run("gru", {})
    for call in (flow.jacobians, flow.jacobian_norms, flow.singular_values):
        with pytest.raises(rc.CoreError, match="of: "):
            call(trace, of="c")
        with pytest.raises(rc.CoreError, match="of: "):
            call(trace, of="x")
    with pytest.raises(rc.CoreError, match="forget gate"):
        bounds.log_cell_path(trace)
    long = rc.run(rc.init_params("rnn", 1, 200, 0), np.zeros((9999, 1)))
    with pytest.raises(rc.CoreError, match="shorter run"):
        flow.jacobians(long)
