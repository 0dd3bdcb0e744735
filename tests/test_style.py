"""The standard of words: phrases that are not used, one Chinese term for each concept, symbols defined, questions that teach."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal
from unicodedata import category

import pytest

from rnn_core.studies.claims.all_claims import CLAIMS
from rnn_core.studies.practice.catalogue import EXERCISES
from tests.test_language import entries
from ui.widgets.lesson import LESSONS, all_questions
from ui.widgets.questions import Question, shuffled
from ui.widgets.tours.tour import read_view

Lang = Literal["en", "zh"]
LANGUAGES: tuple[Lang, ...] = ("en", "zh")

NOT_ENGLISH = (
    r"over the budget",
    r"\bas it came\b|\bas used\b",
    r"against learning by heart",
    r"\bfirst weights\b",
    r"look(ed)? at meanwhile",
    r"gradient goes back, in",
    r"true inputs at (first|last)",
    r"\bfor ever new\b|new ones for ever",
    r"answers? with how well",
    r"no state of either",
    r"multiplied with itself",
    r"for a rule, and no matter",
    r"could know at best",
    r"nobody was looking",
    r"loss is felt|be felt\b|cannot be heard|is heard at",
    r"gates? stands? (near|at|open|half)",
    r"how far off",
    r"\b(one|a|the) (number|row|value|word|character|gate|click|frame|symbol|pixel)s? a (step|gate|unit)\b",
    r"by hand\b",
    r"\btold about\b",
    r"\bnobody told\b|\bsomebody tells\b",
)
# What stands for a concept in other texts, and not here: the right word is in the table of the writing standard.
NOT_CHINESE = {
    "循环单元 or 隐藏单元": r"(?<!循环)(?<!隐藏)单元",
    "细胞状态": r"细胞(?!状态)|记忆格",
    "时间步": r"步子",
    "随时间反向传播": r"沿着?时间反向",
    "截断的随时间反向传播": r"截短|截断的?反向传播",
    "隐藏层大小": r"隐藏大小",
    "梯度范数": r"梯度的?长度|梯度有多长|h 上的梯度长",
    "裁剪阈值": r"上限",
    "验证集": r"边学边看|途中查看|察看",
    "过拟合": r"死记硬背|死记",
    "平台期": r"平地|平台(?!期)",
    "学习率调度": r"学习率怎么变",
    "独热编码": r"独热(?!编码)",
    "单位矩阵": r"单位阵",
    "固定": r"按住|按在",
    "束宽": r"用几束",
    "预测区间": r"误差带",
    "随机猜测": r"瞎猜",
    "视觉问答": r"看图答问",
    "循环": r"递归(?!神经网络（recursive|神经网络就是循环|”也常用来指)",  # claim 35 and the glossary tell the two words apart
    "直接梯度": r"直接意见",
    "匹配分数": r"合不合",
    "你": r"您",
}
# A symbol in a formula, and the words of which one defines it on the same page, in each language.
DEFINED: dict[str, tuple[str, str]] = {
    r"\\sigma\b": (r"sigmoid", r"sigmoid"),
    r"\\odot": (r"element-wise", r"逐元素"),
    r"\ba_t\b": (r"pre-activation", r"预激活值"),
    r"\\phi\b": (r"activation function", r"激活函数"),
    r"\\ell": (r"loss", r"损失"),
    r"\\tau\b": (r"temperature", r"温度"),
    r"\\gamma\b": (r"slope", r"斜率"),
    r"\\lambda\b": (r"eigenvalue|Lyapunov", r"特征值|李雅普诺夫"),
    r"\\beta\b(?!_2)": (r"large \$\\beta\$", r"\$\\beta\$ 很大"),
    r"\\beta_2": (r"averages the squared gradients", r"滑动平均"),
    r"\\alpha_t\b(?!\()|\\alpha_\{": (r"weights", r"权重"),
    r"\\alpha_t\(": (r"forward sum", r"前向的和"),
    r"\be_\{?[it]": (r"score", r"分数"),
    r"\\tilde c": (r"context", r"上下文"),
    r"\\hat": (r"prediction", r"预测值"),
    r"\\top": (r"transpose", r"转置"),
    r"\\lVert": (r"norm", r"范数"),
    r"\bW_\{hy\}": (r"readout", r"读出层"),
    r"\bW_\{hh\}": (r"recurrent matrix|H×H|pre-activation", r"循环矩阵|H×H|预激活值"),
    r"\bW_\{h[frzn]\}": (r"H×H", r"H×H"),
    r"\bs_1\b": (r"largest singular value", r"最大奇异值"),
    r"\bb_f\b": (r"forget bias", r"遗忘偏置"),
    r"\\partial L": (r"loss", r"损失"),
    r"f_t\b": (r"[Ff]orget gate", r"遗忘门"),
    r"i_t\b": (r"[Ii]nput gate", r"输入门"),
    r"o_t\b": (r"[Oo]utput gate", r"输出门"),
    r"[gn]_t\b": (r"[Cc]andidate", r"候选值"),
    r"z_t\b": (r"[Uu]pdate gate", r"更新门"),
    r"r_t\b": (r"[Rr]eset gate", r"重置门"),
    r"\bc_t\b|\{c_t\}": (r"cell state", r"细胞状态"),
}


@cache
def texts(lang: Lang) -> Mapping[str, str]:
    return {
        path.relative_to(LESSONS).as_posix(): path.read_text("utf-8") for path in sorted(LESSONS.glob(f"*/*.{lang}.md"))
    }


@cache
def labels() -> tuple[tuple[str, str], ...]:
    return tuple((entry.msgid, entry.msgstr) for entry in entries())


def written(lang: Lang) -> Iterator[tuple[str, str]]:
    yield from texts(lang).items()
    for english, chinese in labels():
        yield english, english if lang == "en" else chinese
    for path in sorted(
        [*(LESSONS / "tours").glob("*.toml"), *(LESSONS / "plans").glob("*.toml"), LESSONS / "tips.toml"]
    ):
        yield from ((path.name, text) for text in words_of(tomllib.loads(path.read_text("utf-8")), lang))


def words_of(part: object, lang: Lang) -> Iterator[str]:
    """Of a file of a tour, a plan or tips, all texts in this language."""
    for name, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if name == lang:
            yield value
        else:
            yield from words_of(value, lang)


def found(pattern: str, lang: Lang) -> list[tuple[str, str]]:
    return [
        (name, text[max(0, hit.start() - 20) : hit.end() + 20])
        for name, text in written(lang)
        for hit in re.finditer(pattern, text, flags=re.IGNORECASE)
    ]


@pytest.mark.parametrize("phrase", NOT_ENGLISH)
def test_a_phrase_that_the_standard_replaces_is_nowhere(phrase: str) -> None:
    assert found(phrase, "en") == []


@pytest.mark.parametrize("term", NOT_CHINESE)
def test_one_chinese_word_stands_for_one_concept(term: str) -> None:
    assert found(NOT_CHINESE[term], "zh") == []


def is_word(letter: str) -> bool:
    return bool(letter) and not letter.isspace() and not category(letter).startswith("P")


def test_bold_chinese_is_bold() -> None:
    """Two stars between a punctuation mark and a word are no bold type but two stars."""
    wrong = []
    for name, text in written("zh"):
        filled = re.sub(r"\{\w+\}", "word", text)
        for hit in re.finditer(r"\*\*(?!\s)(.+?)(?<!\s)\*\*", filled):
            inside, before, after = hit[1], filled[: hit.start()][-1:], filled[hit.end() :][:1]
            if (not is_word(inside[-1]) and is_word(after)) or (not is_word(inside[0]) and is_word(before)):
                wrong.append((name, hit[0] + after))
    assert wrong == []


PRESSED = {
    "en": r"(?:Choose|Open|Press) (?:\*\*|\*|“)([^*”\n]{2,40})(?:\*\*|\*|”)",
    "zh": r"(?:选|打开|按|点|展开)\s?(?:\*\*|“|\*)([^*”\n]{2,16})(?:\*\*|”|\*)",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_lesson_says_to_press_has_this_name(lang: Lang) -> None:
    names = [each[LANGUAGES.index(lang)] for each in labels()]
    pressed = [(name, hit) for name, text in texts(lang).items() for hit in re.findall(PRESSED[lang], text)]
    assert len(pressed) > 10
    assert [(name, hit) for name, hit in pressed if not any(label.startswith(hit) for label in names)] == []


def test_no_sentence_begins_with_what_unless_it_asks() -> None:
    for name, text in texts("en").items():
        for sentence in re.findall(r"(?:^|[.:!] |\n)(What [^.?!\n]*[.?!])", text):
            assert sentence.endswith("?"), (name, sentence)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_symbol_is_defined_on_its_page(lang: Lang) -> None:
    pages: dict[str, list[str]] = {}
    for name, text in texts(lang).items():
        folder, section = name.split("/")
        pages.setdefault(name if folder == "experiments" and "remember" not in section else folder, []).append(text)
    missing = []
    for page, parts in pages.items():
        text = re.sub(r"\\ink\{\w+\}", "", "\n".join(parts))
        formulas = "\n".join(re.findall(r"\$\$?([^$]+)\$", text))
        for symbol, words in DEFINED.items():
            if re.search(symbol, formulas) and not re.search(words[LANGUAGES.index(lang)], text):
                missing.append((page, symbol))
    assert missing == []


GREEK = "sigma|odot|phi|ell|tau|gamma|lambda|beta|alpha|eta|theta|delta|mu|rho"
SYMBOL = re.compile(rf"\\(?:{GREEK})\b|[A-Za-z](?:_\{{[^{{}}]*\}}|_\w)?")
COUNTS = set("ijkntTdeL")  # indices, numbers of steps, and what calculus writes


def symbols_in(formulas: list[str]) -> set[str]:
    """Without time steps, and without the letter of a gate: its weights are named for all gates at once."""
    found = set()
    for formula in formulas:
        plain = re.sub(r"\\ink\{\w+\}|\\(?:begin|end|text|mathrm|operatorname)\{[^{}]*\}|\\\\\[[^]]*\]", " ", formula)
        for symbol in SYMBOL.findall(re.sub(rf"\\(?!(?:{GREEK})\b)[A-Za-z]+", " ", plain)):
            letter, _mark, index = symbol.partition("_")
            index = re.sub(r"[fiogrzn]", "", index.strip("{}")) if letter in "Wb" else index.strip("{}")
            found.add(letter if re.fullmatch(r"[tTkjin0-9+\-, ]*", index) else f"{letter}_{index}")
    return found - COUNTS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_symbol_of_a_formula_is_named_in_a_sentence_of_its_page(lang: Lang) -> None:
    pages: dict[str, list[str]] = {}
    for name, text in texts(lang).items():
        pages.setdefault(name.split("/")[0], []).append(text)
    for page, parts in pages.items():
        text = "\n".join(parts)
        displayed = re.findall(r"\$\$(.+?)\$\$", text, flags=re.DOTALL)
        sentences = re.sub(r"\$\$(.+?)\$\$", " ", text, flags=re.DOTALL)
        assert symbols_in(displayed) - symbols_in(re.findall(r"\$([^$]+)\$", sentences)) == set(), page


@dataclass(frozen=True)
class Asked:
    key: str  # of the widget: the order of the answers depends on it
    en: Question
    zh: Question


@cache
def questions() -> tuple[Asked, ...]:
    english, chinese = ({asked.key: asked.question for asked in all_questions(lang)} for lang in LANGUAGES)
    assert english.keys() == chinese.keys()
    return tuple(Asked(key, english[key], chinese[key]) for key in english)


def right(asked: Question) -> int:
    (place,) = (at for at, answer in enumerate(asked.answers) if answer.right)
    return place


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.key)
def test_a_wrong_answer_names_its_mistake_and_both_languages_ask_the_same(asked: Asked) -> None:
    assert right(asked.en) == right(asked.zh)
    assert len(asked.en.answers) == len(asked.zh.answers) >= 3
    for question in (asked.en, asked.zh):
        assert all(bool(answer.mistake) != answer.right for answer in question.answers)
        assert question.reason


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.key)
def test_every_question_opens_the_view_that_shows_its_answer(asked: Asked) -> None:
    assert asked.en.view, "a last line `view: PAGE?SETTING=VALUE` is missing"
    assert asked.en.view == asked.zh.view
    read_view(asked.en.view, asked.key)


def test_there_are_two_hundred_questions() -> None:
    assert len(questions()) + len(EXERCISES) + len(CLAIMS) >= 200


def test_the_right_answer_is_as_often_in_each_place() -> None:
    places = Counter(shuffled(len(asked.en.answers), asked.key).index(right(asked.en)) for asked in questions())
    expected = len(questions()) / 3
    assert set(places) == {0, 1, 2}
    assert sum((times - expected) ** 2 / expected for times in places.values()) < 4.6  # chi squared, 10 %


def test_answers_keep_their_order_for_each_question() -> None:
    assert shuffled(3, "guess_rnn") == shuffled(3, "guess_rnn")
    assert {tuple(shuffled(3, asked.key)) for asked in questions()} > {(0, 1, 2), (2, 1, 0)}
