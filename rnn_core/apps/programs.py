"""The common parts of the programs of all applications."""

from collections.abc import Callable

Say = Callable[[str], str]  # a comment of a program in the reader's language
TORCH_LAYERS = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}  # torch.nn's name of a layer, by the core's of its cell
KERAS_LAYERS = {"rnn": "SimpleRNN", "gru": "GRU", "lstm": "LSTM"}
