"""How often somebody may ask. Counted in this process alone, and nothing is written for whoever asks too often."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

MOST_NAMES = 20_000  # that are remembered; the one that asked longest ago is forgotten first
MOST_OVERDRAWN = 20  # times the limit, at most


class Rates:
    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how many are left, and when that was

    def take(self, name: str, most: float, seconds: float) -> bool:
        """Whether `name` may ask once more: `most` times at once, and as often again within these seconds."""
        left = self._left_of(name, most, seconds)
        self._keep(name, left - 1 if left >= 1 else left)
        return left >= 1

    def overdraw(self, name: str, most: float, seconds: float) -> None:
        """Count what was done already, also beyond the limit: many at once are made up for by waiting longer."""
        self._keep(name, max(-MOST_OVERDRAWN * most, self._left_of(name, most, seconds) - 1))

    def has(self, name: str, most: float, seconds: float) -> bool:
        return self._left_of(name, most, seconds) >= 1

    def _left_of(self, name: str, most: float, seconds: float) -> float:
        now = self._clock()
        left, then = self._left.get(name, (most, now))
        return min(most, left + max(0.0, now - then) * most / seconds)

    def _keep(self, name: str, left: float) -> None:
        self._left[name] = (left, self._clock())
        self._left.move_to_end(name)
        if len(self._left) > MOST_NAMES:
            self._left.popitem(last=False)


class Known:
    """Students whose browsers were seen in a room a while ago: guesses of others at the same address do not slow them."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    def add(self, code: str, student: str) -> None:
        self._seen[code, student] = None
        self._seen.move_to_end((code, student))
        if len(self._seen) > MOST_NAMES:
            self._seen.popitem(last=False)

    def __contains__(self, seen: tuple[str, str]) -> bool:
        return seen in self._seen
