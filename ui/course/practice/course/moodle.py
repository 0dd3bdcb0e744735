"""Moodle's own format of questions (https://docs.moodle.org/en/Moodle_XML_format)."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from ui.course.practice.course.items import ChoiceItem, Item, MatchItem, NumberItem, OrderItem
from ui.i18n import _

PENALTY = "0.3333333"


def moodle_xml(items: Iterable[Item]) -> bytes:
    """A category for each group: a quiz that draws one question of it at random gives each student other numbers."""
    quiz = ET.Element("quiz")
    for group, members in groupby(items, key=lambda item: item.group):
        category = ET.SubElement(ET.SubElement(quiz, "question", type="category"), "category")
        ET.SubElement(category, "text").text = f"$course$/top/Unrolled/{group.replace('/', '//')}"
        for item in members:
            _write(quiz, item)
    ET.indent(quiz)
    content: bytes = ET.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return content


def _write(quiz: ET.Element, item: Item) -> None:
    match item:
        case ChoiceItem():
            _choice(quiz, item)
        case NumberItem():
            _number(quiz, item)
        case MatchItem():
            _match(quiz, item)
        case OrderItem():
            _order(quiz, item)


def _question(quiz: ET.Element, kind: str, item: Item) -> ET.Element:
    question = ET.SubElement(quiz, "question", type=kind)
    ET.SubElement(ET.SubElement(question, "name"), "text").text = item.name
    _text(question, "questiontext", item.html)
    _text(question, "generalfeedback", item.reason)
    ET.SubElement(question, "defaultgrade").text = "1.0"
    ET.SubElement(question, "penalty").text = PENALTY
    ET.SubElement(question, "hidden").text = "0"
    return question


def _text(parent: ET.Element, tag: str, html: str, **attributes: str) -> ET.Element:
    """Moodle reads HTML as text: it is escaped once more."""
    element = ET.SubElement(parent, tag, attributes | {"format": "html"})
    ET.SubElement(element, "text").text = html
    return element


def _choice(quiz: ET.Element, item: ChoiceItem) -> None:
    question = _question(quiz, "multichoice", item)
    ET.SubElement(question, "single").text = "true"
    ET.SubElement(question, "shuffleanswers").text = "true"
    ET.SubElement(question, "answernumbering").text = "abc"
    for option in item.options:
        answer = _text(question, "answer", option.html, fraction="100" if option.right else "0")
        _text(answer, "feedback", option.feedback)


def _number(quiz: ET.Element, item: NumberItem) -> None:
    question = _question(quiz, "numerical", item)
    right = (item.answer, item.tolerance, "100", f"<p>{_('Yes.')}</p>")
    for value, tolerance, fraction, feedback in (
        right,
        *((each.value, each.tolerance, "0", each.feedback) for each in item.wrong),
    ):
        answer = ET.SubElement(question, "answer", fraction=fraction, format="moodle_auto_format")
        ET.SubElement(answer, "text").text = repr(float(value))
        ET.SubElement(answer, "tolerance").text = repr(float(tolerance))
        _text(answer, "feedback", feedback)
    for hint in item.hints:
        _text(question, "hint", hint)


def _match(quiz: ET.Element, item: MatchItem) -> None:
    question = _question(quiz, "matching", item)
    ET.SubElement(question, "shuffleanswers").text = "true"
    for label, option in item.pairs:
        answer = ET.SubElement(_text(question, "subquestion", label), "answer")
        ET.SubElement(answer, "text").text = option


def _order(quiz: ET.Element, item: OrderItem) -> None:
    """Since Moodle 4.4 without a plugin. The fraction of an answer is its place."""
    question = _question(quiz, "ordering", item)
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": str(len(item.ordered)),
        "gradingtype": "ABSOLUTE_POSITION",
        "showgrading": "SHOW",
    }
    for tag, value in settings.items():
        ET.SubElement(question, tag).text = value
    for place, html in enumerate(item.ordered, start=1):
        _text(question, "answer", html, fraction=f"{place}.0000000")
