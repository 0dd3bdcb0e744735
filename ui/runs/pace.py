"""How often a page asks for the progress of a run, and how it states the remaining time."""

from math import ceil
from random import uniform

from ui.i18n import _

SECONDS_BETWEEN_LOOKS = {0.0: 0.5, 3.0: 1.0, 8.0: 2.0, 12.0: 4.0}  # by the least number of visitors per worker


def seconds_between_looks(visitors_per_worker: float) -> float:
    """Longer with many visitors, because asking more often than the run's turn comes would only keep the server busy."""
    return max(seconds for visitors, seconds in SECONDS_BETWEEN_LOOKS.items() if visitors_per_worker >= visitors)


def with_jitter(seconds: float) -> float:
    """Up to a fifth more or less: the pages of a class that pressed Train together would otherwise always ask together."""
    return seconds * uniform(0.8, 1.2)


def time_left(seconds: float) -> str:
    """The duration in seconds, minutes or hours."""
    if seconds < 120:
        return _("about {seconds} s left").format(seconds=ceil(seconds))
    if seconds < 7200:
        return _("about {minutes} min left").format(minutes=ceil(seconds / 60))
    return _("about {hours} h left").format(hours=ceil(seconds / 3600))
