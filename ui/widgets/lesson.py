r"""Prose and questions from lessons/<page>/<section>.<language>.md.

In the formulas `\ink{forget_gate}{f_t}` writes f_t in the colour that the forget gate has in the diagrams and charts.
"""

import re
from functools import cache
from pathlib import Path

import streamlit as st

from ui.figures.style import text_ink
from ui.i18n import Language, _, language
from ui.links.kept_settings import in_session

LESSONS = Path(__file__).parents[2] / "lessons"


@cache
def _source(page: str, section: str, lang: Language) -> str:
    return (LESSONS / page / f"{section}.{lang}.md").read_text(encoding="utf-8").strip()


def is_dark() -> bool:
    return st.context.theme.type == "dark"


def coloured(text: str, dark: bool) -> str:
    """The text with every `\\ink{name}` replaced by KaTeX's colour command with the colour of this name."""
    return re.sub(r"\\ink\{(\w+)\}", lambda m: rf"\textcolor{{{text_ink(m[1])[dark]}}}", text)


def prose(page: str, section: str) -> None:
    st.markdown(coloured(_source(page, section, language()), is_dark()))


def prose_part(page: str, section: str, part: str) -> None:
    """One part of a section that is divided by `## part` headings."""
    st.markdown(coloured(_parts(page, section)[part], is_dark()))


def has_part(page: str, section: str, part: str) -> bool:
    return part in _parts(page, section)


def _parts(page: str, section: str) -> dict[str, str]:
    parts = re.split(r"^## (\w+)\n", _source(page, section, language()), flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def question(page: str) -> None:
    """The question of lessons/<page>/question: the question, its answers `- [ ]`, the right one as `- [x]`, and the reason."""
    _show_question(_source(page, "question", language()), f"guess_{page}")


def question_part(page: str, section: str, part: str) -> None:
    """A question that is one part of a section."""
    _show_question(_parts(page, section)[part], f"guess_{page}_{section}")


def _show_question(text: str, key: str) -> None:
    ask, answers, because = text.split("\n\n")
    choices = re.findall(r"^- \[([ x])\] (.+)$", answers, flags=re.MULTILINE)
    st.markdown(f"**{_('Guess first')}** · {coloured(ask, is_dark())}")
    guess = st.pills(
        ask,
        range(len(choices)),
        format_func=lambda at: choices[at][1],
        **in_session(key),
        label_visibility="collapsed",
        wrap=True,
    )
    if guess is None:
        return
    if choices[guess][0] == "x":
        st.success(f"**{_('Yes.')}** {coloured(because, is_dark())}", icon=":material/check:")
    else:
        st.info(f"**{_('Look again.')}** {coloured(because, is_dark())}", icon=":material/lightbulb:")
