"""What every page knows of the search. The search itself reads the modules of all pages, and so is read when somebody searches."""

from collections.abc import Collection

from ui.browser import assets
from ui.browser.top_bar import Search
from ui.i18n import Language


def searched(lang: Language) -> Search:
    """What the bar needs of the search. Without our routes the browser fetches a file, which must be written before."""
    if assets.server_has_routes:
        return Search(f"{assets.SEARCH}/{lang}.json", _addresses)
    from ui.course.search.entries import publish_index

    return Search(publish_index(lang), _addresses)


def _addresses() -> Collection[str]:
    from ui.course.search.entries import addresses

    return addresses()
