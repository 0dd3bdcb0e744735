"""QTI 2.1 (IMS Question and Test Interoperability), which most other systems read: a package with one file per question."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from rnn_core.formats.archive import zipped
from ui.course.practice.course.items import ChoiceItem, Item, MatchItem, NumberItem, OrderItem
from ui.i18n import language

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
MATCH_CORRECT = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"


def qti_package(items: Iterable[Item]) -> bytes:
    named = {f"item{number:04d}": item for number, item in enumerate(items, start=1)}
    files = {f"{name}.xml": _bytes(_item(name, item)) for name, item in named.items()}
    files["imsmanifest.xml"] = _bytes(_manifest(named))
    return zipped(files)


def _bytes(root: ET.Element) -> bytes:
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _manifest(names: Iterable[str]) -> ET.Element:
    manifest = ET.Element("manifest", xmlns=PACKAGE, identifier="unrolled")
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    for name in names:
        path = f"{name}.xml"
        resource = ET.SubElement(resources, "resource", identifier=name, type="imsqti_item_xmlv2p1", href=path)
        ET.SubElement(resource, "file", href=path)
    return manifest


def _item(name: str, item: Item) -> ET.Element:
    root = ET.Element(
        "assessmentItem",
        {"xmlns": QTI, "identifier": name, "title": item.name, "adaptive": "false", "timeDependent": "false"}
        | {"xml:lang": language()},
    )
    match item:
        case ChoiceItem():
            _choice(root, item)
        case NumberItem():
            _number(root, item)
        case MatchItem():
            _match(root, item)
        case OrderItem():
            _order(root, item)
    return root


def _declarations(root: ET.Element, cardinality: str, kind: str, right: Iterable[str], feedback: bool) -> None:
    declared = ET.SubElement(root, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType=kind)
    correct = ET.SubElement(declared, "correctResponse")
    for value in right:
        ET.SubElement(correct, "value").text = value
    score = ET.SubElement(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    ET.SubElement(ET.SubElement(score, "defaultValue"), "value").text = "0"
    if feedback:
        ET.SubElement(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")


def _body(root: ET.Element, html: str) -> ET.Element:
    body = ET.SubElement(root, "itemBody")
    body.extend(_elements(html))
    return body


def _elements(html: str) -> list[ET.Element]:
    return list(ET.fromstring(f"<div>{html}</div>"))


def _choice(root: ET.Element, item: ChoiceItem) -> None:
    names = [f"choice{number}" for number in range(1, len(item.options) + 1)]
    right = [name for name, option in zip(names, item.options, strict=True) if option.right]
    _declarations(root, "single", "identifier", right, feedback=True)
    asked = ET.SubElement(
        _body(root, item.html), "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1"
    )
    for name, option in zip(names, item.options, strict=True):
        ET.SubElement(asked, "simpleChoice", identifier=name).extend(_elements(option.html))
    processing = ET.SubElement(root, "responseProcessing")
    condition = ET.SubElement(processing, "responseCondition")
    then = ET.SubElement(condition, "responseIf")
    same = ET.SubElement(then, "match")
    ET.SubElement(same, "variable", identifier="RESPONSE")
    ET.SubElement(same, "correct", identifier="RESPONSE")
    _set(then, "SCORE", "float", "1")
    given = ET.SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
    ET.SubElement(given, "variable", identifier="RESPONSE")
    for name, option in zip(names, item.options, strict=True):
        _feedback(root, name, item.reason if option.right else option.feedback + item.reason)


def _number(root: ET.Element, item: NumberItem) -> None:
    _declarations(root, "single", "float", [repr(float(item.answer))], feedback=True)
    line = ET.SubElement(_body(root, item.html), "p")
    ET.SubElement(line, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="12")
    condition = ET.SubElement(ET.SubElement(root, "responseProcessing"), "responseCondition")
    cases = [(item.answer, item.tolerance, "right"), *_numbered(item)]
    for number, (value, tolerance, name) in enumerate(cases):
        then = ET.SubElement(condition, "responseElseIf" if number else "responseIf")
        distance = f"{float(tolerance)!r} {float(tolerance)!r}"
        same = ET.SubElement(then, "equal", toleranceMode="absolute", tolerance=distance)
        ET.SubElement(same, "variable", identifier="RESPONSE")
        ET.SubElement(same, "baseValue", baseType="float").text = repr(float(value))
        if not number:
            _set(then, "SCORE", "float", "1")
        _set(then, "FEEDBACK", "identifier", name)
    _feedback(root, "right", item.reason)
    for (_value, _tolerance, name), wrong in zip(_numbered(item), item.wrong, strict=True):
        _feedback(root, name, wrong.feedback)


def _numbered(item: NumberItem) -> list[tuple[float, float, str]]:
    return [(each.value, each.tolerance, f"wrong{number}") for number, each in enumerate(item.wrong, start=1)]


def _match(root: ET.Element, item: MatchItem) -> None:
    left = {label: f"left{number}" for number, (label, _option) in enumerate(item.pairs, start=1)}
    right = {option: f"right{number}" for number, option in enumerate(item.options, start=1)}
    _declarations(
        root, "multiple", "directedPair", [f"{left[label]} {right[option]}" for label, option in item.pairs], False
    )
    asked = ET.SubElement(
        _body(root, item.html),
        "matchInteraction",
        responseIdentifier="RESPONSE",
        shuffle="true",
        maxAssociations=str(len(left)),
    )
    for names, most in ((left, 1), (right, len(left))):
        choices = ET.SubElement(asked, "simpleMatchSet")
        for text, name in names.items():
            ET.SubElement(choices, "simpleAssociableChoice", identifier=name, matchMax=str(most)).text = text
    ET.SubElement(root, "responseProcessing", template=MATCH_CORRECT)


def _order(root: ET.Element, item: OrderItem) -> None:
    names = [f"place{number}" for number in range(1, len(item.ordered) + 1)]
    _declarations(root, "ordered", "identifier", names, False)
    asked = ET.SubElement(_body(root, item.html), "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
    for at in item.shown:
        ET.SubElement(asked, "simpleChoice", identifier=names[at]).extend(_elements(item.ordered[at]))
    ET.SubElement(root, "responseProcessing", template=MATCH_CORRECT)


def _set(parent: ET.Element, outcome: str, kind: str, value: str) -> None:
    given = ET.SubElement(parent, "setOutcomeValue", identifier=outcome)
    ET.SubElement(given, "baseValue", baseType=kind).text = value


def _feedback(root: ET.Element, name: str, html: str) -> None:
    shown = ET.SubElement(root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier=name, showHide="show")
    shown.extend(_elements(html))
