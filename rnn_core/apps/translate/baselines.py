"""The baselines: the most frequent translation, a word-by-word translation, and that of the most similar example."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import cast

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.translate.data import OWN, Pair, Part, Task
from rnn_core.apps.translate.distance import scores_of
from rnn_core.apps.translate.grammar import dates, numbers
from rnn_core.apps.translate.settings import Settings
from rnn_core.arrays import Array

FREQUENT, DICTIONARY, SIMILAR = "most frequent answer", "word by word from a dictionary", "the most similar example"

MOST_COUNTED = 2_000  # pairs of neighbouring symbols
MOST_KNOWN = 10_000  # training pairs that the baselines know: a page waits for them

TO_CHINESE = {word: numbers.chinese(value) for value, word in enumerate(numbers.ONES)}
TO_CHINESE |= {word: numbers.chinese(10 * (at + 2)) for at, word in enumerate(numbers.TENS)}
TO_CHINESE |= {"hundred": "百", "thousand": "千", "and": ""}
TO_ENGLISH = {numbers.chinese(value): numbers.ONES[value] for value in range(11)}
TO_ENGLISH |= {"百": "hundred", "千": "thousand", "万": "ten thousand"}


def word_by_word(text: str, task: Task) -> str:
    """Translates each word or number by itself, in the same order."""
    if task == "en-zh":
        return "".join(TO_CHINESE[word] for word in numbers.english_words(text))
    if task == "zh-en":
        return " ".join(TO_ENGLISH[letter] for letter in text)
    found = []
    for word in re.findall(r"\d+|[〇一二三四五六七八九十]+|[a-z]+", re.sub("星期.", "", text)):
        if word.isascii() and word.isdecimal():
            found.append(int(word))
        elif word[0] in dates.DIGITS + "十":
            year = len(word) == 4
            found.append(
                int("".join(str(dates.DIGITS.index(n)) for n in word)) if year else numbers.from_chinese(word) or 0
            )
        else:
            found += [at for at, month in enumerate(dates.MONTHS, 1) if word in (month, month[:3])]
    return "-".join(f"{number:02d}" for number in found)


def _similar(settings: Settings) -> Callable[[Sequence[Pair]], list[str]]:
    """The translation of the training source with the largest cosine similarity of counts of symbol pairs."""
    source_language, learned = settings.languages[0], settings.data.training

    def neighbours(pair: Pair) -> list[tuple[int, int]]:
        symbols = [-1, *source_language.encode(pair.source), -1]
        return list(pairwise(symbols))

    frequent = Counter(each for pair in learned for each in neighbours(pair)).most_common(MOST_COUNTED)
    columns = {each: at for at, (each, _count) in enumerate(frequent)}

    def counts(pairs: Sequence[Pair]) -> Array:
        table = np.zeros((len(pairs), len(columns)), dtype=np.float32)
        for row, pair in zip(table, pairs, strict=True):
            np.add.at(row, [columns[each] for each in neighbours(pair) if each in columns], 1.0)
        return np.asarray(table / np.maximum(1e-9, np.linalg.norm(table, axis=1, keepdims=True)))

    known = counts(learned)
    return lambda asked: [learned[at].target for at in (counts(asked) @ known.T).argmax(axis=1)]


@lru_cache(maxsize=8)
def _baselines(settings: Settings) -> dict[str, Scores]:
    target_language = settings.languages[1]
    ((frequent, _count),) = Counter(pair.target for pair in settings.data.training).most_common(1)
    answers: dict[str, Callable[[Sequence[Pair]], list[str]]] = {
        FREQUENT: lambda pairs: [frequent] * len(pairs),
        SIMILAR: _similar(settings),
    }
    if settings.task != OWN:
        answers[DICTIONARY] = lambda pairs: [word_by_word(pair.source, cast(Task, settings.task)) for pair in pairs]

    def of_part(answer: Callable[[Sequence[Pair]], list[str]], part: Part) -> list[list[str]]:
        return [target_language.cut(text) for text in answer(settings.data.held_out(part))]

    return {name: scores_of(settings, partial(of_part, answer)) for name, answer in answers.items()}


def baselines(settings: Settings) -> dict[str, Scores]:
    """They depend on the task and on the number of training pairs, not on the network."""
    known = min(settings.pairs, MOST_KNOWN)
    return _baselines(Settings(task=settings.task, letters=settings.letters, pairs=known, rows=settings.rows))
