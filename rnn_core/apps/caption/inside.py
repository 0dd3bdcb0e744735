"""A look into the decoder: it reads the sentences of held-out pictures word by word, and predicts the next word.

The state before the first word is the picture's. With attention the next word depends on the picture's features too.
"""

from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.inside.answers import at_the_end
from rnn_core.analysis.inside.network import Network
from rnn_core.apps.caption.data import held_out, sentences, tokens_of
from rnn_core.apps.caption.grammar import COLOURS_ZH, FORMS_ZH, PLACES, PLACES_ZH, SIZES_ZH
from rnn_core.apps.caption.reader import Reader
from rnn_core.apps.caption.scenes import COLOURS, FORMS, SIZES
from rnn_core.apps.passages import SHAPE, Answers, Opened, along, each, handing_on, make_passage, symbols
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState

START = "▸"  # what is read before the first word; as an answer, the end of the sentence
MOST_PICTURES = 80  # of each part


@dataclass(frozen=True)
class BesideFeatures:
    """The next word from the last state, which attends to the features (places, F) of one picture."""

    reader: Reader
    seen: Array

    def scores(self, states: Array) -> Array:
        return self.reader.predict(states[..., -1, :], self.seen)[1]

    def back(self, states: Array, dscores: Array) -> Array:
        return at_the_end(states, self.reader.gradients_of_scores(states[-1], self.seen, dscores)[0])


def inside(state: RunState) -> Opened:
    reader = Reader(state)
    parts = [held_out(part) for part in ("validation", "test")]
    scenes = [scene for part in parts for scene in part.scenes[:MOST_PICTURES]]
    sight = reader.see(np.concatenate([part.images[:MOST_PICTURES] for part in parts]))
    written = sentences(scenes, reader.settings.language)
    rows = [[START, *words] for words in written]
    places, sizes, colours, forms = (
        set(english) | set(chinese)
        for english, chinese in (
            (PLACES, PLACES_ZH),
            (SIZES, SIZES_ZH.values()),
            (COLOURS, COLOURS_ZH.values()),
            (FORMS, FORMS_ZH.values()),
        )
    )
    known = {
        name: each(rows, lambda row, at, kind=kind: row[at] in kind)
        for name, kind in (("place word", places), ("size word", sizes), ("colour word", colours), ("form word", forms))
    }
    known["a colour has been read"] = each(rows, lambda row, at: bool(colours & set(row[: at + 1])))
    known["a second shape has begun"] = each(rows, lambda row, at: sum(word in places for word in row[: at + 1]) > 1)
    shown: tuple[tuple[str, tuple[str, ...]], ...] = (("colour", COLOURS), ("form", FORMS))
    for kind, names in shown:
        known |= {
            f"{SHAPE}{name}": along([name in {vars(one)[kind] for one in scene} for scene in scenes], rows)
            for name in names
        }
    inputs = np.concatenate([[reader.end, *tokens_of(words, reader.language)] for words in written])
    layers, symbols_read = (reader.decoder,), (*reader.settings.words, START)
    network = Network(layers, handing_on(layers), reader.words, symbols_read)
    answers = Answers(symbols_read, "softmax", tuple(BesideFeatures(reader, seen) for seen in sight.seen))
    read = make_passage([rows[:MOST_PICTURES], rows[MOST_PICTURES:]], inputs, " ", known | symbols(rows))
    return Opened(network, read, answers, sight.start[:, None])
