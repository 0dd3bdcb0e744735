"""The edit distance between outputs and targets, and the scores from it."""

from collections.abc import Callable, Sequence
from typing import cast

from rnn_core.apps.scores import Scores
from rnn_core.apps.translate.data import Part, Task, held_out
from rnn_core.apps.translate.settings import MEASURES, Settings

Symbols = Sequence[str]
Answers = Callable[[Part], Sequence[Symbols]]  # the outputs for every pair of a part, in order


def edit_distance(predicted: Symbols, target: Symbols) -> int:
    """The fewest insertions, deletions and substitutions of symbols (Levenshtein)."""
    row = list(range(len(target) + 1))
    for at, symbol in enumerate(predicted, 1):
        above, row = row, [at]
        for place, other in enumerate(target, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (symbol != other)))
    return row[-1]


def targets_of(settings: Settings, part: Part) -> list[Symbols]:
    target_language = settings.languages[1]
    return [target_language.cut(pair.target) for pair in held_out(cast(Task, settings.task), part)]


def right_answers(settings: Settings, part: Part, predicted: Sequence[Symbols]) -> list[bool]:
    return [list(one) == list(target) for one, target in zip(predicted, targets_of(settings, part), strict=True)]


def scores_of(settings: Settings, answers: Answers) -> Scores:
    exact, distance, beyond = (measure.name for measure in MEASURES)
    predicted, target = answers("test"), targets_of(settings, "test")
    wrong = sum(edit_distance(one, other) for one, other in zip(predicted, target, strict=True))
    right = right_answers(settings, "test", predicted)
    far = right_answers(settings, "beyond", answers("beyond"))
    return {
        exact: sum(right) / len(right),
        distance: wrong / sum(map(len, target)),
        beyond: sum(far) / len(far),
    }
