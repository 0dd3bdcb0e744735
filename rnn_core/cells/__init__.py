"""The three cells, and the types that mean 'any of them'."""

from rnn_core.cells.gru import GRUGradients as GRUGradients
from rnn_core.cells.gru import GRUParams as GRUParams
from rnn_core.cells.gru import GRUTrace as GRUTrace
from rnn_core.cells.lstm import LSTMGradients as LSTMGradients
from rnn_core.cells.lstm import LSTMParams as LSTMParams
from rnn_core.cells.lstm import LSTMTrace as LSTMTrace
from rnn_core.cells.rnn import RNNGradients as RNNGradients
from rnn_core.cells.rnn import RNNParams as RNNParams
from rnn_core.cells.rnn import RNNTrace as RNNTrace

Params = RNNParams | LSTMParams | GRUParams
AnyTrace = RNNTrace | LSTMTrace | GRUTrace
AnyGradients = RNNGradients | LSTMGradients | GRUGradients
