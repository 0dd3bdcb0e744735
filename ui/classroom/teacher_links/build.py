"""A teacher's link from its settings: ui/widgets/limits.py and ui/shell/guide.py read it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from ui.i18n import Language
from ui.links.names import is_known
from ui.widgets.limits import MOST_FIXED

_OF_TEACHERS = ("fixed", "without", "hide", "student")


@dataclass(frozen=True)
class LinkSettings:
    page: str
    query: tuple[tuple[str, str], ...]  # of the view
    fixed: tuple[str, ...] = ()  # names of settings
    without: tuple[str, ...] = ()  # parts of the page
    language: Language = "en"
    hide: bool = False


def controls_of(page: str, query: tuple[tuple[str, str], ...]) -> list[str]:
    """The settings that the view names."""
    return [name for name, _value in query if name not in _OF_TEACHERS and is_known(page, name)]


def built(settings: LinkSettings) -> str:
    """Behind the app's address."""
    parameters: dict[str, str] = {"lang": settings.language}
    parameters |= {name: value for name, value in settings.query if name not in _OF_TEACHERS}
    fixed = [name for name in settings.fixed if is_known(settings.page, name)][:MOST_FIXED]
    if fixed:
        parameters["fixed"] = ",".join(fixed)
    if settings.without:
        parameters["without"] = ",".join(settings.without)
    if settings.hide:
        parameters["hide"] = "1"
    page = "" if settings.page == "home" else settings.page
    return f"{page}?{urlencode(parameters, safe=',')}"
