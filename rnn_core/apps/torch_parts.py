"""Common parts of the applications' networks in torch."""

from torch import nn

from rnn_core.apps.settings import AppSettings


def recurrent_layer(
    settings: AppSettings, inputs: int, *, layers: int = 1, bidirectional: bool = False, hidden: int | None = None
) -> nn.RNN | nn.GRU | nn.LSTM:
    """torch's own layer for the settings' cell; its shapes are `recurrent_shapes` of rnn_core/learn/shapes.py."""
    kinds: dict[str, type[nn.RNN | nn.GRU | nn.LSTM]] = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
    size = settings.hidden if hidden is None else hidden
    return kinds[settings.core_cell](inputs, size, num_layers=layers, batch_first=True, bidirectional=bidirectional)
