"""Tables and blocks of text that a browser shows at once.

For `st.dataframe`, `st.table` and `st.code` a browser first fetches two megabytes of code, and the server imports pandas.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

ALIGNED = {"l": "---", "c": ":-:", "r": "--:"}


def table(columns: Mapping[str, Sequence[str]], words: int = 1, aligned: str = "") -> None:
    """A Markdown table, whose first `words` columns are words and whose others are numbers; `aligned`: left, centre or right, a letter
    a column. Cells with a visitor's text must have passed through `in_markdown`."""
    heads = [ALIGNED[each] for each in aligned or "l" * words + "r" * (len(columns) - words)]
    lines = [list(columns), heads, *map(list, zip(*columns.values(), strict=True))]
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def text_block(text: str, height: int | None = None) -> None:
    """A text in a frame, unchanged, line by line."""
    with st.container(border=True, height=height or "content"):
        st.text(text)
