"""How far what was said is from what should have been said, symbol by symbol."""

from collections.abc import Callable, Sequence
from typing import cast

from rnn_core.apps.scores import Scores
from rnn_core.apps.translate.data import Part, Task, held_out
from rnn_core.apps.translate.settings import MEASURES, Settings

Symbols = Sequence[str]
Answers = Callable[[Part], Sequence[Symbols]]  # to every pair of a part, in order


def edit_distance(said: Symbols, wanted: Symbols) -> int:
    """The fewest symbols to put in, take out or exchange (Levenshtein)."""
    row = list(range(len(wanted) + 1))
    for at, symbol in enumerate(said, 1):
        above, row = row, [at]
        for place, other in enumerate(wanted, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (symbol != other)))
    return row[-1]


def wanted_of(settings: Settings, part: Part) -> list[Symbols]:
    says = settings.languages[1]
    return [says.cut(pair.target) for pair in held_out(cast(Task, settings.task), part)]


def right_answers(settings: Settings, part: Part, said: Sequence[Symbols]) -> list[bool]:
    return [list(one) == list(wanted) for one, wanted in zip(said, wanted_of(settings, part), strict=True)]


def scores_of(settings: Settings, answers: Answers) -> Scores:
    exact, distance, beyond = (measure.name for measure in MEASURES)
    said, wanted = answers("test"), wanted_of(settings, "test")
    wrong = sum(edit_distance(one, other) for one, other in zip(said, wanted, strict=True))
    right = right_answers(settings, "test", said)
    far = right_answers(settings, "beyond", answers("beyond"))
    return {
        exact: sum(right) / len(right),
        distance: wrong / sum(map(len, wanted)),
        beyond: sum(far) / len(far),
    }
