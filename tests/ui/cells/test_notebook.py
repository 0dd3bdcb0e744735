"""The notebook of a view runs on its own and gives the page's numbers."""

from typing import Any

import numpy as np
import pytest

from rnn_core.params.build import weights_of
from tests.notebooks import left_behind
from ui.cells.compute import NEXT, NEXT_INPUT, Aim, cell_run
from ui.cells.setup import CellSetup
from ui.cells.take import cell_offer

SETUPS = [
    CellSetup("lstm", preset="latch"),
    CellSetup("gru", form="before-writes", hidden_size=4, input_size=2, steps=12, seed=3),
    CellSetup("rnn", preset="echo"),
    CellSetup("rnn", form="relu", hidden_size=5, steps=30),
    CellSetup("rnn", form="sigmoid", scheme="orthogonal", seed=2),
    CellSetup("rnn", form="linear", scheme="identity"),
    CellSetup("rnn", signal="wave", input_size=3),
    CellSetup("lstm", form="peephole", hidden_size=2, steps=20),
    CellSetup("lstm", form="coupled", seed=5),
    CellSetup("lstm", form="no_forget"),
    CellSetup("lstm", signal="constant", main=2.0),
    CellSetup("lstm", signal="typed", numbers=((0.5,), (-1.0,), (0.25,))),
    CellSetup("gru", form="after-keeps"),
    CellSetup("gru", form="after-writes", seed=7),
    CellSetup("gru", form="before-keeps", hidden_size=6),
    CellSetup("gru", scheme="xavier", signal="pulse"),
    CellSetup("gru", main=1.5, steps=60),
]
QUICK = SETUPS[:2]


def check(setup: CellSetup, loss_at: str, aim: Aim = NEXT_INPUT) -> None:
    run = cell_run(setup, loss_at, aim)
    offered = cell_offer(run, loss_at)
    wanted = weights_of(run.grads.params)
    for library, write in offered.notebooks.items():
        space = left_behind(write("rnn"))
        if library == "PyTorch":
            states = np.array([each.detach().numpy() for each in space["hs"]])
            gradients = {name: each.numpy() for name, each in space["gradients"].items()}
        else:
            states, gradients = space["trace"].hs, weights_of(space["grads"].params)
        np.testing.assert_allclose(states, offered.numbers["hs"], atol=1e-9)
        assert gradients.keys() == wanted.keys()
        for name, gradient in gradients.items():
            np.testing.assert_allclose(gradient, offered.numbers[f"d{name}"], rtol=1e-9, atol=1e-9)


@pytest.fixture(autouse=True)
def _default_precision() -> Any:
    import torch

    yield
    torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize(
    "setup", [pytest.param(each, marks=() if each in QUICK else pytest.mark.long) for each in SETUPS], ids=str
)
def test_the_notebook_of_a_cell_gives_the_numbers_of_the_page(setup: CellSetup) -> None:
    for loss_at in ("last", "every"):
        check(setup, loss_at)


def test_the_notebook_of_a_trained_readout_has_its_loss() -> None:
    check(CellSetup("lstm", hidden_size=2, steps=8), NEXT, Aim(tuple(np.linspace(-1.0, 1.0, 8).tolist()), 30))
    check(CellSetup("rnn", preset="echo", steps=12), NEXT)
