"""Networks that somebody else wrote in plain torch: read, mapped, and equal in their outputs; and files that are something else."""

import contextlib
import io
import json
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save
from torch import Tensor, nn

from rnn_core.analysis.inside.changes import scores_with
from rnn_core.errors import CoreError
from rnn_core.formats.safetensors_header import LARGEST
from rnn_core.formats.state_dict import open_state_dict
from rnn_core.formats.state_layout import Layout, find_layout

V = 40


class WordLanguageModel(nn.Module):
    """The shape of PyTorch's example: dropout, encoder, rnn, decoder; the decoder may share the encoder's weights."""

    def __init__(self, kind: str, embedding: int, hidden: int, layers: int, tied: bool) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.5)
        self.encoder = nn.Embedding(V, embedding)
        options = {"nonlinearity": "relu"} if kind == "RNN" else {}
        self.rnn = getattr(nn, kind)(embedding, hidden, layers, **options)
        self.decoder = nn.Linear(hidden, V)
        if tied:
            self.decoder.weight = self.encoder.weight

    def forward(self, symbols: Tensor) -> Tensor:
        states: Tensor = self.rnn(self.drop(self.encoder(symbols))[:, None])[0][:, 0]
        scores: Tensor = self.decoder(self.drop(states))
        return scores


class Classifier(nn.Module):
    """Numbers in, one answer after the last step."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.lstm = getattr(nn, kind)(3, 16, batch_first=True)
        self.fc = nn.Linear(16, 5)

    def forward(self, numbers: Tensor) -> Tensor:
        answer: Tensor = self.fc(self.lstm(numbers[None])[0][0, -1])
        return answer


class OfCells(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.cell = nn.GRUCell(V, 8, bias=False)
        self.head = nn.Linear(8, V, bias=False)


def saved(module: nn.Module) -> bytes:
    """As safetensors saves it: weights that two modules share are in the file once."""
    state = module.state_dict()
    if isinstance(module, WordLanguageModel) and module.decoder.weight is module.encoder.weight:
        del state["decoder.weight"]
    return save(state)


@pytest.mark.parametrize("kind", ["RNN", "GRU", "LSTM"])
@pytest.mark.parametrize(
    ("embedding", "hidden", "layers", "tied"), [(20, 30, 1, False), (30, 30, 2, False), (30, 30, 2, True)]
)
def test_a_word_language_model_gives_torch_s_outputs(
    kind: str, embedding: int, hidden: int, layers: int, tied: bool
) -> None:
    torch.manual_seed(0)
    module = WordLanguageModel(kind, embedding, hidden, layers, tied).double().eval()
    file = open_state_dict(saved(module))
    layout = find_layout(file.shapes)
    assert layout.cell == kind.lower()
    assert layout.embedding == "encoder.weight"
    assert layout.readout == ("encoder.weight" if tied else "decoder.weight")
    assert (layout.readout_bias, layout.unused) == ("decoder.bias", ())
    network = file.network(replace(layout, activation="relu" if kind == "RNN" else "tanh"))
    symbols = torch.randint(V, (25,))
    with torch.no_grad():
        expected = module(symbols).numpy()
    np.testing.assert_allclose(scores_with(network, symbols.numpy()), expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("kind", ["RNN", "GRU", "LSTM"])
def test_a_classifier_of_numbers_gives_torch_s_outputs(kind: str) -> None:
    torch.manual_seed(1)
    module = Classifier(kind).double().eval()
    file = open_state_dict(saved(module))
    network = file.network(find_layout(file.shapes))
    numbers = torch.randn(12, 3, dtype=torch.float64)
    with torch.no_grad():
        expected = module(numbers).numpy()
    np.testing.assert_allclose(scores_with(network, numbers.numpy())[-1], expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_other_precisions_are_read_as_they_are(dtype: torch.dtype) -> None:
    module = Classifier("GRU").to(dtype)
    file = open_state_dict(saved(module))
    network = file.network(find_layout(file.shapes))
    np.testing.assert_array_equal(network.readout.W_hy, module.fc.weight.detach().double().numpy())


def test_cells_without_biases_and_an_own_vocabulary() -> None:
    torch.manual_seed(2)
    module = OfCells().double()
    file = open_state_dict(saved(module))
    letters = tuple(map(chr, range(65, 65 + V)))
    network = file.network(find_layout(file.shapes), letters)
    assert network.symbols == letters
    h = torch.zeros(1, 8, dtype=torch.float64)
    for symbol in (3, 1, 4):
        h = module.cell(torch.eye(V, dtype=torch.float64)[[symbol]], h)
    expected = module.head(h)[0].detach().numpy()
    np.testing.assert_allclose(scores_with(network, [3, 1, 4])[-1], expected, rtol=0, atol=1e-12)
    with pytest.raises(CoreError, match="vocabulary"):
        file.network(find_layout(file.shapes), letters[:-1])


def test_a_layout_can_be_corrected_and_is_checked() -> None:
    module = nn.ModuleDict({"a": nn.Embedding(30, 30), "rnn": nn.LSTM(30, 30), "b": nn.Linear(30, 30, bias=False)})
    file = open_state_dict(save(module.state_dict()))
    found = find_layout(file.shapes)
    assert {found.embedding, found.readout} == {"a.weight", "b.weight"}
    corrected = replace(found, embedding="b.weight", readout="a.weight")
    np.testing.assert_array_equal(file.network(corrected).readout.W_hy, module["a"].weight.detach().double().numpy())
    for wrong in (
        replace(found, cell="gru"),
        replace(found, readout="rnn.bias_ih_l0"),
        replace(found, embedding="none"),
        replace(found, layers=(("rnn.", "_l1"),)),
        replace(found, layers=()),
        replace(found, readout_bias="rnn.bias_ih_l0"),
    ):
        with pytest.raises(CoreError):
            file.network(wrong)


def raw(header: object, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def entry(shape: object, start: object, end: object, dtype: object = "F32") -> dict[str, object]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


def _torch_file() -> bytes:
    out = io.BytesIO()
    torch.save(Classifier("LSTM").state_dict(), out)
    return out.getvalue()


HUGE = {
    "rnn.weight_ih_l0": entry([2**19, 2**18], 0, 2**39),
    "rnn.weight_hh_l0": entry([2**19, 2**17], 2**39, 2**39 + 2**38),
}
HOSTILE = {
    "nothing": b"",
    "a picture": b"\x89PNG\r\n" + bytes(100),
    "a pickle": b"\x80\x04" + bytes(100),
    "torch.save": _torch_file(),
    "HDF5": b"\x89HDF\r\n\x1a\n" + bytes(100),
    "a header without an end": b"\xff" * 8 + b"{" + bytes(100),
    "a header cut off": raw({"fc.weight": entry([2, 2], 0, 16)})[:40],
    "data cut off": saved(Classifier("GRU"))[:-10],
    "a header of no JSON": raw(b"{oops"),
    "a deep header": raw(b'{"a":' * 60_000),
    "a list": raw([1, 2]),
    "no tensors": raw({}),
    "a name twice": raw(
        b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        bytes(4),
    ),
    "sizes beyond the file": raw(HUGE),
    "negative sizes": raw({"a": entry([-1, 4], 0, 0)}),
    "sizes that are no numbers": raw({"a": entry(["4"], 0, 16)}, bytes(16)),
    "true as a size": raw({"a": entry([True], 0, 4)}, bytes(4)),
    "another dtype": raw({"a": entry([1], 0, 4, "OBJ")}, bytes(4)),
    "shared bytes": raw({"a": entry([1], 0, 4), "b": entry([1], 0, 4)}, bytes(4)),
    "a gap": raw({"a": entry([1], 4, 8)}, bytes(8)),
    "more behind": raw({"a": entry([1], 0, 4)}, bytes(64)),
    "thousands of tensors": raw({str(at): entry([0], 0, 0) for at in range(1001)}),
    "a long name": raw({"a" * 201: entry([0], 0, 0)}),
    "no recurrent layer": raw({"fc.weight": entry([2, 2], 0, 16)}, bytes(16)),
    "no readout": raw({"weight_ih": entry([4, 3], 0, 48), "weight_hh": entry([4, 1], 48, 64)}, bytes(64)),
    "a second matrix of another size": raw(
        {
            "r.weight_ih_l0": entry([4, 3], 0, 48),
            "r.weight_hh_l0": entry([4, 2], 48, 80),
            "f.weight": entry([1, 2], 80, 88),
        },
        bytes(88),
    ),
    "a vector as a matrix": raw({"weight_ih": entry([4], 0, 16), "weight_hh": entry([4], 16, 32)}, bytes(32)),
    "backwards": raw({"l.weight_ih_l0_reverse": entry([4, 1], 0, 16)}, bytes(16)),
    "integers": raw({"weight_ih": entry([4, 1], 0, 16, "I32"), "weight_hh": entry([4, 1], 16, 32, "I32")}, bytes(32)),
    "not a number": raw(
        {"weight_ih": entry([1, 1], 0, 4), "weight_hh": entry([1, 1], 4, 8), "out.weight": entry([1, 1], 8, 12)},
        np.float32([np.nan, 0, 0]).tobytes(),
    ),
}


REASONS = {
    "torch.save": "a zip archive, as torch.save writes it",
    "HDF5": "Keras",
    "a header without an end": "longer than the file",
    "a header cut off": "longer than the file",
    "data cut off": "as its header says",
    "a name twice": "one name twice",
    "sizes beyond the file": "as its header says",
    "shared bytes": "another tensor has",
    "a gap": "a gap before it",
    "more behind": "behind the last tensor",
    "no recurrent layer": "recurrent layers of torch",
    "no readout": "a linear readout",
    "backwards": "reads backwards",
    "not a number": "nan",
}


def read(data: bytes) -> object:
    file = open_state_dict(data)
    return file.network(find_layout(file.shapes))


@pytest.mark.parametrize("name", HOSTILE)
def test_other_files_get_a_sentence_and_allocate_nothing(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(CoreError) as refused:
            read(HOSTILE[name])
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(str(refused.value)) < 500
    assert REASONS.get(name, "") in str(refused.value)
    assert most < 4 * 2**20, f"{most} bytes"


def test_a_file_that_is_too_large_is_not_looked_into() -> None:
    class Large(bytes):
        def __len__(self) -> int:
            return LARGEST + 1

    with pytest.raises(CoreError, match="MB"):
        open_state_dict(Large(b"{}"))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_with_changed_bytes_is_read_or_refused(data: st.DataObject) -> None:
    original = saved(Classifier("GRU"))
    broken = bytearray(original)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, min(len(broken), 700) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(CoreError):
        read(bytes(broken))


def test_a_layout_prints_what_it_found() -> None:
    found = find_layout(open_state_dict(saved(Classifier("LSTM"))).shapes)
    assert found == Layout("lstm", (("lstm.", "_l0"),), None, "fc.weight", "fc.bias")
