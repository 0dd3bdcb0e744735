"""The cells after the LSTM in the lab: the trained network is the core's, it learns, and its views follow its state."""

import numpy as np
import pytest
import torch
from safetensors.numpy import load, save

from rnn_core.blocks.readout import cross_entropy, mean_squared_error, read_out_backward
from rnn_core.cells.modern.base import ModernTrace
from rnn_core.errors import CoreError
from rnn_core.lab.layout import first_weights
from rnn_core.lab.models import Network
from rnn_core.lab.observe import observe
from rnn_core.lab.reader import MODERN_GATES, MODERN_STATES, ModernReader, reader_of
from rnn_core.lab.settings import KINDS, RunSettings
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.copying import Copying
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.temporal_order import TemporalOrder
from rnn_core.lab.tasks.waves import Waves
from rnn_core.learn import runfile
from rnn_core.learn.shapes import MODERN, state_size
from rnn_core.learn.state import RunState
from rnn_core.learn.train import advance, start
from rnn_core.params.modern import init_modern
from tests.cases import assert_equal

SMALL = RunSettings(task=Adding(steps=6), hidden=4, batch=3, check_every=4, budget=40)
QUICK = ("min_gru", "lru", "delta_net")
EVERY_CELL = pytest.mark.parametrize("cell", MODERN)


def network_of(state: RunState) -> Network:
    """In float64, with the weights as they are stored."""
    network = Network(state.settings).double()
    tensors = {name: torch.from_numpy(value).double() for name, value in load(state.tensors).items()}
    network.load_state_dict({name: tensors[f"network.{name}"] for name in network.state_dict()})
    return network


@EVERY_CELL
def test_the_first_weights_are_the_cores(cell: str) -> None:
    kind, options = MODERN[cell]
    weights = first_weights(SMALL.changed(cell=cell, layers=2, seed=5))
    wanted = init_modern(kind, 2, 4, state_size(cell, 4), 5, **options)
    names = [name.removeprefix("layers.0.") for name in weights if name.startswith("layers.0.")]
    assert sum(weights[f"layers.0.{name}"].size for name in names) == wanted.count()
    for name in names:
        assert np.array_equal(weights[f"layers.0.{name}"], getattr(wanted, name).astype(np.float32))
    matrix = next(name for name in names if weights[f"layers.1.{name}"].ndim == 2)
    assert not np.array_equal(weights[f"layers.0.{matrix}"][:2, :2], weights[f"layers.1.{matrix}"][:2, :2])


@EVERY_CELL
@pytest.mark.parametrize("task", [Adding(steps=7), Copying(blanks=3, remembered=4)], ids=["numbers", "symbols"])
def test_outputs_and_gradients_are_the_cores(cell: str, task: Adding | Copying) -> None:
    """After some training, with two layers; the gradient on each layer's input, and the norm that a view shows."""
    state, _metrics = advance(start(SMALL.changed(cell=cell, task=task, layers=2)), 3)
    network, reader, kept = network_of(state), ModernReader(state), task.held_out()
    run = reader.read(kept.inputs[0])
    ours = reader.answer(run, len(kept.targets[0]))
    x = network.encode(torch.from_numpy(kept.inputs[:1]))
    read = [x.double().requires_grad_()]
    for layer in network.layers:
        read.append(layer(read[-1], None)[0])
        read[-1].retain_grad()
    outputs = network.read_out(read[-1], len(kept.targets[0]))[0]
    assert_equal(ours.scores, outputs.detach().numpy())

    classes, asked = task.loss == "cross-entropy", kept.weights[0] > 0
    of_core = (cross_entropy if classes else mean_squared_error)(ours, kept.targets[0], at=asked)
    outputs.backward(torch.from_numpy(of_core.dscores))
    dhs = read_out_backward(ours, of_core.dscores).dhs
    views = reader.layer_views(run, dhs)
    direct = np.zeros_like(run[-1].output)
    direct[-len(dhs) :] = dhs
    assert_equal(read[-1].grad[0].numpy(), direct)
    if MODERN_STATES[cell] == (("hs",), "h") and cell != "slstm":  # the last state is the last output alone
        assert views[-1].gradient_norms[-1] == pytest.approx(np.linalg.norm(direct[-1]), rel=1e-6)
    assert [view.name for view in views] == ["layer 1", "layer 2"]
    for view in views:
        assert view.gradient_norms.shape == (len(kept.inputs[0]) + 1,)
        assert view.gate_names == MODERN_GATES[cell]


@EVERY_CELL
def test_the_norms_of_a_view_are_differences_of_the_loss(cell: str) -> None:
    """A small change of the state before the first step changes the loss by the gradient that the view shows the norm of."""
    names, _letter = MODERN_STATES[cell]
    state = advance(start(SMALL.changed(cell=cell)), 3)[0]
    reader, kept = ModernReader(state), SMALL.task.held_out()
    xs = reader.encode(kept.inputs[0])
    first = reader.run(xs[:1])
    after = {name: first[0].values[name][-1] for name in first[0].params.initial_state()}

    def loss(moved: dict[str, np.ndarray]) -> float:
        run = reader.run(xs[1:], (ended_with(after | moved),))
        return float(mean_squared_error(reader.answer(run, 1), kept.targets[0]).value)

    def ended_with(states: dict[str, np.ndarray]) -> ModernTrace:
        return ModernTrace(first[0].params, {name: value[None] for name, value in states.items()})

    size = 1e-6
    gradient = {name: np.zeros_like(after[name]) for name in names}
    for name in names:
        for index in np.ndindex(after[name].shape):
            step = np.zeros_like(after[name])
            step[index] = size
            up, down = loss({name: after[name] + step}), loss({name: after[name] - step})
            gradient[name][index] = (up - down) / (2 * size)
    norm = np.sqrt(sum(np.square(each).sum() for each in gradient.values()))
    run = reader.run(xs)
    answer = reader.answer(run, 1)
    dhs = read_out_backward(answer, mean_squared_error(answer, kept.targets[0]).dscores).dhs
    assert reader.layer_views(run, dhs)[0].gradient_norms[1] == pytest.approx(norm, rel=1e-4, abs=1e-9)


@pytest.mark.parametrize(
    "cell", [cell if cell in QUICK else pytest.param(cell, marks=pytest.mark.long) for cell in MODERN]
)
def test_a_run_learns_and_its_file_opens(cell: str) -> None:
    """Half the loss of a random guess is gone after 80 updates, and the saved run goes on to the same bits."""
    task = TemporalOrder(steps=10)
    settings = RunSettings(task=task, cell=cell, hidden=8, batch=32, rate=0.02, check_every=20, budget=80)
    state, _metrics = advance(start(settings), 40)
    opened, _curves = runfile.load(runfile.save(state), KINDS)
    assert opened == state
    whole, more = advance(opened, 40)
    assert whole == advance(start(settings), 80)[0]
    assert more.checks.loss[-1] < 0.5 * task.baselines()[0].loss
    assert observe(whole) is not None


@EVERY_CELL
def test_a_run_goes_on_from_the_states_it_ended_with(cell: str) -> None:
    reader, inputs = (
        reader_of(start(SMALL.changed(cell=cell, task=Waves(steps=8), layers=2))),
        Waves(steps=8).held_out(),
    )
    xs = reader.encode(inputs.inputs[0])
    whole = reader.run(xs)[-1].output
    assert_equal(reader.run(xs[5:], reader.run(xs[:5]))[-1].output, whole[5:])


@pytest.mark.parametrize(
    "options",
    [
        {"init": "orthogonal"},
        {"forget_bias": 1.0},
        {"chrono": 10},
        {"gain": 0.5},
        {"bidirectional": True},
        {"truncate": 3},
        {"task": Waves(steps=6), "teacher_forcing": 0.5},
        {"keep_gradient": 1.0},
        {"cell": "selective", "hidden": 256, "batch": 512, "task": Adding(steps=200)},
        {"cell": "lru", "hidden": 256, "task": Adding(steps=200)},
        {"cell": "delta_net", "batch": 128, "task": Adding(steps=200)},
    ],
    ids=str,
)
def test_what_these_cells_do_not_have_is_refused(options: dict) -> None:
    with pytest.raises(CoreError):
        SMALL.changed(**({"cell": "min_gru"} | options))


def test_a_state_of_another_cell_is_not_opened_as_one_of_these() -> None:
    data = runfile.save(start(SMALL.changed(cell="min_gru")))
    with pytest.raises(CoreError):
        runfile.load(data.replace(b"min_gru", b"min_lst"), KINDS)
    state = start(SMALL.changed(cell="lru"))
    tensors = load(state.tensors)
    tensors.pop("network.layers.0.nu")
    with pytest.raises(CoreError):
        runfile.load(runfile.save(RunState(state.settings, 0, save(tensors))), KINDS)


def test_linear_attention_keeps_no_sign() -> None:
    """As the lab's page says: with one input, its memory of a signal is that of the opposite signal. A minGRU's is not."""
    for cell, same in (("linear_attention", True), ("min_gru", False)):
        task = Latch(steps=12)
        reader = reader_of(advance(start(SMALL.changed(task=task, cell=cell, layers=2)), 5)[0])
        inputs = task.held_out().inputs[0]
        opposite = inputs.copy()
        opposite[: task.signal] *= -1.0
        one, other = (reader.answer(reader.read(each), 1).scores for each in (inputs, opposite))
        assert np.allclose(one, other, rtol=0, atol=1e-12) == same
