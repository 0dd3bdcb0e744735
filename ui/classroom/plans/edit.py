"""Changes of a lesson plan. A plan is a value: each change gives a new one, and `checked` lets no plan pass that could not be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rnn_core.studies.practice.typed import read_number
from ui.i18n import LANGUAGES, _, language
from ui.widgets.tours.ask import Ask, AskKind, Number, Sketch
from ui.widgets.tours.fields import LONGEST_VIEW, NOTHING, TourProblem, Words
from ui.widgets.tours.tour import MOST_STEPS, Step, Tour, read_tour, read_view
from ui.widgets.tours.write import view_of, write_tour

FieldsKind = AskKind | Literal["none"]
USUAL_MINUTES = 5
USUAL_AXES = {"x": "t", "x_low": "0", "x_high": "20", "y": "h", "y_low": "-1", "y_high": "1"}


@dataclass(frozen=True)
class Fields:
    """What a teacher writes about one stop, in the language of the page."""

    title: str
    view: str
    kind: FieldsKind
    question: str
    answers: tuple[str, ...]  # of a choice
    right: int
    expected: str
    note: str
    hide: bool
    number: Mapping[str, str]  # `right` and `slack`, as they are typed
    items: tuple[str, ...]  # of an order
    sketch: Mapping[str, str]  # the axes: `x` and `y`, and `x_low` to `y_high` as they are typed


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
    kind: FieldsKind = "none" if ask is None else ask.kind
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
        _typed_number(ask.number if ask else None),
        tuple(map(str, ask.items)) if ask else (),
        _typed_sketch(ask.sketch if ask else None),
    )


def _typed_number(number: Number | None) -> dict[str, str]:
    found = {"right": number.right, "slack": number.within} if number else {}
    return {name: f"{found[name]:.15g}" if found.get(name) is not None else "" for name in ("right", "slack")}


def _typed_sketch(sketch: Sketch | None) -> dict[str, str]:
    if sketch is None:
        return dict(USUAL_AXES)
    ends = {
        f"{name}_{end}": f"{value:.15g}"
        for name, ends in (("x", sketch.x), ("y", sketch.y))
        for end, value in zip(("low", "high"), ends, strict=True)
    }
    return {"x": str(sketch.x_name), "y": str(sketch.y_name), **ends}


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
    return Ask(
        in_words(fields.question, known.text),
        _lines(fields.answers, known.answers) if fields.kind == "choice" else (),
        fields.right if fields.kind == "choice" else 0,
        in_words(fields.expected, known.reason),
        _number(fields.number) if fields.kind == "number" else None,
        _lines(fields.items, known.items) if fields.kind == "order" else (),
        _sketch(fields.sketch, known.sketch) if fields.kind == "sketch" else None,
    )


def _lines(texts: Sequence[str], before: Sequence[Words]) -> tuple[Words, ...]:
    """The texts in the page's language; the other language stays where their number is the same."""
    old = before if len(before) == len(texts) else (NOTHING,) * len(texts)
    return tuple(in_words(text, words) for text, words in zip(texts, old, strict=True))


def _number(typed: Mapping[str, str]) -> Number:
    right, within = (_typed(typed[name]) if typed[name].strip() else None for name in ("right", "slack"))
    return Number(right, None if within is None else abs(within))


def _sketch(typed: Mapping[str, str], before: Sketch | None) -> Sketch:
    x, y = ((_typed(typed[f"{name}_low"]), _typed(typed[f"{name}_high"])) for name in "xy")
    if not (x[0] < x[1] and y[0] < y[1]):
        raise TourProblem(_("Each axis goes from a smaller number to a larger one."))
    old = (before.x_name, before.y_name) if before else (NOTHING, NOTHING)
    return Sketch(x, y, *(in_words(typed[name], words) for name, words in zip("xy", old, strict=True)))


def _typed(text: str) -> float:
    value = read_number(text)
    if value is None:
        raise TourProblem(_("“{text}” is not a number.").format(text=text[:40]))
    return value


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
