"""Every digit spoken by every voice, and the split of the voices.

The split is by voice: the training, validation and test voices are disjoint.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import load_file

from rnn_core.apps.speech.augment import Sounds, changed
from rnn_core.apps.speech.features import CEPSTRA, features
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.sound import RATE, Integers, from_mulaw
from rnn_core.arrays import Array

FILE = Path(__file__).parent / "files" / "digits.safetensors"
PERSON = FILE.with_name("person.safetensors")  # recordings of a person, for the test alone
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MANDARIN = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九")
WORDS = ENGLISH + MANDARIN
SPLITS = ("training", "validation", "test")
FROM_PEOPLE = 5  # times that a voice cut from recordings of people is drawn for each time of another


@dataclass(frozen=True)
class Voice:
    name: str
    program: str
    accent: str  # of its English
    split: str


@dataclass(frozen=True)
class Clip:
    codes: NDArray[np.uint8]  # (N,) mu-law at 8 kHz, the silence around it cut off
    word: int  # index into WORDS
    voice: Voice

    @property
    def samples(self) -> Array:
        return from_mulaw(self.codes)


@lru_cache(maxsize=1)
def clips() -> tuple[Clip, ...]:
    return tuple(clip for path in (FILE, PERSON) for clip in _clips_in(path))


def _clips_in(path: Path) -> Iterator[Clip]:
    tensors = load_file(path)
    with safe_open(path, "numpy") as file:
        voices = [Voice(**voice) for voice in json.loads(file.metadata()["voices"])]
    sounds = np.split(tensors["audio"], tensors["ends"][:-1])
    for codes, word, voice in zip(sounds, tensors["words"], tensors["voices"], strict=True):
        yield Clip(codes, int(word), voices[voice])


def of_split(split: str, language: str = "both") -> tuple[Clip, ...]:
    """The clips of "training", "validation" or "test", in the language asked for."""
    first, end = {"both": (0, 20), "english": (0, 10), "mandarin": (10, 20)}[language]
    return tuple(clip for clip in clips() if clip.voice.split == split and first <= clip.word < end)


def batch(settings: Settings, step: int) -> tuple[Sounds, Integers]:
    """The training batch of this step: words of the training voices, augmented or clean."""
    from_voices = training_pool(settings.language)
    rng = np.random.default_rng([settings.seed, step])
    chosen = [from_voices[index] for index in rng.integers(0, len(from_voices), settings.batch)]
    words = np.array([clip.word for clip in chosen], np.int64)
    if settings.varied:
        return changed([clip.samples for clip in chosen], rng), words
    return as_they_are([clip.samples for clip in chosen]), words


@lru_cache(maxsize=3)
def training_pool(language: str) -> tuple[Clip, ...]:
    """What is drawn from. The voices of Flite and Festival are cut from recordings of people: these few come several times."""
    chosen = of_split("training", language)
    return chosen + (FROM_PEOPLE - 1) * tuple(clip for clip in chosen if clip.voice.program != "eSpeak NG")


@lru_cache(maxsize=3)
def validation_sounds(language: str) -> tuple[Sounds, Integers]:
    """The validation voices, clean and augmented once."""
    plain, words = clean_sounds("validation", language)
    noisy = changed([clip.samples for clip in of_split("validation", language)], np.random.default_rng(3))
    return padded([*unpadded(plain), *unpadded(noisy)]), np.tile(words, 2)


def clean_sounds(split: str, language: str) -> tuple[Sounds, Integers]:
    """Every clean word of a split, and its class."""
    chosen = of_split(split, language)
    return as_they_are([clip.samples for clip in chosen]), np.array([clip.word for clip in chosen], np.int64)


def unpadded(sounds: Sounds) -> list[Array]:
    """The cepstra (T, 13) of each sound, without padding."""
    return [cepstra[:length] for cepstra, length in zip(sounds.cepstra, sounds.lengths, strict=True)]


def as_they_are(words: list[Array]) -> Sounds:
    """The words without augmentation, with a tenth of a second of silence before and after, like a visitor's word."""
    return padded([features(np.pad(word, RATE // 10)).cepstra for word in words])


def padded(cepstra: list[Array]) -> Sounds:
    """Padded to the longest."""
    lengths = np.array([len(frames) for frames in cepstra], np.int64)
    padded = np.zeros((len(cepstra), lengths.max(), CEPSTRA))
    for row, found in enumerate(cepstra):
        padded[row, : len(found)] = found
    return Sounds(padded, lengths)
