"""Cached results of the spoken digits: a recording, its changes, and the answers of the network and the bag of frames."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from rnn_core.apps.speech import bag, trials
from rnn_core.apps.speech.data import Clip, Voice, clips
from rnn_core.apps.speech.listen import LONGEST_STRIP
from rnn_core.apps.speech.playing import Order, Played
from rnn_core.apps.speech.playing import played as play
from rnn_core.apps.speech.reader import Reader, Reading, by_noise
from rnn_core.apps.speech.reader import confusion as confusion_of
from rnn_core.apps.speech.sound import Integers
from rnn_core.apps.speech.strips.reader import StripReader
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from rnn_core.passes.layers import StackGradients
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only

SMALL = (8, 24)  # rows and columns of a small spectrogram


@dataclass(frozen=True)
class Understood:
    reading: Reading
    bag: Array | None  # (words,) what the bag of frames believes of digits


@dataclass(frozen=True)
class InNoise:
    louder: tuple[float, ...]  # decibels
    network: Array
    bag: Array


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


def clip(voice: Voice, word: int) -> Clip:
    return next(each for each in clips() if each.voice == voice and each.word == word)


def unheard_voices() -> tuple[Voice, ...]:
    """The voices of the test, in the order in which they were recorded."""
    return tuple(dict.fromkeys(each.voice for each in clips() if each.voice.split == "test"))


@cache
def small_spectrogram(voice: Voice, word: int) -> tuple[list[float], ...]:
    """Rows of a small picture, the high tones above: 0 is silent, 1 the loudest."""
    log_mel = play(trials.around(clip(voice, word).samples)).features.log_mel  # (T, 24)
    moments = np.array_split(np.arange(len(log_mel)), min(SMALL[1], len(log_mel)))
    bands = np.array_split(np.arange(log_mel.shape[1]), SMALL[0])
    loud = 1.0 + np.array([[log_mel[np.ix_(at, band)].mean() for at in moments] for band in reversed(bands)]) / 40.0
    return tuple(np.clip(loud, 0.0, 1.0).tolist())


@kept_for_visitor(8)
def played(recording: bytes, noise: int, speed: float, order: Order) -> Played:
    """`recording`: float32 at 8 kHz."""
    return play(np.frombuffer(recording, np.float32).astype(np.float64), noise, speed, order)


@kept_for_visitor(8)
def played_strip(recording: bytes, noise: int, speed: float) -> Played:
    """`recording`: float32 at 8 kHz."""
    return play(np.frombuffer(recording, np.float32).astype(np.float64), noise, speed, longest=LONGEST_STRIP)


@kept(2)
def strip_reader(state: RunState) -> StripReader:
    return StripReader(state)


@kept_for_visitor(8)
def understood(
    state: RunState, recording: bytes, noise: int, speed: float, order: Order, digits: range | None
) -> Understood:
    """`digits`: the classes of the network, where they are digits."""
    heard = played(recording, noise, speed, order).features
    believed = None if digits is None else bag.belief(bag.of_frames(heard.cepstra), digits)
    return make_read_only(Understood(reader(state).read(heard.inputs), believed))


def gradients(state: RunState, reading: Reading) -> StackGradients:
    """Gradients of the log-probability of the answer."""
    return reader(state).gradients(reading, reading.answer)


@kept(2)
def confusion(state: RunState) -> Integers:
    return make_read_only(confusion_of(state))


@kept(2)
def in_noise(state: RunState) -> InNoise:
    words, shares = reader(state).settings.words, []
    for louder in trials.NOISES:
        sounds, labels = trials.noise_trial(louder, reader(state).settings.language)
        shares.append(np.mean(bag.belief(bag.of_sounds(sounds), words).argmax(axis=1) + words.start == labels))
    return make_read_only(InNoise(trials.NOISES, by_noise(state), np.array(shares)))
