"""The baselines on the same test sounds. Their scores are stored beside the data: matching every test
sound with every training sound takes a minute (python -m rnn_core.apps.speech.make_baselines).
"""

import json
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.speech import bag, data, trials
from rnn_core.apps.speech.augment import Sounds
from rnn_core.apps.speech.settings import CONDITIONS, Settings
from rnn_core.apps.speech.sound import Integers
from rnn_core.apps.speech.strips import spoken
from rnn_core.apps.speech.strips.scores import scores_of_strips
from rnn_core.apps.speech.warping import nearest, thinned
from rnn_core.arrays import Array

KEPT = data.FILE.with_name("baselines.json")
ANSWERS = MOST, MEAN, BAG, WARPING = (
    "always the same word",
    "nearest mean of all frames",
    "bag of frames",
    "nearest recording, by time warping",
)

STRIP_ANSWERS = STRIP_MOST, STRIP_CUT = ("always the same three digits", "cut where it is quiet, bag of frames")
QUIETER, SHORTEST_PART = 0.4, 6  # of the loudness between quiet and loudest; frames


def baselines(settings: Settings) -> dict[str, Scores]:
    kept: dict[str, dict[str, Scores]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept[settings.language if settings.task == "word" else f"strip {settings.language}"]


def measured(answer: str, language: str) -> Scores:
    """Computed anew."""
    say = _answers(answer, language)
    made = {condition: trials.trial(condition, language) for condition in CONDITIONS}
    return {
        condition: round(float(np.mean(say(sounds) == words)), 4)
        for condition, (sounds, words) in made.items()
        if len(words)
    }


def _answers(answer: str, language: str) -> Callable[[Sounds], Integers]:
    known, words = _known(language)
    match answer:
        case "always the same word":
            most = np.bincount(words).argmax()
            return lambda sounds: np.full(len(sounds.lengths), most)
        case "nearest mean of all frames":
            means, kinds = bag.of_sounds(known)[:, :13], np.unique(words)
            centres = np.array([means[words == word].mean(axis=0) for word in kinds])
            return lambda sounds: kinds[
                ((bag.of_sounds(sounds)[:, None, :13] - centres) ** 2).sum(axis=2).argmin(axis=1)
            ]
        case "bag of frames":
            words_asked = Settings(language=language).words
            return lambda sounds: bag.belief(bag.of_sounds(sounds), words_asked).argmax(axis=1) + words_asked.start
        case _:
            # Every second frame: four times as quick.
            return lambda sounds: nearest(thinned(sounds), thinned(known), words)


@lru_cache(maxsize=3)
def _known(language: str) -> tuple[Sounds, Integers]:
    """The training words of every fourth voice: with all of them each comparison would take a second."""
    voices = list(dict.fromkeys(clip.voice for clip in data.of_split("training", language)))[::4]
    chosen = [clip for clip in data.of_split("training", language) if clip.voice in voices]
    return data.as_they_are([clip.samples for clip in chosen]), np.array([clip.word for clip in chosen], np.int64)


def measured_on_strips(answer: str, language: str) -> Scores:
    """Computed anew, as the network's scores are."""
    words, found = Settings(language=language).words, dict[str, float]()
    for condition in CONDITIONS:
        given = spoken.trial(condition, language)
        if given.labels:
            found |= scores_of_strips(
                condition,
                [_strip_answer(answer, cepstra, words) for cepstra in data.unpadded(given.sounds)],
                given.labels,
            )
    return {name: round(value, 4) for name, value in found.items()}


def _strip_answer(answer: str, cepstra: Array, words: range) -> tuple[int, ...]:
    if answer == STRIP_MOST:
        return (words.start,) * 3
    loud = cepstra[:, 0] > np.quantile(cepstra[:, 0], 0.1) + QUIETER * np.ptp(cepstra[:, 0])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(int))).reshape(-1, 2)
    parts = [cepstra[first:end] for first, end in edges if end - first >= SHORTEST_PART]
    if not parts:
        return ()
    beliefs = bag.belief(np.array([bag.of_frames(part) for part in parts]), words)
    return tuple(int(best) + words.start for best in beliefs.argmax(axis=1))
