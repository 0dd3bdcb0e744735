"""Several digits of one voice in one breath: for training with data augmentation, and for the scores."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnn_core.apps.speech import data, trials
from rnn_core.apps.speech.augment import Sounds, changed
from rnn_core.apps.speech.data import Clip, Voice
from rnn_core.apps.speech.settings import CONDITIONS, NOISE, VOCODER, Settings
from rnn_core.apps.speech.sound import RATE
from rnn_core.arrays import Array

MOST_DIGITS = 6
BUFFER = 2**15  # samples: four seconds
LONGEST = 25_000  # samples that fit into the buffer even where augmentation plays them slower
OVERLAP, PAUSE = 0.06, 0.15  # seconds: the most by which two digits overlap, and that lie between them
STRIPS_IN_TEST = 100
STEPS_PER_LENGTH = 25  # of training, until strips may have one digit more

Labels = tuple[tuple[int, ...], ...]  # indices into data.WORDS


@dataclass(frozen=True)
class Strips:
    sounds: Sounds
    labels: Labels


def joined(words: list[Array], rng: np.random.Generator) -> Array:
    """The words one after another; their edges fade, and some overlap a little."""
    fade = np.linspace(0.0, 1.0, round(0.01 * RATE))
    sound = np.zeros(0)
    for word in words:
        each = word.copy()
        each[: len(fade)] *= fade
        each[-len(fade) :] *= fade[::-1]
        start = max(0, len(sound) + round(float(rng.uniform(-OVERLAP, PAUSE)) * RATE)) if len(sound) else 0
        grown = np.zeros(max(len(sound), start + len(each)))
        grown[: len(sound)] += sound
        grown[start : start + len(each)] += each
        sound = grown
    return sound


def drawn(
    clips: dict[tuple[Voice, bool], list[Clip]], rng: np.random.Generator, most: int = MOST_DIGITS
) -> tuple[Array, tuple[int, ...]]:
    """One strip: a voice in one of its languages, and some of its words, which may repeat."""
    keys = list(clips)
    ours = clips[keys[int(rng.integers(len(keys)))]]
    chosen = [ours[int(at)] for at in rng.integers(0, len(ours), int(rng.integers(1, most + 1)))]
    kept = list(chosen)
    while len(kept) > 1 and sum(len(clip.codes) for clip in kept) + len(kept) * PAUSE * RATE > LONGEST:
        kept.pop()
    return joined([clip.samples for clip in kept], rng), tuple(clip.word for clip in kept)


@lru_cache(maxsize=6)
def by_voice(split: str, language: str) -> dict[tuple[Voice, bool], list[Clip]]:
    found: dict[tuple[Voice, bool], list[Clip]] = {}
    for clip in data.of_split(split, language):
        found.setdefault((clip.voice, clip.word < len(data.ENGLISH)), []).append(clip)
    return found


def batch(settings: Settings, step: int) -> Strips:
    """The training batch of this step. Strips are short at first: with many digits CTC outputs the blank alone for a long time."""
    rng = np.random.default_rng([settings.seed, step, 1])
    voices, most = by_voice("training", settings.language), min(MOST_DIGITS, 1 + step // STEPS_PER_LENGTH)
    sounds, labels = zip(*(drawn(voices, rng, most) for _ in range(settings.batch)), strict=True)
    if settings.varied:
        return Strips(changed(list(sounds), rng, BUFFER), labels)
    return Strips(data.as_they_are(list(sounds)), labels)


@lru_cache(maxsize=3)
def validation(language: str) -> Strips:
    rng = np.random.default_rng(8)
    sounds, labels = zip(*(drawn(by_voice("validation", language), rng) for _ in range(96)), strict=True)
    return Strips(changed(list(sounds), rng, BUFFER), labels)


@lru_cache(maxsize=16)
def trial(condition: str, language: str) -> Strips:
    """Strips of the test voices in this condition; none where no test voice speaks the language."""
    wanted = trials.PROGRAMS[condition]
    clips = {key: own for key, own in by_voice("test", language).items() if key[0].program == wanted}
    if not clips:
        return Strips(Sounds(np.zeros((0, 1, 13)), np.zeros(0, np.int64)), ())
    rng = np.random.default_rng([9, CONDITIONS.index(condition)])
    change = {NOISE: lambda sound, seed: trials.in_noise(sound, 10.0, seed), VOCODER: trials.vocoded}.get(
        condition, trials.as_it_is
    )
    made = [drawn(clips, rng) for _ in range(STRIPS_IN_TEST)]
    return Strips(
        trials.heard([change(sound, seed) for seed, (sound, _) in enumerate(made)]), tuple(words for _, words in made)
    )
