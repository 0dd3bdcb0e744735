"""The check on the pages: the core against torch, on the weights of the current view."""

import numpy as np
import pytest

from rnn_core.formats import torch_cells
from rnn_core.formats.torch_check import check_against_torch
from rnn_core.params.init import init_params

FORMS = [
    ("rnn", {}, "torch.nn.RNN"),
    ("rnn", {"activation": "relu"}, "torch.nn.RNN"),
    ("rnn", {"activation": "sigmoid"}, "torch autograd"),
    ("rnn", {"activation": "linear"}, "torch autograd"),
    ("lstm", {}, "torch.nn.LSTM"),
    ("lstm", {"variant": "no_forget"}, "torch autograd"),
    ("lstm", {"variant": "peephole"}, "torch autograd"),
    ("lstm", {"variant": "coupled"}, "torch autograd"),
    ("gru", {}, "torch.nn.GRU"),
    ("gru", {"z_keeps": False}, "torch autograd"),
    ("gru", {"reset": "before"}, "torch autograd"),
    ("gru", {"reset": "before", "z_keeps": False}, "torch autograd"),
]
XS = np.random.default_rng(5).normal(size=(12, 3))


@pytest.mark.parametrize(("cell", "options", "judge"), FORMS, ids=str)
def test_the_core_agrees_with_torch(cell: str, options: dict, judge: str) -> None:
    found = check_against_torch(init_params(cell, 3, 5, seed=2, **options), XS)
    assert found.judge == judge
    assert found.forward < 1e-12
    assert found.gradient < 1e-12 * max(1.0, found.largest_gradient)
    assert found.largest_gradient > 0.1


def test_a_wrong_core_is_detected(monkeypatch: pytest.MonkeyPatch) -> None:
    params = init_params("gru", 3, 5, seed=2)
    right = torch_cells.run
    monkeypatch.setattr(torch_cells, "run", lambda params, xs: right(params, xs * 1.001))
    assert check_against_torch(params, XS).forward > 1e-5
