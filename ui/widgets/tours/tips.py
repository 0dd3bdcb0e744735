"""Tips for teachers on the main pages: what to ask, what students get wrong, and how many minutes it takes. They lie in
lessons/tips.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ui.i18n import _, language

FILE = Path(__file__).parents[3] / "lessons" / "tips.toml"


@dataclass(frozen=True)
class Tip:
    minutes: int
    ask: str
    mistake: str

    def lines(self) -> list[str]:
        return [
            _("Ask: {question}").format(question=self.ask),
            _("Students often get wrong: {mistake}").format(mistake=self.mistake),
            _("Takes about {minutes} minutes.").format(minutes=self.minutes),
        ]


@cache
def _all() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def pages() -> tuple[str, ...]:
    return tuple(_all())


def of_page(page: str) -> Tip | None:
    """The tip of a page, in the reader's language."""
    found = _all().get(page)
    if found is None:
        return None
    return Tip(found["minutes"], found["ask"][language()], found["mistake"][language()])
