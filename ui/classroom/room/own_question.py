"""A question of the teacher's own: the form in which it is written, and what is missing in it."""

from collections.abc import Callable, Mapping

import streamlit as st

from rnn_core.studies.practice.typed import read_number
from ui.classroom.room import limits
from ui.classroom.room.export import kind_names
from ui.classroom.room.questions import KINDS, Axes, Kind, Question, Words, in_both
from ui.i18n import _
from ui.widgets.tours.ask import Number, unsorted


class Unfinished(ValueError):
    """The form lacks something; the message is for the teacher."""


def own_question() -> Question | None:
    """The question, when the button below the form was pressed and nothing is missing."""
    kinds = kind_names()
    kind: Kind = st.segmented_control(
        _("Kind of answer"), KINDS, default="choice", format_func=kinds.__getitem__, key="own_kind", required=True
    )
    with st.form("own_question", border=False):
        text = st.text_area(_("Question"), key="own_text", max_chars=limits.LONGEST_TEXT, height=80)
        fields = {"choice": _choice, "number": _number, "order": _order, "sketch": _sketch}[kind]()
        sent = st.form_submit_button(_("Add to the list"), icon=":material/add:", type="primary")
    if not sent:
        return None
    try:
        return written_question(kind, text, fields)
    except Unfinished as missing:
        st.warning(str(missing), icon=":material/edit:")
        return None


Fields = dict[str, str]


def _choice() -> Fields:
    label = _("Answers, one per line; a star before the right one")
    return {"lines": st.text_area(label, key="own_options", max_chars=2000, height=120, placeholder=_EXAMPLE)}


_EXAMPLE = "4\n* 8\n16"


def _number() -> Fields:
    return number_fields({"right": "", "slack": ""}, "own_{}".format)


def _order() -> Fields:
    return {"lines": st.text_area(items_label(), key="own_items", max_chars=2000, height=120)}


def _sketch() -> Fields:
    usual = {"x": _("time step"), "x_low": "0", "x_high": "20", "y": "h", "y_low": "-1", "y_high": "1"}
    return sketch_fields(usual, "own_{}".format)


def items_label() -> str:
    return _("Items in their right order, one per line. Students get them in another order.")


def number_fields(
    shown: Mapping[str, str], key: Callable[[str], str], changed: Callable[[], None] | None = None
) -> Fields:
    """The right answer, if there is one, and how far from it an answer is still right."""
    labels = {"right": _("Right answer (optional)"), "slack": _("Right within ±")}
    with st.container(horizontal=True):
        return {
            name: st.text_input(label, shown[name], key=key(name), max_chars=40, width=200, on_change=changed)
            for name, label in labels.items()
        }


def sketch_fields(
    shown: Mapping[str, str], key: Callable[[str], str], changed: Callable[[], None] | None = None
) -> Fields:
    """The names and the ends of both axes."""
    names = {
        "x": _("Name of the axis across"),
        "x_low": _("from"),
        "x_high": _("to"),
        "y": _("Name of the axis upwards"),
        "y_low": _("from"),
        "y_high": _("to"),
    }
    found = {}
    with st.container(horizontal=True):
        for name, label in names.items():
            width = 200 if len(name) == 1 else 90
            found[name] = st.text_input(label, shown[name], key=key(name), max_chars=60, width=width, on_change=changed)
    return found


def written_question(kind: Kind, typed: str, fields: Fields) -> Question:
    text = typed.strip()
    if not text:
        raise Unfinished(_("The question has no text yet."))
    if kind == "number":
        return _number_question(text, fields)
    if kind == "sketch":
        return _sketch_question(text, fields)
    lines = [line.strip() for line in fields["lines"].splitlines() if line.strip()]
    options = [line.removeprefix("*").strip() if kind == "choice" else line for line in lines]
    if not 2 <= len(options) <= limits.MOST_OPTIONS or not all(options):
        raise Unfinished(_("Give two to {most} lines.").format(most=limits.MOST_OPTIONS))
    if max(map(len, options)) > limits.LONGEST_OPTION:
        raise Unfinished(_("A line has at most {most} characters.").format(most=limits.LONGEST_OPTION))
    if kind == "order":
        return order_question(text, options)
    starred = [at for at, line in enumerate(lines) if line.startswith("*")]
    if len(starred) > 1:
        raise Unfinished(_("At most one answer may have a star."))
    return Question("choice", in_both(Words(text, options=tuple(options))), starred[0] if starred else None)


def order_question(text: str, items: list[str]) -> Question:
    shown = unsorted(items)
    right = tuple(shown.index(at) for at in range(len(items)))
    return Question("order", in_both(Words(text, options=tuple(items[at] for at in shown))), right)


def _number_question(text: str, fields: Fields) -> Question:
    right, slack = (_typed(fields[name]) if fields[name].strip() else None for name in ("right", "slack"))
    tolerance = Number(right, None if slack is None else abs(slack)).tolerance
    return Question("number", in_both(Words(text)), right, tolerance=tolerance)


def _sketch_question(text: str, fields: Fields) -> Question:
    x, y = ((_typed(fields[f"{name}_low"]), _typed(fields[f"{name}_high"])) for name in "xy")
    if not (x[0] < x[1] and y[0] < y[1]):
        raise Unfinished(_("Each axis goes from a smaller number to a larger one."))
    return Question("sketch", in_both(Words(text, x=fields["x"].strip(), y=fields["y"].strip())), axes=Axes(x, y))


def _typed(text: str) -> float:
    value = read_number(text)
    if value is None or abs(value) > limits.LARGEST_NUMBER:
        raise Unfinished(_("“{text}” is not a number.").format(text=text[:40]))
    return value
