"""What a link, a file or a visitor says is shown as text, never as Markdown or HTML. Every page takes it through this file.

Streamlit reads Markdown in all its texts, labels and in the options of pills, buttons and sliders; it reads none in the
options of a selectbox, in a data frame, and in `st.text` and `st.code`. A chart reads a few marks of HTML, links among them.
"""

import re
from html import escape

# Line ends, controls, and what turns the direction of writing.
_NOT_SHOWN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Addresses, icons and arrows are looked for after Markdown has been read, so that escaping their letters does not stop it:
# a word joiner, which has no width, keeps their letters apart, also from what stands before and after these words.
_JOINED = re.compile(r"(?<=[:@])(?!\s)|(?<=www)(?=\.)|^(?=[.:@/])|(?<=[<>=~-])(?=[<>=~-])", re.IGNORECASE)
# ASCII that is no letter and no digit, but for a space or a hyphen within the words: these have no meaning there.
_SIGN = re.compile(r"(?!(?<=\S) (?=\S)|(?<=\w)-(?=\w))[ -/:-@\[-`{-~]")
_WORD_JOINER = "\u2060"


def _one_line(words: str) -> str:
    return _NOT_SHOWN.sub(" ", words)


def in_markdown(words: str) -> str:
    """For every text, label or option that Streamlit reads as Markdown."""
    apart = _JOINED.sub(_WORD_JOINER, _one_line(words))
    return _SIGN.sub(lambda sign: f"&#{ord(sign[0])};", apart)


def as_code(words: str) -> str:
    """The same, in the letters of code."""
    return f"`{_one_line(words).replace('`', '´').strip() or ' '}`"


def in_chart(words: str) -> str:
    """For titles, names, ticks and labels of charts."""
    return escape(_one_line(words), quote=False)
