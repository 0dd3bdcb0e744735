"""What the page on pictures with questions gives to take along."""

from collections.abc import Sequence

from rnn_core.apps.multimodal.reader import Ablation, Reading
from rnn_core.apps.multimodal.settings import Settings
from rnn_core.arrays import Array
from ui.apps.network import Network
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown, given, literal


def take_answer(
    network: Network[Settings],
    image: Array,
    asked: tuple[int, ...],
    words: Sequence[str],
    reading: Reading,
    without: Ablation,
) -> None:
    """`asked`: the numbers of the words that the network knows; `words`: the name of each step."""
    lines = (
        f"image = {literal(image)}\nasked = {asked!r}\n"
        "reading = reader.read(reader.encode_picture(image), asked)\n"
        "without = reader.ablated(image, asked)"
    )
    values = {"yes": (reading.yes, "yes"), "logits": (reading.scores, "scores"), "gates": (reading.gates, "gates")}
    shown = {
        "picture": Shown(reading.sight.image, "reading.sight.image"),
        "words": given(list(words)),
        **{name: Shown(value, f"reading.{code}") for name, (value, code) in values.items() if value is not None},
        **{f"yes_{name}": Shown(value, f"without.{name}") for name, value in vars(without).items()},
    }
    offer_answer(network, lines, shown)
