"""The glossary: complete in both languages, and the first use of each term in a lesson is linked."""

import re

import pytest

from tests.charts import opened
from tests.selection import quick
from tests.test_style import NOT_CHINESE, NOT_ENGLISH, texts
from ui.course.glossary.page import subject_titles
from ui.i18n import LANGUAGES, Language
from ui.shell import site
from ui.widgets import glossary
from ui.widgets.glossary import address, terms, uses, with_links

TEXTS_WITHOUT_LINKS = ("question",)  # a question is asked before anything is looked up


def test_there_are_at_least_120_terms_with_pages_that_exist() -> None:
    assert len(terms()) >= 120
    for term in terms().values():
        assert term.pages
        assert set(term.pages) <= set(site.BY_SLUG), term.key
        assert term.subject in subject_titles()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_means_one_term_and_every_term_has_its_sentence(lang: Language) -> None:
    names = [name for term in terms().values() for name in term.named[lang].names]
    assert len(names) == len(set(names))
    for term in terms().values():
        assert term.named[lang].sentence.endswith("。" if lang == "zh" else ".")


def test_the_glossary_keeps_to_the_standard_of_words() -> None:
    for term in terms().values():
        english = " ".join([*term.named["en"].names, term.named["en"].sentence])
        chinese = " ".join([*term.named["zh"].names, term.named["zh"].sentence])
        assert not [phrase for phrase in NOT_ENGLISH if re.search(phrase, english, re.IGNORECASE)], term.key
        assert not [word for word, wrong in NOT_CHINESE.items() if re.search(wrong, chinese)], term.key


def without_what_is_not_prose(text: str) -> str:
    """Formulas, code, links and headings replaced by a space: another way than the one of the code that links."""
    for left_out in (r"(?s)\$\$.*?\$\$", r"\$[^$]*\$", r"`[^`]*`", r"!?\[[^\]]*\]\([^)]*\)", r"(?m)^#.*$"):
        text = re.sub(left_out, " ", text)
    return text


def named_in(text: str, lang: Language) -> set[str]:
    """The terms that a text names, found one name after another, the longest first, each taken out of the text."""
    found = set()
    left = without_what_is_not_prose(text)
    for name, key in sorted(glossary.names_in(lang).items(), key=lambda each: -len(each[0])):
        spelled = r"\s+".join(re.escape(part) for part in name.split())
        if name[0].islower() and name.isascii():
            spelled = f"[{name[0]}{name[0].upper()}]{spelled[1:]}"
        if name.isascii():
            spelled = rf"(?<![A-Za-z0-9_/-]){spelled}(?:s|es)?(?![A-Za-z0-9_-])"
        left, times = re.subn(spelled, "\N{WHITE SQUARE}", left)
        if times:
            found.add(key)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_term_that_a_lesson_uses_is_linked_at_its_first_use(lang: Language) -> None:
    for name, text in texts(lang).items():
        if name.split("/")[1].split(".")[0] in TEXTS_WITHOUT_LINKS:
            continue
        linked = with_links(text, lang, frozenset(uses(text, lang)))
        for key in named_in(text, lang):
            assert linked.count(f"]({address(key, lang)})") == 1, (name, key)


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "en",
            "Gates and the cell state.",
            "[Gates](glossary?term=gate) and the [cell state](glossary?term=cell_state).",
        ),
        ("en", "`gate`, $gate$, [gate](x) and delegate", "`gate`, $gate$, [gate](x) and delegate"),
        ("zh", "遗忘门与部门", "[遗忘门](glossary?lang=zh&term=forget_gate)与部门"),
        (
            "zh",
            "细胞状态不是隐藏状态",
            "[细胞状态](glossary?lang=zh&term=cell_state)不是[隐藏状态](glossary?lang=zh&term=hidden_state)",
        ),
    ],
)
def test_whole_words_are_linked_and_code_is_not(lang: Language, text: str, wanted: str) -> None:
    assert with_links(text, lang, frozenset(uses(text, lang))) == wanted


def test_bold_words_in_chinese_stay_bold_beside_a_link() -> None:
    """Markdown's rule: stars between a letter and a bracket do not begin or end bold words, so a word joiner stands between."""
    text = "即**细胞状态**介于"
    assert with_links(text, "zh", frozenset(uses(text, "zh"))) == (
        "即**\u2060[细胞状态](glossary?lang=zh&term=cell_state)\u2060**介于"
    )


def test_a_page_links_a_term_once() -> None:
    app = opened("lstm")
    shown = "\n".join(text.value for text in app.markdown)
    links = re.findall(r"glossary\?term=(\w+)", shown)
    assert {"forget_gate", "cell_state", "gate"} <= set(links)
    assert len(links) == len(set(links))


def without_links(text: str) -> str:
    return re.sub(r"\[([^\]]*)\]\(glossary\?[^)]*\)", r"\1", text).replace("\u2060", "")


SHORTEST = 16  # characters of a text that is taken for prose
QUICK = [("lstm", "en"), ("gates", "zh")]
PAGES = [slug for slug in site.BY_SLUG if slug != "glossary"]  # which shows the terms themselves
OTHERS = [(slug, lang) for slug in PAGES for lang in LANGUAGES if (slug, lang) not in QUICK]


@pytest.mark.parametrize("page", quick(QUICK, OTHERS), ids=str)
def test_every_term_in_the_prose_of_a_page_is_linked_at_its_first_use_there(page: tuple[str, Language]) -> None:
    """Of all sections that the page shows at once, wherever in a text they stand. Questions are asked before anything is looked up."""
    slug, lang = page
    lessons = [
        text for name, text in texts(lang).items() if name.split("/")[1].split(".")[0] not in TEXTS_WITHOUT_LINKS
    ]
    prose, linked = [], []
    for each in opened(slug, lang=lang).markdown:
        plain = without_links(each.value)
        if any(part in lesson for lesson in lessons for part in re.split(r"\n\n|\*\* ", plain) if len(part) > SHORTEST):
            prose.append(plain)
            linked += re.findall(r"\]\(glossary\?(?:lang=zh&)?term=(\w+)\)", each.value)
    used = {key for text in prose for key in uses(text, lang)}
    assert sorted(linked) == sorted(used), slug


def test_the_link_of_a_term_opens_it() -> None:
    app = opened("glossary", term="gru")
    assert app.session_state["term"] == "gru"
    assert any(terms()["gru"].named["en"].sentence == each.value for each in app.markdown)
