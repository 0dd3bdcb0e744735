"""The stops of a room, made of a lesson plan: each question, and then the view that answers it."""

from ui.classroom.room.offered import new_id
from ui.classroom.room.questions import Answer, Axes, Question, Words
from ui.classroom.room.rooms import Stop
from ui.i18n import LANGUAGES, Language, _, using_language
from ui.widgets.tours.ask import Ask
from ui.widgets.tours.fields import Words as TourWords
from ui.widgets.tours.tour import Step, Tour
from ui.widgets.tours.write import view_of


def stops(tour: Tour) -> tuple[Stop, ...]:
    """A lesson plan is a tour. A step with a question becomes one stop whose view answers it."""
    return tuple(_stop(step) for step in tour.steps)


def _stop(step: Step) -> Stop:
    view = view_of(step)
    question = _question(step.ask, view) if step.ask else None
    title, note = _in_both(step.text), _in_both(step.note)
    return Stop(new_id(), title, question, "" if question else view, step.minutes or 0, note)


def _question(ask: Ask, view: str) -> Question:
    """An open question asks who has an answer, and whom the teacher may call on; the expected answer is shown after the reveal."""

    def words(lang: Language) -> Words:
        with using_language(lang):
            options = tuple(map(str, ask.answers)) or tuple(str(ask.items[at]) for at in shown)
            if ask.kind == "open":
                options = (_("I have an answer"), _("I have no answer yet"))
            x, y = (str(ask.sketch.x_name), str(ask.sketch.y_name)) if ask.sketch else ("", "")
            return Words(str(ask.text), options=options, x=x, y=y, reason=str(ask.reason))

    shown, number = ask.shown_items, ask.number
    right: Answer | None = ask.right if ask.answers else number.right if number else None
    if ask.items:
        right = tuple(shown.index(at) for at in range(len(shown)))
    return Question(
        "choice" if ask.kind == "open" else ask.kind,
        {lang: words(lang) for lang in LANGUAGES},
        right,
        tolerance=number.tolerance if number else 0.0,
        axes=Axes(ask.sketch.x, ask.sketch.y) if ask.sketch else None,
        view=view,
    )


def _in_both(words: TourWords) -> dict[Language, str]:
    found: dict[Language, str] = {}
    for lang in LANGUAGES:
        with using_language(lang):
            found[lang] = str(words)
    return found
