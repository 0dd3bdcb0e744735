"""Conversions between text and the numbers that a network reads and outputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.translate.data import Pair, Task
from rnn_core.apps.translate.grammar import dates, numbers

Tokens = NDArray[np.int64]
MOST_TOKENS = 80  # of a visitor's own text
ENGLISH_LETTERS = tuple(sorted(set("".join(numbers.ENGLISH_WORDS)) | {" ", "-"}))


@dataclass(frozen=True)
class Language:
    """The source or target language of a task: its symbols, and the division of text into them."""

    symbols: tuple[str, ...]
    words: bool = False  # English numbers word by word; all else letter by letter
    unknown: str = ""  # the symbol in whose place a letter is read that is none of the others

    def cut(self, text: str) -> list[str]:
        return numbers.english_words(text) if self.words else list(text)

    def join(self, symbols: Sequence[str]) -> str:
        if not self.words:
            return "".join(symbols)
        text = " ".join(symbols)
        for tens in numbers.TENS:
            for ones in numbers.ONES[1:10]:
                text = text.replace(f"{tens} {ones}", f"{tens}-{ones}")
        return text

    @property
    def end(self) -> int:
        """The number of the end symbol. As an input it is also the symbol before the first one."""
        return len(self.symbols)

    def encode(self, text: str) -> list[int]:
        known = {symbol: at for at, symbol in enumerate(self.symbols)}
        if self.unknown:
            return [known.get(symbol, known[self.unknown]) for symbol in self.cut(text)]
        return [known[symbol] for symbol in self.cut(text)]

    def decode(self, tokens: Sequence[int]) -> list[str]:
        return [self.symbols[token] for token in tokens]


@lru_cache(maxsize=8)
def languages(task: Task, letters: bool) -> tuple[Language, Language]:
    """The source and the target language. `letters`: English numbers letter by letter, not word by word."""
    if task == "dates":
        return Language(dates.LETTERS), Language(dates.ISO_LETTERS)
    english = Language(ENGLISH_LETTERS) if letters else Language(numbers.ENGLISH_WORDS, words=True)
    chinese = Language(numbers.CHINESE_LETTERS)
    return (english, chinese) if task == "en-zh" else (chinese, english)


@dataclass(frozen=True)
class Encoded:
    """N pairs as tables. Rows are padded with 0, and rows of targets with -1."""

    sources: Tokens  # (N, T)
    lengths: Tokens  # (N,)
    decoder_inputs: Tokens  # (N, S) the decoder's inputs: `end` first, then the target
    targets: Tokens  # (N, S) the target, then `end`, then -1

    def rows(self, chosen: Tokens) -> "Encoded":
        """Some of the pairs, in tables of the smallest possible width."""
        T, S = int(self.lengths[chosen].max()), int((self.targets[chosen] >= 0).sum(axis=1).max())
        return Encoded(
            self.sources[chosen, :T], self.lengths[chosen], self.decoder_inputs[chosen, :S], self.targets[chosen, :S]
        )


def encode_pairs(pairs: Sequence[Pair], both: tuple[Language, Language]) -> Encoded:
    """`both`: the source and the target language."""
    source_language, target_language = both
    sources = [source_language.encode(pair.source) for pair in pairs]
    targets = [target_language.encode(pair.target) for pair in pairs]
    return Encoded(
        _table(sources, 0),
        np.array([len(source) for source in sources]),
        _table([[target_language.end, *target] for target in targets], 0),
        _table([[*target, target_language.end] for target in targets], -1),
    )


def _table(rows: list[list[int]], filler: int) -> Tokens:
    table = np.full((len(rows), max(map(len, rows))), filler)
    for row, tokens in zip(table, rows, strict=True):
        row[: len(tokens)] = tokens
    return table
