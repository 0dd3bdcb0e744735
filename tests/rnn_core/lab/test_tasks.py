"""The tasks: right answers, exact baselines, and a set that is never trained on."""

import json
import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from rnn_core.errors import CoreError
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import TASKS, Batch, Task, task_from_plain, task_to_plain
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.characters import Characters, alphabet
from rnn_core.lab.tasks.copying import Copying, VariableCopying
from rnn_core.lab.tasks.counting import Counting
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.parity import Parity
from rnn_core.lab.tasks.sea import Sea, held_out_from, temperatures
from rnn_core.lab.tasks.temporal_order import TemporalOrder
from rnn_core.lab.tasks.waves import Waves

EVERY = [task() for task in TASKS.values()]


def named(task: Task) -> str:
    return task.name


def perfect(task: Task, batch: Batch) -> np.ndarray:
    """Outputs that give every target."""
    if task.loss == "squared error":
        return batch.targets
    return np.eye(len(task.output_names), dtype=np.float32)[batch.targets]


@pytest.mark.parametrize("task", EVERY, ids=named)
def test_batches_are_functions_of_seed_and_number(task: Task) -> None:
    first, again = task.batch(3, 7, 5), task.batch(3, 7, 5)
    assert all(np.array_equal(a, b) for a, b in zip(vars(first).values(), vars(again).values(), strict=True))
    for other in (task.batch(3, 8, 5), task.batch(4, 7, 5)):
        assert first.inputs.shape != other.inputs.shape or not np.array_equal(first.inputs, other.inputs)


@pytest.mark.parametrize("task", EVERY, ids=named)
def test_shapes_names_and_a_perfect_score(task: Task) -> None:
    for batch in (task.batch(0, 0, 5), task.held_out()):
        B, S = batch.weights.shape
        if task.input_symbols:
            assert batch.inputs.shape[0] == B
            assert batch.inputs.dtype == np.int64
            assert 0 <= batch.inputs.min() <= batch.inputs.max() < len(task.input_names)
        else:
            assert batch.inputs.shape[::2] == (B, len(task.input_names))
            assert batch.inputs.dtype == np.float32
        assert batch.inputs.shape[1] <= task.length
        assert batch.targets.shape[:2] == (B, S)
        assert task.measure(perfect(task, batch), batch) == pytest.approx(1.0)
    wrong = -perfect(task, task.held_out()).astype(np.float32)
    assert task.measure(wrong, task.held_out()) < 0.3


@pytest.mark.parametrize("task", EVERY, ids=named)
def test_a_task_is_json_and_back(task: Task) -> None:
    assert task_from_plain(json.loads(json.dumps(task_to_plain(task)))) == task


def rows(batch: Batch) -> set[bytes]:
    return {row.tobytes() for row in batch.inputs}


@pytest.mark.parametrize(
    "task", [Adding(steps=4, examples=6), Copying(examples=6), Waves(steps=8, examples=6)], ids=str
)
def test_few_examples_come_again_and_differ_from_seed_to_seed(task: Task) -> None:
    seen = set().union(*(rows(task.batch(0, k, 16)) for k in range(20)))
    assert len(seen) == 6
    assert seen.isdisjoint(rows(task.batch(1, 0, 16)) | rows(task.held_out()))
    assert rows(task.held_out()) == rows(replace(task, examples=None).held_out())


@pytest.mark.parametrize(
    "task",
    [
        Parity(steps=8),
        Parity(),
        TemporalOrder(steps=10),
        Adding(steps=2),
        Latch(steps=4),
        Waves(steps=2),
        Sea(),
        Characters(),
    ],
    ids=str,
)
def test_nothing_that_is_held_out_is_trained_on(task: Task) -> None:
    kept = rows(task.held_out())
    assert kept.isdisjoint(set().union(*(rows(task.batch(seed, k, 64)) for seed in range(3) for k in range(20))))


@pytest.mark.parametrize(
    "task", [Copying(blanks=1, remembered=8, alphabet=2), VariableCopying(remembered=3, alphabet=7)]
)
def test_held_out_words_never_occur_in_training(task: Copying) -> None:
    def words(batch: Batch) -> set[bytes]:
        return {row.tobytes() for row in batch.inputs[:, : task.remembered]}

    assert words(task.held_out()).isdisjoint(set().union(*(words(task.batch(0, k, 64)) for k in range(20))))


def test_counts_that_are_held_out_are_never_trained_on() -> None:
    def counts(batch: Batch) -> set[int]:
        return set((batch.inputs == 0).sum(axis=1).tolist())

    task = Counting(longest=20)
    assert counts(task.held_out()) == {5, 10, 15, 20}
    trained = set().union(*(counts(task.batch(0, k, 64)) for k in range(20)))
    assert trained == set(range(1, 20)) - {5, 10, 15}


def test_held_out_months_never_occur_in_training_and_all_are_tested() -> None:
    values, task = temperatures(), Sea(steps=20)
    split = held_out_from(len(values))
    assert (len(values), split) == (732, 585)
    trained = np.concatenate([task.batch(0, k, 64).targets.ravel() for k in range(40)])
    assert set(trained.tolist()) <= set(values[:split].astype(np.float32).tolist())
    kept = task.held_out()
    asked = kept.targets[kept.weights > 0].ravel()
    assert set(asked.tolist()) == set(values[split:].astype(np.float32).tolist())
    last, year = task.baselines()
    assert last.loss == pytest.approx(
        (np.square(kept.inputs - kept.targets)[:, :, 0] * kept.weights).sum() / kept.weights.sum()
    )
    assert year.loss > last.loss  # El Niño does not keep the calendar


def test_a_text_is_read_one_character_behind_and_its_baselines_get_better_with_what_they_know() -> None:
    task = Characters(steps=200)
    batch, size = task.batch(0, 0, 50), len(alphabet())
    assert np.array_equal(batch.inputs[:, 1:], batch.targets[:, :-1])
    often, after, nothing = (line.loss for line in task.baselines())
    assert after < often < nothing == pytest.approx(math.log(size))
    counts = np.bincount(task.held_out().targets.ravel(), minlength=size) / task.held_out().targets.size
    entropy = -(counts[counts > 0] * np.log(counts[counts > 0])).sum()
    assert entropy < often < 1.03 * entropy  # counted elsewhere, it costs a little more than the entropy


def test_adding_asks_for_the_sum_of_the_two_marked() -> None:
    batch = Adding(steps=11).batch(0, 0, 50)
    for inputs, target in zip(batch.inputs, batch.targets, strict=True):
        marked = inputs[inputs[:, 1] == 1.0, 0]
        assert len(marked) == 2
        assert target.item() == pytest.approx(marked.sum())
        assert inputs[:5, 1].sum() == 1


def test_always_answering_one_costs_a_sixth() -> None:
    assert Adding().baselines()[0].loss == 1 / 6
    sums = Adding(steps=10).batch(0, 0, 20_000).targets
    assert np.square(sums - 1.0).mean() == pytest.approx(1 / 6, rel=0.03)


@pytest.mark.parametrize(("blanks", "loss"), [(100, 0.1733), (200, 0.0945)])
def test_copy_baseline_of_the_literature(blanks: int, loss: float) -> None:
    task = Copying(blanks=blanks)
    assert task.baselines()[0].loss == pytest.approx(10 * math.log(8) / (blanks + 20))
    assert task.baselines()[0].loss == pytest.approx(loss, abs=5e-5)


def test_copy_asks_for_the_word_right_after_the_signal() -> None:
    for task in (Copying(blanks=7), VariableCopying(blanks=7)):
        batch = task.batch(0, 0, 40)
        for inputs, targets, weights in zip(batch.inputs, batch.targets, batch.weights, strict=True):
            signal = inputs.tolist().index(9)
            assert targets[signal + 1 : signal + 11].tolist() == inputs[:10].tolist()
            assert (targets[: signal + 1] == 8).all()
            assert weights.sum() == signal + 11
        waits = (batch.inputs == 9).argmax(axis=1) - 9
        assert set(waits.tolist()) == ({7} if type(task) is Copying else set(range(1, 8)))


def test_temporal_order_names_the_two_signals_in_order() -> None:
    task = TemporalOrder(steps=20)
    batch = task.batch(0, 0, 64)
    for inputs, target in zip(batch.inputs, batch.targets, strict=True):
        signals = [task.input_symbols[symbol] for symbol in inputs if symbol < 2]
        assert "".join(signals) == task.output_names[target.item()]
    assert task.baselines()[0].loss == pytest.approx(math.log(4))


def test_parity_counts_the_ones() -> None:
    batch = Parity(steps=9).batch(0, 0, 30)
    assert (batch.targets == batch.inputs[:, :, 0].cumsum(axis=1) % 2).all()
    last = Parity(steps=9, every_step=False).batch(0, 0, 30)
    assert (last.targets[:, 0] == last.inputs[:, :, 0].sum(axis=1) % 2).all()


def test_counting_strings_and_what_counts_as_right() -> None:
    task = Counting(longest=6)
    batch = task.strings(np.array([1, 3]))
    words = ["".join(task.input_symbols[s] for s in row) for row in batch.inputs]
    assert words == ["|ab||||", "|aaabbb"]
    assert ["".join(task.input_symbols[s] for s in row) for row in batch.targets] == ["ab|||||", "aaabbb|"]
    assert batch.weights.tolist() == [[1, 1, 1, 0, 0, 0, 0], [1] * 7]
    outputs = perfect(task, batch)
    outputs[1, 2] = outputs[1, 2][[1, 0, 2]]  # among the a's nobody can know
    assert task.strings_right(outputs, batch).tolist() == [1, 1]
    outputs[1, 6] = outputs[1, 6][[2, 1, 0]]  # but the end is settled
    assert task.strings_right(outputs, batch).tolist() == [1, 0]


def test_latch_carries_its_class_in_the_first_steps_alone() -> None:
    batch = Latch(steps=30, signal=2, noise=0.1).batch(0, 0, 200)
    means = batch.inputs[:, :2, 0].mean(axis=1)
    assert ((means > 0) == (batch.targets[:, 0] == 1)).all()
    assert abs(np.corrcoef(batch.inputs[:, 2:, 0].mean(axis=1), batch.targets[:, 0])[0, 1]) < 0.25


def test_a_wave_goes_on_where_it_stopped_and_stays_in_range() -> None:
    task = Waves(steps=30, waves=3)
    batch = task.batch(0, 0, 20)
    assert np.array_equal(batch.inputs[:, 1:], batch.targets[:, :-1])
    assert np.abs(batch.inputs).max() <= 1.0
    assert task.measure(batch.inputs, batch) == 0.0, "repeating the last value is where the measure begins"
    repeated, linear = task.baselines()
    assert linear.loss < repeated.loss


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "adding", "steps": 0}, "steps: expected an integer from 2 to 1000, but was given 0"),
        ({"name": "adding", "steps": 10**9}, "steps: expected an integer from 2 to 1000"),
        ({"name": "adding", "length": 5}, "option of task 'adding': expected one of 'examples', 'steps'"),
        ({"name": "subtracting"}, "task: its name: expected one of 'adding'"),
        ({"name": "latch", "noise": "loud"}, "noise: expected a number from 0 to 2, but was given 'loud'"),
        ({"name": "copy", "alphabet": 2, "remembered": 3}, "remembered: expected at least 256: some are kept"),
        ({"name": "parity", "every_step": 1}, "every_step: expected true or false"),
        ([1, 2], "task: expected an object"),
    ],
)
def test_bad_tasks_are_refused_with_one_sentence(given: object, sentence: str) -> None:
    with pytest.raises(CoreError, match="^" + sentence.replace("(", r"\(")) as caught:
        task_from_plain(given)
    assert "\n" not in str(caught.value)


def test_the_apps_process_may_have_all_of_this_without_torch() -> None:
    modules = "rnn_core.lab.tasks, rnn_core.learn.jobs, rnn_core.learn.runfile, rnn_core.lab.observe, ui.runs.training"
    code = f"import sys, {modules}; assert 'torch' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_settings_are_json_and_back_and_short_in_a_link() -> None:
    settings = RunSettings(task=Waves(noise=0.1), cell="gru", clip_norm=1, chrono=60)
    assert RunSettings.read(json.loads(json.dumps(settings.to_plain()))) == settings
    assert RunSettings.read(json.loads(json.dumps(settings.to_link()))) == settings
    assert set(settings.to_link()) == {"task", "cell", "clip_norm", "chrono"}
    assert hash(settings) == hash(RunSettings.read(settings.to_plain()))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"hidden": 3}, "hidden: expected an integer from 4 to 256, but was given 3"),
        ({"hidden": 10**6}, "hidden: expected an integer from 4 to 256"),
        ({"rate": float("nan")}, "rate: expected a number from 0 to 1000, but was given nan"),
        ({"cell": "transformer"}, "cell: expected one of 'rnn-tanh', 'rnn-relu', 'gru', 'lstm'"),
        ({"cell": "rnn-tanh", "forget_bias": 1.0}, "forget_bias: expected nothing: it is for GRU and LSTM"),
        ({"forget_bias": 1.0, "chrono": 50}, "forget_bias: expected nothing beside chrono"),
        ({"gain": 2.0}, "gain: expected 1: the initialisation 'torch' has no gain"),
        ({"embedding": 4}, "embedding: expected nothing: the inputs of the task 'adding' are numbers"),
        ({"task": Waves(), "bidirectional": True}, "bidirectional: expected one direction: in 'waves'"),
        ({"bidirectional": True, "truncate": 5}, "truncate: expected nothing in a bidirectional network"),
        ({"weight_decay": 0.1}, "weight_decay: expected 0 unless the optimiser is 'adamw'"),
        ({"same_mask": True}, "same_mask: expected a dropout above 0"),
        ({"teacher_forcing": 0.5}, "teacher_forcing: expected 1: 'adding' never reads its own answers"),
        ({"task": Waves(), "teacher_forcing": 0.5, "truncate": 5}, "teacher_forcing: expected 1 beside truncate"),
        ({"keep_gradient": 1.0}, "keep_gradient: expected 0, or a plain RNN of one layer"),
        ({"hidden": 256, "layers": 4}, "hidden and layers: expected at most 1,500,000"),
        (
            {"hidden": 256, "batch": 512, "task": Adding(steps=1000)},
            "batch, steps and hidden: expected at most 4 billion",
        ),
        ({"task": "adding"}, "task: expected one of the tasks, but was given str"),
    ],
)
def test_bad_settings_are_refused_with_one_sentence(options: dict, sentence: str) -> None:
    with pytest.raises(CoreError, match="^" + sentence):
        RunSettings(**options)
