"""Browsers that wait for news of a room. One task a room looks into the store for all of them, so that a room may span replicas."""

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from ui.classroom.room import limits
from ui.classroom.room.store import StoreUnavailable, Versions

Result = TypeVar("Result")
# Not the threads that serve files: a store that does not answer must not hold those up.
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="rooms")


async def in_thread(work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(_threads, work)


def server_is_ending() -> bool:
    """Whether uvicorn has been asked to stop. It waits for every open request, so the held requests must be answered."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return bool(getattr(server, "should_exit", False))


class _Room:
    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.waiting = 0
        self.is_over = False
        self.looking: asyncio.Task[None] | None = None


class Watch:
    def __init__(self, versions: Callable[[str], Versions | None]) -> None:
        self._versions = versions
        self._rooms: dict[str, _Room] = {}

    @property
    def waiting(self) -> int:
        return sum(room.waiting for room in self._rooms.values())

    async def news(self, code: str, is_news: Callable[[Versions], bool]) -> bool:
        """Wait until `is_news` accepts the room's versions, but not longer than a proxy would. False if it does not."""
        end = asyncio.get_running_loop().time() + limits.WAIT
        room = self._rooms.setdefault(code, _Room())
        room.waiting += 1
        if room.looking is None:
            room.looking = asyncio.create_task(self._look(code, room))
        try:
            while True:
                changed = room.changed
                found = await in_thread(lambda: self._versions(code))
                if found is None or is_news(found):
                    return True
                left = end - asyncio.get_running_loop().time()
                try:
                    await asyncio.wait_for(changed.wait(), left)
                except TimeoutError:
                    return False
                if room.is_over:
                    return False
        finally:
            room.waiting -= 1

    async def _look(self, code: str, room: _Room) -> None:
        """Until nobody waits. A store that cannot be reached ends it too: the browsers ask again a little later."""
        known: Versions | None = None
        try:
            while room.waiting and not server_is_ending():
                found = await in_thread(lambda: self._versions(code))
                if found != known:  # at first too: the room may have changed since those who wait have looked
                    self._wake(room)
                known = found
                if found is None:
                    break
                await asyncio.sleep(limits.LOOK)
        except StoreUnavailable:
            pass
        finally:
            if self._rooms.get(code) is room:
                del self._rooms[code]
            room.is_over = True
            self._wake(room)

    def _wake(self, room: _Room) -> None:
        changed, room.changed = room.changed, asyncio.Event()
        changed.set()
