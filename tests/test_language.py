"""Every label and every lesson speaks both languages."""

import ast
import re
from pathlib import Path

import polib
import pytest

from rnn_core.apps.registry import APPLICATIONS
from rnn_core.formats import programs as export
from tests.repository import ROOT
from ui import i18n
from ui.figures.style import INKS
from ui.widgets.lesson import coloured

CATALOGUES = sorted((ROOT / "locale" / "zh" / "LC_MESSAGES").glob("*.po"))
LESSONS = sorted((ROOT / "lessons").glob("*/*.md"))
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "ui").rglob("*.py"))]


def labels_in_code() -> set[str]:
    """The text of every `_("...")`, and the comments of the exported programs."""
    programs = [export, *(application.programs for application in APPLICATIONS.values())]
    found = {str(comment) for program in programs for comment in program.Comment}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                (text,) = node.args
                assert isinstance(text, ast.Constant), f"{path.name}:{node.lineno}: _() takes one plain string"
                found.add(text.value)
    return found


def entries() -> list[polib.POEntry]:
    return [entry for path in CATALOGUES for entry in polib.pofile(str(path))]


def test_every_label_has_its_chinese() -> None:
    assert labels_in_code() - {entry.msgid for entry in entries() if entry.msgstr} == set()


def test_no_catalogue_entry_is_left_over() -> None:
    assert {entry.msgid for entry in entries()} - labels_in_code() == set()


def test_a_label_has_one_chinese() -> None:
    seen: dict[str, str] = {}
    for entry in entries():
        assert seen.setdefault(entry.msgid, entry.msgstr) == entry.msgstr, entry.msgid


def test_the_chinese_of_a_label_has_the_placeholders_of_the_english() -> None:
    names = re.compile(r"\{(\w*)[^}]*\}")
    differing = [
        each.msgid for each in entries() if sorted(names.findall(each.msgid)) != sorted(names.findall(each.msgstr))
    ]
    assert differing == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_lesson_exists_in_both_languages_with_known_colours(lesson: Path) -> None:
    section, lang, _md = lesson.name.rsplit(".", 2)
    partner = lesson.with_name(f"{section}.{'zh' if lang == 'en' else 'en'}.md")
    assert partner.is_file()
    text = lesson.read_text(encoding="utf-8")
    mine, other = (re.findall(r"\\ink\{(\w+)\}", t) for t in (text, partner.read_text(encoding="utf-8")))
    assert set(mine) <= set(INKS)
    assert sorted(mine) == sorted(other), "both languages colour the same symbols"
    headings = re.compile(r"^## (\w+)$", flags=re.MULTILINE)
    if section == "presets":
        assert headings.findall(text) == headings.findall(partner.read_text(encoding="utf-8"))


def test_ink_in_a_lesson_becomes_the_colour_of_the_theme() -> None:
    assert coloured(r"$\ink{h}{h_t}$", dark=False) == rf"$\textcolor{{{INKS['h'].light}}}{{h_t}}$"
    assert coloured(r"$\ink{h}{h_t}$", dark=True) == rf"$\textcolor{{{INKS['h'].dark}}}{{h_t}}$"


def test_a_browser_that_prefers_chinese_gets_it() -> None:
    assert [i18n.best_language(tag) for tag in ("zh-CN", "zh", "ZH-tw", "en-US", "de", None)] == ["zh"] * 3 + ["en"] * 3


@pytest.mark.parametrize(("lang", "expected"), [("en", "one, two"), ("zh", "one、two")])
def test_lists_are_punctuated_by_the_rules_of_the_language(
    monkeypatch: pytest.MonkeyPatch, lang: i18n.Language, expected: str
) -> None:
    monkeypatch.setattr(i18n, "_current", lambda: lang)
    assert i18n.listed(["one", "two"]) == expected
