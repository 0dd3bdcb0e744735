"""Text from links, files and visitors, escaped so that a page shows it as text and never as Markdown or HTML.

Streamlit reads Markdown in all its texts, labels and in the options of pills, buttons and sliders; it reads none in the
options of a selectbox, in a data frame, and in `st.text` and `st.code`. A chart reads a few marks of HTML, links among them.
"""

import re
from html import escape

# Line ends, control characters, and the characters that change the direction of writing.
_NOT_SHOWN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Streamlit replaces addresses, icons and arrows after it has read Markdown, so escaping their letters does not stop it. A word
# joiner, which has no width, separates their letters, and separates the first and the last from the text around them.
_JOINED = re.compile(r"(?<=[:@])(?!\s)|(?<=www)(?=\.)|^(?=[.:@/])|(?<=[<>=~-])(?=[<>=~-])", re.IGNORECASE)
# ASCII characters that are neither letters nor digits. A space or a hyphen inside the text has no meaning in Markdown.
_SIGN = re.compile(r"(?!(?<=\S) (?=\S)|(?<=\w)-(?=\w))[ -/:-@\[-`{-~]")
_WORD_JOINER = "\u2060"


def _one_line(words: str) -> str:
    return _NOT_SHOWN.sub(" ", words)


def in_markdown(words: str) -> str:
    """Escape words for a text, label or option that Streamlit reads as Markdown."""
    apart = _JOINED.sub(_WORD_JOINER, _one_line(words))
    return _SIGN.sub(lambda sign: f"&#{ord(sign[0])};", apart)


def as_code(words: str) -> str:
    """Escape words for the same places, in a code font."""
    return f"`{_one_line(words).replace('`', '´').strip() or ' '}`"


def in_html(words: str) -> str:
    """Escape words for the text of an element of an HTML document."""
    return escape(words)


def in_sentence(words: str) -> str:
    """Escape words for a sentence that a browser part writes as plain text with bold words between **."""
    return _one_line(words).replace("*", "\N{ASTERISK OPERATOR}")


def in_chart(words: str) -> str:
    """Escape words for titles, names, ticks and labels of charts."""
    return escape(_one_line(words), quote=False)
