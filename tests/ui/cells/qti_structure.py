"""The structure of QTI 2.1 items and of their package, written from the specification: which attributes each element must and may
have, and which elements it holds, in which order and how often. An element or attribute that is not listed is refused.
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

BLOCKS = "(p |table |choiceInteraction |matchInteraction |orderInteraction )"
INLINE = "(b |code |textEntryInteraction )*"
FLOW = f"({BLOCKS}|b |code )*"
EXPRESSION = "(match |equal )"
NAME = re.compile(r"[A-Za-z_][\w.-]*")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


@dataclass(frozen=True)
class Rule:
    holds: str = ""  # of the names of its children, each with a space behind it
    needs: str = ""  # attributes
    may: str = ""
    has_text: bool = False


RULES = {
    "assessmentItem": Rule(
        "(responseDeclaration )+(outcomeDeclaration )*itemBody responseProcessing (modalFeedback )*",
        "identifier title adaptive timeDependent",
        "{http://www.w3.org/XML/1998/namespace}lang label toolName toolVersion",
    ),
    "responseDeclaration": Rule("(correctResponse )?(mapping )?", "identifier cardinality", "baseType"),
    "outcomeDeclaration": Rule("(defaultValue )?", "identifier cardinality", "baseType"),
    "correctResponse": Rule("(value )+"),
    "defaultValue": Rule("(value )+"),
    "value": Rule(has_text=True),
    "itemBody": Rule(f"{BLOCKS}+"),
    "p": Rule(INLINE, has_text=True),
    "b": Rule("(b |code )*", has_text=True),
    "code": Rule("(b )*", has_text=True),
    "table": Rule("(thead )?(tbody )+"),
    "thead": Rule("(tr )+"),
    "tbody": Rule("(tr )+"),
    "tr": Rule("(th |td )+"),
    "th": Rule(FLOW, has_text=True),
    "td": Rule(FLOW, has_text=True),
    "choiceInteraction": Rule("(simpleChoice )+", "responseIdentifier shuffle maxChoices", "minChoices"),
    "orderInteraction": Rule("(simpleChoice ){2,}", "responseIdentifier shuffle", "minChoices maxChoices orientation"),
    "simpleChoice": Rule(FLOW, "identifier", "fixed", has_text=True),
    "matchInteraction": Rule("(simpleMatchSet ){2}", "responseIdentifier shuffle", "maxAssociations minAssociations"),
    "simpleMatchSet": Rule("(simpleAssociableChoice )+"),
    "simpleAssociableChoice": Rule(FLOW, "identifier matchMax", "fixed matchMin", has_text=True),
    "textEntryInteraction": Rule("", "responseIdentifier", "expectedLength patternMask base"),
    "responseProcessing": Rule("(responseCondition |setOutcomeValue )*", may="template"),
    "responseCondition": Rule("responseIf (responseElseIf )*(responseElse )?"),
    "responseIf": Rule(f"{EXPRESSION}(setOutcomeValue )*"),
    "responseElseIf": Rule(f"{EXPRESSION}(setOutcomeValue )*"),
    "match": Rule("variable correct "),
    "equal": Rule("variable baseValue ", "toleranceMode tolerance"),
    "variable": Rule("", "identifier"),
    "correct": Rule("", "identifier"),
    "baseValue": Rule("", "baseType", has_text=True),
    "setOutcomeValue": Rule("(baseValue |variable )", "identifier"),
    "modalFeedback": Rule(FLOW, "outcomeIdentifier identifier showHide", "title", has_text=True),
    "manifest": Rule("(metadata )?organizations resources ", "identifier"),
    "metadata": Rule("schema schemaversion "),
    "schema": Rule(has_text=True),
    "schemaversion": Rule(has_text=True),
    "organizations": Rule(),
    "resources": Rule("(resource )*"),
    "resource": Rule("(metadata )?(file )+", "identifier type", "href"),
    "file": Rule("", "href"),
}


def faults_of_structure(root: ET.Element, namespace: str) -> list[str]:
    found = []
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{namespace}}}")
        rule = RULES.get(name)
        if rule is None:
            found.append(f"{name} is unknown")
            continue
        children = "".join(child.tag.removeprefix(f"{{{namespace}}}") + " " for child in element)
        if not re.fullmatch(rule.holds, children):
            found.append(f"{name} holds {children}")
        given, needed = set(element.keys()), set(rule.needs.split())
        if not needed <= given <= needed | set(rule.may.split()):
            found.append(f"{name} has {sorted(given)}")
        texts = [element.text, *(child.tail for child in element)]
        if not rule.has_text and any(text and text.strip() for text in texts):
            found.append(f"{name} has text")
    return found


def faults_of_names(item: ET.Element, namespace: str) -> list[str]:
    """Identifiers are names and belong to one thing each; whatever is referred to is declared; values fit their type."""
    tag = "{" + namespace + "}"
    found = []
    named = [each.get("identifier", "") for name in _NAMED for each in item.iter(tag + name)]
    found += [f"{name!r} is no name" for name in named if not NAME.fullmatch(name)]
    found += [f"{name!r} is there twice" for name in set(named) if named.count(name) > 1]
    declared = {each.get("identifier"): each for name in _DECLARED for each in item.iter(tag + name)}
    for attribute in ("responseIdentifier", "outcomeIdentifier"):
        used = {each.get(attribute) for each in item.iter() if each.get(attribute)}
        found += [f"{name} is not declared" for name in used - declared.keys()]
    for name in ("variable", "correct", "setOutcomeValue"):
        used = {each.get("identifier") for each in item.iter(tag + name)}
        found += [f"{name} {each} is not declared" for each in used - declared.keys()]
    for name, declaration in declared.items():
        values = [each.text or "" for each in declaration.iter(tag + "value")]
        pattern = _TYPES[declaration.get("baseType", "")]
        found += [f"{value!r} of {name} is no {declaration.get('baseType')}" for value in values if not pattern(value)]
        if declaration.get("cardinality") == "single" and len(values) > 1:
            found.append(f"{name} has {len(values)} values")
    for each in item.iter(tag + "baseValue"):
        if not _TYPES[each.get("baseType", "")](each.text or ""):
            found.append(f"{each.text!r} is no {each.get('baseType')}")
    return found


_NAMED = ("responseDeclaration", "outcomeDeclaration", "simpleChoice", "simpleAssociableChoice")
_DECLARED = _NAMED[:2]
_TYPES = {
    "identifier": NAME.fullmatch,
    "float": NUMBER.fullmatch,
    "directedPair": lambda value: len(value.split()) == 2 and all(map(NAME.fullmatch, value.split())),
}
