"""The server's event loop, for a process whose other threads compute.

Streamlit hands the loop each part of a page by itself. For each of them asyncio writes a byte that wakes the loop, and the loop
looks for news on all connections four times. Each of these calls lets another thread compute, and the caller waits until that
thread lets it go on: with many visitors the loop waits more than it works. So a loop that is awake is not woken again, and
while it has work it looks for news a thousand times a second at most.
"""

import asyncio
import time
from collections.abc import Callable
from selectors import BaseSelector
from typing import Any

SECONDS_BETWEEN_LOOKS = 0.001


class SparingSelector:
    """A selector that does not look again at once when the loop only asks whether there is more to do."""

    def __init__(self, selector: BaseSelector, wake: Callable[[], None]) -> None:
        self._selector, self._wake = selector, wake
        self._next_look = 0.0
        self._is_woken = False

    def wake(self) -> None:
        """Let the loop's present look end, unless somebody has done so already."""
        if not self._is_woken:
            self._is_woken = True
            self._wake()

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is not None and timeout <= 0 and time.monotonic() < self._next_look:
            return []
        found = self._selector.select(timeout)
        self._is_woken = False  # a byte that came just now is read in this round, or ends the next look
        self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._selector, name)


def spare_the_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Change the running loop, which uvicorn makes before it reads our app. Loops of another kind stay as they are."""
    selector, wake = getattr(loop, "_selector", None), getattr(loop, "_write_to_self", None)
    if isinstance(loop, asyncio.SelectorEventLoop) and isinstance(selector, BaseSelector) and callable(wake):
        sparing = SparingSelector(selector, wake)
        vars(loop).update(_selector=sparing, _write_to_self=sparing.wake)
