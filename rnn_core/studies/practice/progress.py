"""The solved exercises as a small file that can be saved and opened again."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

LARGEST_FILE = 1_000_000  # bytes
MOST_TRIES, MOST_HINTS = 999, 3
_HEAD = "unrolled_solved"

Reason = Literal["too large", "not json", "not ours", "bad entry"]


@dataclass(frozen=True)
class Solved:
    tries: int  # answers until the right one, this one included
    hints: int  # how many were read before


Progress = Mapping[str, Solved]


class ProgressRefused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def write_progress(progress: Progress) -> str:
    entries = {name: {"tries": each.tries, "hints": each.hints} for name, each in sorted(progress.items())}
    return json.dumps({_HEAD: 1, "solved": entries}, indent=1)


def read_progress(data: bytes, known: Collection[str]) -> dict[str, Solved]:
    """The solved exercises of a file. Exercises that this version does not have are left out."""
    if len(data) > LARGEST_FILE:
        raise ProgressRefused("too large")
    try:
        content = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ProgressRefused("not json") from None
    if not isinstance(content, dict) or content.get(_HEAD) != 1 or not isinstance(content.get("solved"), dict):
        raise ProgressRefused("not ours")
    return {name: _entry(each) for name, each in content["solved"].items() if name in known}


def _entry(given: Any) -> Solved:
    if not isinstance(given, dict) or given.keys() != {"tries", "hints"}:
        raise ProgressRefused("bad entry")
    tries, hints = given["tries"], given["hints"]
    if not (_is_whole(tries, 1, MOST_TRIES) and _is_whole(hints, 0, MOST_HINTS)):
        raise ProgressRefused("bad entry")
    return Solved(tries, hints)


def _is_whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def merged(one: Progress, other: Progress) -> dict[str, Solved]:
    """Both lists together. An exercise that was solved in both keeps the better time."""
    found = dict(one)
    for name, each in other.items():
        mine = found.get(name, each)
        found[name] = min(mine, each, key=lambda solved: (solved.hints, solved.tries))
    return found
