"""A visitor's changes of a sound: noise, speed, and the order of its frames. The page plays what the network reads."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from rnn_core.apps.speech.features import HOP, WINDOW, Features, features, hann
from rnn_core.apps.speech.sound import RATE, Integers, one_word
from rnn_core.apps.speech.trials import with_hiss
from rnn_core.arrays import Array

Order = Literal["as said", "backwards", "shuffled"]
ORDERS: tuple[Order, ...] = ("as said", "backwards", "shuffled")
NO_NOISE = 0  # of the slider: from 1 (the voice is 39 dB louder) to 45 (the noise is 5 dB louder)
AS_LOUD = 40
LONGEST = 2.5  # seconds that are read, because noise can hide the ends of a word


@dataclass(frozen=True)
class Played:
    whole: Array  # (N,) the recording, changed
    word: slice  # the place of the word in it
    features: Features  # of the word, frame by frame in the order in which they are read

    @property
    def sound(self) -> Array:
        """The sound that the page plays."""
        return self.features.samples


def played(
    whole: Array, noise: int = NO_NOISE, speed: float = 1.0, order: Order = "as said", longest: float = LONGEST
) -> Played:
    changed = np.interp(np.arange(0.0, len(whole) - 1, speed), np.arange(len(whole)), whole)
    word = the_word(changed, longest)
    if noise != NO_NOISE:
        loudness = float(np.sqrt(np.mean(changed[word] ** 2)))
        changed = with_hiss(changed, loudness, AS_LOUD - noise, seed=0)
        word = the_word(changed, longest)
    found = features(changed[word])
    return Played(changed, word, in_order(found, _places(len(found.cepstra), order)))


def the_word(sound: Array, longest: float = LONGEST) -> slice:
    """The place of the word; if it is too long, the part around the loudest moment."""
    word, most = one_word(sound), round(longest * RATE)
    if word.stop - word.start <= most:
        return word
    loudest = int(np.abs(sound[word]).argmax()) + word.start
    first = min(max(loudest - most // 2, word.start), word.stop - most)
    return slice(first, first + most)


def _places(T: int, order: Order) -> Integers:
    match order:
        case "as said":
            return np.arange(T)
        case "backwards":
            return np.arange(T)[::-1]
        case _:
            return np.random.default_rng(0).permutation(T)


def in_order(found: Features, places: Integers) -> Features:
    """The same frames in another order, and the sound that results from them."""
    if np.array_equal(places, np.arange(len(places))):
        return found
    sound = np.zeros(len(places) * HOP + WINDOW)
    for at, place in enumerate(places * HOP):
        piece = found.samples[place : place + WINDOW]
        sound[at * HOP : at * HOP + len(piece)] += piece * hann()[: len(piece)]
    parts = ("frames", "windowed", "power", "mel", "log_mel", "cepstra", "inputs")
    whole = sound[: len(found.samples)] * (2.0 * HOP / WINDOW)  # the bells overlap
    return replace(found, samples=whole, **{part: getattr(found, part)[places] for part in parts})
