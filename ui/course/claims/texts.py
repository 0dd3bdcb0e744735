"""The claims as sentences, and what was computed of them: lessons/claims/<group>, one part `c<number>` for each claim.

A part has three paragraphs: the sentence after `>`, what was computed, with the numbers as `[[name]]`, and the right statement.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rnn_core.studies.claims.all_claims import CLAIMS, Claim, Group
from rnn_core.studies.claims.claim import Found
from ui.as_text import as_code, in_markdown
from ui.figures.words import number
from ui.i18n import _
from ui.widgets.lesson import lesson_part

_PLACE = re.compile(r"(`?)\[\[(\w+)\]\]`?")
BY_NUMBER = {claim.number: claim for claim in CLAIMS}


@dataclass(frozen=True)
class ClaimText:
    sentence: str
    computed: str
    right: str


def group_titles() -> dict[Group, str]:
    return {
        "forward": _("The forward pass"),
        "gates": _("The gates"),
        "back": _("Back through time"),
        "training": _("Training and data"),
        "architectures": _("Architectures and libraries"),
    }


def text_of(claim: Claim) -> ClaimText:
    sentence, computed, right = lesson_part("claims", claim.group, f"c{claim.number}").split("\n\n")
    return ClaimText(sentence.removeprefix("> "), computed, right)


def filled(text: str, numbers: Mapping[str, Found]) -> str:
    """The text with every `[[name]]` replaced by the number of that name."""

    def shown(place: re.Match[str]) -> str:
        value = numbers[place[2]]
        words = number(value) if isinstance(value, float) else str(value)
        return as_code(words) if place[1] else in_markdown(words)

    return _PLACE.sub(shown, text)
