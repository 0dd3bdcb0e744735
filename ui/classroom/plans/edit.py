"""Changes of a lesson plan. A plan is a value: each change gives a new one, and `checked` lets no plan pass that could not be read."""

from dataclasses import dataclass, replace
from typing import Literal

from ui.i18n import LANGUAGES, _, language
from ui.widgets.tours.tour import (
    LONGEST_VIEW,
    MOST_STEPS,
    NOTHING,
    Ask,
    Step,
    Tour,
    TourProblem,
    Words,
    read_tour,
    read_view,
)
from ui.widgets.tours.write import view_of, write_tour

AskKind = Literal["none", "choice", "open"]
USUAL_MINUTES = 5


@dataclass(frozen=True)
class Fields:
    """What a teacher writes about one stop, in the language of the page."""

    title: str
    view: str
    kind: AskKind
    question: str
    answers: tuple[str, ...]  # of a choice
    right: int
    expected: str
    note: str
    hide: bool


def empty_plan() -> Tour:
    return Tour(in_words(_("My lesson")), ())


def checked(plan: Tour) -> Tour:
    """The plan as its file would be read; TourProblem where that is impossible. A plan without stops is not written yet."""
    return read_tour(write_tour(plan)) if plan.steps else plan


def in_words(text: str, before: Words = NOTHING) -> Words:
    """The text in the page's language; the other language stays as it was."""
    texts = {**dict(before.by_language), language(): text.strip()}
    return Words(tuple((lang, texts[lang]) for lang in LANGUAGES if texts.get(lang)))


def with_view(plan: Tour, view: str, title: str) -> Tour:
    """One more stop at the end. `view` is a link of the app."""
    if len(plan.steps) >= MOST_STEPS:
        raise TourProblem(_("A plan has at most {most} stops.").format(most=MOST_STEPS))
    page, query = read_view(view[: LONGEST_VIEW + 1], _("this view"))
    return replace(plan, steps=(*plan.steps, Step(page, query, "stage", in_words(title), minutes=USUAL_MINUTES)))


def moved(plan: Tour, at: int, by: int) -> Tour:
    steps = list(plan.steps)
    steps.insert(min(max(at + by, 0), len(steps) - 1), steps.pop(at))
    return replace(plan, steps=tuple(steps))


def without(plan: Tour, at: int) -> Tour:
    return replace(plan, steps=(*plan.steps[:at], *plan.steps[at + 1 :]))


def with_minutes(plan: Tour, at: int, minutes: int) -> Tour:
    return _with_step(plan, at, replace(plan.steps[at], minutes=minutes or None))


def with_title(plan: Tour, title: str) -> Tour:
    return replace(plan, title=in_words(title, plan.title))


def fields_of(step: Step) -> Fields:
    ask = step.ask
    kind: AskKind = "none" if ask is None else "choice" if ask.answers else "open"
    return Fields(
        str(step.text),
        view_of(step),
        kind,
        str(ask.text) if ask else "",
        tuple(map(str, ask.answers)) if ask else (),
        ask.right if ask else 0,
        str(ask.reason) if ask else "",
        str(step.note),
        step.hide,
    )


def with_fields(plan: Tour, at: int, fields: Fields) -> Tour:
    step = plan.steps[at]
    page, query = read_view(fields.view, _("this view"))
    same_view = (page, query) == (step.page, step.query)
    return _with_step(
        plan,
        at,
        replace(
            step,
            page=page,
            query=query,
            target=step.target if page == step.page else "stage",
            goal=step.goal if same_view else None,
            text=in_words(fields.title, step.text),
            ask=_ask(fields, step.ask),
            note=in_words(fields.note, step.note),
            hide=fields.hide,
        ),
    )


def _ask(fields: Fields, before: Ask | None) -> Ask | None:
    if fields.kind == "none" or not fields.question.strip():
        return None
    known = before or Ask(NOTHING, (), 0, NOTHING)
    answers = fields.answers if fields.kind == "choice" else ()
    old = known.answers if len(known.answers) == len(answers) else (NOTHING,) * len(answers)
    return Ask(
        in_words(fields.question, known.text),
        tuple(in_words(text, words) for text, words in zip(answers, old, strict=True)),
        fields.right,
        in_words(fields.expected, known.reason),
    )


def _with_step(plan: Tour, at: int, step: Step) -> Tour:
    return replace(plan, steps=(*plan.steps[:at], step, *plan.steps[at + 1 :]))


def minutes_of(plan: Tour) -> int:
    """The minutes of its stops together; a tour for one reader has minutes as a whole."""
    return sum(step.minutes or 0 for step in plan.steps) or plan.minutes or 0


def summary(plan: Tour) -> str:
    """Its numbers of stops, questions and minutes."""
    words = _("{stops} stops, {questions} questions, {minutes} minutes")
    questions = sum(step.ask is not None for step in plan.steps)
    return words.format(stops=len(plan.steps), questions=questions, minutes=minutes_of(plan))


def for_students(plan: Tour) -> Tour:
    """The plan that the class gets: without the teacher's notes."""
    return replace(plan, steps=tuple(replace(step, note=NOTHING) for step in plan.steps))
