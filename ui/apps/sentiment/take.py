"""What the page on sentiment gives to take along."""

from collections.abc import Sequence

from rnn_core.apps.sentiment.reader import Reading
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.sentiment.words import Token
from ui.apps.network import Network
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown, given

STEPS = ("beliefs", "moves", "left_out", "saliency", "state_changes", "weights")


def take_review(network: Network[Settings], tokens: Sequence[Token], reading: Reading, of_the_bag: float) -> None:
    lines = (
        "from rnn_core.apps.sentiment.bags import belief\n\n"
        f"words = {tuple(token.word for token in tokens)!r}\n"
        "reading = reader.read(words)"
    )
    shown = {
        "words": given([token.shown for token in tokens]),
        **{name: Shown(getattr(reading, name), f"reading.{name}") for name in STEPS},
        "belief_of_the_bag": Shown(of_the_bag, "belief(settings.reviews, 1, words)"),
    }
    offer_answer(network, lines, shown)
