"""The questions that a teacher can ask without writing one: of the lessons, of the exercises, and the ready sketches."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import permutations
from urllib.parse import parse_qsl

import numpy as np

from rnn_core.equations.digits import written
from rnn_core.equations.explanation import place_latex
from rnn_core.equations.notation import latex_of
from rnn_core.studies.practice.catalogue import EXERCISES
from rnn_core.studies.practice.orders import MATCHES, ORDERS
from rnn_core.studies.practice.sketches import SKETCHES
from rnn_core.studies.practice.value_tasks import VALUE_TASKS, value_exercise
from rnn_core.studies.practice.values import ValueExercise, tolerance
from ui.classroom.room.formulas import formula, plain_marks
from ui.classroom.room.questions import Question, Words
from ui.classroom.room.ready_sketches import gradient_question, in_every_language, practice_sketch, state_question
from ui.classroom.room.rooms import Stop
from ui.course.practice import names
from ui.course.practice.formulas import without_colours
from ui.course.practice.order_view import order_titles
from ui.course.practice.page import title_of
from ui.i18n import LANGUAGES, Language, _, language, using_language
from ui.lab.experiments.titles import titles as experiment_titles
from ui.shell import site
from ui.widgets.lesson import LessonQuestion, all_questions
from ui.widgets.questions import shuffled

LONGEST_TITLE = 60  # characters of a question in the list of questions
_InLanguages = Mapping[Language, Mapping[str, LessonQuestion]]


@dataclass(frozen=True)
class Offer:
    title: str  # in the reader's language
    make: Callable[[int], Stop]  # from the seed of its numbers
    has_numbers: bool = False  # whether another seed makes another question


def stop_of(question: Question, title: Mapping[Language, str] | None = None) -> Stop:
    return Stop(new_id(), title or {lang: question.words[lang].text for lang in LANGUAGES}, question)


def new_id() -> str:
    return secrets.token_hex(4)


def _named(title: Callable[[], str], make: Callable[[int], Question], has_numbers: bool = False) -> Offer:
    def stop(seed: int) -> Stop:
        titles = {}
        for lang in LANGUAGES:
            with using_language(lang):
                titles[lang] = title()
        return stop_of(make(seed), titles)

    return Offer(title(), stop, has_numbers)


def sketches() -> dict[str, Offer]:
    return {
        "gradient": _named(lambda: _("The gradient against k"), gradient_question, has_numbers=True),
        "forget_gate": _named(
            lambda: _("A forget gate over time"), partial(practice_sketch, "forget_gate"), has_numbers=True
        ),
        "state": _named(lambda: _("A hidden state over time"), state_question),
    }


def lesson_questions() -> dict[str, Offer]:
    every = {lang: _questions_in(lang) for lang in LANGUAGES}
    return {
        key: _named(partial(_lesson_title, key, every), partial(_of_lesson, key, every)) for key in every[language()]
    }


def _questions_in(lang: Language) -> dict[str, LessonQuestion]:
    """By their keys."""
    return {asked.key: asked for asked in all_questions(lang)}


def _lesson_title(key: str, every: _InLanguages) -> str:
    asked = every[language()][key]
    story = dict(parse_qsl(asked.view.partition("?")[2])).get("story") if asked.page == "experiments" else None
    about = experiment_titles()[story] if story else _beginning(plain_marks(asked.question.text))
    return f"{site.title(asked.page)}: {about}"


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[:LONGEST_TITLE].rstrip() + "…"


def _of_lesson(key: str, every: _InLanguages, _seed: int) -> Question:
    english = every["en"][key]
    order = shuffled(len(english.question.answers), key)

    def words(lang: Language) -> Words:
        asked = every[lang][key].question
        options = tuple(plain_marks(asked.answers[at].text) for at in order)
        return Words(plain_marks(asked.text), options=options, reason=plain_marks(asked.reason))

    right = next(place for place, at in enumerate(order) if english.question.answers[at].right)
    return Question("choice", {lang: words(lang) for lang in LANGUAGES}, right, view=english.view)


def exercises() -> dict[str, Offer]:
    """The exercises with one answer. Goals and pairs need the page itself."""
    found = {}
    for name, entry in EXERCISES.items():
        make = _maker(name)
        if make is not None:
            found[name] = _named(partial(title_of, entry), make, has_numbers=True)
    return found


def _maker(name: str) -> Callable[[int], Question] | None:
    if name in VALUE_TASKS:
        return partial(_of_value, name)
    if name in ORDERS:
        return partial(_of_order, name)
    return partial(practice_sketch, name) if name in SKETCHES else None


def on_page_only() -> dict[str, str]:
    """The exercises that a room opens as views: their titles, by their names."""
    return {name: title_of(entry) for name, entry in EXERCISES.items() if entry.kind == "goal" or name in MATCHES}


def _of_value(name: str, seed: int) -> Question:
    exercise = value_exercise(name, seed)
    words = in_every_language({"text": lambda: _prompt(exercise), "note": lambda: _weights(exercise)})
    view = f"exercises?exercise={name}&numbers={seed}"
    return Question("number", words, exercise.answer, tolerance(exercise.answer), table=_table(exercise), view=view)


def _prompt(exercise: ValueExercise) -> str:
    with without_colours():
        return plain_marks(names.prompt(exercise))


def _weights(exercise: ValueExercise) -> str:
    found = []
    for name in exercise.weights:
        values = exercise.explainer.array(name)
        rows = values if values.ndim == 2 else values[:, np.newaxis]
        body = "; ".join(" ".join(f"{value:.4g}".replace("-", "−") for value in row) for row in rows)
        letter = formula(latex_of(exercise.explainer.symbols[name], "", ()))
        found.append(f"{letter} = {f'({body})' if values.size > 1 else body}")
    return ",  ".join(found)


def _table(exercise: ValueExercise) -> tuple[tuple[str, ...], ...]:
    first = min(row.first for row in exercise.rows)
    last = max(row.first + len(row.numbers) for row in exercise.rows)
    rows = [("t", *(str(step) for step in range(first, last)))]
    for row in exercise.rows:
        label = formula(latex_of(exercise.explainer.symbols[row.name], "t", (str(row.unit + 1),)))
        cells = {row.first + at: number for at, number in enumerate(row.numbers)}
        shown = (cells.get(step, "") for step in range(first, last))
        rows.append((label, *(written(each) if isinstance(each, float) else _MARKS[each] for each in shown)))
    return tuple(rows)


_MARKS = {"asked": "?", "later": "·", "": ""}


def _of_order(name: str, seed: int) -> Question:
    task = ORDERS[name]
    shown = task.shuffled(seed)
    symbols = task.explainer.symbols
    items = tuple(formula(place_latex(symbols, place).replace("[1,1]", "").replace("[1]", "")) for place in shown)
    needs = tuple(
        (later, first)
        for first, later in permutations(range(len(shown)), 2)
        if task.first_violation([shown[first], shown[later]])  # the first needs the later one
    )
    words = in_every_language(
        {
            "text": lambda: _("In which order can these values be computed?"),
            "note": lambda: order_titles()[name],
            "options": items,
            "reason": lambda: _("Every value comes after those that its equation needs."),
        }
    )
    right = tuple(shown.index(place) for place in task.items)
    return Question("order", words, right, orders=needs, view=f"exercises?exercise={name}&numbers={seed}")
