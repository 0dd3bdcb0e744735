r"""Prose from lessons/<page>/<section>.<language>.md.

In its formulas `\ink{forget_gate}{f_t}` writes f_t in the colour of the forget gate, as the diagrams and plots do.
"""

import re
from functools import cache
from pathlib import Path

import streamlit as st

from ui.figures.style import INKS
from ui.i18n import Language, language

LESSONS = Path(__file__).parent.parent / "lessons"


@cache
def _source(page: str, section: str, lang: Language) -> str:
    return (LESSONS / page / f"{section}.{lang}.md").read_text(encoding="utf-8")


def is_dark() -> bool:
    return st.context.theme.type == "dark"


def coloured(text: str, dark: bool) -> str:
    """Turn every `\\ink{name}` into KaTeX's colour command with the symbol's own colour."""
    return re.sub(r"\\ink\{(\w+)\}", lambda m: rf"\textcolor{{{INKS[m[1]][dark]}}}", text)


def prose(page: str, section: str) -> None:
    st.markdown(coloured(_source(page, section, language()), is_dark()))
