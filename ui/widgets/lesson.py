r"""Prose from lessons/<page>/<section>.<language>.md.

In its formulas `\ink{forget_gate}{f_t}` writes f_t in the colour of the forget gate, as the diagrams and plots do.
"""

import re
from functools import cache
from pathlib import Path

import streamlit as st

from ui.figures.style import text_ink
from ui.i18n import Language, _, language
from ui.links.kept_settings import in_session

LESSONS = Path(__file__).parent.parent / "lessons"


@cache
def _source(page: str, section: str, lang: Language) -> str:
    return (LESSONS / page / f"{section}.{lang}.md").read_text(encoding="utf-8").strip()


def is_dark() -> bool:
    return st.context.theme.type == "dark"


def coloured(text: str, dark: bool) -> str:
    """Turn every `\\ink{name}` into KaTeX's colour command with the symbol's own colour."""
    return re.sub(r"\\ink\{(\w+)\}", lambda m: rf"\textcolor{{{text_ink(m[1])[dark]}}}", text)


def prose(page: str, section: str) -> None:
    st.markdown(coloured(_source(page, section, language()), is_dark()))


def prose_part(page: str, section: str, part: str) -> None:
    """One part of a section whose parts stand under `## part` headings."""
    st.markdown(coloured(_parts(page, section)[part], is_dark()))


def has_part(page: str, section: str, part: str) -> bool:
    return part in _parts(page, section)


def _parts(page: str, section: str) -> dict[str, str]:
    parts = re.split(r"^## (\w+)\n", _source(page, section, language()), flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def question(page: str) -> None:
    """Ask lessons/<page>/question first: a question, `- [ ]` answers with the right one `- [x]`, and the reason."""
    _ask(_source(page, "question", language()), f"guess_{page}")


def question_part(page: str, section: str, part: str) -> None:
    """The same, where the question is one part of a section."""
    _ask(_parts(page, section)[part], f"guess_{page}_{section}")


def _ask(text: str, key: str) -> None:
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
