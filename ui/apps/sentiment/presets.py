"""The reviews to try, each a small picture of the road that the shipped network takes through it."""

from functools import cache

from rnn_core.apps.sentiment import edits
from rnn_core.apps.sentiment.settings import SHIPPED
from rnn_core.apps.sentiment.words import read
from ui.apps.sentiment import compute
from ui.apps.sentiment.controls import EXAMPLES, example_labels, set_review
from ui.browser.thumbnails import Thumbnail, thumbnails
from ui.cache.shipped import shipped
from ui.i18n import Language, _, language

BOTH_ORDERS = "same"  # its picture shows both roads


def reviews_to_try(text: str) -> None:
    examples = EXAMPLES[language()]
    selected = next((name for name, each in examples.items() if each == text), None)
    thumbnails(_("Reviews to try"), _pictures(language()), selected, "reviews", lambda name: set_review(examples[name]))


@cache
def _pictures(chosen: Language) -> dict[str, Thumbnail]:
    labels = example_labels()
    return {name: Thumbnail(labels[name], roads=_roads(name, text)) for name, text in EXAMPLES[chosen].items()}


def _roads(name: str, text: str) -> tuple[list[float], ...]:
    network = shipped(SHIPPED["lstm"])
    if network is None:
        return ()
    other = edits.parts_exchanged(read(text)) if name == BOTH_ORDERS else None
    found = [tuple(token.word for token in read(each)) for each in (text, other) if each]
    return tuple(compute.reader(network.state).read(words).beliefs.tolist() for words in found)
