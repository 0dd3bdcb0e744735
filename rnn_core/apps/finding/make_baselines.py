"""Measures the rivals of the network again: after a new training, because one of them uses its eye, or with other test pictures.

python -m rnn_core.apps.finding.make_baselines
"""

import json

from rnn_core.apps.finding.baselines import KEPT, measured


def main() -> None:
    KEPT.write_text(json.dumps(measured(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
