"""The scores of answers to strips of digits."""

from collections.abc import Sequence

from rnn_core.apps.scores import Scores
from rnn_core.apps.speech.settings import VOICES, WRONG_DIGITS
from rnn_core.apps.speech.strips.spoken import Labels
from rnn_core.blocks.ctc import edit_distance


def scores_of_strips(condition: str, answers: Sequence[tuple[int, ...]], labels: Labels) -> Scores:
    """The share of strips without a mistake; of the unheard voices also the edits for each digit."""
    pairs = list(zip(answers, labels, strict=True))
    found = {condition: sum(answer == wanted for answer, wanted in pairs) / len(pairs)}
    if condition == VOICES:
        found[WRONG_DIGITS] = sum(edit_distance(*pair) for pair in pairs) / sum(map(len, labels))
    return found
