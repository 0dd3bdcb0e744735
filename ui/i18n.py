"""Two languages. Labels in code are gettext: `_("Hidden size")`, with catalogues in locale/<language>/LC_MESSAGES/*.po.

Knows no Streamlit: the app tells it once where to find the reader's language (`use_language_of`).
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
_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


def use_language_of(source: Callable[[], Language]) -> None:
    """`source` is asked at every lookup, so one process serves readers of both languages."""
    global _current
    _current = source


def language() -> Language:
    return _spoken.get() or _current()


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Inside, this is the language, whoever asks."""
    before = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(before)


def best_language(preferred: str | None) -> Language:
    """The language to start in, for a browser's preference such as 'zh-TW' or 'de'."""
    return "zh" if (preferred or "").lower().startswith("zh") else "en"


@cache
def catalogue(lang: Language) -> dict[str, str]:
    """Every label of a language, from all its .po files. English is the key itself."""
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
