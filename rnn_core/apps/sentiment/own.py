"""A visitor's reviews: a table whose columns are recognised, and the training data from it.

The reviews are part of a run's settings, because every worker needs them. A word that occurs in only one training review
is <unknown>. The text of a review determines its part: training, validation or test.
"""

import json
import random
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.sentiment.classes import NEGATIVE, NEUTRAL, POSITIVE
from rnn_core.apps.sentiment.data import CORRECT, Data, Examples
from rnn_core.apps.sentiment.labels import is_label, label_of, meaning
from rnn_core.apps.sentiment.words import MOST_WORDS, Vocabulary, has_word, vocabulary_of, words
from rnn_core.apps.table import Table, read_table
from rnn_core.errors import CoreError

LABEL_NAMES = frozenset(("label", "labels", "sentiment", "stars", "rating", "score", "标签", "情感", "评分", "星级"))
LEAST_TO_TRAIN = 200  # reviews, with at least 40 of each kind
LEAST_OF_A_KIND = 40
MOST_REVIEWS = 3_000
MOST_CHARACTERS = 250_000  # of all reviews that are trained on
ARGUMENT = "your reviews"

Row = tuple[str, int]  # a text and its class


class NoReviews(ValueError):
    """The table has no column of labels, or no column of text."""


@dataclass(frozen=True)
class OwnReviews:
    rows: tuple[Row, ...]
    numbers: tuple[int, ...]  # of these rows in the file, from 1
    text_name: str
    label_name: str
    wrong_labels: tuple[int, ...]  # row numbers
    no_text: tuple[int, ...]
    undecided: tuple[int, ...]  # neutral reviews, where they are too few for a class of their own
    left_out: int  # reviews that were not drawn: there are more than MOST_REVIEWS
    by: str  # how labels were read: "stars", "ten", "words", or the labels of a scale, as "-1 0 1"

    @property
    def count_of(self) -> dict[int, int]:
        return Counter(label for _text, label in self.rows)

    @property
    def enough_to_train(self) -> bool:
        counts = self.count_of
        return len(self.rows) >= LEAST_TO_TRAIN and min(counts[NEGATIVE], counts[POSITIVE]) >= LEAST_OF_A_KIND

    def without_neutral(self) -> "OwnReviews":
        """For a network of two classes."""
        kept = [at for at, (_text, label) in enumerate(self.rows) if label != NEUTRAL]
        return replace(self, rows=tuple(self.rows[at] for at in kept), numbers=tuple(self.numbers[at] for at in kept))


def review_table(data: bytes) -> Table:
    """The table of a file. The first row is a header if none of its cells is a label."""
    table = read_table(data, has_header=False)
    return table.with_header() if not any(map(is_label, table.rows[0])) else table


def own_reviews(table: Table) -> OwnReviews:
    """The label column is the one with the most labels, the text column is the longest of the others."""
    sample = table.sampled()
    columns = [sample.column(at) for at in range(table.width)]
    named = [table.name(at).lower() in LABEL_NAMES for at in range(table.width)]
    shares = [
        sum(is_label(cell, up_to_ten=name) for cell in column) / len(column)
        for column, name in zip(columns, named, strict=True)
    ]
    label_at = max(range(table.width), key=lambda at: (shares[at] >= 0.5) * (1 + named[at]) + shares[at])
    lengths = [-1.0 if at == label_at else float(np.mean(list(map(len, cells)))) for at, cells in enumerate(columns)]
    if table.width < 2 or shares[label_at] < 0.5 or max(lengths) < 2:
        raise NoReviews
    text_at = int(np.argmax(lengths))
    texts, labels = table.column(text_at), list(map(label_of, table.column(label_at)))
    by, class_of = meaning(labels)
    scarce = sum(class_of.get(label) == NEUTRAL for label in labels) < LEAST_OF_A_KIND
    rows: list[Row] = []
    places: list[int] = []
    wrong, no_text, undecided = [], [], []
    for number, text, label in zip(table.numbers, texts, labels, strict=True):
        kind = class_of.get(label)
        if not has_word(text):
            no_text.append(number)
        elif kind is None:
            wrong.append(number)
        elif kind == NEUTRAL and scarce:
            undecided.append(number)
        else:
            rows.append((text, kind))
            places.append(number)
    if not rows:
        raise NoReviews
    kept = sorted(drawn(rows)[:MOST_REVIEWS])
    return OwnReviews(
        tuple(rows[at] for at in kept),
        tuple(places[at] for at in kept),
        table.name(text_at) or str(text_at + 1),
        table.name(label_at) or str(label_at + 1),
        tuple(wrong),
        tuple(no_text),
        tuple(undecided),
        len(rows) - len(kept),
        by,
    )


def drawn(rows: Sequence[Row]) -> list[int]:
    """The places of the rows in a random order, the same each time: files are often sorted by label. However many are
    taken from its beginning, all labels keep their share."""
    chance = random.Random(0)
    ranked: list[tuple[float, int]] = []
    for kind in (POSITIVE, NEUTRAL, NEGATIVE):
        places = [at for at, (_text, label) in enumerate(rows) if label == kind]
        chance.shuffle(places)
        ranked += [((rank + 0.5) / len(places), at) for rank, at in enumerate(places)]
    return [at for _rank, at in sorted(ranked)]


def pack(rows: Sequence[Row]) -> str:
    """A random sample of the reviews, as many as fit into a run's settings."""
    kept: list[int] = []
    left = MOST_CHARACTERS
    for at in drawn(rows)[:MOST_REVIEWS]:
        if len(rows[at][0]) <= left:
            left -= len(rows[at][0])
            kept.append(at)
    return json.dumps([(rows[at][0], int(rows[at][1])) for at in sorted(kept)], ensure_ascii=False)


def unpack(packed: str) -> tuple[Row, ...]:
    """The packed reviews. The text may come from a file, so it is checked again."""
    return _unpacked(packed)[0]


@cached_until_cleared(8)
def _unpacked(packed: str) -> tuple[tuple[Row, ...], tuple[tuple[str, ...], ...]]:
    """And the words of each."""
    wanted = f"at least {LEAST_TO_TRAIN} reviews, each a text and 0, 1 or 2, as this app saved them"
    try:
        given = json.loads(packed)
        rows = tuple((text, int(label)) for text, label in given if isinstance(text, str) and label in (0, 1, 2))
        "".join(text for text, _class in rows).encode()  # JSON may hold half a character, a lone surrogate
    except (ValueError, TypeError, RecursionError):
        raise CoreError(ARGUMENT, "something else", wanted) from None
    characters = sum(len(text) for text, _class in rows)
    if len(rows) != len(given) or characters > MOST_CHARACTERS or not all(has_word(text) for text, _class in rows):
        raise CoreError(ARGUMENT, f"{len(given)} rows of {characters} characters", wanted)
    read = tuple(words(text) for text, _class in rows)
    parts = list(map(_part, read))
    if len(rows) > MOST_REVIEWS or any(parts.count(part) < 5 for part in ("training", "validation", "test")):
        raise CoreError(ARGUMENT, f"{len(rows)} reviews", wanted)
    return rows, read


def _part(read: Sequence[str]) -> str:
    """The part of a review, from its words, so that equal reviews are in the same part."""
    turn = zlib.crc32(" ".join(sorted(read)).encode()) % 5
    return {0: "test", 1: "validation"}.get(turn, "training")


@cached_until_cleared(8)
def _examples(packed: str, part: str) -> Examples:
    rows, read = _unpacked(packed)
    kept = [at for at, each in enumerate(read) if _part(each) == part]
    labels = np.array([rows[at][1] for at in kept], dtype=np.int64)
    return Examples(tuple(rows[at][0] for at in kept), tuple(read[at][:MOST_WORDS] for at in kept), labels)


@cached_until_cleared(8)
def classes(packed: str) -> int:
    return 3 if any(label == NEUTRAL for _text, label in unpack(packed)) else 2


def data(packed: str) -> Data:
    return Data(
        lambda: _examples(packed, "training"),
        lambda: _examples(packed, "validation"),
        lambda: {CORRECT: _examples(packed, "test")},
    )


@cached_until_cleared(8)
def vocabulary(packed: str) -> Vocabulary:
    counts = Counter(word for found in _examples(packed, "training").words for word in set(found))
    return vocabulary_of(word for word, count in counts.items() if count > 1)
