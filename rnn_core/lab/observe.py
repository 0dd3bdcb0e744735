"""The network's run on one fixed held-out example, which the core computes from the weights."""

from typing import Any

from safetensors.numpy import save

from rnn_core.blocks.readout import cross_entropy, mean_squared_error, read_out_backward
from rnn_core.errors import CoreError
from rnn_core.lab.layout import first_weights
from rnn_core.lab.reader import NetworkReader, one_hot, reader_of, small
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Batch
from rnn_core.learn.state import RunState, Sample, View


def observe(state: RunState) -> View | None:
    """The run of this state's network on the first held-out sequence; None if its values overflow in float64."""
    reader = reader_of(state)
    try:
        return _observe(reader, state.step)
    except CoreError:
        return None


def first_state(settings: RunSettings) -> RunState:
    """The network before the first training step."""
    weights = {f"network.{name}": values for name, values in first_weights(settings).items()}
    return RunState(settings, 0, save(weights))


def first_view(settings: RunSettings) -> View | None:
    """The same run before the first training step."""
    return observe(first_state(settings))


def _observe(reader: NetworkReader[Any], step: int) -> View:
    task = reader.settings.task
    kept = task.held_out()
    inputs, targets, asked = kept.inputs[0], kept.targets[0], kept.weights[0]
    run = reader.read(inputs)
    answer = reader.answer(run, len(asked))
    loss = (cross_entropy if task.loss == "cross-entropy" else mean_squared_error)(answer, targets, at=asked > 0)
    unmarked = task.without_marks(inputs)
    without = None if unmarked is None else reader.read(unmarked)
    return View(
        step=step,
        inputs=small(inputs if inputs.ndim == 2 else one_hot(inputs, len(task.input_symbols))),
        targets=small(targets if targets.ndim == 2 else one_hot(targets, len(task.output_names))),
        outputs=small(answer.ys),
        asked=small(asked),
        layers=reader.layer_views(run, read_out_backward(answer, loss.dscores).dhs, without),
        samples=_samples(reader, task.samples()),
        continued=small(reader.generate(inputs, known=len(inputs) // 2)) if task.predicts_own_input else None,
    )


def _samples(reader: NetworkReader[Any], batch: Batch | None) -> tuple[Sample, ...]:
    if batch is None:
        return ()
    task, samples = reader.settings.task, []
    for inputs, targets, weights in zip(batch.inputs, batch.targets, batch.weights, strict=True):
        asked = weights > 0
        read = inputs if len(asked) == 1 else inputs[: int(asked.nonzero()[0][-1]) + 1]  # without the padding
        asked = asked[: len(read)]
        predicted = reader.answer(reader.read(read), len(asked)).ys.argmax(axis=1)
        samples.append(
            Sample(
                "".join(task.input_symbols[symbol] for symbol in read),
                "".join(task.output_names[answer] for answer in targets[: len(asked)][asked]),
                "".join(task.output_names[answer] for answer in predicted[asked]),
            )
        )
    return tuple(samples)
