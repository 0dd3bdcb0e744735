"""The network's tensors by name: their list, their initial values, and the conversion to and from the core's parameters.

A network is an embedding (symbols only), layers, and a readout. Names are torch's:

    embedding.weight (V, E)      layers.0.weight_ih_l0 (G*H, X)   layers.0.weight_hh_l0 (G*H, H)
    readout.weight (Y, D*H)      layers.0.bias_ih_l0 (G*H,)       layers.0.bias_hh_l0 (G*H,)

with the suffix `_reverse` for the second direction, and G gates stacked in torch's order. The weights of the cells after
the LSTM have the core's names, such as layers.0.W_xz (H, X).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array, weight_names
from rnn_core.blocks.readout import ReadoutParams, init_readout
from rnn_core.cells.modern import CELLS
from rnn_core.cells.modern.base import ModernParams
from rnn_core.formats.torch_names import stack_from_named, stack_to_named
from rnn_core.lab.settings import RunSettings
from rnn_core.learn.shapes import MODERN, state_size, torch_form
from rnn_core.params.init import Options
from rnn_core.params.modern import init_modern
from rnn_core.passes.layers import StackParams, init_stack, layer_seed

Floats = NDArray[np.float32]
Tensors = Mapping[str, Floats]


def first_weights(settings: RunSettings) -> dict[str, Floats]:
    """The network before training: a function of the settings and of the seed in them."""
    shapes, D, H = settings.network_shapes(), settings.directions, settings.hidden
    readout = init_readout(D * H, len(settings.task.output_names), settings.seed)
    layers = _first_modern(settings) if settings.is_modern else _stack_tensors(_first_stack(settings))
    tensors = layers | {"readout.weight": readout.W_hy, "readout.bias": readout.b_y}
    if "embedding.weight" in shapes:
        rng = np.random.default_rng([settings.seed, *b"embedding"])
        tensors["embedding.weight"] = rng.normal(size=shapes["embedding.weight"])
    return {name: tensors[name].astype(np.float32) for name in shapes}


def _first_stack(settings: RunSettings) -> StackParams:
    options: Options = {"forget_bias": settings.forget_bias, "t_max": settings.chrono}
    match settings.init:
        case "spectral_radius":
            options["spectral_radius"] = settings.gain
        case "singular_value":
            options["singular_value"] = settings.gain
        case "xavier" | "orthogonal" | "identity":
            options["gain"] = settings.gain
    return init_stack(
        settings.core_cell,
        settings.input_size,
        settings.hidden,
        settings.layers,
        bidirectional=settings.bidirectional,
        seed=settings.seed,
        scheme=settings.init,
        **torch_form(settings.cell),
        **options,
    )


def _first_modern(settings: RunSettings) -> dict[str, Array]:
    """As `init_modern` makes each layer."""
    (kind, options), H = MODERN[settings.cell], settings.hidden
    tensors: dict[str, Array] = {}
    for layer in range(settings.layers):
        width, seed = settings.input_size if layer == 0 else H, layer_seed(settings.seed, layer)
        params = init_modern(kind, width, H, state_size(settings.cell, H), seed, **options)
        tensors |= {f"layers.{layer}.{name}": getattr(params, name) for name in weight_names(params)}
    return tensors


def _stack_tensors(stack: StackParams) -> dict[str, Array]:
    """weight_hh_l1_reverse of the core is layers.1.weight_hh_l0_reverse here: each layer is a module of its own."""
    tensors = {}
    for name, values in stack_to_named(stack).items():
        kind, _, place = name.rpartition("_l")  # "weight_hh", "1_reverse"
        layer, _, reverse = place.partition("_")
        tensors[f"layers.{layer}.{kind}_l0{reverse and '_reverse'}"] = values
    return tensors


def to_stack(tensors: Tensors, settings: RunSettings) -> StackParams:
    """The layers of the network as parameters of the core, in float64."""
    named = {}
    for name, values in tensors.items():
        if name.startswith("layers."):
            _, layer, rest = name.split(".")
            named[rest.replace("_l0", f"_l{layer}")] = values
    return stack_from_named(named, settings.core_cell, torch_form(settings.cell))


def to_modern_layers(tensors: Tensors, settings: RunSettings) -> tuple[ModernParams, ...]:
    """The same of the cells after the LSTM."""
    kind, options = MODERN[settings.cell]
    layers: list[dict[str, Array]] = [{} for _ in range(settings.layers)]
    for name, values in tensors.items():
        _, layer, weight = name.split(".")
        layers[int(layer)][weight] = values.astype(np.float64)
    return tuple(CELLS[kind][0](**weights, **options).checked() for weights in layers)


def to_readout(tensors: Tensors, settings: RunSettings) -> ReadoutParams:
    """The readout, with softmax if the targets are classes."""
    weight, bias = (tensors[f"readout.{name}"].astype(np.float64) for name in ("weight", "bias"))
    return ReadoutParams(weight, bias, "softmax" if settings.task.loss == "cross-entropy" else "identity")
