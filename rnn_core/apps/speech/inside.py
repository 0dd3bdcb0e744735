"""A look into the network: spoken words of the validation and of the test voices, frame by frame, and the word.

Of a layer that reads in both directions the one that reads forward is opened: its answer needs the other one too.
"""

from itertools import chain

import numpy as np

from rnn_core.analysis.inside.answers import Head, LastState, MeanState
from rnn_core.analysis.inside.network import Network
from rnn_core.apps.passages import (
    MOST,
    WORD,
    Answers,
    Opened,
    Passage,
    along,
    handing_on,
    levels,
    make_passage,
    reading_forward,
)
from rnn_core.apps.speech.data import WORDS, clean_sounds
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.errors import CoreError
from rnn_core.learn.state import RunState


def inside(state: RunState) -> Opened:
    settings, tensors = settings_of(state, Settings), network_tensors(state)
    if settings.task != "word":
        raise CoreError("network", "one that hears digits in a row", "one that hears single words")
    stack = recurrent(tensors, "recurrent.", settings)
    layers, readout = reading_forward(stack).forward, linear(tensors, "readout.", "softmax")
    read, words = _sounds(settings)
    if stack.backward:
        return Opened(Network(layers, handing_on(layers)), read)
    head: Head = MeanState(readout) if settings.pooling == "mean" else LastState(readout)
    right = tuple(word - settings.words.start for word in words)
    names = tuple(WORDS[word] for word in settings.words)
    return Opened(Network(layers, readout), read, Answers(names, "softmax", (head,), right))


def _sounds(settings: Settings) -> tuple[Passage, list[int]]:
    parts = [clean_sounds(part, settings.language) for part in ("validation", "test")]
    sounds = [
        [row[:length] for row, length in zip(found.inputs, found.lengths, strict=True)][:MOST]
        for found, _words in parts
    ]
    words = [int(word) for _found, classes in parts for word in classes[:MOST]]
    every = list(chain(*sounds))
    inputs = np.concatenate(every)
    loudness, spoken = inputs[:, 0], np.array(along(words, every))
    cuts = np.cumsum([len(sound) for sound in every])[:-1]
    rows = [row.tolist() for row in np.split(levels(loudness), cuts)]
    known = {f"{WORD}{WORDS[word]}": spoken == word for word in sorted(set(words))}
    known["loud"] = loudness > np.median(loudness)
    cut = len(sounds[0])
    return make_passage([rows[:cut], rows[cut:]], inputs, "", known, [WORDS[word] for word in words]), words
