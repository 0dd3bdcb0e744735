"""The terms of the glossary (lessons/glossary/terms.toml), and the links from the first use of each on a page.

A link is an ordinary one, to the glossary; the browser shows the term's sentence on the spot (ui/browser/every_page/terms.js).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from ui.i18n import LANGUAGES, Language, language

GLOSSARY = Path(__file__).parents[2] / "lessons" / "glossary"
_FIRST_USES = (
    "where terms are used first"  # in the session: of each term the section that links it, on the page that is open
)
# Code, formulas, links, icons and headings stay as they are.
_UNTOUCHED = r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|!?\[[^\]]*\]\([^)]*\)|^#.*?$|:material/\w+:"

# Between a link and a star. In Chinese text, which has no spaces, Markdown would not take `**[` or `)**` as the edge of bold words.
_WORD_JOINER = "\u2060"


@dataclass(frozen=True)
class Named:
    """A term in one language."""

    name: str
    also: tuple[str, ...]
    sentence: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)


@dataclass(frozen=True)
class Term:
    key: str
    subject: str
    pages: tuple[str, ...]
    formula: str  # LaTeX, or nothing
    named: Mapping[Language, Named]

    @property
    def here(self) -> Named:
        return self.named[language()]


@cache
def terms() -> Mapping[str, Term]:
    read = tomllib.loads((GLOSSARY / "terms.toml").read_text(encoding="utf-8"))
    return {key: _term(key, each) for key, each in read.items()}


def _term(key: str, each: Mapping[str, Any]) -> Term:
    named = {lang: _named(*each[lang]) for lang in LANGUAGES}
    return Term(key, each["subject"], tuple(each["pages"]), each["formula"], named)


def _named(name: str, also: str, sentence: str) -> Named:
    return Named(name, tuple(filter(None, (other.strip() for other in also.split(";")))), sentence)


@cache
def names_in(lang: Language) -> Mapping[str, str]:
    """Name or other name -> key. A single Chinese character is part of too many words to be linked."""
    return {
        name: key for key, term in terms().items() for name in term.named[lang].names if len(name) > 1 or name.isascii()
    }


@cache
def _pattern(lang: Language) -> re.Pattern[str]:
    """Longer names first, so that a name inside of another one is not taken for itself."""
    latin: list[str] = []
    rest: list[str] = []
    for name in sorted(names_in(lang), key=len, reverse=True):
        (latin if name.isascii() else rest).append(name)
    names = "|".join(map(re.escape, rest))
    words = "|".join(map(_written, latin))
    # The first group is tried at letters that begin a word alone, because most places of a text are others.
    whole_words = rf"(?<![A-Za-z0-9_/-])(?=[A-Za-z])(?:{words})(?:s|es)?(?![A-Za-z0-9_-])"
    return re.compile(
        f"(?P<untouched>{_UNTOUCHED})|(?P<name>{'|'.join(filter(None, (names, whole_words)))})",
        re.DOTALL | re.MULTILINE,
    )


def _written(name: str) -> str:
    """A name as a pattern: its words on one line or two; small letters also as a capital, as at the start of a sentence."""
    first, *others = name.split()
    start = re.escape(first[1:])
    initial = f"[{first[0]}{first[0].upper()}]" if first[0].islower() else first[0]
    return r"\s+".join([initial + start, *map(re.escape, others)])


@cache
def _keys_by_spelling(lang: Language) -> Mapping[str, str]:
    return {spelled: key for name, key in names_in(lang).items() for spelled in (name, name[0].upper() + name[1:])}


def key_of(words: str, lang: Language) -> str | None:
    """The term that these words of a text name."""
    one_line, known = " ".join(words.split()), _keys_by_spelling(lang)
    singular = (one_line, one_line.removesuffix("s"), one_line.removesuffix("es"))
    return next((known[spelled] for spelled in singular if spelled in known), None)


@lru_cache(maxsize=1024)
def uses(text: str, lang: Language) -> tuple[str, ...]:
    """The keys of the terms that a text names outside of code, formulas and links, each once, in their order."""
    found = (key_of(hit["name"], lang) for hit in _pattern(lang).finditer(text) if hit["name"])
    return tuple(dict.fromkeys(key for key in found if key))


@lru_cache(maxsize=1024)
def with_links(text: str, lang: Language, keys: frozenset[str]) -> str:
    """The text with a link at the first use of each of these terms."""
    left = set(keys)

    def linked(hit: re.Match[str]) -> str:
        key = key_of(hit["name"], lang) if hit["name"] else None
        if key not in left:
            return hit[0]
        left.discard(key)
        before, after = text[: hit.start()], text[hit.end() :]
        return "".join(
            [
                _WORD_JOINER * before.endswith("*"),
                f"[{hit[0]}]({address(key, lang)})",
                _WORD_JOINER * after.startswith("*"),
            ]
        )

    return _pattern(lang).sub(linked, text)


def address(key: str | None, lang: Language) -> str:
    """The address of the term in the glossary, relative to any page."""
    return f"glossary?term={key}" if lang == "en" else f"glossary?lang={lang}&term={key}"


def begin_page() -> None:
    """Called in each run of a page, before its prose: terms are linked at their first use on the page."""
    st.session_state[_FIRST_USES] = {}


def link_first_uses(text: str, section: str) -> str:
    """The text of a section with the terms linked that no other section of the page has used before."""
    lang = language()
    first: dict[str, str] = st.session_state.setdefault(_FIRST_USES, {})
    own = frozenset(key for key in uses(text, lang) if first.setdefault(key, section) == section)
    return with_links(text, lang, own)
