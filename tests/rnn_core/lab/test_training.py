"""Training is a pure function: the division of a run into chunks changes no bit, and every option computes what it documents."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest
import torch
from safetensors.numpy import load

from rnn_core.cells import RNNParams
from rnn_core.errors import CoreError
from rnn_core.lab.fork import fork
from rnn_core.lab.keep_gradient import regulariser
from rnn_core.lab.models import Network, dropout_masks
from rnn_core.lab.observe import observe
from rnn_core.lab.reader import Reader
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.copying import Copying
from rnn_core.lab.tasks.counting import Counting
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.parity import Parity
from rnn_core.lab.tasks.temporal_order import TemporalOrder
from rnn_core.lab.tasks.waves import Waves
from rnn_core.learn.state import RunState
from rnn_core.learn.state_tensors import state_shapes
from rnn_core.learn.train import advance, start
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

SMALL = RunSettings(task=Adding(steps=6), hidden=4, batch=3, check_every=4, budget=40)
WAVES = SMALL.changed(task=Waves(steps=6))
COPY = SMALL.changed(task=Copying(blanks=3, remembered=4))

VARIED = {
    "lstm": SMALL,
    "rnn-tanh sgd": SMALL.changed(cell="rnn-tanh", optimiser="sgd", init="orthogonal", gain=0.9),
    "rnn-relu momentum": SMALL.changed(cell="rnn-relu", optimiser="momentum", init="identity", clip_value=0.01),
    "gru rmsprop": SMALL.changed(cell="gru", optimiser="rmsprop", init="singular_value", gain=1.2, schedule="halving"),
    "adamw": SMALL.changed(optimiser="adamw", weight_decay=0.1, l1=0.01, l2=0.01, schedule="cosine", clip_norm=0.1),
    "two layers, both ways, dropout": SMALL.changed(layers=2, bidirectional=True, dropout=0.3),
    "embedding, one mask, truncated": COPY.changed(embedding=3, layers=2, dropout=0.3, same_mask=True, truncate=4),
    "own answers": WAVES.changed(teacher_forcing=0.8, teacher_forcing_end=0.2, layers=2, schedule="warm-up"),
    "own symbols": SMALL.changed(task=Counting(longest=5), cell="gru", teacher_forcing=0.5),
    "keep gradient": SMALL.changed(cell="rnn-tanh", keep_gradient=0.5),
    "chrono": COPY.changed(chrono=10),
    "forget bias": COPY.changed(cell="gru", forget_bias=1.0, init="xavier"),
}


def same(a: object, b: object) -> bool:
    """Equal views, bit for bit."""
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b, equal_nan=True)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if is_dataclass(a):
        return all(same(getattr(a, field.name), getattr(b, field.name)) for field in fields(a))
    return a == b


@pytest.mark.parametrize("settings", VARIED.values(), ids=VARIED.keys())
def test_chunks_of_any_size_give_the_same_bits(settings: RunSettings) -> None:
    first = start(settings)
    whole, metrics = advance(first, 13)
    state, steps, checks = first, [], []
    for size in (1, 5, 4, 3):
        state, part = advance(state, size, view=False)
        steps.append(part.steps)
        checks.append(part.checks)
    assert state == whole
    for joined, parts in ((metrics.steps, steps), (metrics.checks, checks)):
        for field in fields(joined):
            if field.name != "names":
                cut = np.concatenate([getattr(part, field.name) for part in parts])
                assert np.array_equal(cut, getattr(joined, field.name)), field.name
    assert metrics.checks.step.tolist() == [0, 4, 8, 12]
    assert metrics.steps.step.tolist() == list(range(1, 14))
    assert first == start(settings), "advance left its argument alone"
    assert advance(first, 13)[0] == whole
    assert metrics.view is not None
    assert same(metrics.view, observe(whole))


@pytest.mark.parametrize("settings", VARIED.values(), ids=VARIED.keys())
def test_a_state_holds_what_its_settings_ask_for(settings: RunSettings) -> None:
    for state in (start(settings), advance(start(settings), 1)[0]):
        shapes = {name: values.shape for name, values in load(state.tensors).items()}
        assert shapes == state_shapes(settings, state.step)
    network = sum(v.size for name, v in load(state.tensors).items() if name.startswith("network."))
    assert network == settings.parameters


def test_seeds_differ_in_weights_and_data() -> None:
    other = SMALL.changed(seed=1)
    assert start(SMALL).tensors != start(other).tensors
    same_weights = fork(start(SMALL), other)
    assert advance(same_weights, 1)[1].steps.loss != advance(start(SMALL), 1)[1].steps.loss


# The network is the core's network


@pytest.mark.parametrize("settings", VARIED.values(), ids=VARIED.keys())
def test_the_core_reads_as_the_trained_network_does(settings: RunSettings) -> None:
    state, _ = advance(start(settings), 5)
    network, reader = network_of(state), Reader(state)
    kept = settings.task.held_out()
    with torch.no_grad():
        theirs = network(torch.from_numpy(kept.inputs), kept.targets.shape[1])[0]
    ours = reader.answer(reader.read(kept.inputs[0]), kept.targets.shape[1]).scores
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=2e-6)


def network_of(state: RunState) -> Network:
    tensors = {name: torch.from_numpy(value) for name, value in load(state.tensors).items()}
    network = Network(state.settings)
    network.load_state_dict({name: tensors[f"network.{name}"] for name in network.state_dict()})
    return network


def gradient_of_one_step(settings: RunSettings) -> tuple[RunState, dict[str, np.ndarray], np.ndarray]:
    """What plain gradient descent at rate 1 took away from each tensor, and the norm that was reported."""
    before = start(settings.changed(optimiser="sgd", rate=1.0))
    after, metrics = advance(before, 1)
    old, new = load(before.tensors), load(after.tensors)
    return before, {name.removeprefix("network."): old[name] - new[name] for name in old}, metrics.steps.gradient_norm


@pytest.mark.parametrize("cell", ["rnn-tanh", "rnn-relu", "gru", "lstm"])
@pytest.mark.parametrize("truncate", [None, 1, 4, 20])
def test_the_gradient_of_training_is_the_cores_bptt(cell: str, truncate: int | None) -> None:
    settings = SMALL.changed(task=Waves(steps=9), cell=cell, truncate=truncate, batch=2)
    before, gradients, norm = gradient_of_one_step(settings)
    reader = Reader(before)
    batch = settings.task.batch(settings.seed, 0, settings.batch)
    total, readout = np.zeros((4, 4)), np.zeros((1, 4))
    for inputs, targets in zip(batch.inputs, batch.targets, strict=True):
        trace = reader.read(inputs)
        error = 2.0 * (reader.answer(trace, 9).ys - targets) / (2 * 9)
        readout += error.T @ trace.ys
        grads = bptt(
            trace.forward[0], error @ reader.readout.W_hy, truncate=None if truncate is None else min(truncate, 9)
        )
        total += getattr(grads.params, {"lstm": "W_hi", "gru": "W_hr"}.get(cell, "W_hh"))
    np.testing.assert_allclose(gradients["layers.0.weight_hh_l0"][: len(total)], total, rtol=0, atol=1e-6)
    np.testing.assert_allclose(gradients["readout.weight"], readout, rtol=0, atol=1e-6)
    squares = sum(np.square(gradient.astype(np.float64)).sum() for gradient in gradients.values())
    assert norm[0] == pytest.approx(np.sqrt(squares), rel=1e-4)


@pytest.mark.parametrize("cell", ["rnn-tanh", "gru", "lstm"])
@pytest.mark.parametrize("task", [Adding(steps=7), Parity(steps=8)])
def test_gradient_norms_through_time_equal_torch_at_both_ends_of_every_layer(cell: str, task: Adding | Parity) -> None:
    """torch tells the gradient on each layer's first state: row 0 of a forward layer, the last of a backward one."""
    settings = SMALL.changed(task=task, cell=cell, layers=2, bidirectional=True)
    state = start(settings)
    network, kept = network_of(state).double(), task.held_out()
    x = torch.from_numpy(kept.inputs[:1]).double()
    first = [torch.zeros(2, 1, 4, dtype=torch.float64, requires_grad=True) for _ in range(2)]
    for layer, h in zip(network.layers, first, strict=True):
        x, _ = layer(x, (h, torch.zeros_like(h)) if cell == "lstm" else h)
    outputs = network.read_out(x, kept.targets.shape[1])[0]
    targets = torch.from_numpy(kept.targets[0])
    if task.loss == "cross-entropy":
        loss = torch.nn.functional.cross_entropy(outputs, targets)
    else:
        loss = (outputs - targets).square().mean()
    loss.backward()
    views = observe(state).layers
    assert [view.name for view in views] == ["layer 1", "layer 1, backward", "layer 2", "layer 2, backward"]
    ends = [view.gradient_norms[-1 if "backward" in view.name else 0] for view in views]
    wanted = [h.grad[d, 0].norm().item() for h in first for d in range(2)]
    np.testing.assert_allclose(ends, wanted, rtol=1e-5)


def test_reading_its_own_answers_is_the_same_in_training_and_in_a_view() -> None:
    for task in (Waves(steps=8), Counting(longest=5)):
        settings = SMALL.changed(task=task, teacher_forcing=0.0, teacher_forcing_end=0.0, layers=2)
        state = start(settings)
        inputs = torch.from_numpy(task.held_out().inputs[:1])
        with torch.no_grad():
            own = torch.ones(inputs.shape[:2], dtype=torch.bool)
            said = network_of(state).forward_with_feedback(inputs, own)[0]
            true = network_of(state).forward_with_feedback(inputs, ~own)[0]
            plain = network_of(state)(inputs, inputs.shape[1])[0]
        theirs = said.softmax(dim=1) if task.loss == "cross-entropy" else said
        np.testing.assert_allclose(Reader(state).generate(inputs[0].numpy(), 1), theirs[:-1], rtol=0, atol=1e-6)
        np.testing.assert_allclose(true, plain, rtol=0, atol=1e-6)


def test_truncated_gradients_stop_where_training_cuts_them() -> None:
    view = observe(start(SMALL.changed(task=Adding(steps=7), truncate=3, layers=2)))
    assert view is not None
    for layer in view.layers:
        assert (layer.gradient_norms > 0).tolist() == [False] * 6 + [False, True]


@pytest.mark.parametrize("cell", ["rnn-tanh", "gru", "lstm"])
def test_a_view_tells_what_the_marks_change(cell) -> None:
    """Nothing before the first mark; from there on what a second run, with no number marked, does not have."""
    state = start(SMALL.changed(task=Adding(steps=9), cell=cell, layers=1))
    inputs = Adding(steps=9).held_out().inputs[0]
    first = int(inputs[:, 1].argmax())
    [layer] = observe(state).layers
    assert not layer.by_marks[: first + 1].any()
    assert layer.by_marks[first + 1].any()
    erased = Reader(state).read(inputs * [1.0, 0.0]).forward[0]
    states = layer.hs if layer.cs is None else layer.cs
    wanted = states - (erased.hs if layer.cs is None else erased.cs)
    np.testing.assert_allclose(layer.by_marks, wanted, rtol=0, atol=1e-6)
    assert observe(start(SMALL.changed(task=Counting(longest=5)))).layers[0].by_marks is None


def test_teacher_forcing_goes_from_its_first_number_to_its_last() -> None:
    """At the first step of 1 -> 0 every input is true; under 0 -> 0 every input is an own answer."""
    settings = WAVES.changed(teacher_forcing=1.0, teacher_forcing_end=0.0)
    assert [settings.teacher_forcing_at(step) for step in (0, 10, 40)] == [1.0, 0.75, 0.0]
    plain, falling = (advance(start(each), 1)[1].steps.loss[0] for each in (WAVES, settings))
    assert falling == pytest.approx(plain, rel=1e-5)
    own = WAVES.changed(teacher_forcing=0.0, teacher_forcing_end=0.0)
    batch = own.task.batch(own.seed, 0, own.batch)
    inputs, targets = torch.from_numpy(batch.inputs), torch.from_numpy(batch.targets)
    with torch.no_grad():
        said = network_of(start(own)).forward_with_feedback(inputs, torch.ones(inputs.shape[:2], dtype=torch.bool))
    loss = (said - targets).square().mean().item()
    assert advance(start(own), 1)[1].steps.loss[0] == pytest.approx(loss, rel=1e-5)
    assert loss != pytest.approx(plain, rel=1e-3)


# Clipping, penalties, dropout, rates


def test_clipping_by_norm_shortens_the_gradient_and_keeps_its_direction() -> None:
    _, free, norm = gradient_of_one_step(WAVES)
    _, clipped, same_norm = gradient_of_one_step(WAVES.changed(clip_norm=0.01))
    assert norm == same_norm
    for name, gradient in free.items():
        np.testing.assert_allclose(clipped[name], gradient * 0.01 / norm, rtol=1e-3, atol=1e-7)
    metrics = advance(start(WAVES.changed(clip_norm=0.01)), 3)[1]
    assert metrics.steps.clipped_norm == pytest.approx([0.01] * 3)


def test_clipping_by_value_cuts_each_number() -> None:
    _, free, _ = gradient_of_one_step(WAVES)
    _, clipped, _ = gradient_of_one_step(WAVES.changed(clip_value=0.002))
    for name, gradient in free.items():
        np.testing.assert_allclose(clipped[name], np.clip(gradient, -0.002, 0.002), rtol=1e-3, atol=1e-7)


def test_penalties_push_matrices_towards_zero_and_leave_biases_alone() -> None:
    before, free, _ = gradient_of_one_step(WAVES)
    _, pushed, _ = gradient_of_one_step(WAVES.changed(l1=0.1, l2=0.2))
    weights = load(before.tensors)
    for name, gradient in free.items():
        w = weights[f"network.{name}"]
        push = 0.1 * np.sign(w) + 0.2 * w if w.ndim > 1 else np.zeros_like(w)
        np.testing.assert_allclose(pushed[name], gradient + push, rtol=1e-3, atol=1e-6)


def test_variational_dropout_keeps_one_mask_through_time() -> None:
    generator = torch.Generator().manual_seed(0)
    (each,) = dropout_masks(SMALL.changed(dropout=0.4), 50, 200, generator)
    (one,) = dropout_masks(SMALL.changed(dropout=0.4, same_mask=True), 50, 200, generator)
    assert (each.shape, one.shape) == ((50, 200, 4), (50, 1, 4))
    assert each.mean().item() == pytest.approx(1.0, abs=0.02)
    wet, dry = (advance(start(s), 1)[1].steps.loss for s in (SMALL.changed(dropout=0.5), SMALL))
    assert wet != dry
    assert observe(start(SMALL.changed(dropout=0.5))).outputs == observe(start(SMALL)).outputs, "a view has no dropout"


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        ("constant", [1, 1, 1, 1, 1]),
        ("warm-up", [0.1, 1, 1, 1, 1]),
        ("halving", [1, 0.5, 0.25, 0.125, 0.0625]),
        ("cosine", [1, 0.853553, 0.5, 0.146447, 0]),
    ],
)
def test_schedules(schedule: str, rates: list[float]) -> None:
    settings = RunSettings(schedule=schedule, rate=1.0, budget=100)
    assert [settings.rate_at(step) for step in (0, 25, 50, 75, 100)] == pytest.approx(rates, abs=1e-6)


def test_update_and_weight_sizes_are_those_of_the_tensors() -> None:
    before = advance(start(SMALL), 3)[0]
    after, metrics = advance(before, 1)
    old, new = load(before.tensors), load(after.tensors)
    for name, weight, update in zip(
        metrics.checks.names, metrics.checks.weight_norms[0], metrics.checks.update_norms[0], strict=True
    ):
        tensor = f"network.{name}"
        assert weight == pytest.approx(np.linalg.norm(new[tensor]), rel=1e-5)
        assert update == pytest.approx(np.linalg.norm(new[tensor] - old[tensor]), rel=1e-4)


def test_pascanus_regulariser_is_what_the_core_says() -> None:
    rng = np.random.default_rng(0)
    T, H = 5, 3
    params = RNNParams(rng.normal(size=(H, 2)), rng.normal(size=(H, H)), np.zeros(H))
    trace = run(params, rng.normal(size=(T, 2)))
    direct = np.zeros((T, H))
    direct[-1], direct[1] = rng.normal(size=H), rng.normal(size=H)
    dhs = bptt(trace, direct).dhs

    def omega(W: np.ndarray) -> float:
        slopes = 1.0 - np.square(trace.hs[1:])
        through = [np.linalg.norm((dhs[t + 1] * slopes[t]) @ W) / np.linalg.norm(dhs[t + 1]) for t in range(1, T)]
        return float(np.square(np.array(through) - 1.0).mean())

    W = torch.tensor(params.W_hh, requires_grad=True)
    ours = regulariser(W, torch.tensor(trace.hs[None, 1:]), torch.tensor(direct[None]), relu=False)
    assert ours.item() == pytest.approx(omega(params.W_hh), rel=1e-12)
    ours.backward()
    for i in range(H):
        nudge = np.zeros((H, H))
        nudge[i, 0] = 1e-6
        slope = (omega(params.W_hh + nudge) - omega(params.W_hh - nudge)) / 2e-6
        assert W.grad[i, 0].item() == pytest.approx(slope, rel=1e-6)


# How a run ends


def test_a_run_ends_with_its_budget_and_stays_ended() -> None:
    state, metrics = advance(start(SMALL), 1000)
    assert state.ending is not None
    assert (state.step, state.ending.reason, len(metrics.steps.step)) == (40, "budget", 40)
    again, nothing = advance(state, 5)
    assert again == state
    assert len(nothing.steps.step) == len(nothing.checks.step) == 0


def test_a_run_ends_when_the_target_is_reached() -> None:
    easy = SMALL.changed(task=Latch(steps=4, noise=0.0), rate=0.05, budget=1000, target=0.1)
    state, metrics = advance(start(easy), 1000)
    assert state.ending is not None
    assert state.ending.reason == "target"
    assert metrics.checks.loss[-1] <= 0.1 < metrics.checks.loss[-2]
    assert state.best_loss == pytest.approx(metrics.checks.loss[-1])


def test_a_run_ends_when_patience_does() -> None:
    stuck = SMALL.changed(rate=0.0, patience=10)
    state, _ = advance(start(stuck), 1000)
    assert state.ending is not None
    assert (state.ending.reason, state.step, state.best_step) == ("patience", 12, 0)


RELU = WAVES.changed(cell="rnn-relu", init="spectral_radius", gain=10.0)
EXPLODING = {
    "loss": RELU.changed(task=Waves(steps=60)),
    "gradient": RELU.changed(task=Waves(steps=14)),
    "weights": SMALL.changed(
        task=Latch(steps=4), optimiser="adamw", rate=1000.0, weight_decay=1.0, budget=100, target=1e-9
    ),
}


@pytest.mark.parametrize("what", EXPLODING)
def test_an_exploding_run_ends_with_the_last_finite_state_in_any_chunks(what: str) -> None:
    first = start(EXPLODING[what])
    whole, metrics = advance(first, 100)
    assert whole.ending is not None
    assert (whole.ending.reason, whole.ending.what, whole.ending.step) == ("overflow", what, whole.step)
    assert all(np.isfinite(values).all() for values in load(whole.tensors).values())
    if what != "weights":
        assert not np.isfinite([metrics.steps.loss[-1], metrics.steps.gradient_norm[-1]]).all(), "the curve shows it"
    state = first
    while state.ending is None:
        state, _ = advance(state, 1 if state.step < 5 else 3)
    assert state == whole
    if whole.step:
        assert advance(first, whole.step)[0].tensors == whole.tensors


# Going on with other settings


def test_a_fork_keeps_the_weights_and_the_memory_that_fits() -> None:
    state, _ = advance(start(SMALL), 5)
    assert fork(state, SMALL) == state
    tensors = load(fork(state, SMALL.changed(optimiser="rmsprop")).tensors)
    assert tensors.keys() == state_shapes(SMALL, 0).keys()
    assert advance(fork(state, SMALL.changed(optimiser="momentum")), 3)[0].step == 8
    longer = fork(state, SMALL.changed(task=Adding(steps=12)))
    assert longer.best_loss == float("inf")
    assert advance(longer, 2)[0].step == 7


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"hidden": 8}, "another shape"),
        ({"cell": "gru"}, "another shape"),
        ({"task": TemporalOrder()}, "another shape"),
        ({"budget": 5}, "more than the 5 steps already made"),
    ],
)
def test_a_fork_that_cannot_be_is_refused(options: dict, sentence: str) -> None:
    state, _ = advance(start(SMALL), 5)
    with pytest.raises(CoreError, match=sentence):
        fork(state, SMALL.changed(**options))


def test_huge_and_empty_chunks_are_refused() -> None:
    for steps in (0, -1, 10**6):
        with pytest.raises(CoreError, match="steps: expected an integer from 1 to 100000"):
            advance(start(SMALL), steps)
