"""What the page on finding gives to take along."""

import numpy as np

from rnn_core.apps.finding.reader import Reading
from rnn_core.apps.finding.settings import Settings
from ui.apps.finding.compute import Scanned
from ui.apps.finding.controls import Looks
from ui.apps.network import Network
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown


def take_reading(network: Network[Settings], scene: str, ink: str, way: Looks, answer: Reading | Scanned) -> None:
    lines = "import numpy as np\n\nfrom rnn_core.apps.finding.scenes import drawn, read_scene\n"
    if isinstance(answer, Scanned):
        lines += "from rnn_core.apps.finding.found import suppressed\n"
    lines += f"\nimage, truth = drawn(read_scene({scene!r}))\n"
    if ink:
        lines += f"own = np.array([int(figure, 16) for figure in {ink!r}]).reshape(image.shape) / 15\n"
        lines += "image = np.maximum(image, own)\n"
    if isinstance(answer, Scanned):
        lines += "found = suppressed(reader.scan(image))"
        found = list(answer.kept)
    else:
        lines += f"reading = reader.read(image, {way!r})\nfound = reading.found"
        found = answer.found
    boxes = np.array([each.box for each in found]).reshape(-1, 4)
    shown = {
        "found_digits": Shown([each.digit for each in found], "[each.digit for each in found]"),
        "found_boxes": Shown(boxes, "np.array([each.box for each in found]).reshape(-1, 4)"),
    }
    if isinstance(answer, Reading):
        shown["places"] = Shown(
            [glimpse.cell for glimpse in answer.glimpses], "[glimpse.cell for glimpse in reading.glimpses]"
        )
        shown["end"] = Shown(answer.end, "reading.end")
    offer_answer(network, lines, shown)
