"""A look into the network: questions about held-out pictures, word by word, and the answer yes or no."""

from dataclasses import dataclass
from itertools import chain

import numpy as np

from rnn_core.analysis.inside.answers import at_the_end
from rnn_core.analysis.inside.network import Network
from rnn_core.apps.multimodal.data import KINDS, evaluation_examples
from rnn_core.apps.multimodal.questions import NUMBER_WORDS, RELATIONS, vocabulary
from rnn_core.apps.multimodal.reader import Reader
from rnn_core.apps.passages import (
    MOST,
    QUESTION,
    Answers,
    Opened,
    along,
    each,
    handing_on,
    make_passage,
    symbols,
)
from rnn_core.arrays import Array
from rnn_core.errors import CoreError
from rnn_core.learn.state import RunState

NAMES = ("no", "yes")


@dataclass(frozen=True)
class BesidePicture:
    """The answer from the last state beside the features (P,) of one picture."""

    reader: Reader
    seen: Array

    def scores(self, states: Array) -> Array:
        return self.reader.score_of(states[..., -1, :], self.seen)[..., None]

    def back(self, states: Array, dscores: Array) -> Array:
        return at_the_end(states, dscores[0] * self.reader.gradients_of_score(states[-1], self.seen)[0])


def inside(state: RunState) -> Opened:
    reader = Reader(state)
    if reader.settings.inputs == "picture":
        raise CoreError("network", "one that reads no words", "one that reads the question")
    parts = [evaluation_examples(part, KINDS[0]) for part in ("validation", "test")]
    ids = [part.words[row, : part.lengths[row]] for part in parts for row in range(MOST)]
    rows = [[vocabulary()[word] for word in row] for row in ids]
    asked = [question for part in parts for question in part.asked[:MOST]]
    yes = np.concatenate([part.yes[:MOST] for part in parts])
    digits = np.concatenate([part.digits[:MOST] for part in parts])
    sights = [reader.encode_picture(image) for part in parts for image in part.images[:MOST]]
    numbers = {*chain(*NUMBER_WORDS.values()), *map(str, range(10))}
    known = {f"{QUESTION}{name}": along([each.relation == name for each in asked], rows) for name in RELATIONS}
    known |= {
        "the answer is yes": along(yes, rows),
        "the picture’s digit is even": along(digits % 2 == 0, rows),
        "a number has been read": each(rows, lambda row, at: bool(numbers & set(row[: at + 1]))),
        "the question is in English": each(rows, lambda row, _at: row[0].isascii()),
    }
    early, table = reader.settings.fusion == "early", reader.tensors["embedding.weight"]
    words = np.concatenate(ids)
    inputs = (
        np.concatenate([table[words], np.array(along([each.seen for each in sights], rows))], axis=1)
        if early
        else words
    )
    layers = (reader.params,)
    network = Network(layers, handing_on(layers), None if early else table, () if early else vocabulary())
    heads = tuple(BesidePicture(reader, each.seen) for each in sights)
    answers = Answers(NAMES, "sigmoid", heads, tuple(yes.astype(int).tolist()))
    read = make_passage([rows[:MOST], rows[MOST:]], inputs, " ", known | symbols(rows), list(map(str, digits)))
    return Opened(network, read, answers)
