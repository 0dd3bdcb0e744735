"""The stage of the recommender: a shop to click in, the session as a row of cards, and the items that are most probable next.

The browser code is in shop/. A click on an item, on the shelf or in the list, and the choice of a category are sent to the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from ui.browser import assets, door
from ui.i18n import _

HEIGHT = 620
CLICKED, CATEGORY = "clicked", "category"

_part = st.components.v2.component("unrolled_shop", js=assets.LOADER)


@dataclass(frozen=True)
class ShopItem:
    name: str
    category: str
    ink: str  # a name of ui/figures/style.py
    is_expensive: bool
    share: float  # its probability to be clicked next


@dataclass(frozen=True)
class Category:
    name: str
    label: str
    ink: str
    share: float  # of all its items together


@dataclass(frozen=True)
class Next:
    """An item in the list of the most probable."""

    item: int
    network: float | None  # None where there is no network yet
    best: float | None  # None where nobody knows how the sessions are made
    followed: float | None  # None before the first click
    rank_by_last: int | None  # by the last click alone, from 1


@dataclass(frozen=True)
class Shop:
    items: Sequence[ShopItem]
    categories: Sequence[Category]
    category: str  # the one that is seen
    clicked: Sequence[int]
    is_full: bool
    list: Sequence[Next]
    sentence: str  # strong between **


def shop(shown: Shop, *, key: str, add: Callable[[int], None], choose: Callable[[str], None]) -> None:
    """A click calls `add` with the item's number, and another category `choose` with its name, before the page's run."""

    def take_clicked() -> None:
        item = door.read(st.session_state.get(key), CLICKED, door.whole(0, len(shown.items) - 1))
        if item is not None:
            add(item)

    def take_category() -> None:
        names = [each.name for each in shown.categories]
        name = door.read(st.session_state.get(key), CATEGORY, door.one_of(names))
        if name is not None:
            choose(name)

    _part(
        key=key,
        data=assets.component_data({"module": assets.serve("shop"), "height": HEIGHT, **_message(shown)}),
        on_clicked_change=take_clicked,
        on_category_change=take_category,
    )


def _message(shown: Shop) -> dict[str, object]:
    return {
        "items": [
            {
                "name": item.name,
                "category": item.category,
                "ink": f"var(--ink-{item.ink.replace('_', '-')})",
                "isExpensive": item.is_expensive,
                "share": round(item.share, 5),
            }
            for item in shown.items
        ],
        "categories": [
            {
                "name": each.name,
                "label": each.label,
                "ink": f"var(--ink-{each.ink.replace('_', '-')})",
                "share": round(each.share, 5),
            }
            for each in shown.categories
        ],
        "category": shown.category,
        "clicked": list(shown.clicked),
        "isFull": shown.is_full,
        "list": [
            {
                "item": row.item,
                "network": row.network,
                "best": row.best,
                "followed": row.followed,
                "rankByLast": row.rank_by_last,
            }
            for row in shown.list
        ],
        "sentence": shown.sentence,
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "session": _("The session: the items that were clicked, in order"),
        "nothing": _("Click an item"),
        "categories": _("Categories of the shop"),
        "share": _("{share} of the next clicks are expected in this category"),
        "shelf": _("Items of this category"),
        "expensive": _("expensive"),
        "next": _("What comes next?"),
        "take": _("Take “{item}”:"),
        "network": _("the network"),
        "best": _("best possible"),
        "followed": _("what followed the last item"),
        "rank_by_last": _("By the last click alone it is number {rank}."),
        "unavailable": _("The shop could not be loaded. Please reload the page."),
    }
