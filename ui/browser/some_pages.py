"""Styles that few pages have: such a page sends them, in some_pages/. A rule with :has() whose subject lies high in the page is
computed anew at each change of a diagram, so that on every other page it would slow the dials.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st

_FOLDER = Path(__file__).parent / "some_pages"


def send_styles(name: Literal["curtain", "student", "without_text"]) -> None:
    st.html(_style(name))


@cache
def _style(name: str) -> str:
    return f"<style>{(_FOLDER / f'{name}.css').read_text(encoding='utf-8')}</style>"
