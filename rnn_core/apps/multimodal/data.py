"""Pictures with questions: the training examples, and the three kinds of test examples."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from rnn_core.apps.digits.pictures import DIGITS, Part, Whole, moved, pictures
from rnn_core.apps.multimodal.questions import (
    ALL,
    RELATIONS,
    Question,
    Wording,
    longest,
    pair_held_out,
    read_words,
    split_words,
    wordings,
    written,
)
from rnn_core.apps.multimodal.settings import Settings
from rnn_core.arrays import Array, Mask

KINDS = ("known wordings", "new wordings", "new pairs of question and digit")
HOW_MANY = {"validation": 400, "test": 500}  # of each kind


@dataclass(frozen=True)
class Examples:
    images: Array  # (N, 8, 8)
    digits: Whole  # (N,)
    words: Whole  # (N, T) 0 after the end
    lengths: Whole  # (N,)
    yes: Mask  # (N,)
    questions: tuple[str, ...]
    asked: tuple[Question, ...]


@cache
def mean_picture() -> Array:
    return np.asarray(pictures("training").images.mean(axis=0))


Pair = tuple[Question, int]  # a question and a digit


@cache
def _choices(kind: str) -> dict[str, tuple[tuple[list[Pair], list[Pair]], ...]]:
    """For each relation, groups of pairs with the answers no and yes. Each group has one question, so that the question alone
    does not determine the answer. The few new pairs make one group per relation, and only comparisons have both answers."""
    found: dict[str, dict[object, tuple[list[Pair], list[Pair]]]] = {name: {} for name in RELATIONS}
    new = kind == KINDS[2]
    for asked in ALL:
        for digit in range(DIGITS):
            if pair_held_out(asked, digit) == new:
                group = found[asked.relation].setdefault(new or asked, ([], []))
                group[asked.is_true_for(digit)].append((asked, digit))
    both = {name: tuple(group for group in groups.values() if all(group)) for name, groups in found.items()}
    return {name: groups for name, groups in both.items() if groups}


@cache
def _wordings(relation: str, kind: str) -> tuple[Wording, ...]:
    new = kind == KINDS[1]
    return tuple(each for each in wordings(relation) if each.held_out(relation) == new)


@cache
def _places(part: Part) -> tuple[Whole, ...]:
    digits = pictures(part).digits
    return tuple(np.flatnonzero(digits == digit) for digit in range(DIGITS))


def make(part: Part, kind: str, count: int, rng: np.random.Generator) -> Examples:
    """Yes and no are equally probable for every question, so the question alone allows only a random guess."""
    images, digits, yes = np.empty((count, *pictures(part).images.shape[1:])), [], []
    questions, asked_all, rows = [], [], []
    relations = tuple(_choices(kind))
    for k in range(count):
        relation = relations[rng.integers(len(relations))]
        groups = _choices(kind)[relation]
        pairs = groups[rng.integers(len(groups))][rng.integers(2)]
        asked, digit = pairs[rng.integers(len(pairs))]
        ways = _wordings(relation, kind)
        question = written(asked, ways[rng.integers(len(ways))])
        images[k] = pictures(part).images[rng.choice(_places(part)[digit])]
        digits.append(digit)
        yes.append(asked.is_true_for(digit))
        questions.append(question)
        asked_all.append(asked)
        rows.append(read_words(split_words(question)))
    words = np.zeros((count, longest()), dtype=np.int64)
    for k, row in enumerate(rows):
        words[k, : len(row)] = row
    lengths = np.array([len(row) for row in rows])
    return Examples(images, np.array(digits), words, lengths, np.array(yes), tuple(questions), tuple(asked_all))


def batch(settings: Settings, step: int) -> Examples:
    """Training batch `step`."""
    rng = np.random.default_rng([5, settings.seed, step])
    made = make("training", KINDS[0], settings.batch, rng)
    return seen(Examples(moved(made.images, rng), *_rest(made)), settings.inputs)


def _rest(made: Examples) -> tuple[Whole, Whole, Whole, Mask, tuple[str, ...], tuple[Question, ...]]:
    return made.digits, made.words, made.lengths, made.yes, made.questions, made.asked


def seen(given: Examples, inputs: str) -> Examples:
    """The examples as a network with only one of the two inputs reads them."""
    images, words, lengths = given.images, given.words, given.lengths
    if inputs == "question":
        images = np.broadcast_to(mean_picture(), images.shape)
    elif inputs == "picture":
        words, lengths = np.zeros_like(words), np.ones_like(lengths)
    return Examples(images, given.digits, words, lengths, given.yes, given.questions, given.asked)


@cache
def evaluation_examples(part: Part, kind: str) -> Examples:
    return make(part, kind, HOW_MANY[part], np.random.default_rng([6, KINDS.index(kind), HOW_MANY[part]]))
