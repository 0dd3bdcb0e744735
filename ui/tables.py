"""A small table of words and numbers, as Markdown: `st.table` would load pandas, a quarter of the app's start."""

from collections.abc import Mapping, Sequence

import streamlit as st


def table(columns: Mapping[str, Sequence[str]]) -> None:
    """The first column is words, the others are numbers."""
    lines = [list(columns), ["---", *["--:"] * (len(columns) - 1)], *map(list, zip(*columns.values(), strict=True))]
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
