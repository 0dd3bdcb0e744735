"""Real sentences that people rated: short messages, each negative, neutral or positive (make_sentences.py)."""

from functools import lru_cache
from pathlib import Path

from rnn_core.apps.sentiment import own
from rnn_core.apps.sentiment.classes import NEGATIVE, NEUTRAL, POSITIVE

FILE = Path(__file__).parent / "files" / "sentences.tsv"
LABELS = {"-": NEGATIVE, "0": NEUTRAL, "+": POSITIVE}


@lru_cache
def packed() -> str:
    lines = (line.split("\t", 1) for line in FILE.read_text(encoding="utf-8").splitlines())
    return own.pack([(text, LABELS[label]) for label, text in lines])
