"""What a page gives to take along: its files hold what it shows, and its notebook computes the same numbers again."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from rnn_core.apps.forecast.settings import Settings as ForecastSettings
from rnn_core.apps.speech.settings import Settings as SpeechSettings
from rnn_core.apps.speech.teaching.lesson import Taught
from rnn_core.apps.tensors import network_tensors
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.apps.trained import load_trained
from rnn_core.apps.translate.settings import Settings as TranslateSettings
from rnn_core.formats.numbers import as_csv, as_npz
from rnn_core.lab import recorded
from rnn_core.lab.observe import observe
from rnn_core.learn import runfile
from rnn_core.learn.state import RunState
from tests.apps.test_saved import file_of, upload
from tests.charts import opened
from tests.notebooks import left_behind
from tests.pages.test_inside import numbers_network
from tests.repository import ROOT
from tests.selection import quick
from ui.widgets.take_along.offers import PageOffers

VIEWS: list[tuple[str, dict[str, str]]] = [
    ("gates", {}),
    ("compare", {"H": "4", "T": "9"}),
    ("bptt", {"picture": "network", "cell": "lstm"}),
    ("variants", {}),
    ("states", {"view": "plane"}),
    ("states", {}),
    ("states", {"view": "path", "cell": "lstm"}),
    ("states", {"view": "apart", "T": "40"}),
    ("states", {"view": "cells", "seed": "3"}),
    ("gates", {"view": "left", "cell": "gru"}),
    ("gates", {"view": "hold", "do": "f", "held": "1"}),
    ("gates", {"view": "functions"}),
    ("bptt", {}),
    ("bptt", {"picture": "wires", "at": "every", "wall12": "3"}),
    ("gradients", {}),
    ("gradients", {"preset": "explode", "seed": "2"}),
    ("clipping", {"clip": "0.2"}),
    ("variants", {"view": "deep", "layers": "2"}),
    ("variants", {"view": "attention"}),
    ("variants", {"view": "forms"}),
    ("variants", {"view": "padding", "filler": "1.5"}),
    ("variants", {"view": "chunks", "chunk": "7"}),
    ("after", {"after_cell": "lru"}),
    ("after", {"part": "scan", "scan_plan": "least"}),
    ("after", {"part": "pairs", "pairs_keys": "similar"}),
    ("after", {"part": "track", "parity_bits": "ones"}),
    ("after", {"part": "track", "track": "study"}),
    ("recommend", {}),
    ("forecast", {}),
    ("forecast", {"series": "airline"}),
    ("sentiment", {"lang": "zh"}),
    ("text", {"luck": "3"}),
    ("translate", {"beams": "3"}),
    ("caption", {}),
    ("watch", {}),
    ("finding", {}),
    ("vision", {}),
    ("vision", {"vision_task": "strip"}),
    ("multimodal", {}),
    ("speech", {}),
    ("speech", {"speech_task": "strip"}),
    ("inside", {}),
    ("inside", {"pattern": "LORD"}),
    ("inside", {"view": "series"}),
    ("inside", {"view": "series", "marked": "10-25, 60-80, 270-290"}),
    ("inside", {"view": "sequences", "sequences_of": "watch"}),
    ("inside", {"view": "sequences", "sequences_of": "translate"}),
    ("inside", {"view": "sequences", "sequences_of": "lab"}),
    ("inside", {"view": "swap"}),
    ("inside", {"view": "swap", "reviewer": "text"}),
    ("inside", {"view": "looks"}),
    ("inside", {"view": "training"}),
    ("inside", {"view": "training", "over": "swap"}),
    ("inside", {"view": "memories"}),
    ("inside", {"view": "memories", "rests": "review"}),
    ("inside", {"view": "memories", "rests": "latch"}),
]
QUICK = [VIEWS[0], VIEWS[1], VIEWS[2], ("forecast", {}), ("inside", {"view": "memories"})]


def offers_of(slug: str, query: dict[str, str]) -> PageOffers:
    app = opened(slug, **query)
    found: PageOffers = app.session_state["take_along"]
    return found


@pytest.mark.parametrize("view", quick(QUICK, [view for view in VIEWS if view not in QUICK]), ids=str)
def test_the_notebook_of_a_view_gives_the_numbers_of_its_files(view: tuple[str, dict[str, str]]) -> None:
    offers = offers_of(*view)
    assert offers.numbers
    assert_same(left_behind(offers.notebook("rnn_core"))["numbers"], offers, view[0])
    assert len(np.load(io.BytesIO(as_npz(offers.numbers)), allow_pickle=False).files) == len(offers.numbers)


# Of other pages, and of parts of a page: a name that is there, and how many axes it has.
SHOWN: list[tuple[str, str, int]] = [
    ("recommend", "probability", 1),
    ("lab", "example_outputs", 2),
    ("text", "option_probability", 1),
    ("forecast", "forecast", 1),
    ("sentiment", "saliency", 1),
    ("speech", "belief", 2),
    ("vision", "beliefs", 2),
    ("multimodal", "yes", 1),
    ("translate", "attention", 2),
    ("inside", "auc", 1),
]


@pytest.mark.parametrize("shown", quick(SHOWN[:2], SHOWN[2:]), ids=str)
def test_the_files_of_other_pages_hold_what_they_show(shown: tuple[str, str, int]) -> None:
    slug, name, axes = shown
    numbers = offers_of(slug, {}).numbers
    assert numbers[name].ndim == axes
    assert numbers[name].size
    back = np.load(io.BytesIO(as_npz(numbers)), allow_pickle=False)
    assert set(back.files) == set(numbers)
    assert as_csv(numbers).count("\n") > sum(values.size for values in numbers.values())
    if slug == "lab":
        assert json.loads(offers_of(slug, {}).notebook("PyTorch"))["nbformat"] == 4


def test_the_notebook_of_an_own_network_reads_the_file_that_the_page_saves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("forecast")
    upload(app, "forecast", file_of("forecast", -1))
    offers: PageOffers = app.session_state["take_along"]
    notebook = offers.notebook("rnn_core")
    assert "put the file `unrolled-forecast.safetensors` beside this notebook" in notebook
    saved = next(each for each in app.get("download_button") if each.proto.label == "Save your network")
    assert not saved.proto.disabled
    (tmp_path / "unrolled-forecast.safetensors").write_bytes(file_of("forecast", -1))
    monkeypatch.chdir(tmp_path)
    assert_same(left_behind(notebook)["numbers"], offers, "forecast")


def run_from_archive(offers: PageOffers, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Any]:
    """What the notebook of a downloaded archive computes, in the folder where the archive was unpacked."""
    assert offers.files("rnn_core")
    with zipfile.ZipFile(io.BytesIO(offers.archive("rnn_core"))) as archive:
        archive.extractall(folder)
    monkeypatch.chdir(folder)
    numbers: Mapping[str, Any] = left_behind((folder / f"unrolled-{offers.slug}.ipynb").read_text())["numbers"]
    return numbers


def brought(data: bytes, **typed: str) -> PageOffers:
    """The page that looks into a network which a visitor brought. `typed`: by the beginning of a field's key."""
    app = opened("inside", view="yours")
    app.file_uploader[0].upload("mine.safetensors", data, "application/octet-stream").run(timeout=90)
    for name, text in typed.items():
        next(each for each in app.text_area if str(each.key).startswith(f"inside_{name}")).set_value(text).run(
            timeout=90
        )
    assert not app.exception
    found: PageOffers = app.session_state["take_along"]
    return found


def weights_of_run(state: RunState) -> bytes:
    return save({name: values.astype(np.float32) for name, values in network_tensors(state).items()})


def characters() -> PageOffers:
    state = load_trained(TextSettings, "english-rnn-tanh").state
    vocabulary = json.dumps(state.settings.corpus.symbols)
    return brought(weights_of_run(state), vocabulary=vocabulary, text=state.settings.parts.test[:3_000])


def words_of_lines() -> PageOffers:
    rng = np.random.default_rng(0)
    shapes = {"encoder.weight": (6, 8), "rnn.weight_ih_l0": (32, 8), "rnn.weight_hh_l0": (32, 8)}
    shapes |= {"rnn.bias_ih_l0": (32,), "rnn.bias_hh_l0": (32,), "decoder.weight": (6, 8), "decoder.bias": (6,)}
    data = save({name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()})
    vocabulary = ["<unk>", "the", "cat", "sat", "on", "mat"]
    text = "\n".join(" ".join(rng.choice(vocabulary[1:], 9)) for _ in range(70))
    return brought(data, vocabulary=json.dumps(vocabulary), text=text)


def a_series() -> PageOffers:
    data = save({name: value.astype(np.float32) for name, value in numbers_network().items()})
    return brought(data, numbers=" ".join(map(str, np.sin(np.arange(200) / 3))))


def a_run_of_the_lab() -> PageOffers:
    app = opened("lab")
    run = runfile.save(recorded.network("counting-lstm"))
    app.file_uploader(key="run_file").set_value(("run.safetensors", run, "")).run(timeout=60)
    assert not app.exception
    lab = app.session_state["visitor session"].visitor.runs["lab"]
    lab.history.add_view(observe(lab.state))  # as the next chunk would
    app.run(timeout=60)
    found: PageOffers = app.session_state["take_along"]
    assert found.numbers["layer_1_hs"].size
    return found


def a_taught_network() -> PageOffers:
    """A readout with three words of the visitor's own, and not with the digits of the settings."""
    state = load_trained(SpeechSettings, "gru").state
    tensors = {f"network.{name}": values.astype(np.float32) for name, values in network_tensors(state).items()}
    for name in ("network.readout.weight", "network.readout.bias"):
        tensors[name] = tensors[name][:3]
    taught = RunState(state.settings, state.step + 120, save(tensors))
    app = opened("speech")
    app.session_state["speech_taught"] = Taught(("yes", "no", "stop"), None, taught, None, 0.5, 0.5, 1.0)
    app.run(timeout=60)
    assert not app.exception
    found: PageOffers = app.session_state["take_along"]
    assert found.numbers["words"].tolist() == ["yes", "no", "stop"]
    assert found.numbers["belief"].shape[1] == 3
    return found


def saved(state: Callable[[], RunState]) -> Callable[[], PageOffers]:
    return lambda: brought(runfile.save(state()))


OWN: dict[str, Callable[[], PageOffers]] = {
    "a run of the lab": a_run_of_the_lab,
    "the lab before training": lambda: offers_of("lab", {}),
    "a taught network": a_taught_network,
    "a network of characters": characters,
    "a network of words": words_of_lines,
    "a network of numbers": a_series,
    "a saved text model": saved(lambda: load_trained(TextSettings, "english-rnn-tanh").state),
    "a saved forecast": saved(lambda: load_trained(ForecastSettings, "sunspots-gru").state),
    "saved translations": saved(lambda: load_trained(TranslateSettings, "dates-gru").state),
    "a saved run of the lab": saved(lambda: recorded.network("counting-gru")),
}


@pytest.mark.parametrize("name", quick(["a run of the lab"], [name for name in OWN if name != "a run of the lab"]))
def test_the_notebook_of_a_visitor_s_own_network_comes_with_its_files(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = OWN[name]()
    found = run_from_archive(offers, tmp_path, monkeypatch)
    assert len(found) > 4
    assert_same(found, offers, name)


def assert_same(found: Mapping[str, Any], offers: PageOffers, name: str) -> None:
    assert found.keys() == offers.numbers.keys()
    for each, values in offers.numbers.items():
        if values.dtype.kind in "US":
            assert np.asarray(found[each]).tolist() == values.tolist()
        else:
            np.testing.assert_allclose(found[each], values, rtol=1e-9, atol=1e-9, err_msg=f"{name} {each}")


KERNEL: list[tuple[str, dict[str, str], str]] = [  # pages of all kinds, with the library that the notebook needs
    ("rnn", {"preset": "echo"}, "rnn_core"),
    ("rnn", {"loss": "every"}, "PyTorch"),
    ("gru", {"H": "3", "T": "12"}, "rnn_core"),
    ("gru", {"preset": "random", "form": "before-keeps"}, "PyTorch"),
    ("lstm", {"form": "peephole"}, "rnn_core"),
    ("lstm", {"loss": "every", "T": "20"}, "PyTorch"),
    ("compare", {"H": "4", "T": "9"}, "rnn_core"),
    ("states", {"view": "plane"}, "rnn_core"),
    ("gates", {"view": "hold", "do": "f", "held": "1"}, "rnn_core"),
    ("variants", {"view": "attention"}, "rnn_core"),
    ("bptt", {}, "rnn_core"),
    ("gradients", {"preset": "explode", "seed": "2"}, "rnn_core"),
    ("clipping", {"clip": "0.2"}, "rnn_core"),
    ("after", {"after_cell": "lru"}, "rnn_core"),
    ("forecast", {}, "rnn_core"),
    ("recommend", {}, "rnn_core"),
    ("caption", {}, "rnn_core"),
    ("vision", {}, "rnn_core"),
    ("watch", {}, "rnn_core"),
    ("translate", {}, "rnn_core"),
    ("inside", {"view": "series"}, "rnn_core"),
    ("inside", {"view": "swap"}, "rnn_core"),
]


@pytest.mark.long
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("view", KERNEL, ids=str)
def test_twenty_notebooks_run_in_a_clean_kernel_of_jupyter(
    view: tuple[str, dict[str, str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    slug, query, library = view
    offers, file = offers_of(slug, query), tmp_path / "numbers.npz"
    notebook = nbformat.reads(offers.notebook(library), 4)
    numbers = "numbers"
    if slug in ("rnn", "gru", "lstm"):
        of_torch = "{'hs': torch.stack(hs).detach(), **{'d' + name: each for name, each in gradients.items()}}"
        of_core = "{'hs': trace.hs, **{'d' + name: each for name, each in weights_of(grads.params).items()}}"
        numbers = of_torch if library == "PyTorch" else of_core
    save = f"import numpy\nnumpy.savez({str(file)!r}, **{numbers})"
    notebook.cells.append(nbformat.v4.new_code_cell(save))
    nbformat.validate(notebook)
    nbclient.NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    with np.load(file, allow_pickle=False) as found:
        if slug in ("rnn", "gru", "lstm"):
            assert len(found.files) > 3
            for name in found.files:
                np.testing.assert_allclose(found[name], offers.numbers[name], rtol=1e-9, atol=1e-9, err_msg=name)
        else:
            assert_same(found, offers, slug)


def test_both_files_read_back_exactly() -> None:
    rng = np.random.default_rng(0)
    numbers: dict[str, Any] = {
        "h": rng.normal(size=(3, 2)) * 1e-7,
        "loss": np.array(0.1),
        "letters": np.array(["a", "，", '"', "\n"]),
        "infinite": np.array([np.inf, -np.inf]),
        "empty": np.zeros((0, 2)),
    }
    back = np.load(io.BytesIO(as_npz(numbers)), allow_pickle=False)
    assert all(np.array_equal(back[name], values) for name, values in numbers.items())
    head, *rows = csv.reader(io.StringIO(as_csv(numbers), newline=""))
    assert head == ["array", "index_0", "index_1", "value"]
    read = {(name, *(int(place) for place in places if place)): value for name, *places, value in rows}
    assert len(read) == sum(values.size for values in numbers.values())
    for name, values in numbers.items():
        for place in np.ndindex(values.shape):
            assert type(values[place].item())(read[(name, *place)]) == values[place]
