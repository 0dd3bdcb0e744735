"""A look into the network: film reviews of the validation and of the test part, and P(positive)."""

from itertools import chain

import numpy as np

from rnn_core.analysis.inside.answers import Head, LastState, MeanState
from rnn_core.analysis.inside.network import Network
from rnn_core.apps.passages import (
    MOST,
    Answers,
    Opened,
    Passage,
    along,
    each,
    handing_on,
    late,
    make_passage,
    reading_forward,
)
from rnn_core.apps.sentiment.classes import POSITIVE
from rnn_core.apps.sentiment.data import test
from rnn_core.apps.sentiment.english import ENGLISH
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.blocks.readout import Output
from rnn_core.learn.state import RunState

NEGATIONS = {"not", "never", "no", "nobody", "nothing", "hardly", "nor", "neither", "without"}
NAMES = ("negative", "positive", "neutral")
_NEAR = 3


def inside(state: RunState) -> Opened:
    settings, tensors = settings_of(state, Settings), network_tensors(state)
    stack = recurrent(tensors, "layers.", settings)
    output: Output = "sigmoid" if settings.classes == 2 else "softmax"
    readout = linear(tensors, "answer.", output)
    layers = reading_forward(stack).forward
    heads: dict[str, Head] = {"last": LastState(readout), "mean": MeanState(readout)}
    read, right = _reviews(settings)
    answers = (
        Answers(NAMES[: settings.classes], output, (heads[settings.pooling],), right)
        if settings.pooling in heads
        else None
    )
    if stack.backward:
        answers = None
    network = Network(
        layers,
        handing_on(layers) if answers is None else readout,
        tensors["embedding.weight"],
        settings.vocabulary.names,
    )
    return Opened(network, read, answers)


def _reviews(settings: Settings) -> tuple[Passage, tuple[int, ...]]:
    data = settings.data
    parts = [data.validation(), next(iter(data.tests().values())) if settings.reviews else test()]
    kept = [[row for row, text in enumerate(part.texts) if text.isascii()][:MOST] for part in parts]
    rows = [[part.words[row] for row in chosen] for part, chosen in zip(parts, kept, strict=True)]
    good, bad = _adjectives()
    right = tuple(int(part.labels[row]) for part, chosen in zip(parts, kept, strict=True) for row in chosen)
    every = list(chain(*rows))
    known = {
        "the review is positive": along((label == POSITIVE for label in right), every),
        "after a negation": each(every, lambda row, at: bool(NEGATIONS & set(row[max(0, at - _NEAR) : at]))),
        "negation": each(every, lambda row, at: row[at] in NEGATIONS),
        "praising word": each(every, lambda row, at: row[at] in good),
        "blaming word": each(every, lambda row, at: row[at] in bad),
    } | late(every)
    ids = np.array(settings.vocabulary.ids([word for row in every for word in row]), np.int64)
    return make_passage(rows, ids, " ", known), right


def _adjectives() -> tuple[set[str], set[str]]:
    aspects = [aspect for topic in ENGLISH.topics for aspect in (topic.whole, *topic.parts)]
    return {word for each in aspects for word in each.good}, {word for each in aspects for word in each.bad}
