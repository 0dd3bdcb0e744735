"""Tables and texts without Streamlit's own: for those a browser fetches and reads two megabytes before a page stands, and the
server imports pandas.
"""

from collections.abc import Mapping, Sequence

import streamlit as st


def table(columns: Mapping[str, Sequence[str]], words: int = 1) -> None:
    """Markdown. The first columns are words, the others are numbers. What a visitor wrote goes through `in_markdown`."""
    heads = ["---"] * words + ["--:"] * (len(columns) - words)
    lines = [list(columns), heads, *map(list, zip(*columns.values(), strict=True))]
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def text(given: str, height: int | None = None) -> None:
    """As it stands, line by line."""
    with st.container(border=True, height=height or "content"):
        st.text(given)
