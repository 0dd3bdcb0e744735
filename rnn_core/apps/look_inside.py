"""The network of a run, of the lab or of an application, as a `Network` that the measurements of analysis/inside read."""

from rnn_core.analysis.inside.network import Network
from rnn_core.apps.recommend.items import items
from rnn_core.apps.recommend.settings import Settings as RecommendSettings
from rnn_core.apps.recommend.shop import unpack
from rnn_core.apps.sentiment.settings import Settings as SentimentSettings
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.tensors import network_tensors
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.arrays import Activation
from rnn_core.blocks.readout import Output
from rnn_core.errors import CoreError
from rnn_core.formats.state_dict import network_from_tensors
from rnn_core.formats.state_layout import find_layout
from rnn_core.lab.settings import RunSettings
from rnn_core.learn.settings import TrainingSettings
from rnn_core.learn.state import RunState


def network_of_run(state: RunState) -> Network:
    """Recurrent layers that read forward and a linear readout of their last state; other networks are refused."""
    settings, tensors = state.settings, network_tensors(state)
    layout = find_layout({name: value.shape for name, value in tensors.items()})
    if layout.unused or getattr(settings, "pooling", "last") != "last":
        raise CoreError(
            "network",
            f"a network of {settings.kind!r} with more parts than layers and a readout",
            "recurrent layers that read forward, and a linear readout of their state",
        )
    activation: Activation = "relu" if getattr(settings, "cell", "") == "rnn-relu" else "tanh"
    return network_from_tensors(tensors, symbols_of(settings), activation, _output(settings))


def symbols_of(settings: TrainingSettings) -> tuple[str, ...] | None:
    """The text of every symbol that the network reads; None where it reads numbers or symbols without a text."""
    match settings:
        case TextSettings():
            return settings.corpus.symbols
        case SentimentSettings():
            return settings.vocabulary.names
        case RecommendSettings():
            return unpack(settings.shop).names if settings.shop else tuple(item.en for item in items())
        case RunSettings():
            return settings.task.input_symbols or None
        case _:
            return None


def _output(settings: TrainingSettings) -> Output:
    match settings:
        case TextSettings() | RecommendSettings():
            return "softmax"
        case SentimentSettings():
            return "sigmoid"
        case RunSettings():
            return "softmax" if settings.task.loss == "cross-entropy" else "identity"
        case AppSettings(kind="vision" | "speech"):
            return "softmax"
        case _:
            return "identity"
