"""Jupyter notebooks (nbformat 4) as text, and one cell's run as a notebook's code: with rnn_core, or with PyTorch alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rnn_core.arrays import Array
from rnn_core.blocks.readout import ReadoutParams
from rnn_core.cells import LSTMParams, Params
from rnn_core.formats.programs import Say, assignment, number_lines, step_lines
from rnn_core.params.build import form_of, weights_of


@dataclass(frozen=True)
class OfReadout:
    """The mean squared error of a readout of one output, over the first `counted` steps."""

    readout: ReadoutParams
    targets: Array  # (T, 1)
    counted: int


LossAt = Literal["last", "every"] | OfReadout
NotebookCell = dict[str, Any]


def markdown(text: str) -> NotebookCell:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def code(text: str) -> NotebookCell:
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": text.strip()}


def written(cells: Sequence[NotebookCell]) -> str:
    """The file's text."""
    about = {"language_info": {"name": "python"}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
    marked = [{"id": f"cell-{place}", **cell} for place, cell in enumerate(cells)]
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": marked}, ensure_ascii=False, indent=1
    )


def run_with_core(params: Params, xs: Array, loss_at: LossAt, say: Say) -> tuple[str, str, str]:
    """The numbers, the forward pass and the backward pass. They leave `trace` and `grads`."""
    names = ", ".join(f'"{name}": {name}' for name in weights_of(params))
    state = "h, c" if isinstance(params, LSTMParams) else "h"
    return (
        "import numpy as np\nimport rnn_core as rc\nfrom rnn_core.params.build import make_params, weights_of\n\n"
        f"{number_lines(params, xs, None, None, 'np.array', say)}\n\n"
        f'params = make_params("{params.cell}", {{{names}}}, {form_of(params)!r})',
        f"trace = rc.run(params, xs, {state})\nprint(trace.hs)",
        f"{_direct_gradient(loss_at)}\ngrads = rc.bptt(trace, dhs)\n"
        "for name, gradient in weights_of(grads.params).items():\n    print(name, gradient)",
    )


def run_with_torch(params: Params, xs: Array, loss_at: LossAt, say: Say) -> tuple[str, str, str]:
    """The same three, in PyTorch alone: the equations line by line, and autograd. They leave `hs` and `gradients`."""
    names = ", ".join(f'"{name}": {name}' for name in weights_of(params))
    lines = step_lines(params, "torch.sigmoid({})", "torch.tanh({})", "torch.relu({})", say)
    return (
        "import torch\n\ntorch.set_default_dtype(torch.float64)\n\n"
        f"{number_lines(params, xs, None, None, 'torch.tensor', say)}\n\n"
        f"weights = {{{names}}}\nfor w in weights.values():\n    w.requires_grad_()",
        "hs = [h]\nfor x in xs:\n" + "\n".join(f"    {line}" for line in lines) + "\n    hs.append(h)\n"
        "print(torch.stack(hs).detach())",
        f"{_loss(loss_at)}\ngradients = dict(zip(weights, torch.autograd.grad(loss, list(weights.values()))))\n"
        "for name, gradient in gradients.items():\n    print(name, gradient)",
    )


def _direct_gradient(loss_at: LossAt) -> str:
    """Lines that leave `dhs`, the gradient of the loss on the states, (T, H)."""
    if isinstance(loss_at, OfReadout):
        return (
            "from rnn_core.blocks.readout import ReadoutParams, mean_squared_error, read_out, read_out_backward\n\n"
            f"{_readout_lines(loss_at, 'np.array')}\n"
            'answer = read_out(ReadoutParams(W_hy, b_y, "identity"), trace.hs[1:])\n'
            f"loss = mean_squared_error(answer, targets, at=range({loss_at.counted}))\nprint(loss.value)\n"
            "dhs = read_out_backward(answer, loss.dscores).dhs"
        )
    where = "-1" if loss_at == "last" else ":"
    return f"dhs = np.zeros_like(trace.hs[1:])\ndhs[{where}] = 1.0"


def _loss(loss_at: LossAt) -> str:
    """Lines that leave `loss`, a tensor."""
    if isinstance(loss_at, OfReadout):
        return (
            f"{_readout_lines(loss_at, 'torch.tensor')}\noutputs = torch.stack(hs[1:]) @ W_hy.T + b_y\n"
            f"loss = ((outputs - targets)[:{loss_at.counted}] ** 2).mean()\nprint(loss.item())"
        )
    return "loss = hs[-1].sum()" if loss_at == "last" else "loss = torch.stack(hs[1:]).sum()"


def _readout_lines(of: OfReadout, array: str) -> str:
    arrays = {"W_hy": of.readout.W_hy, "b_y": of.readout.b_y, "targets": of.targets}
    return "\n".join(assignment(name, values, array) for name, values in arrays.items())
