"""To and from torch's recurrent layers, in float64.

torch is imported when a function is called, so that the core does not depend on torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_core.arrays import Cell
from rnn_core.cells import Params
from rnn_core.errors import CoreError
from rnn_core.formats.torch_names import stack_from_named, stack_to_named
from rnn_core.params.build import form_of
from rnn_core.passes.layers import StackParams

if TYPE_CHECKING:
    from torch import nn

    TorchLayer = nn.RNN | nn.LSTM | nn.GRU

_TORCH_FORMS: tuple[tuple[Cell, dict[str, Any]], ...] = (
    ("rnn", {"activation": "tanh"}),
    ("rnn", {"activation": "relu"}),
    ("lstm", {"variant": "standard"}),
    ("gru", {"reset": "after", "z_keeps": True}),
)


def from_torch(module: TorchLayer) -> Params:
    """The parameters of a layer with one layer and one direction.

    >>> import torch
    >>> from_torch(torch.nn.LSTM(4, 8))
    LSTMParams(X=4, H=8)
    """
    stack = stack_from_torch(module)
    if len(stack.rows) != 1:
        given = f"{module.num_layers} layers, {'both directions' if module.bidirectional else 'one direction'}"
        raise CoreError("module", given, "one layer, one direction; stack_from_torch takes all")
    return stack.forward[0]


def stack_from_torch(module: TorchLayer) -> StackParams:
    """The parameters of all layers and directions. Dropout between layers belongs to training and is dropped."""
    cell, form = _form_of_torch(module)
    if module.proj_size:
        raise CoreError("module.proj_size", module.proj_size, "0: the core has no projections")
    named = {name: np.array(weight.detach().cpu().double().numpy()) for name, weight in module.named_parameters()}
    return stack_from_named(named, cell, form)


def to_torch(params: Params) -> TorchLayer:
    """A torch layer that computes the same, in float64. Forms that torch does not have are refused.

    >>> import rnn_core as rc
    >>> rc.to_torch(rc.init_params("gru", 4, 8))
    GRU(4, 8)
    """
    return stack_to_torch(StackParams((params,)))


def stack_to_torch(stack: StackParams) -> TorchLayer:
    """A torch layer with as many layers and directions. Forms that torch does not have are refused."""
    import torch
    from torch import nn

    named = stack_to_named(stack)
    form = form_of(stack.forward[0])
    if (stack.cell, form) not in _TORCH_FORMS:
        raise CoreError("params", f"{stack.cell} {form}", "a form that torch has: " + str(_TORCH_FORMS))
    sizes = {"input_size": stack.input_size, "hidden_size": stack.hidden_size, "num_layers": len(stack.forward)}
    both: dict[str, Any] = {"bidirectional": bool(stack.backward), "dtype": torch.float64}
    module: TorchLayer
    match stack.cell:
        case "rnn":
            module = nn.RNN(**sizes, nonlinearity=form["activation"], **both)
        case "lstm":
            module = nn.LSTM(**sizes, **both)
        case "gru":
            module = nn.GRU(**sizes, **both)
    module.load_state_dict({name: torch.from_numpy(weight) for name, weight in named.items()})
    return module


def _form_of_torch(module: TorchLayer) -> tuple[Cell, dict[str, Any]]:
    from torch import nn

    match module:
        case nn.RNN():
            return "rnn", {"activation": module.nonlinearity}
        case nn.LSTM():
            return "lstm", {"variant": "standard"}
        case nn.GRU():
            return "gru", {"reset": "after", "z_keeps": True}
        case _:
            raise CoreError("module", type(module).__name__, "torch.nn.RNN, LSTM or GRU")
