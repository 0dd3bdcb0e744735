"""The network's tensors by name: their list, their initial values, and the conversion to and from the core's parameters.

A network is an embedding (symbols only), layers, and a readout. Names are torch's:

    embedding.weight (V, E)      layers.0.weight_ih_l0 (G*H, X)   layers.0.weight_hh_l0 (G*H, H)
    readout.weight (Y, D*H)      layers.0.bias_ih_l0 (G*H,)       layers.0.bias_hh_l0 (G*H,)

with the suffix `_reverse` for the second direction, and G gates stacked in torch's order.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.blocks.readout import ReadoutParams, init_readout
from rnn_core.formats.torch_names import stack_from_named, stack_to_named
from rnn_core.lab.settings import RunSettings
from rnn_core.learn.shapes import torch_form
from rnn_core.params.init import Options
from rnn_core.passes.layers import StackParams, init_stack

Floats = NDArray[np.float32]
Tensors = Mapping[str, Floats]


def first_weights(settings: RunSettings) -> dict[str, Floats]:
    """The network before training: a function of the settings and of the seed in them."""
    shapes, D, H = settings.network_shapes(), settings.directions, settings.hidden
    readout = init_readout(D * H, len(settings.task.output_names), settings.seed)
    tensors = _stack_tensors(_first_stack(settings)) | {"readout.weight": readout.W_hy, "readout.bias": readout.b_y}
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


def to_readout(tensors: Tensors, settings: RunSettings) -> ReadoutParams:
    """The readout, with softmax if the targets are classes."""
    weight, bias = (tensors[f"readout.{name}"].astype(np.float64) for name in ("weight", "bias"))
    return ReadoutParams(weight, bias, "softmax" if settings.task.loss == "cross-entropy" else "identity")
