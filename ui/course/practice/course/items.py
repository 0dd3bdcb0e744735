"""The questions and exercises that leave the app, with their texts as XHTML and their formulas in TeX between \\( and \\).

Exercises have individual numbers: one item for each seed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.equations.digits import written
from rnn_core.equations.explanation import explanation_latex, place_latex
from rnn_core.equations.notation import latex_of
from rnn_core.studies.practice.catalogue import EXERCISES
from rnn_core.studies.practice.orders import MATCHES, ORDERS
from rnn_core.studies.practice.value_tasks import VALUE_TASKS, value_exercise
from rnn_core.studies.practice.values import ValueExercise, tolerance
from ui.as_text import in_html
from ui.course.practice import names
from ui.course.practice.order_view import family, item_names, order_question, order_titles
from ui.i18n import _, language
from ui.shell import site
from ui.widgets.lesson import all_questions, plain_paragraphs
from ui.widgets.questions import shuffled

ALL_TOPICS = "all"


@dataclass(frozen=True)
class Option:
    html: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class ChoiceItem:
    name: str
    group: str
    html: str
    options: tuple[Option, ...]
    reason: str


@dataclass(frozen=True)
class WrongNumber:
    value: float
    tolerance: float
    feedback: str


@dataclass(frozen=True)
class NumberItem:
    name: str
    group: str  # all versions of one exercise
    html: str
    answer: float
    tolerance: float
    wrong: tuple[WrongNumber, ...]
    hints: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class MatchItem:
    name: str
    group: str
    html: str
    pairs: tuple[tuple[str, str], ...]
    options: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class OrderItem:
    name: str
    group: str
    html: str
    ordered: tuple[str, ...]  # as XHTML, in the one right order
    shown: tuple[int, ...]  # the places in `ordered`, in the order in which they are shown at first
    reason: str


Item = ChoiceItem | NumberItem | MatchItem | OrderItem


def xhtml(markdown: str) -> str:
    """The Markdown of lessons and labels as XHTML. Colours of formulas are left out."""
    text = re.sub(r"\\ink\{\w+\}", "", markdown)
    text = in_html(text).replace("&amp;ensp;", " ")
    text = re.sub(r"\$\$\s*(.+?)\s*\$\$", r"\\[\1\\]", text, flags=re.DOTALL)
    text = re.sub(r"\$(.+?)\$", r"\\(\1\\)", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", text)
    return "".join(f"<p>{part}</p>" for part in text.split("\n\n"))


def questions(topic: str) -> Iterator[ChoiceItem]:
    """The questions of the lessons, their answers in the order of the page."""
    for page, key, _view, asked in all_questions(language()):
        if topic in (ALL_TOPICS, page):
            options = [asked.answers[at] for at in shuffled(len(asked.answers), key)]
            yield ChoiceItem(
                f"{site.title(page)}: {key}",
                site.title(page),
                xhtml(asked.text),
                tuple(Option(xhtml(each.text), each.right, xhtml(each.mistake)) for each in options),
                xhtml(asked.reason),
            )


def exercises(topic: str, seeds: Sequence[int]) -> Iterator[Item]:
    """Each exercise that can be asked on paper, with the numbers of each seed. Goals and sketches need the page, and so does an order
    with several right answers, which neither format holds."""
    for entry in EXERCISES.values():
        if topic not in (ALL_TOPICS, entry.page):
            continue
        if entry.name in VALUE_TASKS:
            yield from (_number_item(value_exercise(entry.name, seed), seed) for seed in seeds)
        elif entry.name in MATCHES:
            yield from (_match_item(entry.name, seed) for seed in seeds)
        elif entry.name in ORDERS and ORDERS[entry.name].has_one_order:
            yield from (_order_item(entry.name, seed) for seed in seeds)


def _number_item(exercise: ValueExercise, seed: int) -> NumberItem:
    title = names.value_title(exercise.task)
    lines = [exercise.explain(line) for line in exercise.lines]
    answer = exercise.answer
    return NumberItem(
        f"{title} ({seed})",
        title,
        xhtml(names.prompt(exercise)) + _weights(exercise) + _table(exercise),
        answer,
        tolerance(answer),
        tuple(
            WrongNumber(each.value, tolerance(each.value), xhtml(names.reported(exercise, each)))
            for each in exercise.mistakes
        ),
        ("".join(dict.fromkeys(rf"<p>\({in_html(line.formula())}\)</p>" for line in lines)),),
        "".join(rf"<p>\({in_html(explanation_latex(line))}\)</p>" for line in lines),
    )


def _weights(exercise: ValueExercise) -> str:
    found = []
    for name in exercise.weights:
        values = exercise.explainer.array(name)
        rows = values if values.ndim == 2 else values[:, np.newaxis]
        body = r" \\ ".join(" &amp; ".join(f"{value:.4g}" for value in row) for row in rows)
        letter = latex_of(exercise.explainer.symbols[name], "", ())
        found.append(rf"\({letter} = \begin{{pmatrix}} {body} \end{{pmatrix}}\)")
    return f"<p>{' '.join(found)}</p>" if found else ""


def _table(exercise: ValueExercise) -> str:
    """Like the page's table, without the asked value."""
    symbols = exercise.explainer.symbols
    first = min(row.first for row in exercise.rows)
    last = max(row.first + len(row.numbers) for row in exercise.rows)
    head = "".join(f"<th>t = {step}</th>" for step in range(first, last))
    body = []
    for row in exercise.rows:
        label = in_html(latex_of(symbols[row.name], "t", (str(row.unit + 1),)))
        cells = {row.first + at: number for at, number in enumerate(row.numbers)}
        shown = (cells.get(step, "") for step in range(first, last))
        numbers = "".join(f"<td>{written(each) if isinstance(each, float) else _MARKS[each]}</td>" for each in shown)
        body.append(rf"<tr><th>\({label}\)</th>{numbers}</tr>")
    return (
        f"<table><thead><tr><th>{in_html(_('time step'))}</th>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


_MARKS = {"asked": "?", "later": "·", "": ""}


def _match_item(name: str, seed: int) -> MatchItem:
    pairs = MATCHES[name].pairs(seed)
    question, *_hints, reason = plain_paragraphs("exercises", "matches", family(name))
    for key, text in pairs.settings.items():
        question = question.replace(f"{{{key}}}", text)
    labels = item_names()
    title = order_titles()[name]
    return MatchItem(
        f"{title} ({seed})",
        title,
        xhtml(question),
        tuple((labels.get(item, item), option) for item, option in zip(pairs.items, pairs.right, strict=True)),
        pairs.options,
        xhtml(reason),
    )


def _order_item(name: str, seed: int) -> OrderItem:
    task, title = ORDERS[name], order_titles()[name]
    symbols = task.explainer.symbols
    lines = [task.explainer.explain(place) for place in task.items]
    return OrderItem(
        f"{title} ({seed})",
        title,
        xhtml(order_question()),
        tuple(rf"<p>\({in_html(place_latex(symbols, place))}\)</p>" for place in task.items),
        tuple(task.items.index(place) for place in task.shuffled(seed)),
        "".join(dict.fromkeys(rf"<p>\({in_html(line.formula())}\)</p>" for line in lines)),
    )
