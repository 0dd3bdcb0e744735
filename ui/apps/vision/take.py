"""What the page on vision gives to take along."""

from rnn_core.apps.vision.reader import DigitReading, StripReading
from rnn_core.apps.vision.settings import Settings
from rnn_core.arrays import Array
from ui.apps.network import Network
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown, literal


def take_reading(network: Network[Settings], image: Array, reading: DigitReading | StripReading) -> None:
    lines = f"reading = reader.read({literal(image)})"
    shown = {
        "picture": Shown(reading.image, "reading.image"),
        "logits": Shown(reading.scores, "reading.scores"),
        "beliefs": Shown(reading.beliefs, "reading.beliefs"),
    }
    offer_answer(network, lines, shown)
