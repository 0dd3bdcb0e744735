"""Every run of the app that has forward layers and a readout can be looked into, and answers as its own reader does."""

import contextlib

import numpy as np
import pytest

from rnn_core.analysis.inside.changes import scores_with
from rnn_core.apps.look_inside import network_of_run
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.sentiment.reader import Reader as SentimentReader
from rnn_core.apps.text.reader import Reader as TextReader
from rnn_core.apps.trained import load_trained
from rnn_core.errors import CoreError
from rnn_core.lab import recorded

SHIPPED = [(name, variant) for name, each in APPLICATIONS.items() for variant in each.settings.shipped()]


def state(name: str, variant: str):  # type: ignore[no-untyped-def]
    return load_trained(APPLICATIONS[name].settings, variant).state


def test_most_applications_have_a_network_to_look_into() -> None:
    found = set()
    for name, variant in SHIPPED:
        with contextlib.suppress(CoreError):
            network_of_run(state(name, variant))
            found.add(name)
    assert found == {"text", "forecast", "sentiment", "recommend", "vision"}


@pytest.mark.parametrize(
    ("name", "variant"), [("sentiment", "lstm-attention"), ("translate", "dates-gru"), ("speech", "gru")]
)
def test_other_networks_get_a_sentence(name: str, variant: str) -> None:
    with pytest.raises(CoreError, match="layers"):
        network_of_run(state(name, variant))


@pytest.mark.parametrize("variant", ["english-lstm", "chinese-lstm", "python-gru", "english-rnn-tanh"])
def test_a_text_model_predicts_what_its_reader_predicts(variant: str) -> None:
    reader = TextReader(state("text", variant))
    symbols = reader.corpus.test[:40]
    _states, expected = reader.stream.read(symbols[None])
    np.testing.assert_allclose(
        scores_with(network_of_run(state("text", variant)), symbols), expected[:, 0], rtol=0, atol=1e-12
    )


def test_a_sentiment_model_scores_what_its_reader_scores() -> None:
    reader, network = SentimentReader(state("sentiment", "gru")), network_of_run(state("sentiment", "gru"))
    words = ["i", "do", "not", "think", "that", "the", "film", "is", "boring"]
    assert scores_with(network, reader.ids(words))[-1, 0] == pytest.approx(reader.score(words), abs=1e-12)


def test_a_run_of_the_lab_has_its_symbols_and_its_activation() -> None:
    network = network_of_run(recorded.network("counting-rnn-relu"))
    assert network.symbols == ("a", "b", "|")
    assert network.layers[0].activation == "relu"  # type: ignore[union-attr]
