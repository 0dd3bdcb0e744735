"""A visitor's pairs: a table of two columns, read and written letter by letter, and the training data from it.

The pairs are part of a run's settings, because every worker needs them. A letter that occurs in no training pair is UNKNOWN. The
source determines a pair's part: training, validation or test.
"""

import json
import random
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.table import Table, read_table
from rnn_core.apps.translate.data import Pair, Part
from rnn_core.errors import CoreError

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
LONGEST = 60  # letters of a source or of a target
LEAST_PAIRS, MOST_PAIRS = 60, 4_000
MOST_CHARACTERS = 120_000  # of all pairs
MOST_LETTERS = 600  # different ones of each side; rarer ones are UNKNOWN
LEAST_OF_A_PART = 5
HEADER = frozenset(
    [
        "source",
        "target",
        "input",
        "output",
        "from",
        "to",
        "word",
        "translation",
        "question",
        "answer",
        "en",
        "zh",
        "english",
        "chinese",
        "de",
        "fr",
        "es",
        "ja",
        "german",
        "french",
        "spanish",
        "japanese",
        "plural",
        "singular",
        "past",
        "lemma",
        "原文",
        "译文",
        "源",
        "目标",
        "输入",
        "输出",
        "英文",
        "中文",
        "单词",
        "翻译",
        "问题",
        "回答",
        "词",
    ]
)
ARGUMENT = "your pairs"

Row = tuple[str, str]


class NoPairs(ValueError):
    """The table has no two columns of text."""


@dataclass(frozen=True)
class OwnPairs:
    rows: tuple[Row, ...]
    names: tuple[str, str]  # of the two columns
    too_long: tuple[int, ...]  # row numbers
    incomplete: tuple[int, ...]
    left_out: int  # pairs that were not drawn, because there are too many

    @property
    def enough_to_train(self) -> bool:
        return len(self.rows) >= LEAST_PAIRS and _has_every_part(self.rows)


def pair_table(data: bytes) -> Table:
    """The table of a file. The first row is a header if a cell of it is a usual name of a column."""
    table = read_table(data, has_header=False)
    is_header = any(cell.strip().casefold() in HEADER for cell in table.rows[0])
    return table.with_header() if is_header and len(table.rows) > 1 else table


def own_pairs(table: Table) -> OwnPairs:
    """The first two columns in which most rows have text."""
    sample = table.sampled()
    filled = [sum(bool(plain(cell)) for cell in sample.column(at)) for at in range(table.width)]
    columns = [at for at, count in enumerate(filled) if 2 * count >= len(sample.rows)][:2]
    if len(columns) < 2:
        raise NoPairs
    rows: dict[Row, None] = {}
    too_long, incomplete = [], []
    for number, source, target in zip(table.numbers, *map(table.column, columns), strict=True):
        pair = plain(source), plain(target)
        if not all(pair):
            incomplete.append(number)
        elif max(map(len, pair)) > LONGEST:
            too_long.append(number)
        else:
            rows[pair] = None
    if not rows:
        raise NoPairs
    drawn = list(rows)
    random.Random(0).shuffle(drawn)
    kept = _as_many_as_fit(drawn)
    first, second = (table.name(at) or str(at + 1) for at in columns)
    return OwnPairs(tuple(kept), (first, second), tuple(too_long), tuple(incomplete), len(drawn) - len(kept))


def _as_many_as_fit(rows: Sequence[Row]) -> list[Row]:
    kept, left = [], MOST_CHARACTERS
    for row in rows[:MOST_PAIRS]:
        if len(row[0]) + len(row[1]) <= left:
            left -= len(row[0]) + len(row[1])
            kept.append(row)
    return kept


def plain(text: str) -> str:
    """One form for each letter, and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).replace(UNKNOWN, " ").split())


def pack(rows: Sequence[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False)


@cached_until_cleared(8)
def unpack(packed: str) -> tuple[Row, ...]:
    """The packed pairs. The text may come from a file, so it is checked again."""
    wanted = f"at least {LEAST_PAIRS} pairs of two texts, as this app saved them"
    try:
        given = json.loads(packed)
        rows = tuple((source, target) for source, target in given)
        "".join(
            source + target for source, target in rows
        ).encode()  # JSON may contain half of a surrogate pair, which encode() refuses
    except (ValueError, TypeError, RecursionError):
        raise CoreError(ARGUMENT, "something else", wanted) from None
    texts = [text for row in rows for text in row]
    is_valid = all(text == plain(text) and 0 < len(text) <= LONGEST for text in texts)
    if not is_valid or len(rows) > MOST_PAIRS or sum(map(len, texts)) > MOST_CHARACTERS or not _has_every_part(rows):
        raise CoreError(ARGUMENT, f"{len(rows)} rows", wanted)
    return rows


def part_of(source: str) -> Part:
    """The part of a pair. It depends on the source alone, so equal sources are in the same part."""
    turn = zlib.crc32(source.encode()) % 8
    return "test" if turn == 0 else "validation" if turn == 1 else "training"


def _has_every_part(rows: Sequence[Row]) -> bool:
    counts = Counter(part_of(source) for source, _target in rows)
    return all(counts[part] >= LEAST_OF_A_PART for part in ("training", "validation", "test"))


@cached_until_cleared(16)
def pairs(packed: str, part: Part) -> tuple[Pair, ...]:
    """A source with several targets is one pair of a held-out part, with up to two right answers."""
    rows = [row for row in unpack(packed) if part_of(row[0]) == part]
    if part == "training":
        return tuple(Pair(source, target) for source, target in rows)
    targets: dict[str, list[str]] = {}
    for source, target in rows:
        targets.setdefault(source, []).append(target)
    return tuple(Pair(source, each[0], each[1] if len(each) > 1 else "") for source, each in targets.items())


@cached_until_cleared(8)
def letters(packed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The letters of the sources and of the targets, UNKNOWN first."""
    learned = pairs(packed, "training")
    sides = ("".join(pair.source for pair in learned), "".join(pair.target for pair in learned))
    source, target = (
        (UNKNOWN, *sorted(letter for letter, _count in Counter(side).most_common(MOST_LETTERS))) for side in sides
    )
    return source, target
