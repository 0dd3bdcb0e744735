"""The network of a run, of the lab or of an application, as a `Network` that the measurements of analysis/inside read."""

import numpy as np

from rnn_core.analysis.inside.network import Network
from rnn_core.apps.recommend.items import items
from rnn_core.apps.recommend.settings import Settings as RecommendSettings
from rnn_core.apps.recommend.shop import unpack
from rnn_core.apps.sentiment.settings import Settings as SentimentSettings
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.speech.settings import Settings as SpeechSettings
from rnn_core.apps.tensors import linear, network_tensors, recurrent
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.apps.translate.settings import Settings as TranslateSettings
from rnn_core.arrays import Activation, Array
from rnn_core.blocks.readout import Output, ReadoutParams
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


def reading_part(state: RunState) -> tuple[Network, bool]:
    """The recurrent layers that read the sequence, and whether the readout is the network's own. Where a decoder, an attention or a
    mean over all states follows, the readout hands the state on as it is."""
    settings, tensors = state.settings, network_tensors(state)
    table: Array | None = None
    readout: ReadoutParams | None = None
    match settings:
        case RecommendSettings(
            tied=True
        ):  # item by item, the product of its embedding with a linear function of the state
            prefix, table = "recurrent.", tensors["embedding.weight"]
            wish = linear(tensors, "wish.")
            readout = ReadoutParams(table @ wish.W_hy, table @ wish.b_y + tensors["item_bias"], "softmax")
        case TranslateSettings():
            prefix, table = "encoder.", tensors["source.weight"]
        case SentimentSettings() if settings.pooling != "last":
            prefix, table = "layers.", tensors["embedding.weight"]
        case SpeechSettings(task="word"):
            prefix = "recurrent."
        case _:
            return network_of_run(state), True
    stack = recurrent(tensors, prefix, settings)
    if stack.backward:
        raise CoreError("network", "layers that read in both directions", "recurrent layers that read forward")
    H = stack.forward[-1].hidden_size
    hands_on = ReadoutParams(np.eye(H), np.zeros(H))
    symbols = symbols_of(settings) or ()
    return Network(stack.forward, readout or hands_on, table, symbols), readout is not None


def symbols_of(settings: TrainingSettings) -> tuple[str, ...] | None:
    """The text of every symbol that the network reads; None where it reads numbers or symbols without a text."""
    match settings:
        case TextSettings():
            return settings.corpus.symbols
        case SentimentSettings():
            return settings.vocabulary.names
        case RecommendSettings():
            return unpack(settings.shop).names if settings.shop else tuple(item.en for item in items())
        case TranslateSettings():
            return settings.languages[0].symbols
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
