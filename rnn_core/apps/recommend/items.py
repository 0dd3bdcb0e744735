"""The shop: 120 items by name, each in one category. Some of them answer a need that another item creates."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "files" / "items.csv"
CATEGORIES_ZH = {
    "photography": "摄影",
    "coffee": "咖啡",
    "camping": "露营",
    "music": "音乐",
    "computing": "电脑",
    "baking": "烘焙",
    "gardening": "园艺",
    "painting": "绘画",
    "cycling": "骑行",
    "pets": "宠物",
}
CATEGORIES = tuple(CATEGORIES_ZH)


@dataclass(frozen=True)
class Item:
    en: str
    zh: str
    category: int  # its place in CATEGORIES
    expensive: bool
    answers: int | None  # the item whose need it answers: a memory card answers a camera


@lru_cache(maxsize=1)
def items() -> tuple[Item, ...]:
    """Every item; its number is its place. Within a category the more popular come first."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    numbers = {row["en"]: number for number, row in enumerate(rows)}
    return tuple(
        Item(
            row["en"],
            row["zh"],
            CATEGORIES.index(row["category"]),
            row["price"] == "high",
            numbers[row["need"]] if row["need"] else None,
        )
        for row in rows
    )


@lru_cache(maxsize=1)
def by_name() -> dict[str, int]:
    """An item's number by its name in either language, in small letters."""
    named = {item.en.casefold(): number for number, item in enumerate(items())}
    return named | {item.zh: number for number, item in enumerate(items())}
