"""The structure of Moodle XML, written from Moodle's documentation of its format and from what its import reads: the elements that
each kind of question must and may have, and how often.
"""

from collections import Counter
from xml.etree import ElementTree as ET

COMMON = {"name": (1, 1), "questiontext": (1, 1), "generalfeedback": (0, 1), "defaultgrade": (1, 1), "penalty": (1, 1)}
COMMON |= {"hidden": (0, 1), "hint": (0, 99)}
KINDS = {
    "category": {"category": (1, 1)},
    "multichoice": COMMON | {"single": (1, 1), "shuffleanswers": (1, 1), "answernumbering": (1, 1), "answer": (2, 99)},
    "numerical": COMMON | {"answer": (1, 99)},
    "matching": COMMON | {"shuffleanswers": (1, 1), "subquestion": (2, 99)},
    "ordering": COMMON
    | {"layouttype": (1, 1), "selecttype": (1, 1), "selectcount": (1, 1), "gradingtype": (1, 1), "showgrading": (1, 1)}
    | {"answer": (2, 99)},
}
NUMBERING = {"abc", "ABCD", "123", "iii", "IIII", "none"}
CHOICES = {"layouttype": {"VERTICAL", "HORIZONTAL"}, "selecttype": {"ALL", "RANDOM", "CONTIGUOUS"}}
CHOICES |= {"answernumbering": NUMBERING, "single": {"true", "false"}, "showgrading": {"SHOW", "HIDE"}}
LONGEST_NAME = 255  # a column of Moodle's database


def faults_of(question: ET.Element) -> list[str]:
    kind = question.get("type", "")
    allowed, found = KINDS[kind], []
    counts = Counter(child.tag for child in question)
    found += [f"{tag} in {kind}" for tag in counts.keys() - allowed.keys()]
    found += [f"{counts[tag]} times {tag}" for tag, (low, high) in allowed.items() if not low <= counts[tag] <= high]
    for child in question:
        if child.tag in CHOICES and child.text not in CHOICES[child.tag]:
            found.append(f"{child.tag} is {child.text}")
        if child.get("format") == "html" and [each.tag for each in child][:1] != ["text"]:
            found.append(f"{child.tag} without text")
    if kind == "category":
        return found
    if len(question.findtext("name/text", "")) > LONGEST_NAME:
        found.append("the name is too long")
    answers = question.findall("answer")
    shares = [float(answer.get("fraction", "nan")) for answer in answers]
    if kind in ("multichoice", "numerical") and (max(shares) != 100 or min(shares) < 0):
        found.append(f"shares {shares}")
    if kind == "numerical":
        numbers = [float(answer.findtext(tag, "nan")) for answer in answers for tag in ("text", "tolerance")]
        found += [f"{number} is no number" for number in numbers if number != number]
    if kind == "ordering" and question.findtext("selectcount") != str(len(answers)):
        found.append("selectcount is not the number of answers")
    return found
