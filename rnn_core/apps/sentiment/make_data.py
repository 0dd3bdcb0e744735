"""python -m rnn_core.apps.sentiment.make_data: fits the baselines that count words once, so that the page need not.

The generated reviews are made from the grammar whenever they are needed; the real sentences are in a file of their own. What is
kept of each are the weights of the two word-counting answers, one for each bag, and every trivial answer's scores.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from rnn_core.apps.sentiment.bags import Bag, kept_in, trained
from rnn_core.apps.sentiment.baselines import computed
from rnn_core.apps.sentiment.settings import SHIPPED, Settings


def made(settings: Settings) -> str:
    kept = {
        "scores": computed(settings),
        "bags": {order: _rounded(trained(settings.reviews, order)) for order in (1, 2)},
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"


def _rounded(found: Sequence[Bag]) -> dict[str, object]:
    return {
        "bias": [round(bag.bias, 4) for bag in found],
        "weights": {feature: [round(bag.weights[feature], 4) for bag in found] for feature in found[0].weights},
    }


if __name__ == "__main__":
    for settings in (Settings(), SHIPPED["sentences"]):
        file = kept_in(settings.reviews)
        assert isinstance(file, Path)
        file.write_text(made(settings), encoding="utf-8")
