"""A look into the encoder: texts to translate. Its states go on to the decoder, so no answer is read off one of them."""

from itertools import chain

import numpy as np

from rnn_core.analysis.inside import labels as rules
from rnn_core.analysis.inside.network import Network
from rnn_core.apps.passages import MOST, Opened, Passage, handing_on, late, make_passage, symbols
from rnn_core.apps.tensors import network_tensors, recurrent, settings_of
from rnn_core.apps.translate.settings import Settings
from rnn_core.learn.state import RunState


def inside(state: RunState) -> Opened:
    settings, tensors = settings_of(state, Settings), network_tensors(state)
    layers = recurrent(tensors, "encoder.", settings).forward
    network = Network(layers, handing_on(layers), tensors["source.weight"], settings.languages[0].symbols)
    return Opened(network, _sources(settings))


def _sources(settings: Settings) -> Passage:
    language = settings.languages[0]
    rows = [
        [language.cut(pair.source) for pair in settings.data.held_out(part)[:MOST]] for part in ("validation", "test")
    ]
    every = list(chain(*rows))
    known = late(every) | symbols(every)
    if not language.words:
        for name, rule in rules.RULES.items():
            known[name] = list(chain(*(rule("".join(row)).tolist() for row in every)))
    ids = np.array([symbol for row in every for symbol in language.encode(language.join(row))], np.int64)
    return make_passage(rows, ids, " " if language.words else "", known)
