"""A visitor's reviews: a table whose columns are recognised, and the training data from it.

The reviews are part of a run's settings, because every worker needs them. A word that occurs in only one training review
is <unknown>. The text of a review determines its part: training, validation or test.
"""

import json
import random
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.sentiment.data import CORRECT, Data, Examples
from rnn_core.apps.sentiment.words import MOST_WORDS, Vocabulary, has_word, vocabulary_of, words
from rnn_core.apps.table import Table, read_table
from rnn_core.errors import CoreError

POSITIVE = frozenset(
    [
        "1",
        "+",
        "pos",
        "positive",
        "good",
        "true",
        "yes",
        "like",
        "正",
        "正面",
        "正向",
        "积极",
        "好",
        "好评",
        "是",
        "喜欢",
    ]
)
NEGATIVE = frozenset(
    [
        "0",
        "-1",
        "-",
        "neg",
        "negative",
        "bad",
        "false",
        "no",
        "dislike",
        "负",
        "负面",
        "负向",
        "消极",
        "坏",
        "差",
        "差评",
        "否",
        "不喜欢",
    ]
)
STARS = frozenset("12345")
LABEL_NAMES = frozenset(("label", "labels", "sentiment", "stars", "rating", "score", "标签", "情感", "评分", "星级"))
LEAST_TO_TRAIN = 200  # reviews, with at least 40 of each kind
LEAST_OF_A_KIND = 40
MOST_REVIEWS = 3_000
MOST_CHARACTERS = 250_000  # of all reviews that are trained on
ARGUMENT = "your reviews"

Row = tuple[str, bool]


class NoReviews(ValueError):
    """The table has no column of labels, or no column of text."""


@dataclass(frozen=True)
class OwnReviews:
    rows: tuple[Row, ...]  # text, and whether it is positive
    numbers: tuple[int, ...]  # of these rows in the file, from 1
    text_name: str
    label_name: str
    wrong_labels: tuple[int, ...]  # row numbers
    no_text: tuple[int, ...]
    undecided: tuple[int, ...]  # three stars of five
    left_out: int  # reviews that were not drawn: there are more than MOST_REVIEWS

    @property
    def enough_to_train(self) -> bool:
        positive = sum(good for _text, good in self.rows)
        return len(self.rows) >= LEAST_TO_TRAIN and min(positive, len(self.rows) - positive) >= LEAST_OF_A_KIND


def review_table(data: bytes) -> Table:
    """The table of a file. The first row is a header if none of its cells is a label."""
    table = read_table(data, has_header=False)
    return table.with_header() if not any(map(_is_label, table.rows[0])) else table


def own_reviews(table: Table) -> OwnReviews:
    """The label column is the one with the most labels, the text column is the longest of the others."""
    sample = table.sampled()
    columns = [sample.column(at) for at in range(table.width)]
    shares = [sum(map(_is_label, column)) / len(column) for column in columns]
    named = [table.name(at).lower() in LABEL_NAMES for at in range(table.width)]
    label_at = max(range(table.width), key=lambda at: (shares[at] >= 0.5) * (1 + named[at]) + shares[at])
    lengths = [-1.0 if at == label_at else float(np.mean(list(map(len, cells)))) for at, cells in enumerate(columns)]
    if table.width < 2 or shares[label_at] < 0.5 or max(lengths) < 2:
        raise NoReviews
    text_at = int(np.argmax(lengths))
    texts, labels = table.column(text_at), table.column(label_at)
    stars = set(map(_label, labels)) & STARS > {"1"}
    good, bad = (frozenset("45"), frozenset("12")) if stars else (POSITIVE, NEGATIVE)
    rows: list[Row] = []
    places: list[int] = []
    wrong, no_text, undecided = [], [], []
    for number, text, label in zip(table.numbers, texts, labels, strict=True):
        plain = _label(label)
        if not has_word(text):
            no_text.append(number)
        elif plain in good or plain in bad:
            rows.append((text, plain in good))
            places.append(number)
        elif stars and plain == "3":
            undecided.append(number)
        else:
            wrong.append(number)
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
    )


def drawn(rows: Sequence[Row]) -> list[int]:
    """The places of the rows in a random order, the same each time: files are often sorted by label. However many are
    taken from its beginning, both labels keep their share."""
    chance = random.Random(0)
    ranked: list[tuple[float, int]] = []
    for kind in (True, False):
        places = [at for at, (_text, good) in enumerate(rows) if good == kind]
        chance.shuffle(places)
        ranked += [((rank + 0.5) / len(places), at) for rank, at in enumerate(places)]
    return [at for _rank, at in sorted(ranked)]


def _is_label(cell: str) -> bool:
    return _label(cell) in POSITIVE | NEGATIVE | STARS


def _label(cell: str) -> str:
    """1.0 is 1, because some programs write integers in this way."""
    return cell.strip().lower().removesuffix(".0")


def pack(rows: Sequence[Row]) -> str:
    """A random sample of the reviews, as many as fit into a run's settings."""
    kept: list[int] = []
    left = MOST_CHARACTERS
    for at in drawn(rows)[:MOST_REVIEWS]:
        if len(rows[at][0]) <= left:
            left -= len(rows[at][0])
            kept.append(at)
    return json.dumps([(rows[at][0], int(rows[at][1])) for at in sorted(kept)], ensure_ascii=False)


@cached_until_cleared(8)
def unpack(packed: str) -> tuple[Row, ...]:
    """The packed reviews. The text may come from a file, so it is checked again."""
    wanted = f"at least {LEAST_TO_TRAIN} reviews, each a text and 0 or 1, as this app saved them"
    try:
        given = json.loads(packed)
        rows = tuple((text, bool(good)) for text, good in given if isinstance(text, str) and good in (0, 1))
        "".join(text for text, _good in rows).encode()  # JSON may hold half a character, a lone surrogate
    except (ValueError, TypeError, RecursionError):
        raise CoreError(ARGUMENT, "something else", wanted) from None
    characters = sum(len(text) for text, _good in rows)
    if len(rows) != len(given) or characters > MOST_CHARACTERS or not all(has_word(text) for text, _good in rows):
        raise CoreError(ARGUMENT, f"{len(given)} rows of {characters} characters", wanted)
    parts = [_part(text) for text, _good in rows]
    if len(rows) > MOST_REVIEWS or any(parts.count(part) < 5 for part in ("training", "validation", "test")):
        raise CoreError(ARGUMENT, f"{len(rows)} reviews", wanted)
    return rows


def _part(text: str) -> str:
    """The part of a review, from its words, so that equal reviews are in the same part."""
    turn = zlib.crc32(" ".join(sorted(words(text))).encode()) % 5
    return {0: "test", 1: "validation"}.get(turn, "training")


@cached_until_cleared(8)
def _examples(packed: str, part: str) -> Examples:
    rows = [(text, good) for text, good in unpack(packed) if _part(text) == part]
    labels = np.array([good for _text, good in rows], dtype=np.int64)
    return Examples(
        tuple(text for text, _good in rows), tuple(words(text)[:MOST_WORDS] for text, _good in rows), labels
    )


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
