"""Run files: read back exactly, and harmless with any content."""

import io
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load, save

from rnn_core.errors import CoreError
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.adding import Adding
from rnn_core.learn import runfile
from rnn_core.learn.history import History
from rnn_core.learn.state import RunState
from rnn_core.learn.train import advance, start
from tests.kinds import EVERY_KIND

SMALL = RunSettings(task=Adding(steps=6), hidden=4, batch=3, check_every=2, budget=20)
STATE, METRICS = advance(start(SMALL), 5)
HISTORY = History()
HISTORY.add(METRICS)
FILE = runfile.save(STATE, HISTORY.save())


class Bomb:
    """A pickle that leaves a trace when somebody opens it."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple:
        return (Path.touch, (self.trace,))


def test_a_run_comes_back_bit_for_bit_and_goes_on_exactly() -> None:
    state, curves = runfile.load(FILE, EVERY_KIND)
    assert state == STATE
    assert advance(state, 5)[0] == advance(start(SMALL), 10)[0]
    assert curves["steps/loss"].tolist() == METRICS.steps.loss.tolist()
    again = History()
    again.add_saved(curves)
    assert np.array_equal(again.curves().checks, HISTORY.curves().checks)


def test_a_header_may_be_as_long_as_a_pickles_first_byte() -> None:
    """safetensors begins with its header's length; some length begins with 0x80, as a pickle does."""
    files = [runfile.save(STATE, {"x" * letters: np.zeros(1, np.float32)}) for letters in range(1, 257, 8)]
    assert any(file.startswith(b"\x80") for file in files)
    for file in files:
        assert runfile.load(file, EVERY_KIND)[0] == STATE


def test_before_the_first_step_and_after_the_last() -> None:
    ended, _ = advance(STATE, 100)
    for state in (start(SMALL), ended, advance(start(SMALL.changed(optimiser="sgd")), 1)[0]):
        assert runfile.load(runfile.save(state), EVERY_KIND)[0] == state


def changed(**about: object) -> bytes:
    """The file with other words in its header."""
    header = json.loads(FILE[8 : 8 + int.from_bytes(FILE[:8], "little")])
    words = {**json.loads(header["__metadata__"]["unrolled"]), **about}
    return save(load(FILE), {"unrolled": json.dumps(words)})


def tensors(**other: np.ndarray) -> bytes:
    """The file with other tensors."""
    header = json.loads(FILE[8 : 8 + int.from_bytes(FILE[:8], "little")])
    return save({**load(FILE), **other}, header["__metadata__"])


BIAS = "network.readout.bias"
FOREIGN = {
    "empty": (b"", "a file of another kind"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "a file of another kind"),
    "text": (b"loss,step\n0.1,3\n" * 10, "a file of another kind"),
    "an HDF5 file": (b"\x89HDF\r\n\x1a\n" + bytes(100), "an HDF5 file, which was not opened"),
    "other safetensors": (save({"w": np.zeros(3, np.float32)}), "a file of another kind"),
    "cut short": (FILE[:-10], "a damaged file"),
    "cut inside its header": (FILE[:300], "a file of another kind"),
    "a header that lies": ((2**62).to_bytes(8, "little") + FILE[8:], "a file of another kind"),
    "a deep header": ((90_000).to_bytes(8, "little") + b"[" * 90_000, "a file of another kind"),
    "too large": (FILE + bytes(33 * 2**20), "at most 32 MB"),
    "another version": (changed(version=99), "expected version 1"),
    "no settings": (changed(settings=None), "settings: expected an object"),
    "unknown option": (changed(settings={"hiden": 4}), "option of settings"),
    "another size": (changed(settings={**SMALL.to_plain(), "hidden": 8}), r"float32 of shape \(32, 2\)"),
    "another cell": (changed(settings={**SMALL.to_plain(), "cell": "gru"}), r"float32 of shape \(12, 2\)"),
    "another optimiser": (changed(settings={**SMALL.to_plain(), "optimiser": "sgd"}), "an unknown tensor"),
    "a step beyond the budget": (changed(step=21), "step: expected an integer from 0 to 20"),
    "a step that is text": (changed(step="5"), "step: expected an integer"),
    "a wild best loss": (changed(best_loss="low"), "best_loss: expected a number"),
    "an unknown ending": (changed(ending={"reason": "boredom", "step": 5, "what": ""}), "ending: expected one of"),
    "a shapeless ending": (changed(ending=[1]), "ending: expected reason, step and what"),
    "NaN": (tensors(**{BIAS: np.full(1, np.nan, np.float32)}), f"{BIAS}: expected finite numbers"),
    "float64": (tensors(**{BIAS: np.zeros(1)}), f"{BIAS}: expected float32"),
    "one tensor more": (tensors(**{"network.trojan": np.zeros(1, np.float32)}), "an unknown tensor 'network.trojan'"),
    "a square curve": (tensors(**{"curve.steps/loss": np.zeros((2, 2), np.float32)}), "float32 in one row"),
}


@pytest.mark.parametrize(("data", "sentence"), FOREIGN.values(), ids=FOREIGN.keys())
def test_foreign_and_damaged_files_are_refused_with_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(CoreError, match=sentence) as caught:
        runfile.load(data, EVERY_KIND)
    assert len(str(caught.value)) < 500


def test_a_program_inside_is_never_run(tmp_path: Path) -> None:
    trace = tmp_path / "it ran"
    pickled = pickle.dumps(Bomb(trace))
    saved, archive = io.BytesIO(), io.BytesIO()
    torch.save({"w": torch.zeros(1), "bomb": Bomb(trace)}, saved)
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("data.pkl", pickled)
    words = json.loads(FILE[8 : 8 + int.from_bytes(FILE[:8], "little")])["__metadata__"]
    hidden = save({**load(FILE), "bomb": np.frombuffer(pickled, np.uint8)}, words)
    objects = io.BytesIO()
    np.save(objects, np.array([Bomb(trace)], dtype=object), allow_pickle=True)
    for data in (pickled, saved.getvalue(), archive.getvalue(), hidden, objects.getvalue(), pickle.dumps([1], 0)):
        with pytest.raises(CoreError):
            runfile.load(data, EVERY_KIND)
    assert not trace.exists()


@given(st.integers(0, len(FILE) - 1), st.integers(0, 255))
def test_a_file_with_any_byte_changed_is_a_run_or_a_sentence(place: int, byte: int) -> None:
    try:
        state, _ = runfile.load(FILE[:place] + bytes([byte]) + FILE[place + 1 :], EVERY_KIND)
    except CoreError:
        return
    assert isinstance(state, RunState)


@pytest.mark.parametrize("steps", [[np.nan] * 5, [np.inf] * 5, [-1.0] * 5, [5, 4, 3, 2, 1], [1, 2, 3, 4, 21]])
@pytest.mark.parametrize("curve", ["steps/step", "checks/step"])
def test_a_curve_over_steps_that_no_run_makes_is_refused(steps: list[float], curve: str) -> None:
    with pytest.raises(CoreError, match="steps from 0 to 20, in order"):
        runfile.load(tensors(**{f"curve.{curve}": np.array(steps, np.float32)}), EVERY_KIND)


def test_curves_of_a_diverged_run_are_read() -> None:
    wild = np.tile(np.array([np.inf, -np.inf], np.float32), 5000)
    curves = {f"steps/{name}": wild for name in ("loss", "measure", "gradient_norm", "clipped_norm")}
    _state, seen = runfile.load(runfile.save(STATE, {"steps/step": np.zeros(10_000, np.float32), **curves}), EVERY_KIND)
    again = History()
    again.add_saved(seen)
    assert len(again.curves().steps) <= 2_000
