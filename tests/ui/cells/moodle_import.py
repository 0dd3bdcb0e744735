"""What Moodle's import makes of a question, and how a quiz marks an answer to it: the same paths, defaults and refusals as in
question/format/xml/format.php and question/type/ordering/questiontype.php of Moodle 4.4, written anew.
"""

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

FORMATS = {"moodle_auto_format", "html", "plain_text", "markdown"}  # another one is taken for HTML, with a warning
LONGEST_ORDERING_NAME = 42  # bytes; a longer one is cut there, even inside a character


class NotImported(Exception):
    """Moodle reports an error, or loses something, with this question."""


@dataclass(frozen=True)
class Answer:
    text: str
    fraction: float
    feedback: str
    tolerance: float = 0.0


@dataclass(frozen=True)
class Imported:
    kind: str
    name: str
    text: str
    mark: float
    penalty: float
    general_feedback: str
    hints: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    ordered: tuple[str, ...] = ()
    is_single: bool = False
    settings: dict[str, str] = field(default_factory=dict)

    def mark_number(self, value: float) -> tuple[float, str]:
        """The first answer whose tolerance the number meets decides; other numbers get nothing."""
        for answer in self.answers:
            if abs(value - float(answer.text)) <= answer.tolerance:
                return answer.fraction, answer.feedback
        return 0.0, ""


def imported(question: ET.Element) -> Imported:
    kind = question.get("type", "")
    if not (name := _text(question, "name")):
        raise NotImported("no name")
    read = Imported(
        kind,
        name,
        _formatted(question.find("questiontext")),
        float(question.findtext("defaultgrade", "1")),
        float(question.findtext("penalty", "0.3333333")),
        _formatted(question.find("generalfeedback")),
        tuple(_formatted(hint) for hint in question.findall("hint")),
        _answers(question),
        tuple((_formatted(each), _text(each, "answer")) for each in question.findall("subquestion")),
        tuple(_formatted(each) for each in question.findall("answer")) if kind == "ordering" else (),
        _is_on(question.findtext("single", "true")),
        {child.tag: child.text or "" for child in question if not len(child)},
    )
    _check(read)
    return read


def _check(read: Imported) -> None:
    """What Moodle asks for when it saves a question."""
    best = max((answer.fraction for answer in read.answers), default=0.0)
    filled = [pair for pair in read.pairs if all(pair)]
    refusals = {
        "multichoice": len([answer for answer in read.answers if answer.text]) < 2 or (read.is_single and best != 1.0),
        "numerical": best != 1.0,
        "matching": len([pair for pair in filled if pair[0]]) < 2 or len({answer for _, answer in filled}) < 3,
        "ordering": len(read.ordered) < 2 or len(read.name.encode()) > LONGEST_ORDERING_NAME,
    }
    if read.kind not in refusals or refusals[read.kind]:
        raise NotImported(f"{read.kind}: {read.name}")


def _answers(question: ET.Element) -> tuple[Answer, ...]:
    is_number = question.get("type") == "numerical"
    return tuple(
        Answer(
            _text(answer) if is_number else _formatted(answer),
            float(answer.get("fraction", "0")) / 100.0,
            _formatted(answer.find("feedback")),
            float(answer.findtext("tolerance", "0")),
        )
        for answer in question.findall("answer")
    )


def _text(element: ET.Element, path: str = "") -> str:
    return element.findtext("/".join(filter(None, (path, "text"))), "").strip()


def _formatted(element: ET.Element | None) -> str:
    if element is None:
        return ""
    if element.get("format", "html") not in FORMATS:
        raise NotImported(f"format {element.get('format')}")
    return _text(element)


def _is_on(text: str) -> bool:
    return text.strip() not in ("", "false", "0")
