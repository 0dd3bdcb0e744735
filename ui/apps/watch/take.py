"""What the page on moving pictures gives to take along."""

from rnn_core.apps.watch.reader import Reading
from rnn_core.apps.watch.settings import Settings
from rnn_core.arrays import Array
from ui.apps.network import Network
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown, literal


def take_frames(network: Network[Settings], frames: Array, ahead: int, reading: Reading) -> None:
    lines = f"reading = reader.read({literal(frames)}, {ahead})"
    values = {
        "frames": (reading.inputs, "inputs"),
        "beliefs": (reading.beliefs, "beliefs"),
        "predicted": (reading.predicted, "predicted"),
        "hs": (reading.trace.hs, "trace.hs"),
    }
    offer_answer(network, lines, {name: Shown(value, f"reading.{code}") for name, (value, code) in values.items()})
