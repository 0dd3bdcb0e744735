"""A visitor's own shop: the sessions of any table, with its items in place of ours.

The sessions are part of a run's settings, because every worker needs them. Every tenth session belongs to the test part, and every
tenth to the validation part; a session is never in two parts.
"""

import base64
import json
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.recommend.process import NO_CLICK, Clicks
from rnn_core.apps.table import Table, is_number
from rnn_core.errors import CoreError

Part = Literal["training", "validation", "test"]
MOST_ITEMS = 3_000  # the rarest ones beyond are left out
MOST_CLICKS = 150_000
MOST_SESSIONS = 30_000
LEAST_SESSIONS = 50
LEAST_ITEMS = 5
LONGEST = 20  # clicks of one sequence: a longer session is cut into several
LONGEST_NAME = 80  # characters
MOST_PACKED = 1_200_000
MOST_JSON = 8_000_000
ARGUMENT = "your sessions"

SESSION_HEADS = (
    "session",
    "visit",
    "user",
    "customer",
    "basket",
    "order",
    "member",
    "会话",
    "访客",
    "用户",
    "顾客",
    "订单",
)
ITEM_HEADS = (
    "item",
    "product",
    "article",
    "title",
    "movie",
    "song",
    "track",
    "book",
    "page",
    "物品",
    "商品",
    "产品",
    "电影",
)
TIME_HEADS = ("time", "date", "timestamp", "时间", "日期", "时刻")


class TooFewSessions(ValueError):
    """The table has too few sessions of two clicks or more, or too few items."""


@dataclass(frozen=True)
class Shop:
    names: tuple[str, ...]  # (V,) of the items, the most frequent first
    sessions: tuple[tuple[int, ...], ...]  # item numbers, each with two clicks or more


@dataclass(frozen=True)
class Columns:
    session: int
    item: int
    time: int | None = None


@dataclass(frozen=True)
class OwnShop:
    shop: Shop
    rare_items: int  # items left out
    clicks_left_out: int  # with them, and beyond the limits
    too_short: int  # sessions of one click


def likely_columns(table: Table) -> Columns:
    """The columns by their headings. Without known headings, of the first two the one with fewer different values has the sessions."""
    heads = [name.casefold() for name in table.header]

    def named(words: tuple[str, ...], but: tuple[int | None, ...] = ()) -> int | None:
        return next((at for at, head in enumerate(heads) if at not in but and any(w in head for w in words)), None)

    session = named(SESSION_HEADS)
    item = named(ITEM_HEADS, (session,))
    time = named(TIME_HEADS, (session, item))
    free = [at for at in range(table.width) if at not in (session, item, time)]
    if session is None:
        session = free.pop(0) if free else 0
    if item is None:
        item = free.pop(0) if free else (1 if table.width > 1 and session == 0 else 0)
    return Columns(session, item, time)


def own_shop(table: Table, columns: Columns) -> OwnShop:
    """Clicks in the order of their times, where there is such a column, else in that of the rows."""
    found: dict[str, list[tuple[tuple[float, str], str]]] = defaultdict(list)
    items, sessions = table.column(columns.item), table.column(columns.session)
    times = table.column(columns.time) if columns.time is not None else [""] * len(items)
    for name, session, time in zip(items, sessions, times, strict=True):
        if name and session:
            found[session].append((_when(time), name[:LONGEST_NAME]))
    counted = Counter(name for clicks in found.values() for _time, name in clicks)
    names = tuple(name for name, _count in counted.most_common(MOST_ITEMS))
    number = {name: at for at, name in enumerate(names)}
    kept: list[tuple[int, ...]] = []
    short, room = 0, MOST_CLICKS
    for clicks in found.values():
        ordered = [number[name] for _time, name in sorted(clicks, key=lambda click: click[0]) if name in number]
        if len(ordered) < 2:
            short += 1
        elif len(kept) < MOST_SESSIONS and len(ordered) <= room:
            kept.append(tuple(ordered))
            room -= len(ordered)
    if len(kept) < LEAST_SESSIONS or len(names) < LEAST_ITEMS:
        raise TooFewSessions
    used = sum(map(len, kept))
    return OwnShop(Shop(names, tuple(kept)), len(counted) - len(names), sum(counted.values()) - used - short, short)


def _when(time: str) -> tuple[float, str]:
    """The key by which times are sorted: numbers by size, all else by its letters, as ISO dates are."""
    return (float(time.replace(",", ".")), "") if is_number(time) else (0.0, time)


def pack(shop: Shop) -> str:
    plain = json.dumps([shop.names, shop.sessions], ensure_ascii=False, separators=(",", ":"))
    packed = base64.b64encode(zlib.compress(plain.encode("utf-8", "replace"), 9)).decode()
    if len(packed) > MOST_PACKED:
        raise CoreError(ARGUMENT, f"{len(packed):,} characters", f"at most {MOST_PACKED:,}")
    return packed


@cached_until_cleared(4)
def unpack(packed: str) -> Shop:
    """The packed shop. It may come from a file, so it is checked, and so is its size before it is decompressed whole."""
    wanted = f"at least {LEAST_SESSIONS} sessions of item numbers, as this app saved them"
    if len(packed) > MOST_PACKED:
        raise CoreError(ARGUMENT, f"{len(packed):,} characters", f"at most {MOST_PACKED:,}")
    try:
        opener = zlib.decompressobj()
        plain = opener.decompress(base64.b64decode(packed, validate=True), MOST_JSON + 1)
        names, sessions = json.loads(plain.decode())
        shop = Shop(tuple(names), tuple(map(tuple, sessions)))
    except (ValueError, TypeError, RecursionError, zlib.error):
        raise CoreError(ARGUMENT, "something else", wanted) from None
    V = len(shop.names)
    is_good = LEAST_ITEMS <= V <= MOST_ITEMS and LEAST_SESSIONS <= len(shop.sessions) <= MOST_SESSIONS
    is_good = is_good and all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in shop.names)
    is_good = is_good and len(set(shop.names)) == V and sum(map(len, shop.sessions)) <= MOST_CLICKS
    for session in shop.sessions:
        is_good = is_good and len(session) > 1 and all(type(click) is int and 0 <= click < V for click in session)
    if not is_good:
        raise CoreError(ARGUMENT, "something else", wanted)
    return shop


@cached_until_cleared(8)
def sessions_of(packed: str, part: Part) -> Clicks:
    """(N, LONGEST) with NO_CLICK after the end of each; a part of one click would have nothing to predict."""
    place = {"test": (0,), "validation": (1,), "training": tuple(range(2, 10))}[part]
    rows = []
    for at, session in enumerate(unpack(packed).sessions):
        if at % 10 in place:
            parts = [session[first : first + LONGEST] for first in range(0, len(session), LONGEST)]
            rows += [each for each in parts if len(each) > 1]
    table = np.full((len(rows), LONGEST), NO_CLICK)
    for row, clicks in zip(table, rows, strict=True):
        row[: len(clicks)] = clicks
    return table
