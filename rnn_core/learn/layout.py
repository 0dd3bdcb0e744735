"""The network's tensors by name: which there are, their first values, and their way to and from the core's parameters.

A network is an embedding (symbols only), layers, and a readout. Names are torch's:

    embedding.weight (V, E)      layers.0.weight_ih_l0 (G*H, X)   layers.0.weight_hh_l0 (G*H, H)
    readout.weight (Y, D*H)      layers.0.bias_ih_l0 (G*H,)       layers.0.bias_hh_l0 (G*H,)

with `_reverse` at the end for the second direction, and G gates above one another in torch's order.
"""

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams
from rnn_core.init import Options, Scheme, init_params
from rnn_core.learn.settings import SCALED_INITS, RunSettings
from rnn_core.types import Activation

Floats = NDArray[np.float32]
Tensors = Mapping[str, Floats]

GATES = {"rnn-tanh": "h", "rnn-relu": "h", "lstm": "ifgo", "gru": "rzn"}  # torch's order
MOMENTS = {
    "sgd": (),
    "momentum": ("momentum_buffer",),
    "rmsprop": ("square_avg", "step"),
    "adam": ("exp_avg", "exp_avg_sq", "step"),
    "adamw": ("exp_avg", "exp_avg_sq", "step"),
}  # what torch's optimisers keep for a tensor; a step count is one number


def suffix(direction: int) -> str:
    return "_reverse" if direction else ""


def network_shapes(settings: RunSettings) -> dict[str, tuple[int, ...]]:
    """Every tensor of the network, by name and in order."""
    H, D, Y = settings.hidden, settings.directions, len(settings.task.output_names)
    G = len(GATES[settings.cell])
    shapes: dict[str, tuple[int, ...]] = {}
    if settings.embedding is not None:
        shapes["embedding.weight"] = (len(settings.task.input_symbols), settings.embedding)
    for layer in range(settings.layers):
        X = settings.input_size if layer == 0 else D * H
        for direction in range(D):
            end = f"l0{suffix(direction)}"
            shapes[f"layers.{layer}.weight_ih_{end}"] = (G * H, X)
            shapes[f"layers.{layer}.weight_hh_{end}"] = (G * H, H)
            shapes[f"layers.{layer}.bias_ih_{end}"] = (G * H,)
            shapes[f"layers.{layer}.bias_hh_{end}"] = (G * H,)
    return {**shapes, "readout.weight": (Y, D * H), "readout.bias": (Y,)}


def state_shapes(settings: RunSettings, step: int) -> dict[str, tuple[int, ...]]:
    """Every tensor of a run's state: the network's, and the optimiser's once a step has been made."""
    network = network_shapes(settings)
    moments = MOMENTS[settings.optimiser] if step else ()
    return {f"network.{name}": shape for name, shape in network.items()} | {
        f"optimiser.{name}.{moment}": () if moment == "step" else shape
        for name, shape in network.items()
        for moment in moments
    }


def first_weights(settings: RunSettings) -> dict[str, Floats]:
    """The network before training: a function of the settings and of the seed in them."""
    tensors: dict[str, Floats] = {}
    for name, shape in network_shapes(settings).items():
        rng = np.random.default_rng([settings.seed, *name.encode()])
        if name == "embedding.weight":
            tensors[name] = rng.normal(0.0, 1.0, shape).astype(np.float32)
        elif name.startswith("readout"):
            bound = 1.0 / np.sqrt(settings.directions * settings.hidden)
            tensors[name] = rng.uniform(-bound, bound, shape).astype(np.float32)
        elif "weight_ih" in name:
            layer, direction = int(name.split(".")[1]), int(name.endswith("_reverse"))
            cell_seed = int(rng.integers(2**62))
            tensors |= to_tensors(_first_params(settings, shape[1], cell_seed), settings, layer, direction)
    return tensors


def _first_params(settings: RunSettings, input_size: int, seed: int) -> Params:
    scale = settings.gain if settings.init in SCALED_INITS else None
    options: Options = {"forget_bias": settings.forget_bias, "t_max": settings.chrono}
    match settings.init:
        case "spectral_radius":
            options["spectral_radius"] = scale
        case "singular_value":
            options["singular_value"] = scale
        case _:
            options["gain"] = scale
    if settings.core_cell == "rnn":
        options["activation"] = activation(settings)
    scheme = cast(Scheme, settings.init)
    return init_params(settings.core_cell, input_size, settings.hidden, seed, scheme, **options)


def activation(settings: RunSettings) -> Activation:
    return "relu" if settings.cell == "rnn-relu" else "tanh"


def to_tensors(params: Params, settings: RunSettings, layer: int, direction: int) -> dict[str, Floats]:
    """A cell's parameters under torch's names. torch has two biases a gate: the second is 0 unless the GRU has an inner one."""
    gates = GATES[settings.cell]
    second = {gate: np.zeros(settings.hidden) for gate in gates}
    if isinstance(params, GRUParams) and params.b_hn is not None:
        second["n"] = params.b_hn
    stacked = {
        "weight_ih": [getattr(params, f"W_x{gate}") for gate in gates],
        "weight_hh": [getattr(params, f"W_h{gate}") for gate in gates],
        "bias_ih": [getattr(params, f"b_{gate}") for gate in gates],
        "bias_hh": list(second.values()),
    }
    end = f"_l0{suffix(direction)}"
    return {
        f"layers.{layer}.{name}{end}": np.concatenate(values).astype(np.float32) for name, values in stacked.items()
    }


def to_params(tensors: Tensors, settings: RunSettings, layer: int, direction: int) -> Params:
    """One layer and direction of the network as parameters of the core, in float64."""
    gates, end = GATES[settings.cell], f"_l0{suffix(direction)}"

    def split(name: str) -> dict[str, NDArray[np.float64]]:
        stacked = tensors[f"layers.{layer}.{name}{end}"].astype(np.float64)
        return dict(zip(gates, np.split(stacked, len(gates)), strict=True))

    second = split("bias_hh")
    weights: dict[str, Any] = {f"W_x{gate}": value for gate, value in split("weight_ih").items()}
    weights |= {f"W_h{gate}": value for gate, value in split("weight_hh").items()}
    if settings.cell == "gru":  # the inner bias of the candidate stays apart: the reset gate acts on it
        weights["b_hn"] = second["n"]
        second["n"] = np.zeros(settings.hidden)
    weights |= {f"b_{gate}": value + second[gate] for gate, value in split("bias_ih").items()}
    match settings.cell:
        case "lstm":
            return LSTMParams(**weights)
        case "gru":
            return GRUParams(**weights)
        case _:
            return RNNParams(**weights, activation=activation(settings))
