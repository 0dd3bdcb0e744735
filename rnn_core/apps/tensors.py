"""The settings of a trained run, and its weights as parameters of the core in float64. Every application's reader begins with them."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from rnn_core.apps.settings import AppSettings
from rnn_core.blocks.readout import Output, ReadoutParams
from rnn_core.formats.torch_names import stack_from_named
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackParams

Tensors = dict[str, NDArray[np.float64]]
Settings = TypeVar("Settings", bound=AppSettings)


def settings_of(state: RunState, kind: type[Settings]) -> Settings:
    """The run's settings, if it is a run of this application."""
    if not isinstance(state.settings, kind):
        raise TypeError(f"a run of {kind.kind}, not one of {state.settings.kind}")
    return state.settings


def network_tensors(state: RunState) -> Tensors:
    """Every tensor of the network, by its name in the network."""
    return {
        name.removeprefix("network."): value.astype(np.float64)
        for name, value in load(state.tensors).items()
        if name.startswith("network.")
    }


def part(tensors: Tensors, prefix: str) -> Tensors:
    """The tensors of one part of the network, without its name: "encoder." gives weight_ih_l0 and so on."""
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


def recurrent(tensors: Tensors, prefix: str, settings: AppSettings) -> StackParams:
    return stack_from_named(part(tensors, prefix), settings.core_cell, settings.form)


def linear(tensors: Tensors, prefix: str, activation: Output = "identity") -> ReadoutParams:
    return ReadoutParams(tensors[f"{prefix}weight"], tensors[f"{prefix}bias"], activation)
