"""Initial weights: seeded, with the property that gives each scheme its name, and counted."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.params.build import shapes_of, weights_of
from rnn_core.params.init import SCHEMES, count_parameters, parameter_count

FORMS = {
    "rnn": [{"activation": "relu"}],
    "lstm": [{"variant": v} for v in ("standard", "no_forget", "peephole", "coupled")],
    "gru": [{"reset": r, "z_keeps": z} for r in ("after", "before") for z in (True, False)],
}
ALL = [(cell, form) for cell, forms in FORMS.items() for form in forms]
NEEDED = {
    "spectral_radius": {"spectral_radius": 0.9},
    "singular_value": {"singular_value": 1.5},
    "chrono": {"t_max": 50},
}


def recurrent(params):
    return [weight for name, weight in weights_of(params).items() if name.startswith("W_h")]


@pytest.mark.parametrize(("cell", "form"), ALL)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_gives_every_weight_its_shape_and_keeps_the_form(cell, form, scheme):
    needed = NEEDED.get(scheme, {})
    if scheme == "chrono" and (cell == "rnn" or form.get("variant") == "no_forget"):
        with pytest.raises(rc.CoreError):
            rc.init_params(cell, 3, 5, 0, scheme, **form, **needed)
        return
    params = rc.init_params(cell, 3, 5, 0, scheme, **form, **needed)
    assert {name: weight.shape for name, weight in weights_of(params).items()} == shapes_of(
        cell, 3, 5, form | vars(params)
    )
    assert all(getattr(params, name) == value for name, value in form.items())
    rc.run(params, np.zeros((2, 3)))  # which checks every weight


@given(st.sampled_from(ALL), st.integers(0, 2**63 - 1), st.sampled_from(["torch", "xavier", "orthogonal"]))
def test_the_seed_decides_everything(cell_and_form, seed, scheme):
    cell, form = cell_and_form
    first, again, other = (rc.init_params(cell, 2, 4, s, scheme, **form) for s in (seed, seed, seed // 2 + 1))
    assert all(
        np.array_equal(a, b) for a, b in zip(weights_of(first).values(), weights_of(again).values(), strict=True)
    )
    if seed != seed // 2 + 1:
        assert not np.array_equal(recurrent(first)[0], recurrent(other)[0])


def test_variants_with_one_seed_share_their_weights_and_no_two_fields_are_alike():
    standard, coupled = (rc.init_params("lstm", 3, 3, 7, variant=v) for v in ("standard", "coupled"))
    assert np.array_equal(standard.W_xf, coupled.W_xf)
    assert coupled.W_xi is None
    values = [weight[0, 0] for weight in weights_of(standard).values() if weight.ndim == 2]
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_torch_scheme_has_the_spread_of_torch(cell):
    H = 64
    params = rc.init_params(cell, 32, H, seed=3)
    with torch.random.fork_rng():
        torch.manual_seed(3)
        layer = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](32, H, dtype=torch.float64)
    for name, weight in weights_of(params).items():
        if name.startswith("W_"):
            theirs = layer.weight_ih_l0 if name[2] == "x" else layer.weight_hh_l0
            assert weight.std() == pytest.approx(theirs.std().item(), rel=0.1)
            assert np.abs(weight).max() <= 1 / math.sqrt(H)
        elif name not in ("b_n", "b_hn"):
            assert weight.std() == pytest.approx((layer.bias_ih_l0 + layer.bias_hh_l0).std().item(), rel=0.4)
    if cell == "gru":  # torch's two biases of the candidate, apart
        assert max(np.abs(params.b_n).max(), np.abs(params.b_hn).max()) <= 1 / math.sqrt(H)


@given(st.integers(1, 12), st.floats(0.0, 3.0), st.sampled_from(["rnn", "lstm", "gru"]), st.integers(0, 99))
def test_each_scheme_is_what_its_name_says(H, number, cell, seed):
    for W in recurrent(rc.init_params(cell, 2, H, seed, "orthogonal", gain=number)):
        np.testing.assert_allclose(W @ W.T, number**2 * np.eye(H), rtol=0, atol=1e-12)
    for W in recurrent(rc.init_params(cell, 2, H, seed, "identity", gain=number)):
        assert np.array_equal(W, number * np.eye(H))
    for W in recurrent(rc.init_params(cell, 2, H, seed, "spectral_radius", spectral_radius=number)):
        assert np.abs(np.linalg.eigvals(W)).max() == pytest.approx(number, rel=1e-9, abs=1e-12)
    for W in recurrent(rc.init_params(cell, 2, H, seed, "singular_value", singular_value=number)):
        assert np.linalg.svd(W, compute_uv=False)[0] == pytest.approx(number, rel=1e-12, abs=1e-12)
    for W in recurrent(rc.init_params(cell, 2, H, seed, "xavier", gain=number)):
        assert np.abs(W).max() <= number * math.sqrt(6 / (2 * H))
    assert all(not weight.any() for weight in weights_of(rc.init_params(cell, 2, H, seed, "zeros")).values())


def test_orthogonal_matrices_have_no_preferred_sign():
    signs = [np.sign(rc.init_params("rnn", 1, 1, seed, "orthogonal").W_hh[0, 0]) for seed in range(200)]
    assert abs(np.mean(signs)) < 0.25


def test_xavier_fills_its_range_from_both_sizes_of_one_gate():
    params = rc.init_params("lstm", 30, 50, 0, "xavier")
    assert np.abs(params.W_xf).max() == pytest.approx(math.sqrt(6 / 80), rel=0.01)
    assert not params.b_f.any()


@pytest.mark.parametrize("scheme", ["torch", "orthogonal", "zeros"])
def test_forget_bias_sets_the_keeping_gate_and_nothing_else(scheme):
    plain, biased = (rc.init_params("lstm", 2, 3, 0, scheme, **extra) for extra in ({}, {"forget_bias": 1.0}))
    assert np.array_equal(biased.b_f, np.ones(3))
    assert all(np.array_equal(weights_of(plain)[n], weights_of(biased)[n]) for n in weights_of(plain) if n != "b_f")
    assert np.array_equal(rc.init_params("gru", 2, 3, forget_bias=2.0).b_z, [2, 2, 2])
    assert np.array_equal(rc.init_params("gru", 2, 3, forget_bias=2.0, z_keeps=False).b_z, [-2, -2, -2])


def test_chrono_spreads_the_memories_of_the_cell_up_to_t_max():
    params = rc.init_params("lstm", 1, 1000, 0, "chrono", t_max=100)
    assert np.array_equal(params.b_i, -params.b_f)
    spans = np.exp(params.b_f)  # uniform over [1, 99]
    assert 1 <= spans.min() < 3
    assert 97 < spans.max() <= 99
    assert spans.mean() == pytest.approx(50, abs=2)
    keeps, writes = (rc.init_params("gru", 1, 9, 0, "chrono", t_max=100, z_keeps=z).b_z for z in (True, False))
    assert np.array_equal(keeps, -writes)
    assert (keeps > 0).all()


@pytest.mark.parametrize(
    ("cell", "options", "argument"),
    [
        ("gnu", {}, "cell"),
        ("lstm", {"input_size": 0}, "input_size"),
        ("lstm", {"hidden_size": 2.0}, "hidden_size"),
        ("lstm", {"hidden_size": 10**6}, "hidden_size"),
        ("lstm", {"seed": -1}, "seed"),
        ("lstm", {"scheme": "he"}, "scheme"),
        ("lstm", {"forgetbias": 1.0}, "forgetbias"),
        ("lstm", {"forget_bias": math.nan}, "forget_bias"),
        ("lstm", {"forget_bias": 10**400}, "forget_bias"),
        ("lstm", {"forget_bias": 1.0, "t_max": 9}, "forget_bias"),
        ("lstm", {"variant": "no_forget", "forget_bias": 1.0}, "variant"),
        ("lstm", {"variant": "nothing"}, "variant"),
        ("lstm", {"reset": "after"}, "reset"),
        ("lstm", {"t_max": 1.5}, "t_max"),
        ("lstm", {"scheme": "chrono"}, "t_max"),
        ("rnn", {"forget_bias": 1.0}, "forget_bias"),
        ("rnn", {"activation": "swish"}, "activation"),
        ("rnn", {"gain": 2.0}, "gain"),
        ("rnn", {"scheme": "orthogonal", "gain": "2"}, "gain"),
        ("rnn", {"scheme": "orthogonal", "hidden_size": 2000}, "hidden_size of scheme 'orthogonal'"),
        ("rnn", {"scheme": "spectral_radius"}, "spectral_radius"),
        ("rnn", {"scheme": "singular_value", "singular_value": -1.0}, "singular_value"),
        ("gru", {"z_keeps": 1}, "z_keeps"),
    ],
)
def test_invalid_arguments_are_named_in_the_error(cell, options, argument):
    with pytest.raises(rc.CoreError) as error:
        rc.init_params(cell, **({"input_size": 1, "hidden_size": 2} | options))
    assert error.value.argument == argument


@given(st.sampled_from(["rnn", "lstm", "gru"]), st.integers(1, 9), st.integers(1, 9), st.integers(1, 3), st.booleans())
def test_counts_are_those_of_torch_and_of_the_parameters(cell, X, H, layers, bidirectional):
    kind = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell]
    theirs = sum(p.numel() for p in kind(X, H, layers, bidirectional=bidirectional).parameters())
    assert parameter_count(cell, X, H, layers=layers, directions=1 + bidirectional, biases=2) == theirs
    inner = H if cell == "gru" else 0  # b_hn
    assert count_parameters(rc.init_params(cell, X, H)) == parameter_count(cell, X, H) + inner
