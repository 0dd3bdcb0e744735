"""The files for a course's own system: well-formed, with the elements that each format requires, and with one right answer."""

import io
import re
import threading
import zipfile
from collections import Counter
from collections.abc import Iterable
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from rnn_core.studies.practice.orders import MATCHES, ORDERS
from rnn_core.studies.practice.value_tasks import VALUE_TASKS, value_exercise
from tests.rnn_core.studies.practice.chi_squared import chi_squared, critical
from tests.ui.cells.moodle_import import imported
from tests.ui.cells.moodle_structure import faults_of
from tests.ui.cells.qti_structure import faults_of_names, faults_of_structure
from ui.course.practice.course.controls import file_for_course
from ui.course.practice.course.items import ALL_TOPICS, questions, xhtml
from ui.course.practice.course.moodle import moodle_xml
from ui.course.practice.course.qti import MATCH_CORRECT, PACKAGE, QTI, qti_package
from ui.i18n import LANGUAGES, Language, using_language

SEEDS = range(2, 4)


@cache
def made(kind: str, lang: Language) -> bytes:
    """In a thread of its own, as after a click on a download button."""
    found: list[bytes] = []
    write = moodle_xml if kind == "moodle" else qti_package
    thread = threading.Thread(target=lambda: found.append(file_for_course(write, ALL_TOPICS, SEEDS, lang)))
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_moodle_gets_every_question_with_its_required_elements(lang: Language) -> None:
    quiz = ET.fromstring(made("moodle", lang))
    kinds = Counter(each.get("type") for each in quiz)
    with using_language(lang):
        assert kinds["multichoice"] == len(list(questions(ALL_TOPICS))) > 30
    assert kinds["numerical"] == len(SEEDS) * len(VALUE_TASKS)
    assert kinds["matching"] == len(SEEDS) * len(MATCHES)
    assert kinds["ordering"] == len(SEEDS) * sum(task.has_one_order for task in ORDERS.values()) > 0
    for each in quiz:
        if each.get("type") == "category":
            assert each.findtext("category/text", "").startswith("$course$/top/")
            continue
        assert each.findtext("name/text")
        text = each.findtext("questiontext/text") or ""
        assert_readable(text)
        assert each.find("questiontext").get("format") == "html"
        if each.get("type") == "matching":
            assert len(each.findall("subquestion")) >= 3
            assert all(pair.findtext("answer/text") for pair in each.findall("subquestion"))
        elif each.get("type") == "ordering":
            places = [float(answer.get("fraction", "")) for answer in each.findall("answer")]
            assert places == list(range(1, len(places) + 1))
        else:
            assert [answer.get("fraction") for answer in each.findall("answer")].count("100") == 1
            assert all(answer.findtext("text") for answer in each.findall("answer"))


def assert_readable(html: str) -> None:
    """Well-formed, without a rest of Markdown, of colours or of a place for a number."""
    text = "".join(ET.fromstring(f"<div>{html}</div>").itertext())
    outside = re.sub(r"\\\(.*?\\\)|\\\[.*?\\\]", "", text, flags=re.DOTALL)
    assert not re.search(r"\*\*|\$|\\ink|textcolor|[{}]", outside), outside
    assert text.count(r"\(") == text.count(r"\)")


def test_numbers_are_those_of_the_core_and_mistakes_are_told() -> None:
    quiz = ET.fromstring(made("moodle", "en"))
    numerical = [each for each in quiz if each.get("type") == "numerical"]
    exercises = [value_exercise(name, seed) for name in VALUE_TASKS for seed in SEEDS]
    for each, exercise in zip(numerical, exercises, strict=True):
        right, *wrong = each.findall("answer")
        assert float(right.findtext("text", "")) == exercise.answer
        assert len(wrong) == len(exercise.mistakes) >= 3
        for answer in wrong:
            value, tolerance = (float(answer.findtext(tag, "")) for tag in ("text", "tolerance"))
            assert abs(value - exercise.answer) > tolerance + float(right.findtext("tolerance", ""))
            assert_readable(answer.findtext("feedback/text", ""))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_moodle_reads_nothing_that_its_format_does_not_have(lang: Language) -> None:
    for question in ET.fromstring(made("moodle", lang)):
        assert faults_of(question) == [], question.findtext("name/text")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_moodle_imports_every_question_and_marks_its_answers(lang: Language) -> None:
    quiz = [each for each in ET.fromstring(made("moodle", lang)) if each.get("type") != "category"]
    read = [imported(question) for question in quiz]
    assert all((each.mark, each.penalty) == (1.0, 1 / 3) or each.penalty == pytest.approx(1 / 3) for each in read)
    numbers = [each for each in read if each.kind == "numerical"]
    exercises = [value_exercise(name, seed) for name in VALUE_TASKS for seed in SEEDS]
    for question, exercise in zip(numbers, exercises, strict=True):
        assert question.mark_number(float(f"{exercise.answer:.3g}"))[0] == 1.0
        assert question.mark_number(1234.5) == (0.0, "")
        told = {question.mark_number(mistake.value) for mistake in exercise.mistakes}
        assert {fraction for fraction, _feedback in told} == {0.0}
        assert len({feedback for _fraction, feedback in told}) > 1
        assert all(feedback for _fraction, feedback in told)
        assert all(question.hints)
    assert {each.settings["selecttype"] for each in read if each.kind == "ordering"} == {"ALL"}
    assert all(len(each.ordered) == int(each.settings["selectcount"]) for each in read if each.kind == "ordering")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_independent_reader_of_moodle_xml_reads_the_choices(lang: Language) -> None:
    parser = pytest.importorskip("moodle_xml_parser.parser")
    read = parser.parse_bytes(made("moodle", lang))["multichoice"]
    quiz = [each for each in ET.fromstring(made("moodle", lang)) if each.get("type") == "multichoice"]
    assert [each.name for each in read] == [imported(each).name for each in quiz]
    assert all(each.single and each.shuffle_answers for each in read)
    assert {sum(option.score_fraction == 100 for option in each.options) for each in read} == {1}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_independent_converter_reads_every_item_of_the_package(lang: Language) -> None:
    """To QTI 3 and back again: every declaration, interaction and rule of the processing is there."""
    convert = pytest.importorskip("qti_convert")
    upgraded = convert.upgrade_package(made("qti", lang))
    back = convert.downgrade_package_files(upgraded.files)
    assert not back.warnings
    with zipfile.ZipFile(io.BytesIO(made("qti", lang))) as package:
        for name in package.namelist():
            ours, theirs = package.read(name), back.files[name]
            found = ET.fromstring(theirs.encode() if isinstance(theirs, str) else theirs)
            if name != "imsmanifest.xml":
                assert contents(found) == contents(ET.fromstring(ours)), name


def contents(item: ET.Element) -> list[tuple[str, str, str]]:
    """Of each element of an item: its name, what it identifies or refers to, and its text."""
    return [
        (
            each.tag.rpartition("}")[2],
            each.get("identifier") or each.get("responseIdentifier") or "",
            (each.text or "").strip(),
        )
        for each in item.iter()
        if each.tag.rpartition("}")[2] not in ("stylesheet",)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_qti_package_has_a_manifest_and_an_item_for_each_question(lang: Language) -> None:
    with zipfile.ZipFile(io.BytesIO(made("qti", lang))) as package:
        files = {name: ET.fromstring(package.read(name)) for name in package.namelist()}
    manifest = files.pop("imsmanifest.xml")
    assert faults_of_structure(manifest, PACKAGE) == []
    resources = list(manifest.iter(f"{{{PACKAGE}}}resource"))
    assert sorted(each.get("href", "") for each in resources) == sorted(files)
    names = [manifest.get("identifier"), *(each.get("identifier") for each in resources)]
    assert len(names) == len(set(names))
    assert {each.get("type") for each in resources} == {"imsqti_item_xmlv2p1"}
    for name, item in files.items():
        assert item.tag == f"{{{QTI}}}assessmentItem"
        assert faults_of_structure(item, QTI) + faults_of_names(item, QTI) == [], name
        assert item.get("identifier") == name.removesuffix(".xml")
        assert_names_agree(item)
        assert_scores(item)


def assert_scores(item: ET.Element) -> None:
    """The right answer sets SCORE to 1, by the processing of the item or by the template that the specification defines."""
    processing = item.find("responseProcessing", {"": QTI})
    assert processing is not None
    if processing.get("template"):
        assert processing.get("template") == MATCH_CORRECT
        assert not list(processing)
        return
    first = processing.find("responseCondition/responseIf", {"": QTI})
    assert first is not None
    score = first.find("setOutcomeValue[@identifier='SCORE']/baseValue", {"": QTI})
    assert score is not None
    assert score.text == "1"
    assert len(processing.findall(".//setOutcomeValue[@identifier='SCORE']", {"": QTI})) == 1


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("<itemBody/>", "itemBody holds"),
        ("<simpleChoice><p/></simpleChoice>", "simpleChoice has []"),
        ("<script/>", "script is unknown"),
        ("<tr>text<td/></tr>", "tr has text"),
        ("<p><p/></p>", "p holds p"),
    ],
)
def test_the_check_of_the_structure_finds_what_is_wrong(broken: str, fault: str) -> None:
    assert any(each.startswith(fault) for each in faults_of_structure(ET.fromstring(broken), ""))


def assert_names_agree(item: ET.Element) -> None:
    """Right answers name choices that exist, and every feedback is one that the processing sets."""

    def values(path: str) -> list[str]:
        return [each.text or "" for each in item.iterfind(path, {"": QTI})]

    def identifiers(tags: Iterable[str]) -> set[str]:
        return {each.get("identifier", "") for tag in tags for each in item.iter(f"{{{QTI}}}{tag}")}

    right = values("responseDeclaration/correctResponse/value")
    choices = identifiers(("simpleChoice", "simpleAssociableChoice"))
    if choices:
        assert set(" ".join(right).split()) <= choices
    else:
        (value,) = right
        assert value == values(".//responseIf/equal/baseValue")[0]
        reported = set(values(".//setOutcomeValue[@identifier='FEEDBACK']/baseValue"))
        assert reported == identifiers(("modalFeedback",))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_right_choice_is_not_found_by_its_place_or_its_length(lang: Language) -> None:
    places: Counter[int] = Counter()
    lengths: Counter[int] = Counter()
    with using_language(lang):
        for item in questions(ALL_TOPICS):
            (right,) = (at for at, option in enumerate(item.options) if option.right)
            places[right] += 1
            sizes = [len(option.html) for option in item.options]
            if len(set(sizes)) == len(sizes):
                lengths[sorted(sizes).index(sizes[right])] += 1
    for counts in (places, lengths):
        assert chi_squared([counts[at] for at in range(3)]) < critical(2)


def test_equal_questions_are_equal_files() -> None:
    one, again = (file_for_course(qti_package, "gru", range(1), "en") for _ in range(2))
    assert one == again


def test_markdown_becomes_xhtml() -> None:
    assert xhtml(r"**Is** $\ink{h}{h_t} < 1$ & so?") == r"<p><b>Is</b> \({h_t} &lt; 1\) &amp; so?</p>"
