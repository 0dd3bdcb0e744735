"""Fits the bag of frames, and measures every trivial answer.

python -m rnn_core.apps.speech.make_baselines
"""

import json

from safetensors.numpy import save

from rnn_core.apps.speech import bag
from rnn_core.apps.speech.baselines import ANSWERS, KEPT, STRIP_ANSWERS, measured, measured_on_strips
from rnn_core.apps.speech.settings import LANGUAGES


def main() -> None:
    weights, bias = bag.fit(*bag.training_bags())
    bag.BAG.write_bytes(save({"weights": weights, "bias": bias}))
    scores = {language: {answer: measured(answer, language) for answer in ANSWERS} for language in LANGUAGES}
    for language in LANGUAGES:
        scores[f"strip {language}"] = {answer: measured_on_strips(answer, language) for answer in STRIP_ANSWERS}
    KEPT.write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
