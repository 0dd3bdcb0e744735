"""A visitor's CSV file: decoded and split into rows, or refused with a reason."""

import codecs
import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

Refusal = Literal["empty", "too large", "too wide", "binary", "one row"]
LARGEST = 2_000_000  # bytes
MOST_ROWS = 50_001  # a header among them
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
SAMPLE = 200  # rows in which columns are recognised

Item = TypeVar("Item")


class TableRefused(ValueError):
    """Why a file is no table: the page has a sentence for each reason."""

    def __init__(self, reason: Refusal) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]  # empty where the first row is already data
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]  # of each row: its line in the file, from 1, as an editor counts
    delimiter: str = ","
    unread: int = 0  # rows after the first MOST_ROWS, or after MOST_CELLS

    @property
    def width(self) -> int:
        return max(len(self.header), *map(len, self.rows))

    def column(self, at: int) -> list[str]:
        """Empty text where a row is too short."""
        return [row[at] if at < len(row) else "" for row in self.rows]

    def name(self, at: int) -> str:
        """The name of a column; empty without a header."""
        return self.header[at] if at < len(self.header) else ""

    def sampled(self) -> "Table":
        """A sample of the rows, from which the kind of each column is recognised."""
        return replace(self, rows=sampled(self.rows), numbers=sampled(self.numbers))

    def with_header(self) -> "Table":
        """The table with its first row as the names of the columns."""
        return replace(self, header=self.rows[0], rows=self.rows[1:], numbers=self.numbers[1:])


def sampled(items: Sequence[Item]) -> tuple[Item, ...]:
    """At most SAMPLE of the items, in their order. They are drawn at random, because every tenth row of a table may be a total."""
    if len(items) <= SAMPLE:
        return tuple(items)
    return tuple(items[at] for at in sorted(random.Random(0).sample(range(len(items)), SAMPLE)))


def read_table(data: bytes, has_header: bool | None = None) -> Table:
    """Commas, semicolons or tabs; UTF-8, UTF-16 or GB 18030. The first row is a header when no cell of it is a number."""
    text = decode(data)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    unread = cells_read = 0
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise TableRefused("too wide")
            if len(rows) == MOST_ROWS or cells_read > MOST_CELLS:
                unread += 1
            elif any(cell.strip() for cell in cells):
                rows.append(tuple(cell.strip() for cell in cells))
                numbers.append(reader.line_num)
                cells_read += len(cells)
    except csv.Error:  # one field of more than 131,072 letters
        raise TableRefused("binary") from None
    if len(rows) < 2:
        raise TableRefused("one row" if rows else "empty")
    table = Table((), tuple(rows), tuple(numbers), delimiter, unread)
    header = not any(map(is_number, rows[0])) if has_header is None else has_header
    return table.with_header() if header else table


def decode(data: bytes) -> str:
    """The text of a file. It may end within a character, as a download that was interrupted does; that character is left out."""
    if len(data) > LARGEST:
        raise TableRefused("too large")
    if not data.strip():
        raise TableRefused("empty")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        if b"\0" in data:
            raise TableRefused("binary")
        encodings = ["utf-8-sig", "gb18030", "cp1252"]
    for encoding in encodings:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        if not is_plausible(text, encoding):
            continue
        if all(letter.isprintable() or letter in "\r\n\t\ufeff" for letter in text[:2000]):
            return text
    raise TableRefused("binary")


def is_plausible(text: str, encoding: str) -> bool:
    """Two encodings decode nearly any file, so their result is checked. Western texts consist mostly of plain letters."""
    if encoding == "gb18030":
        return _is_chinese(text)
    return encoding != "cp1252" or sum(letter.isascii() for letter in text) > 0.7 * len(text)


def _is_chinese(text: str) -> bool:
    """Whether most of its Chinese characters are common ones (those of GB 2312). GB 18030 reads nearly anything, and makes
    rare characters out of the letters of other encodings."""
    common = rare = 0
    for letter in text[:20_000]:
        if "\u4e00" <= letter <= "\u9fff":
            try:
                letter.encode("gb2312")
                common += 1
            except UnicodeEncodeError:
                rare += 1
    return common >= rare


def is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _delimiter(text: str) -> str:
    """The delimiter that splits the first lines most evenly. The comma is tried last: it may be a decimal comma."""
    lines = [line for line in text[:100_000].splitlines()[:20] if line.strip()]
    counts = {mark: [line.count(mark) for line in lines] for mark in (";", "\t", ",")}
    return max(counts, key=lambda mark: (min(counts[mark], default=0), sum(counts[mark])))
