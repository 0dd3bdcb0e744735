"""A visitor's own sessions, from a table with columns of sessions and items, and optionally of times."""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.apps.recommend.items import by_name
from rnn_core.apps.recommend.process import NO_CLICK, Clicks
from rnn_core.apps.table import Table, is_number

Reason = Literal["no session", "no item", "unknown item", "no time"]
MOST_SESSIONS, MOST_CLICKS = 1000, 40
_TIMES = ("time", "date", "时间", "日期", "时刻")
_SESSIONS = ("session", "visit", "user", "customer", "会话", "访客", "用户", "顾客")


@dataclass(frozen=True)
class WrongRow:
    row: int  # as an editor counts, from 1
    reason: Reason
    cell: str


@dataclass(frozen=True)
class OwnSessions:
    names: tuple[str, ...]  # (N,)
    clicks: Clicks  # (N, T) with NO_CLICK after the end of a session; N may be 0
    wrong: tuple[WrongRow, ...]
    too_short: int  # sessions of one click, which have no next click to predict
    cut: int  # clicks and sessions beyond the limits


class NoItems(ValueError):
    """No column has names of the shop's items."""


def item_number(cell: str) -> int | None:
    return by_name().get(" ".join(cell.split()).casefold())


def own_sessions(table: Table) -> OwnSessions:
    """`table` is read without a header: a first row without an item of the shop is one. Sorted by time, where there is one."""
    sample = table.sampled()
    known = [sum(item_number(cell) is not None for cell in sample.column(at)) for at in range(table.width)]
    if not any(known):
        raise NoItems
    items_at = int(np.argmax(known))
    items = table.column(items_at)
    head = [cell.casefold() for cell in table.rows[0]]
    has_head = item_number(items[0]) is None
    others = [at for at in range(table.width) if at != items_at]

    def named(names: tuple[str, ...]) -> list[int]:
        return [at for at in others if has_head and at < len(head) and any(name in head[at] for name in names)]

    times_at = next(iter(named(_TIMES)), None)
    others = [at for at in others if at != times_at]
    sessions_at = next(iter([*named(_SESSIONS), *others]), None)
    if not has_head and len(others) > 1:  # with a header, a column of times must be named as one
        times_at = others[1]

    sessions = table.column(sessions_at) if sessions_at is not None else ["1"] * len(items)
    times = table.column(times_at) if times_at is not None else [""] * len(items)
    found: dict[str, list[tuple[tuple[float, str], int]]] = defaultdict(list)
    wrong: list[WrongRow] = []
    for at in range(int(has_head), len(table.rows)):
        row, cell, name, time = table.numbers[at], items[at], sessions[at], times[at]
        number = item_number(cell)
        if not cell:
            wrong.append(WrongRow(row, "no item", ""))
        elif number is None:
            wrong.append(WrongRow(row, "unknown item", cell))
        elif not name:
            wrong.append(WrongRow(row, "no session", cell))
        elif times_at is not None and not time:
            wrong.append(WrongRow(row, "no time", cell))
        else:
            found[name].append((_when(time), number))
    return _padded(found, tuple(wrong))


def _when(time: str) -> tuple[float, str]:
    """Numbers by size, all else by its letters, as ISO dates are."""
    number = float(time.replace(",", ".")) if is_number(time) else math.nan
    return (number, "") if math.isfinite(number) else (0.0, time)


def _padded(found: dict[str, list[tuple[tuple[float, str], int]]], wrong: tuple[WrongRow, ...]) -> OwnSessions:
    kept = {name: sorted(clicks, key=lambda click: click[0]) for name, clicks in found.items() if len(clicks) > 1}
    shown = dict(list(kept.items())[:MOST_SESSIONS])
    longest = min(MOST_CLICKS, max(map(len, shown.values()), default=0))
    table = np.full((len(shown), longest), NO_CLICK)
    for row, clicks in enumerate(shown.values()):
        numbers = [number for _time, number in clicks[:longest]]
        table[row, : len(numbers)] = numbers
    cut = sum(map(len, kept.values())) - int((table >= 0).sum())
    return OwnSessions(tuple(shown), table, wrong, len(found) - len(kept), cut)
