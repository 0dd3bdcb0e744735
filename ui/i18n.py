"""Two languages. Labels in code are gettext: `_("Hidden size")`, with catalogues in locale/<language>/LC_MESSAGES/*.po.

Imports no Streamlit: the app passes a function that returns the reader's language to `use_language_of`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import polib

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "zh": "中文"}
LOCALE = Path(__file__).parent.parent / "locale"


def _english() -> Language:
    return "en"


_current: Callable[[], Language] = _english
_override: ContextVar[Language | None] = ContextVar("language override", default=None)


def use_language_of(source: Callable[[], Language]) -> None:
    """Call `source` at every look-up, so that one process serves readers of both languages."""
    global _current
    _current = source


def language() -> Language:
    return _override.get() or _current()


@contextmanager
def using_language(chosen: Language) -> Iterator[None]:
    """Inside the `with` block `language()` returns this one, whatever the reader's language is."""
    before = _override.set(chosen)
    try:
        yield
    finally:
        _override.reset(before)


def best_language(preferred: str | None) -> Language:
    """The language for a browser's preference, such as 'zh-TW' or 'de'."""
    return "zh" if (preferred or "").lower().startswith("zh") else "en"


@cache
def catalogue(lang: Language) -> dict[str, str]:
    """The translation of every label, from all .po files of the language. The key is the English label."""
    return {
        entry.msgid: entry.msgstr
        for path in sorted((LOCALE / lang / "LC_MESSAGES").glob("*.po"))
        for entry in polib.pofile(str(path))
        if entry.msgstr
    }


def _(text: str) -> str:
    return catalogue(language()).get(text, text)


def listed(words: Iterable[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(words)
