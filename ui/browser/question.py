"""A question of a tour or a lesson plan as the browser shows it, and the words of its fields. The code is in shared/question.js."""

from ui.i18n import _
from ui.widgets.tours.ask import Ask


def ask_message(ask: Ask) -> dict[str, object]:
    """`right`: a place, a number, or the order of the shown answers; None where no answer is right or wrong."""
    sketch, number, shown = ask.sketch, ask.number, ask.shown_items
    right: int | float | list[int] | None = ask.right if ask.answers else number.right if number else None
    if ask.items:
        right = [shown.index(at) for at in range(len(shown))]
    return {
        "kind": ask.kind,
        "text": str(ask.text),
        "answers": [str(answer) for answer in ask.answers] or [str(ask.items[at]) for at in shown],
        "right": right,
        "tolerance": number.tolerance if number else 0.0,
        "x": str(sketch.x_name) if sketch else "",
        "y": str(sketch.y_name) if sketch else "",
        "axes": {"x": sketch.x, "y": sketch.y, "is_log": False, "start": None} if sketch else None,
        "reason": str(ask.reason),
    }


def question_words() -> dict[str, str]:
    return {
        "yes": _("Yes."),
        "no": _("Look again."),
        "own_answer": _("Your answer"),
        "answer": _("Answer"),
        **field_words(),
    }


def field_words() -> dict[str, str]:
    """The words of the fields for a number, an order and a sketch, which a room has too."""
    return {
        "number": _("Your number"),
        "number_example": _("such as 0.45 or 4.5e-3"),
        "up": _("Move {item} up"),
        "down": _("Move {item} down"),
        "clear": _("Draw again"),
        "pad": _("drawing pad"),
        "pad_keys": _(
            "Draw with a finger or the mouse. Left and right arrow keys move along the axis, up and down change the height."
        ),
        "point": _("at {x}: {y}"),
    }
