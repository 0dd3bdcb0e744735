"""The door to pictures with questions: readers of networks, and what is known of a question."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from rnn_core.apps.digits import pictures
from rnn_core.apps.multimodal.questions import ALL, Question, pair_held_out, split_words, wordings, written
from rnn_core.apps.multimodal.reader import PictureFeatures, Reader
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, of_visitor
from ui.cache.read_only import sealed

OF_EACH_DIGIT = 8  # test pictures of each digit that a question is tried on


@dataclass(frozen=True)
class Known:
    """A question of the grammar."""

    asked: Question
    new_wording: bool  # never trained with these words in this order

    def new_pair(self, digit: int) -> bool:
        return pair_held_out(self.asked, digit)


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


def test_pictures() -> pictures.Pictures:
    return pictures.pictures("test")


@cache
def _grammar() -> dict[tuple[str, ...], Known]:
    return {
        tuple(split_words(written(asked, each))): Known(asked, each.held_out(asked.relation))
        for asked in ALL
        for each in wordings(asked.relation)
    }


def known_question(words: list[str]) -> Known | None:
    return _grammar().get(tuple(words))


@kept(2)
def _sights(state: RunState) -> tuple[tuple[PictureFeatures, ...], ...]:
    """For each digit, what the network sees of the first test pictures of it."""
    test = test_pictures()
    return tuple(
        tuple(reader(state).encode_picture(image) for image in test.images[test.digits == digit][:OF_EACH_DIGIT])
        for digit in range(10)
    )


@of_visitor(16)
def yes_of_each_digit(state: RunState, words: tuple[int, ...]) -> Array:
    """(10,) the mean probability of yes over pictures of each digit."""
    asked = reader(state)
    found = [np.mean([asked.read(sight, words).yes[-1] for sight in sights]) for sights in _sights(state)]
    return sealed(np.array(found))
