"""The reviews to try, each a small picture of the road that the shipped network takes through it."""

from functools import cache

from rnn_core.apps.sentiment import edits
from rnn_core.apps.sentiment.settings import SENTENCES, SHIPPED, Settings
from rnn_core.apps.sentiment.words import read
from ui.apps.sentiment import compute
from ui.apps.sentiment.reviews import (
    EXAMPLES,
    REAL,
    example_labels,
    examples,
    language_read,
    reads_real_sentences,
    set_review,
)
from ui.browser.thumbnails import Thumbnail, thumbnails
from ui.cache.shipped import shipped
from ui.i18n import Language, _, language

BOTH_ORDERS = ("same", "but")  # their pictures show both roads


def reviews_to_try(text: str, settings: Settings) -> None:
    texts, read_in = examples(settings), language_read(settings)
    selected = next((name for name, each in texts.items() if each == text), None)
    pictures = _real_sentences(language()) if reads_real_sentences(settings) else _reviews(language())
    thumbnails(_("Reviews to try"), pictures, selected, "reviews", lambda name: set_review(texts[name], read_in))


@cache
def _reviews(chosen: Language) -> dict[str, Thumbnail]:
    return _pictures("lstm", EXAMPLES[chosen])


@cache
def _real_sentences(_labels: Language) -> dict[str, Thumbnail]:
    return _pictures(SENTENCES, REAL)


def _pictures(variant: str, texts: dict[str, str]) -> dict[str, Thumbnail]:
    labels = example_labels()
    return {name: Thumbnail(labels[name], roads=_roads(variant, name, text)) for name, text in texts.items()}


def _roads(variant: str, name: str, text: str) -> tuple[list[float], ...]:
    network = shipped(SHIPPED[variant])
    if network is None:
        return ()
    other = edits.parts_exchanged(read(text)) if name in BOTH_ORDERS else None
    found = [tuple(token.word for token in read(each)) for each in (text, other) if each]
    return tuple(compute.reader(network.state).read(words).beliefs.tolist() for words in found)
