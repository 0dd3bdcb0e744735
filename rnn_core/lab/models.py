"""The network that is trained, one module per layer, with the names of `layout.py`: torch's fused layers, or a cell after the LSTM."""

from typing import cast

import torch
from torch import Tensor, nn

from rnn_core.lab.settings import RunSettings
from rnn_core.learn.layers import LAYERS
from rnn_core.learn.shapes import modern_shapes

State = Tensor | tuple[Tensor, Tensor] | None  # the state of a torch layer


class Network(nn.Module):
    """Embedding or one-hot, recurrent layers, readout."""

    def __init__(self, settings: RunSettings) -> None:
        super().__init__()
        self.settings = settings
        self.symbols = len(settings.task.input_symbols)
        self.embedding = nn.Embedding(self.symbols, settings.embedding) if settings.embedding is not None else None
        H, D = settings.hidden, settings.directions
        widths = [settings.input_size] + [D * H] * (settings.layers - 1)
        self.layers = nn.ModuleList([_layer(settings, width) for width in widths])
        self.readout = nn.Linear(D * H, len(settings.task.output_names))

    def forward(self, inputs: Tensor, answers: int, masks: list[Tensor] | None = None) -> Tensor:
        """Inputs (B, T, X) or symbols (B, T) -> the outputs at the last `answers` steps (B, S, Y)."""
        return self.read_out(self.hidden(self.encode(inputs), masks), answers)

    def encode(self, inputs: Tensor) -> Tensor:
        """Symbols (B, T) -> (B, T, X). Numbers are not changed."""
        if not self.symbols:
            return inputs
        if self.embedding is not None:
            return cast(Tensor, self.embedding(inputs))
        return nn.functional.one_hot(inputs, self.symbols).to(torch.float32)

    def hidden(self, x: Tensor, masks: list[Tensor] | None = None) -> Tensor:
        """(B, T, X) -> the last layer's states (B, T, D*H). Truncation cuts the gradient between segments of steps."""
        length = self.settings.truncate
        if length is None:
            return self._segment(x, [None] * len(self.layers), masks)[0]
        states: list[State] = [None] * len(self.layers)
        segments = []
        for start in range(0, x.shape[1], length):
            segment, states = self._segment(x[:, start : start + length], states, _at(masks, start, length))
            states = [_detached(state) for state in states]
            segments.append(segment)
        return torch.cat(segments, dim=1)

    def _segment(self, x: Tensor, states: list[State], masks: list[Tensor] | None) -> tuple[Tensor, list[State]]:
        """Some steps through all layers: (B, T, X) and the layers' states -> (B, T, D*H) and the new states."""
        after: list[State] = []
        for i, layer in enumerate(self.layers):
            x, state = layer(x, states[i])
            x = x if masks is None else x * masks[i]
            after.append(state)
        return x, after

    def read_out(self, hs: Tensor, answers: int) -> Tensor:
        """States (B, T, D*H) -> (B, S, Y). A single output after the whole sequence uses the last state of each direction."""
        last = hs[:, -answers:]
        if answers == 1 and self.settings.bidirectional:
            H = self.settings.hidden
            last = torch.cat([hs[:, -1:, :H], hs[:, :1, H:]], dim=2)
        return cast(Tensor, self.readout(last))

    def forward_with_feedback(self, inputs: Tensor, own: Tensor, masks: list[Tensor] | None = None) -> Tensor:
        """Like forward with an output at every step, but where own (B, T) is true the input is the previous output."""
        states: list[State] = [None] * len(self.layers)
        answers: list[Tensor] = []
        for t in range(inputs.shape[1]):
            now = inputs[:, t : t + 1]
            if answers:
                previous = answers[-1].detach()
                chosen = previous.argmax(dim=-1) if self.symbols else previous
                coin = own[:, t : t + 1]
                now = torch.where(coin if self.symbols else coin[:, :, None], chosen, now)
            hs, states = self._segment(self.encode(now), states, _at(masks, t, 1))
            answers.append(self.readout(hs))
        return torch.cat(answers, dim=1)


class ModernLayer(nn.Module):
    """A cell after the LSTM over whole sequences, from its state of rest."""

    def __init__(self, cell: str, inputs: int, hidden: int) -> None:
        super().__init__()
        self.cell = cell
        for name, shape in modern_shapes(cell, inputs, hidden).items():
            self.register_parameter(name, nn.Parameter(torch.zeros(shape)))

    def forward(self, x: Tensor, _state: State) -> tuple[Tensor, State]:
        weights = {name: value[None] for name, value in self.named_parameters()}
        return LAYERS[self.cell](x[None], weights)[0], None


def _layer(settings: RunSettings, width: int) -> nn.Module:
    options = {"batch_first": True, "bidirectional": settings.bidirectional}
    match settings.cell:
        case "lstm":
            return nn.LSTM(width, settings.hidden, **options)
        case "gru":
            return nn.GRU(width, settings.hidden, **options)
        case "rnn-tanh" | "rnn-relu":
            return nn.RNN(width, settings.hidden, nonlinearity=settings.cell.removeprefix("rnn-"), **options)
        case _:
            return ModernLayer(settings.cell, width, settings.hidden)


def _detached(state: State) -> State:
    if isinstance(state, tuple):
        return state[0].detach(), state[1].detach()
    return None if state is None else state.detach()


def _at(masks: list[Tensor] | None, start: int, length: int) -> list[Tensor] | None:
    """The masks of some steps; a mask that all steps share is not sliced."""
    if masks is None:
        return None
    return [mask if mask.shape[1] == 1 else mask[:, start : start + length] for mask in masks]


def dropout_masks(settings: RunSettings, batch: int, steps: int, generator: torch.Generator) -> list[Tensor]:
    """The factors of each layer's output. In variational dropout (`same_mask`), all steps of a sequence share one mask."""
    keep = 1.0 - settings.dropout
    shape = (batch, 1 if settings.same_mask else steps, settings.directions * settings.hidden)
    return [(torch.rand(shape, generator=generator) < keep) / keep for _ in range(settings.layers)]


def loss_of(settings: RunSettings, outputs: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """The task's loss: the mean over the outputs that count."""
    classes = settings.task.loss == "cross-entropy"
    if bool(weights.all()):  # in most tasks every output counts, and the plain mean is faster
        if classes:
            return nn.functional.cross_entropy(outputs.transpose(1, 2), targets)
        return nn.functional.mse_loss(outputs, targets)
    if classes:
        each = nn.functional.cross_entropy(outputs.transpose(1, 2), targets, reduction="none")  # (B, S)
    else:
        each = (outputs - targets).square().mean(dim=2)
    return (each * weights).sum() / weights.sum()
