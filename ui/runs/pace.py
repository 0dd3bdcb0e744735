"""How often a page looks at a run that goes on: less often in a crowd, and not in step with everybody else. How long it
will take."""

from math import ceil
from random import uniform

from ui.i18n import _

PACES = {
    0.0: 0.5,
    3.0: 1.0,
    8.0: 2.0,
    12.0: 4.0,
}  # visitors for each worker, and from there on the seconds between two looks


def pace_in(crowd: float) -> float:
    """Looking more often than the run's turn comes would only keep the server busy."""
    return max(seconds for visitors, seconds in PACES.items() if crowd >= visitors)


def in_own_time(pace: float) -> float:
    """A class that pressed Train together would ask together for ever, and each would wait for all the others."""
    return pace * uniform(0.8, 1.2)


def time_left(seconds: float) -> str:
    """In the unit that a person would say."""
    if seconds < 120:
        return _("about {seconds} s left").format(seconds=ceil(seconds))
    if seconds < 7200:
        return _("about {minutes} min left").format(minutes=ceil(seconds / 60))
    return _("about {hours} h left").format(hours=ceil(seconds / 3600))
