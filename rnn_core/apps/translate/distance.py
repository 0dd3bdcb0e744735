"""The edit distance between outputs and targets, and the scores from it."""

from collections.abc import Callable, Sequence

from rnn_core.apps.scores import Scores
from rnn_core.apps.translate.data import OWN, Part
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


def targets_of(settings: Settings, part: Part) -> list[list[Symbols]]:
    """Every right translation of each pair."""
    target_language = settings.languages[1]
    return [[target_language.cut(text) for text in pair.targets] for pair in settings.data.held_out(part)]


def right_answers(settings: Settings, part: Part, predicted: Sequence[Symbols]) -> list[bool]:
    return [list(one) in targets for one, targets in zip(predicted, targets_of(settings, part), strict=True)]


def scores_of(settings: Settings, answers: Answers) -> Scores:
    exact, distance, beyond, people = (measure.name for measure in MEASURES)
    predicted, targets = answers("test"), targets_of(settings, "test")
    wrong = sum(
        min(edit_distance(one, target) for target in each) for one, each in zip(predicted, targets, strict=True)
    )
    parts: dict[str, Part] = {exact: "test"}
    if settings.task != OWN:
        parts |= {beyond: "beyond", people: "people"}
    shares = {
        name: right_answers(settings, part, predicted if part == "test" else answers(part))
        for name, part in parts.items()
    }
    found = {name: sum(right) / len(right) for name, right in shares.items()}
    return {exact: found[exact], distance: wrong / sum(len(each[0]) for each in targets), **found}
