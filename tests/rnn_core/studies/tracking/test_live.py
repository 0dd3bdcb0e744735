"""A network of the study as a training run, and the tiny Transformer beside it."""

import numpy as np
import pytest
import torch

from rnn_core.blocks.positions import sine_positions
from rnn_core.errors import CoreError
from rnn_core.learn import train
from rnn_core.studies.tracking.problem import Tracking
from rnn_core.studies.tracking.settings import LIVE_CELLS, TrackingSettings, rights
from rnn_core.studies.tracking.tasks import TASKS
from rnn_core.studies.tracking.transformer import transformer
from rnn_core.studies.tracking.weights import TRANSFORMER, transformer_sizes, transformer_weights
from tests.cases import assert_equal


@pytest.mark.parametrize("cell", LIVE_CELLS)
def test_the_network_has_the_shapes_of_its_settings(cell):
    settings = TrackingSettings(cell=cell, hidden=8, readout=4)
    found = {name: tuple(weight.shape) for name, weight in Tracking(settings).network.named_parameters()}
    assert found == settings.network_shapes()


def test_a_run_in_chunks_is_the_run_in_one_piece():
    settings = TrackingSettings(cell="min_gru", hidden=8, readout=4, budget=6, check_every=3, tested=8)
    whole, metrics = train.advance(train.start(settings), 6)
    half, _metrics = train.advance(train.start(settings), 2)
    assert train.advance(half, 4)[0].tensors == whole.tensors
    shares = rights(whole)
    assert len(shares) == len(TASKS["parity"].lengths)
    assert shares[-1] == pytest.approx(metrics.checks.measure[-1])
    with pytest.raises(CoreError):
        TrackingSettings(cell=TRANSFORMER, hidden=4)


@pytest.mark.parametrize("task", TASKS)
def test_the_transformer_has_the_weights_of_the_gru(task):
    gru, block = (TrackingSettings(task=task, cell=cell).parameters for cell in ("gru", TRANSFORMER))
    assert abs(gru - block) <= transformer_sizes(TASKS[task].inputs, 24, 32)[0]


def test_the_transformer_is_its_equations():
    rng = np.random.default_rng(0)
    w, xs = transformer_weights(3, 4, 5, 0), rng.normal(size=(7, 3))
    ys = transformer(torch.tensor(xs)[None, None], {name: torch.tensor(value)[None] for name, value in w.items()})
    e = xs @ w["W_e"].T + sine_positions(7, 4)
    for t in range(7):
        shares = np.exp([(w["W_q"] @ e[t]) @ (w["W_k"] @ e[s]) / 2.0 for s in range(t + 1)])
        shares /= shares.sum()
        a = e[t] + w["W_o"] @ (shares @ (e[: t + 1] @ w["W_v"].T))
        inner = torch.nn.functional.gelu(torch.tensor(w["W_m"] @ a + w["b_m"])).numpy()
        assert_equal(ys[0, 0, t].numpy(), a + w["W_p"] @ inner + w["b_p"])
