"""An LSTM with another function at one gate: against torch, and against the LSTM where it is the sigmoid after all."""

import numpy as np
import pytest
import torch

import rnn_core as rc
from rnn_core.params.build import weights_of
from rnn_core.studies.gate_functions import GATE_FUNCTIONS, GATE_LETTERS, GateFunction, GateLetter, run_with_gate

FUNCTIONS = {
    "sigmoid": torch.sigmoid,
    "hard_sigmoid": torch.nn.functional.hardsigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
}


@pytest.mark.parametrize("letter", GATE_LETTERS)
@pytest.mark.parametrize("function", GATE_FUNCTIONS)
def test_it_is_torchs(letter: GateLetter, function: GateFunction) -> None:
    params = rc.init_params("lstm", 2, 4, seed=3)
    assert isinstance(params, rc.LSTMParams)
    xs, c_0 = np.random.default_rng(1).normal(size=(30, 2)) * 3, np.linspace(-1, 1, 4)
    found = run_with_gate(params, xs, letter, function, c_0)
    w = {name: torch.tensor(each) for name, each in weights_of(params).items()}
    h, c = torch.zeros(4, dtype=torch.float64), torch.tensor(c_0)
    for t, x in enumerate(torch.tensor(xs)):
        pre = {gate: w[f"W_x{gate}"] @ x + w[f"W_h{gate}"] @ h + w[f"b_{gate}"] for gate in "figo"}
        gates = {gate: FUNCTIONS[function if gate == letter else "sigmoid"](pre[gate]) for gate in "fio"}
        c = gates["f"] * c + gates["i"] * torch.tanh(pre["g"])
        h = gates["o"] * torch.tanh(c)
        np.testing.assert_allclose(found.cs[t + 1], c, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(found.hs[t + 1], h, rtol=1e-12, atol=1e-12)
    if function == "sigmoid":
        np.testing.assert_allclose(found.hs, rc.run(params, xs, c_0=c_0).hs, rtol=0, atol=1e-12)


def test_what_breaks_is_noticed() -> None:
    params = rc.init_params("lstm", 1, 1, seed=0, scheme="zeros")
    assert isinstance(params, rc.LSTMParams)
    large = rc.LSTMParams(**{**weights_of(params), "b_f": np.array([8.0])})
    xs = np.zeros((500, 1))
    grown = run_with_gate(large, xs, "f", "relu", np.ones(1))
    assert grown.last_finite == 341  # 8 to the power of 342 is more than a float64 can be
    flat = run_with_gate(large, xs, "f", "hard_sigmoid", np.ones(1))
    assert flat.is_flat.all()
    assert (flat.cs == 1.0).all()
    assert not run_with_gate(large, xs, "f", "sigmoid", np.ones(1)).is_flat.any()
