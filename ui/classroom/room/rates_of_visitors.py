"""How many rooms one address may open: counted for the whole process, because a new tab is a new visit."""

from ui.classroom.room import limits
from ui.classroom.room.rate import Rates

_rates = Rates()


def may_open(address: str | None) -> bool:
    return _rates.take(address or "this machine", *limits.OPENINGS)
