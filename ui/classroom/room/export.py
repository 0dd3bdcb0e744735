"""The answers of a room as a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterator

from ui.classroom.room.questions import Answer, Kind, Question
from ui.classroom.room.rooms import Room, Rooms, Stop
from ui.i18n import _, language

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def answers_as_csv(rooms: Rooms, room: Room) -> bytes:
    """One line for each answer, to the questions in the order of the list. With the mark that tells Excel the encoding."""
    text = io.StringIO()
    table = csv.writer(text)
    head = (_("question"), _("title"), _("text"), _("kind"), _("nickname"), _("answer"), _("right"))
    table.writerow(head)
    for number, stop in enumerate(room.stops, 1):
        for row in _rows(rooms, room, stop):
            table.writerow([str(number), *map(harmless, row)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _rows(rooms: Rooms, room: Room, stop: Stop) -> Iterator[tuple[str, ...]]:
    question = stop.question
    if question is None:
        return
    lang = language()
    for given in rooms.answers(room, stop):
        right = question.is_right(given.answer)
        mark = "" if right is None else _("yes") if right else _("no")
        text = _written(question, given.answer)
        yield stop.title[lang], question.words[lang].text, kind_names()[question.kind], given.name, text, mark


def _written(question: Question, answer: Answer) -> str:
    if isinstance(answer, tuple):
        if question.kind == "order":
            return " > ".join(question.words[language()].options[int(at)] for at in answer)
        return " ".join(f"{value:.4g}" for value in answer)
    return question.words[language()].options[int(answer)] if question.kind == "choice" else repr(answer)


def harmless(cell: str) -> str:
    """A text that a spreadsheet would calculate begins with an apostrophe. Numbers stay numbers."""
    if not cell.lstrip().startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def kind_names() -> dict[Kind, str]:
    return {
        "choice": _("Choice"),
        "number": _("Number"),
        "order": _("Order"),
        "sketch": _("Sketch"),
    }
