"""A network that learns a visitor's voice: a few recordings of each word, and a few seconds of fine-tuning.

The words are the digits of one language, whose recordings are mixed with those of the training voices, or words of the visitor's own,
for which the readout begins anew. Before the network learns from all rounds, it learns from all but the last one and is judged by
that one.
"""

from dataclasses import dataclass

import numpy as np

from rnn_core.apps.speech.data import as_they_are
from rnn_core.apps.speech.listen import in_silence
from rnn_core.apps.speech.reader import Reader
from rnn_core.apps.speech.sound import Integers, one_word
from rnn_core.apps.speech.warping import nearest, thinned
from rnn_core.arrays import Array
from rnn_core.errors import CoreError
from rnn_core.learn.state import RunState

STEPS, BATCH, RATE_OF_LEARNING = 120, 32, 0.003
FEWEST_ROUNDS, MOST_ROUNDS = 2, 6
FEWEST_WORDS, MOST_WORDS = 2, 12


@dataclass(frozen=True)
class Lesson:
    """`rounds`: each the words at 8 kHz, float32, in the order of `words`."""

    words: tuple[str, ...]
    digits: range | None  # where the words are classes of the network: indices into data.WORDS
    rounds: tuple[tuple[bytes, ...], ...]

    def __post_init__(self) -> None:
        if not FEWEST_WORDS <= len(self.words) <= MOST_WORDS or len(set(self.words)) < len(self.words):
            raise CoreError("words", len(self.words), f"{FEWEST_WORDS} to {MOST_WORDS} different words")
        if not FEWEST_ROUNDS <= len(self.rounds) <= MOST_ROUNDS:
            raise CoreError("rounds", len(self.rounds), f"{FEWEST_ROUNDS} to {MOST_ROUNDS} rounds")
        if any(len(each) != len(self.words) for each in self.rounds):
            raise CoreError("rounds", [len(each) for each in self.rounds], "a recording of each word in each round")


@dataclass(frozen=True)
class Taught:
    words: tuple[str, ...]
    digits: range | None
    state: RunState  # its readout has one row for each of the words
    before: float | None  # of the last round: the share that the network understood before, if it knew the words
    warping: float  # the share that the nearest recording of the other rounds gets right
    after: float  # what the network understood after learning from the other rounds
    seconds: float


def sounds_of(rounds: tuple[tuple[bytes, ...], ...]) -> tuple[list[Array], Integers]:
    """Every recording, cut to its word, and which word it is."""
    words, labels = [], []
    for each in rounds:
        for label, recording in enumerate(each):
            sound = in_silence(np.frombuffer(recording, np.float32).astype(np.float64))
            words.append(sound[one_word(sound, margin=0.03)])
            labels.append(label)
    return words, np.array(labels, np.int64)


def teach(state: RunState, lesson: Lesson) -> Taught:
    """Fine-tune the network on the lesson. This imports torch, so only worker processes call it."""
    import time

    from rnn_core.apps.speech.teaching.fine_tuning import fine_tuned

    began = time.perf_counter()
    known, tried = lesson.rounds[:-1], lesson.rounds[-1:]
    words, labels = sounds_of(tried)
    test, (earlier, their_labels) = as_they_are(words), sounds_of(known)
    before = None
    if lesson.digits is not None:
        reader = Reader(state)
        columns = np.array(lesson.digits) - reader.settings.words.start
        before = _share(reader.scores(test.inputs, test.lengths)[:, columns].argmax(axis=1), labels)
    half = Reader(fine_tuned(state, lesson, known))
    after = _share(half.scores(test.inputs, test.lengths).argmax(axis=1), labels)
    warping = _share(nearest(thinned(test), thinned(as_they_are(earlier)), their_labels), labels)
    full = fine_tuned(state, lesson, lesson.rounds)
    return Taught(lesson.words, lesson.digits, full, before, warping, after, time.perf_counter() - began)


def _share(answers: Integers, labels: Integers) -> float:
    return float(np.mean(answers == labels))
