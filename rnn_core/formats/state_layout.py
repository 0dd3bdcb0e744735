"""Which tensor of a file is which weight of a recurrent network: found by name and by shape, shown, corrected, and checked.

Recurrent layers have torch's names (`rnn.weight_ih_l0`, or a cell's `weight_ih`); the number of gates says which cell it is, the
embedding and the readout by their shapes, and by their names where shapes leave a choice.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rnn_core.analysis.inside.network import MOST_LAYERS
from rnn_core.arrays import Activation, Cell
from rnn_core.errors import MAX_SIZE, CoreError, check_option

MOST_NUMBERS = 2**24  # in all weights that are read
LARGEST_VOCABULARY = 100_000
_RECURRENT = re.compile(
    r"(?P<prefix>.*?)(?P<kind>weight_ih|weight_hh|bias_ih|bias_hh|weight_hr)(?:_l(?P<layer>\d+))?(?P<back>_reverse)?"
)
_GATES: dict[int, Cell] = {1: "rnn", 3: "gru", 4: "lstm"}
_EMBEDDING = re.compile(r"emb|encoder|wte|lookup|vocab", re.IGNORECASE)
_READOUT = re.compile(r"decoder|readout|linear|fc|out|head|class|proj|answer|dense|hid", re.IGNORECASE)
Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Layout:
    """Which tensor of the file is which weight of the network."""

    cell: Cell
    layers: tuple[tuple[str, str], ...]  # prefix and suffix of each layer's names: ("rnn.", "_l0") for rnn.weight_ih_l0
    embedding: str | None  # (V, X); None: the inputs are numbers, or one-hot
    readout: str  # (Y, H); the embedding's name where both share their weights
    readout_bias: str | None  # (Y,)
    activation: Activation = "tanh"  # of a plain RNN: its weights do not tell
    unused: tuple[str, ...] = ()  # if the original program uses these, its outputs differ from those shown

    def names(self, shapes: Shapes) -> tuple[str, ...]:
        """Every tensor that is read."""
        recurrent = [
            f"{prefix}{kind}{end}"
            for prefix, end in self.layers
            for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        ]
        others = (self.embedding, self.readout, self.readout_bias)
        return tuple(dict.fromkeys(name for name in (*recurrent, *others) if name is not None and name in shapes))


def find_layout(shapes: Shapes) -> Layout:
    """The recurrent layers, the embedding and the readout among tensors of these shapes."""
    cell, layers = _find_layers(shapes)
    X, H = _sizes(shapes, layers)
    inside = {name for name in shapes if _RECURRENT.fullmatch(name)}
    matrices = {name: shape for name, shape in shapes.items() if len(shape) == 2 and name not in inside}
    embeddings = [name for name, shape in matrices.items() if shape[1] == X and _bias_of(name, shapes) is None]
    readouts = [name for name, shape in matrices.items() if shape[1] == H]
    readout = _best(readouts, _READOUT, lambda name: (_bias_of(name, shapes) is not None, not _EMBEDDING.search(name)))
    embedding = _best([name for name in embeddings if name != readout], _EMBEDDING)
    if readout is not None and embedding is None and _EMBEDDING.search(readout) and _bias_of(readout, shapes) is None:
        embedding = readout if matrices[readout][1] == X else None
    bias = None if readout is None else _bias_of(readout, shapes)
    if readout is None or (readout == embedding and bias is None):  # weights that both share are in the file once
        tied = embedding is not None and shapes[embedding][1] == H
        bias = next(
            (name for name, shape in shapes.items() if tied and embedding and shape == shapes[embedding][:1]), None
        )
        readout = embedding if bias is not None else None
    if readout is None:
        raise CoreError("file", f"no matrix that reads the {H} units", f"a linear readout, of shape (outputs, {H})")
    found = Layout(cell, layers, embedding, readout, bias)
    return replace(found, unused=tuple(sorted(shapes.keys() - set(found.names(shapes)))))


def check_layout(layout: Layout, shapes: Shapes, symbols: int | None = None) -> None:
    """Every size, from the shapes alone, so that nothing is allocated for a layout that cannot be."""
    check_option("layout: cell", layout.cell, _GATES.values())
    check_option("layout: activation", layout.activation, ("tanh", "relu"))
    if not 1 <= len(layout.layers) <= MOST_LAYERS:
        raise CoreError("layout: layers", len(layout.layers), f"1 to {MOST_LAYERS}")
    gates = next(count for count, cell in _GATES.items() if cell == layout.cell)
    X, H = _sizes(shapes, layout.layers)
    for size in (X, H):
        if not 1 <= size <= MAX_SIZE:
            raise CoreError("layout: layers", f"an input of {X} and {H} units", f"1 to {MAX_SIZE} of each")
    for number, (prefix, end) in enumerate(layout.layers):
        reads = H if number else X
        wanted = {
            "weight_ih": (gates * H, reads),
            "weight_hh": (gates * H, H),
            "bias_ih": (gates * H,),
            "bias_hh": (gates * H,),
        }
        for kind, shape in wanted.items():
            _check_shape(f"{prefix}{kind}{end}", shapes, shape, may_miss=kind.startswith("bias"))
    if layout.embedding is not None:
        V = _check_shape(layout.embedding, shapes, (None, X))[0]
        if not 1 <= V <= LARGEST_VOCABULARY:
            raise CoreError(layout.embedding, f"{V} symbols", f"1 to {LARGEST_VOCABULARY}")
        if symbols is not None and symbols != V:
            raise CoreError("vocabulary", f"{symbols} symbols", f"{V}, one for each row of {layout.embedding}")
    elif symbols is not None and symbols != X:
        raise CoreError("vocabulary", f"{symbols} symbols", f"{X}, one for each input: there is no embedding")
    Y = _check_shape(layout.readout, shapes, (None, H))[0]
    if layout.readout_bias is not None:
        _check_shape(layout.readout_bias, shapes, (Y,))
    total = sum(math.prod(shapes[name]) for name in layout.names(shapes))
    if not 1 <= Y <= LARGEST_VOCABULARY or total > MOST_NUMBERS:
        raise CoreError("file", f"a network of {total:,} numbers and {Y:,} outputs", f"at most {MOST_NUMBERS:,}")


def _find_layers(shapes: Shapes) -> tuple[Cell, tuple[tuple[str, str], ...]]:
    places: list[tuple[str, str]] = []
    for name in shapes:
        found = _RECURRENT.fullmatch(name)
        if found is None:
            continue
        if found["kind"] == "weight_hr":
            raise CoreError("file", name, "an LSTM without projections (proj_size=0)")
        if found["back"]:
            raise CoreError("file", f"{name}, a layer that reads backwards", "layers that read forward only")
        if found["kind"] == "weight_ih":
            places.append((found["prefix"], "" if found["layer"] is None else f"_l{found['layer']}"))
    if not places:
        raise CoreError(
            "file", _some(shapes), "recurrent layers of torch: names such as rnn.weight_ih_l0 and rnn.weight_hh_l0"
        )
    if len(places) > MOST_LAYERS:
        raise CoreError("file", f"{len(places)} recurrent layers", f"1 to {MOST_LAYERS}")
    places.sort(key=lambda place: (place[0], len(place[1]), place[1]))
    for prefix, end in places:
        for kind in ("weight_ih", "weight_hh"):
            _check_shape(f"{prefix}{kind}{end}", shapes, (None, None))
    ratios = {_ratio(shapes, place) for place in places}
    if len(ratios) > 1 or not ratios <= _GATES.keys():
        found_ratios = " and ".join(f"{ratio:g}" for ratio in sorted(ratios))
        raise CoreError(
            "file",
            f"{found_ratios} times as many rows as units in "
            + ", ".join(f"{prefix}weight_hh{end}" for prefix, end in places),
            "1 (RNN), 3 (GRU) or 4 (LSTM), the same in every layer",
        )
    return _GATES[int(ratios.pop())], tuple(places)


def _ratio(shapes: Shapes, place: tuple[str, str]) -> float:
    rows, units = shapes[f"{place[0]}weight_hh{place[1]}"]
    return rows / units if units else 0.0


def _sizes(shapes: Shapes, layers: Sequence[tuple[str, str]]) -> tuple[int, int]:
    prefix, end = layers[0]
    X = _check_shape(f"{prefix}weight_ih{end}", shapes, (None, None))[1]
    return X, _check_shape(f"{prefix}weight_hh{end}", shapes, (None, None))[1]


def _check_shape(name: str, shapes: Shapes, wanted: tuple[int | None, ...], may_miss: bool = False) -> tuple[int, ...]:
    if name not in shapes:
        if may_miss:
            return ()
        raise CoreError("file", f"no floating-point tensor {name}", f"one of shape {_written(wanted)}")
    shape = shapes[name]
    fits = len(shape) == len(wanted) and all(
        size is None or size == own for size, own in zip(wanted, shape, strict=True)
    )
    if not fits:
        raise CoreError(f"file: {name}", f"shape {shape}", f"shape {_written(wanted)}")
    return shape


def _written(shape: Iterable[int | None]) -> str:
    return "(" + ", ".join("any" if size is None else str(size) for size in shape) + ")"


def _bias_of(weight: str, shapes: Shapes) -> str | None:
    bias = weight.removesuffix("weight") + "bias"
    return bias if bias != weight and shapes.get(bias) == shapes[weight][:1] else None


def _best(
    names: Sequence[str], likely: re.Pattern[str], rank: Callable[[str], tuple[bool, ...]] = lambda _name: ()
) -> str | None:
    """The name that fits best: by `rank`, then by the words in it, then the first."""
    return max(names, key=lambda name: (*rank(name), bool(likely.search(name))), default=None)


def _some(shapes: Shapes) -> str:
    names = sorted(shapes)
    return "only " + ", ".join(names[:5]) + (" ..." if len(names) > 5 else "") if names else "no floating-point tensor"
