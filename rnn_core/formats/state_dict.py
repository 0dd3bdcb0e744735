"""A visitor's own recurrent network: a PyTorch `state_dict` as safetensors becomes a `Network` to look into.

`state_layout.py` says which tensor is which weight. Nothing is read from the file before its layout fits.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnn_core.analysis.inside.network import Network
from rnn_core.arrays import Activation, Array
from rnn_core.blocks.readout import Output, ReadoutParams
from rnn_core.errors import CoreError
from rnn_core.formats.safetensors_header import BYTES, Tensor, read_header, read_tensor
from rnn_core.formats.state_layout import LARGEST_VOCABULARY, Layout, check_layout, find_layout
from rnn_core.formats.torch_names import from_named
from rnn_core.params.build import check_form


@dataclass(frozen=True)
class StateDict:
    data: bytes
    tensors: Mapping[str, Tensor]

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of the tensors with floating-point numbers."""
        return {name: tensor.shape for name, tensor in self.tensors.items() if tensor.dtype in BYTES}

    def network(self, layout: Layout, symbols: Sequence[str] | None = None) -> Network:
        """`symbols` names the rows of the embedding, or the one-hot inputs; without it, symbols of an embedding are numbers."""
        check_layout(layout, self.shapes, None if symbols is None else len(symbols))
        wanted = layout.names(self.shapes)
        return build(layout, {name: read_tensor(self.data, self.tensors[name]) for name in wanted}, symbols)


def open_state_dict(data: bytes) -> StateDict:
    """Checks the whole header; any other file raises a CoreError."""
    return StateDict(data, read_header(data))


def read_vocabulary(text: str) -> tuple[str, ...]:
    """The symbols in the order of their numbers: a JSON list of texts, or the characters of one row.

    >>> read_vocabulary('["a", "b", "the end"]'), read_vocabulary("ab ")
    (('a', 'b', 'the end'), ('a', 'b', ' '))
    """
    if not text.lstrip().startswith("["):
        listed: object = list(text)
    else:
        try:
            listed = json.loads(text)
        except (ValueError, RecursionError):
            raise CoreError("vocabulary", "a list that is not JSON", 'a JSON list of texts: ["a", "b"]') from None
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise CoreError("vocabulary", "a list of other things", 'a JSON list of texts: ["a", "b"]')
    if not 1 <= len(listed) <= LARGEST_VOCABULARY:
        raise CoreError("vocabulary", f"{len(listed)} symbols", f"1 to {LARGEST_VOCABULARY}")
    return tuple(listed)


def network_from_tensors(
    tensors: Mapping[str, Array],
    symbols: Sequence[str] | None = None,
    activation: Activation = "tanh",
    output: Output = "softmax",
) -> Network:
    """The network of tensors that are in memory already, such as those of this app."""
    shapes = {name: value.shape for name, value in tensors.items()}
    layout = replace(find_layout(shapes), activation=activation)
    check_layout(layout, shapes, None if symbols is None else len(symbols))
    return build(layout, tensors, symbols, output)


def build(
    layout: Layout, tensors: Mapping[str, Array], symbols: Sequence[str] | None = None, output: Output = "softmax"
) -> Network:
    """The network of a checked layout."""
    form = check_form(layout.cell, {"activation": layout.activation} if layout.cell == "rnn" else {})
    layers = []
    for prefix, end in layout.layers:
        kinds = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        own = {f"{kind}_l0": tensors[f"{prefix}{kind}{end}"] for kind in kinds if f"{prefix}{kind}{end}" in tensors}
        layers.append(from_named(own, layout.cell, form))
    weight = tensors[layout.readout]
    bias = np.zeros(len(weight)) if layout.readout_bias is None else tensors[layout.readout_bias]
    embedding = None if layout.embedding is None else tensors[layout.embedding]
    if symbols is None:
        symbols = () if embedding is None else tuple(map(str, range(len(embedding))))
    return Network(tuple(layers), ReadoutParams(weight, bias, output), embedding, tuple(symbols))
