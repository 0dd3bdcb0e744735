"""Short sequences of an application, or of the lab, for a look into its network: reviews, sessions, sources of translations, spoken
words and strings. Each is read from the zero state. One part of them decides, another measures; neither was trained on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis.inside import labels as rules
from rnn_core.apps.recommend.data import sessions_for
from rnn_core.apps.recommend.items import CATEGORIES, items
from rnn_core.apps.recommend.process import NO_CLICK
from rnn_core.apps.recommend.settings import Settings as RecommendSettings
from rnn_core.apps.recommend.shop import unpack
from rnn_core.apps.sentiment.data import test
from rnn_core.apps.sentiment.english import ENGLISH
from rnn_core.apps.sentiment.settings import Settings as SentimentSettings
from rnn_core.apps.speech.data import WORDS, clean_sounds
from rnn_core.apps.speech.settings import Settings as SpeechSettings
from rnn_core.apps.translate.settings import Settings as TranslateSettings
from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task
from rnn_core.lab.tasks.counting import Counting
from rnn_core.learn.settings import TrainingSettings

MOST = 160  # sequences of each part
NAMED_SYMBOLS = 8  # the most frequent symbols have a label each
NEGATIONS = {"not", "never", "no", "nobody", "nothing", "hardly", "nor", "neither", "without"}
SYMBOL, CATEGORY, WORD, INPUT = "symbol: ", "category: ", "word: ", "input: "  # before the name in a label
UNKNOWN_SIGNS = ("<unk>", "<unknown>", "[UNK]", "\N{REPLACEMENT CHARACTER}")
LEVELS = "▁▂▃▄▅▆▇█"  # of loudness
_NEAR, _LATE, _MANY = 3, 8, 5


@dataclass(frozen=True)
class Passage:
    """N sequences, one after the other; T steps in all."""

    tokens: tuple[str, ...]  # (T,) the text of each step
    inputs: NDArray[Any]  # (T,) symbols, or (T, X) numbers
    ends: NDArray[np.int64]  # (N,) the step after the last one of each sequence
    first: int  # steps of the part that decides
    between: str  # between two tokens
    labels: Mapping[str, Mask]  # (T,)
    chinese: Mapping[str, str] = field(default_factory=dict)  # of the tokens that have a Chinese name


def passage(settings: TrainingSettings) -> Passage:
    """Of the application, or the task, that the settings train."""
    match settings:
        case SentimentSettings():
            return _reviews(settings)
        case RecommendSettings():
            return _sessions(settings)
        case TranslateSettings():
            return _sources(settings)
        case SpeechSettings(task="word"):
            return _sounds()
        case RunSettings(task=Counting() as task):
            return _strings(task)
        case RunSettings(task=task):
            return _of_task(task)
    raise CoreError(
        "network", f"one of {settings.kind!r}", "one that reads reviews, sessions, texts, spoken words or tasks"
    )


def _reviews(settings: SentimentSettings) -> Passage:
    data = settings.data
    parts = [data.validation(), next(iter(data.tests().values())) if settings.rows else test()]
    kept = [[row for row, text in enumerate(part.texts) if text.isascii()][:MOST] for part in parts]
    rows = [[part.words[row] for row in chosen] for part, chosen in zip(parts, kept, strict=True)]
    good, bad = _adjectives()
    positive = [
        [bool(part.labels[row])] * len(part.words[row])
        for part, chosen in zip(parts, kept, strict=True)
        for row in chosen
    ]
    every = list(chain(*rows))
    known = {
        "the review is positive": list(chain(*positive)),
        "after a negation": _each(every, lambda row, at: bool(NEGATIONS & set(row[max(0, at - _NEAR) : at]))),
        "negation": _each(every, lambda row, at: row[at] in NEGATIONS),
        "praising word": _each(every, lambda row, at: row[at] in good),
        "blaming word": _each(every, lambda row, at: row[at] in bad),
        "late in the sequence": _each(every, lambda _row, at: at >= _LATE),
    }
    ids = np.array(settings.vocabulary.ids([word for row in every for word in row]), np.int64)
    return _passage(rows, ids, " ", known)


def _adjectives() -> tuple[set[str], set[str]]:
    aspects = [aspect for topic in ENGLISH.topics for aspect in (topic.whole, *topic.parts)]
    return {word for each in aspects for word in each.good}, {word for each in aspects for word in each.bad}


def _sessions(settings: RecommendSettings) -> Passage:
    shop = items()
    parts = [[row[row != NO_CLICK] for row in sessions_for(settings, part)[:MOST]] for part in ("validation", "test")]
    every = list(chain(*parts))
    if settings.shop:
        names = unpack(settings.shop).names
        known = {"seen before in this session": _each(every, lambda row, at: row[at] in row[:at])}
    else:
        names = tuple(item.en for item in shop)
        known = {
            f"{CATEGORY}{category}": _each(every, lambda row, at, own=own: shop[row[at]].category == own)
            for own, category in enumerate(CATEGORIES)
        }
        known |= {
            "expensive item": _each(every, lambda row, at: shop[row[at]].expensive),
            "answers an earlier click": _each(every, lambda row, at: shop[row[at]].answers in row[:at].tolist()),
            "seen before in this session": _each(every, lambda row, at: row[at] in row[:at]),
        }
    rows = [[[names[click] for click in row] for row in part] for part in parts]
    found = _passage(rows, np.concatenate(every), " · ", known)
    return found if settings.shop else replace(found, chinese={item.en: item.zh for item in shop})


def _sources(settings: TranslateSettings) -> Passage:
    language = settings.languages[0]
    rows = [
        [language.cut(pair.source) for pair in settings.data.held_out(part)[:MOST]] for part in ("validation", "test")
    ]
    every = list(chain(*rows))
    known = {"late in the sequence": _each(every, lambda _row, at: at >= _LATE)} | _symbols(every)
    if not language.words:
        for name, rule in rules.RULES.items():
            known[name] = list(chain(*(rule("".join(row)).tolist() for row in every)))
    ids = np.array([symbol for row in every for symbol in language.encode(language.join(row))], np.int64)
    return _passage(rows, ids, " " if language.words else "", known)


def _sounds() -> Passage:
    parts = [clean_sounds(part, "english") for part in ("validation", "test")]
    sounds = [
        [row[:length] for row, length in zip(found.inputs, found.lengths, strict=True)][:MOST]
        for found, _words in parts
    ]
    words = [word for _found, classes in parts for word in classes[:MOST]]
    every = list(chain(*sounds))
    inputs = np.concatenate(every)
    loudness = inputs[:, 0]
    spoken = np.repeat(words, [len(sound) for sound in every])
    cuts = np.cumsum([len(sound) for sound in every])[:-1]
    rows = [row.tolist() for row in np.split(_levels(loudness), cuts)]
    known = {f"{WORD}{WORDS[word]}": (spoken == word).tolist() for word in sorted(set(words))}
    known["loud"] = (loudness > np.median(loudness)).tolist()
    cut = len(sounds[0])
    return _passage([rows[:cut], rows[cut:]], inputs, "", known)


def _levels(values: Array) -> NDArray[np.str_]:
    """A sign for each value: the higher the larger."""
    low, high = np.quantile(values, (0.02, 0.98))
    levels = np.clip((values - low) / max(1e-12, high - low) * len(LEVELS), 0, len(LEVELS) - 1)
    return np.asarray(np.array(list(LEVELS))[levels.astype(int)])


def _strings(task: Counting) -> Passage:
    """| a^n b^n for every n up to twice the longest of the training; n that decide and n that measure alternate."""
    names = task.input_symbols
    lengths = [range(2 + part, 2 * task.longest, 2) for part in (0, 1)]
    rows = [[["|", *"a" * n, *"b" * n] for n in part] for part in lengths]
    every = list(chain(*rows))
    known = _symbols(every) | {
        "many a’s wait for their b": _each(
            every, lambda row, at: row[: at + 1].count("a") - row[: at + 1].count("b") > _MANY
        ),
        "the last b is next": _each(every, lambda row, at: row[at] == "b" and at == len(row) - 2),
    }
    ids = np.array([names.index(symbol) for row in every for symbol in row], np.int64)
    return _passage(rows, ids, "", known)


def _of_task(task: Task) -> Passage:
    """The held-out sequences of a task of the lab: the first half of them decides."""
    inputs = task.held_out().inputs[: MOST * 2]
    flat = inputs.reshape(-1, *inputs.shape[2:])
    every: list[list[str]]
    if task.input_symbols:
        every = [[task.input_symbols[symbol] for symbol in row] for row in inputs]
        known = _symbols(every)
    else:
        every = [row.tolist() for row in _levels(flat[:, 0].astype(np.float64)).reshape(inputs.shape[:2])]
        known = {"in the upper half": (flat[:, 0] > np.median(flat[:, 0])).tolist()}
        known |= {
            f"{INPUT}{name}": (flat[:, column] > 0.5).tolist() for column, name in enumerate(task.input_names[1:], 1)
        }
    known["late in the sequence"] = _each(every, lambda row, at: at >= len(row) // 2)
    half = len(every) // 2
    return _passage([every[:half], every[half:]], flat, "", known)


def own_passage(text: str, symbols: Sequence[str]) -> Passage:
    """The lines of a visitor's text: the first half of them decides. They are cut at spaces where the vocabulary has words, and a
    token that is not in it is read as its sign for unknown ones, or as symbol 0."""
    known = {symbol: number for number, symbol in enumerate(symbols)}
    words = any(len(symbol) > 1 and not symbol.startswith(("<", "[")) for symbol in symbols)
    unknown = next((known[sign] for sign in UNKNOWN_SIGNS if sign in known), 0)
    every = [line.split() if words else list(line) for line in text.splitlines() if line.strip()]
    if len(every) < 2:
        raise CoreError(
            "text", f"{len(every)} lines", "two or more: the first half of them decides, the other measures"
        )
    ids = np.array([known.get(token, unknown) for row in every for token in row], np.int64)
    marks = _symbols(every) | {
        "late in the sequence": _each(every, lambda _row, at: at >= _LATE),
        "not in the vocabulary": _each(every, lambda row, at: row[at] not in known),
    }
    half = len(every) // 2
    found = _passage([every[:half], every[half:]], ids, " " if words else "", marks)
    if not found.labels:
        raise CoreError("text", "a text in which no label holds often enough", "a longer text")
    return found


def _each(rows: Iterable[Any], holds: Any) -> list[bool]:
    """Of every step of every sequence: a test of the sequence and the place in it."""
    return [bool(holds(row, at)) for row in rows for at in range(len(row))]


def _symbols(rows: Sequence[Sequence[str]]) -> dict[str, list[bool]]:
    frequent = Counter(chain(*rows)).most_common(NAMED_SYMBOLS)
    return {f"{SYMBOL}{name}": _each(rows, lambda row, at, name=name: row[at] == name) for name, _count in frequent}


def _passage(
    parts: Sequence[Sequence[Sequence[str]]], inputs: NDArray[Any], between: str, known: Mapping[str, Sequence[bool]]
) -> Passage:
    """The labels are those that hold often enough, and not nearly always, in both parts."""
    lengths = [[len(row) for row in part] for part in parts]
    first = sum(lengths[0])
    marks: dict[str, Mask] = {name: np.array(each, np.bool_) for name, each in known.items()}
    measurable = {
        name: each for name, each in marks.items() if all(map(rules.is_measurable, (each[:first], each[first:])))
    }
    tokens = tuple(chain(*chain(*parts)))
    return Passage(tokens, inputs, np.cumsum(list(chain(*lengths))), first, between, measurable)
