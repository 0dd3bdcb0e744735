"""The baselines on the same test sounds. Their scores are stored beside the data: matching every test
sound with every training sound takes a minute (python -m rnn_core.apps.speech.make_baselines).
"""

import json
from collections.abc import Callable

import numpy as np

from rnn_core.apps.scores import Scores
from rnn_core.apps.speech import bag, data, trials
from rnn_core.apps.speech.augment import Sounds
from rnn_core.apps.speech.settings import CONDITIONS, Settings
from rnn_core.apps.speech.sound import Integers
from rnn_core.apps.speech.warping import nearest, thinned

KEPT = data.FILE.with_name("baselines.json")
ANSWERS = MOST, MEAN, BAG, WARPING = (
    "always the same word",
    "nearest mean of all frames",
    "bag of frames",
    "nearest recording, by time warping",
)


def baselines(settings: Settings) -> dict[str, Scores]:
    kept: dict[str, dict[str, Scores]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept[settings.language]


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
    known, words = data.clean_sounds("training", language)
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
