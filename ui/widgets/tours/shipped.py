"""The tours and lesson plans that come with the app: lessons/tours/NAME.toml and lessons/plans/NAME.toml. The tour of a page has
the page's name."""

from functools import cache
from pathlib import Path

from ui.widgets.tours.tour import Tour, read_tour

FOLDER = Path(__file__).parents[3] / "lessons" / "tours"
PLANS = FOLDER.with_name("plans")
WHOLE_APP = "course"


@cache
def names() -> tuple[str, ...]:
    """The tour through the whole app comes first."""
    found = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return tuple(sorted(found, key=lambda name: name != WHOLE_APP))


@cache
def plan_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in PLANS.glob("*.toml")))


@cache
def shipped_tour(name: str) -> Tour:
    folder = PLANS if name in plan_names() else FOLDER
    return read_tour((folder / f"{name}.toml").read_bytes())
