"""The scores of a trained network on test pictures, and on drawings by other people."""

from rnn_core.apps.scores import Scores
from rnn_core.apps.vision import baselines, data
from rnn_core.apps.vision.calibration import drawn_scores
from rnn_core.apps.vision.reader import DigitReader, StripReader, vision_settings
from rnn_core.apps.vision.settings import MEASURES
from rnn_core.learn.state import RunState


def scores(state: RunState) -> Scores:
    """The scores on the test pictures."""
    settings = vision_settings(state)
    if settings.task == "digit":
        digits, test = DigitReader(state), data.digits_for_evaluation("test", settings.hidden_rows)
        predicted: list[tuple[int, ...]] = [(digits.read(image).answer,) for image in test.images]
        found = baselines.scores(predicted, [(digit,) for digit in test.digits.tolist()])
        return found | dict(zip((measure.name for measure in MEASURES[2:]), drawn_scores(state), strict=True))
    strips, joined = StripReader(state), data.strips_for_evaluation("test")
    return baselines.scores([strips.read(image).answer for image in joined.images], joined.digits)
