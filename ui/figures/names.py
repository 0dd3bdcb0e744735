"""Names at the ends of lines: wrapped where they are long, with a margin beside the chart that fits them."""

import re
import textwrap
import unicodedata
from collections.abc import Sequence

LABEL_MARGIN = 84  # pixels to the right of every chart, so that charts one above the other share their axis of time
LONGEST_ROW = 10  # letters
LETTER, WIDE_LETTER, BEFORE = 7.6, 14.0, 18.0  # pixels at the size of 14: Latin, Chinese, and the space before a name

MARKUP = re.compile(r"<[^>]+>")


def in_lines(name: str) -> list[str]:
    if MARKUP.search(name):
        return [name]
    return textwrap.wrap(name, LONGEST_ROW, break_long_words=False, break_on_hyphens=False) or [name]


def room_beside(rows: Sequence[str]) -> int:
    return max([LABEL_MARGIN, *(round(BEFORE + _width(MARKUP.sub("", row))) for row in rows)])


def _width(text: str) -> float:
    return sum(WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else LETTER for letter in text)
