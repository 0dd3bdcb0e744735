"""Any number of a run as an exercise: the usual mistakes in its own equation, when all the numbers that it reads are known."""

from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place
from rnn_core.errors import CoreError
from rnn_core.studies.practice.evaluate import recipe_at
from rnn_core.studies.practice.mistakes import Mistake, mistakes
from rnn_core.studies.practice.values import distinct


def square_mistakes(explainer: Explainer, asked: Place) -> tuple[Mistake, ...]:
    """Every usual mistake in the asked number; none where the number is given and not computed."""
    if recipe_at(explainer, asked) is None or explainer.explain(asked).kind != "computed":
        return ()
    found = mistakes(explainer, asked, lambda _place: True, [asked])
    return tuple(distinct(explainer.at(asked), found))


def exists(explainer: Explainer, asked: Place) -> bool:
    """Whether the run has such a number: a browser may ask for anything."""
    if asked.name not in explainer.recipes:
        return False
    try:
        explainer.at(asked)
    except CoreError:
        return False
    return True
