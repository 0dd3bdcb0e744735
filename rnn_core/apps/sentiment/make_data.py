"""python -m rnn_core.apps.sentiment.make_data: fits the baselines that count words once, so that the page need not.

The reviews themselves are made from the grammar whenever they are needed. What is kept are the weights of the two word-counting
answers and every trivial answer's scores.
"""

import json
from pathlib import Path

from rnn_core.apps.sentiment.bags import KEPT, trained
from rnn_core.apps.sentiment.baselines import computed
from rnn_core.apps.sentiment.settings import Settings


def made() -> str:
    bags = {str(order): trained("", order)[0] for order in (1, 2)}
    kept = {
        "scores": computed(Settings()),
        "bags": {order: {"bias": round(bag.bias, 4), "weights": _rounded(bag.weights)} for order, bag in bags.items()},
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"


def _rounded(weights: dict[str, float]) -> dict[str, float]:
    return {feature: round(weight, 4) for feature, weight in weights.items()}


if __name__ == "__main__":
    Path(KEPT).parent.mkdir(exist_ok=True)
    Path(KEPT).write_text(made(), encoding="utf-8")
