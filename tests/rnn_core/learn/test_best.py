"""The weights that were best on the held-out set: kept beside the newest ones, in whole runs, in chunks and in files."""

from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load, save

from rnn_core.apps.forecast.settings import Settings, standard
from rnn_core.errors import CoreError
from rnn_core.learn import runfile
from rnn_core.learn.state import BEST, RunState
from rnn_core.learn.train import advance, start

# A rate so large that the loss on the validation part soon rises again.
SETTINGS = standard("nile").changed(hidden=8, batch=16, rate=0.05, schedule="constant", budget=30, check_every=3)
KINDS = {Settings.kind: Settings.read}


@pytest.fixture(scope="module")
def run() -> RunState:
    state, metrics = advance(start(SETTINGS), 30, view=False)
    assert state.best_step == metrics.checks.step[np.argmin(metrics.checks.loss)]
    assert 0 < state.best_step < state.step, "otherwise these tests show nothing"
    return state


def network(state: RunState) -> dict[str, list[float]]:
    return {name: value.tolist() for name, value in load(state.tensors).items() if name.startswith("network.")}


def test_the_best_weights_are_those_of_the_best_step(run: RunState) -> None:
    best = run.at_best
    assert best is not None
    then, _ = advance(start(SETTINGS), run.best_step, view=False)
    assert network(best) == network(then) != network(run)
    assert best.step == run.best_step
    assert then.at_best is None, "its own weights are the best ones"


@pytest.mark.parametrize("chunk", [1, 3, 7])
def test_chunks_keep_the_same_best_weights(run: RunState, chunk: int) -> None:
    state = start(SETTINGS)
    while state.ending is None:
        state, _ = advance(state, chunk, view=False)
    assert state == run


def test_a_file_holds_them_and_one_from_before_is_still_read(run: RunState) -> None:
    again, _curves = runfile.load(runfile.save(run), KINDS)
    assert again == run
    tensors = {name: value for name, value in load(run.tensors).items() if not name.startswith(BEST)}
    old, _curves = runfile.load(runfile.save(replace(run, tensors=save(tensors))), KINDS)
    assert old.at_best is None
    assert network(old) == network(run)


def test_best_weights_of_another_shape_or_without_need_are_refused(run: RunState) -> None:
    tensors = load(run.tensors)
    broken = tensors | {f"{BEST}readout.bias": np.zeros(3, np.float32)}
    incomplete = {name: value for name, value in tensors.items() if name != f"{BEST}readout.bias"}
    for wrong in (broken, incomplete):
        with pytest.raises(CoreError, match="best"):
            runfile.load(runfile.save(replace(run, tensors=save(wrong))), KINDS)
    with pytest.raises(CoreError, match="best"):
        runfile.load(runfile.save(replace(run, best_step=run.step)), KINDS)
