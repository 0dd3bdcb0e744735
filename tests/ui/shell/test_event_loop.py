"""The server's loop is woken once, looks sparingly while it works, and misses nothing."""

import asyncio
import selectors
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from ui.shell.event_loop import SECONDS_BETWEEN_LOOKS, SparingSelector, spare_the_loop


class Looks(selectors.SelectSelector):
    count = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        self.count += 1
        return super().select(timeout)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.SelectorEventLoop(Looks())
    spare_the_loop(made)
    yield made
    made.close()


def looks(loop: asyncio.AbstractEventLoop) -> int:
    count: int = vars(loop)["_selector"].count
    return count


def test_a_loop_that_is_awake_is_not_woken_again() -> None:
    woken: list[None] = []
    with selectors.SelectSelector() as inner:
        selector = SparingSelector(inner, lambda: woken.append(None))
        for _message in range(5):
            selector.wake()
        assert len(woken) == 1
        selector.select(0.001)  # a look that waits
        selector.wake()
        assert len(woken) == 2


def test_calls_of_other_threads_all_come_in_their_order(loop: asyncio.AbstractEventLoop) -> None:
    came: dict[int, list[int]] = {number: [] for number in range(4)}

    def call(thread: int) -> None:
        for number in range(500):
            loop.call_soon_threadsafe(came[thread].append, number)

    async def wait() -> None:
        threads = [threading.Thread(target=call, args=(number,)) for number in came]
        for thread in threads:
            thread.start()
        while any(len(each) < 500 for each in came.values()):
            await asyncio.sleep(0.001)

    loop.run_until_complete(asyncio.wait_for(wait(), 60))
    assert all(each == list(range(500)) for each in came.values())


def test_a_sleeping_loop_is_woken_by_one_call(loop: asyncio.AbstractEventLoop) -> None:
    async def wait() -> None:
        for _time in range(20):
            called = asyncio.Event()
            threading.Timer(0.005, loop.call_soon_threadsafe, (called.set,)).start()
            await asyncio.wait_for(called.wait(), 30)

    loop.run_until_complete(wait())


def test_a_busy_loop_looks_seldom_and_still_hears_its_connections(loop: asyncio.AbstractEventLoop) -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)

    async def wait() -> tuple[int, float, bytes]:
        heard = asyncio.ensure_future(loop.sock_recv(ours, 10))
        theirs.send(b"news")
        before, began, rounds = looks(loop), loop.time(), 0
        while not heard.done() or rounds < 2000:  # never idle
            await asyncio.sleep(0)
            rounds += 1
        assert rounds >= 2000
        return looks(loop) - before, loop.time() - began, heard.result()

    with ours, theirs:
        count, seconds, news = loop.run_until_complete(asyncio.wait_for(wait(), 60))
    assert news == b"news"
    assert count <= seconds / SECONDS_BETWEEN_LOOKS + 2


def test_another_kind_of_loop_stays_as_it_is() -> None:
    class Other(asyncio.AbstractEventLoop):
        pass

    other = Other()
    spare_the_loop(other)
    assert vars(other) == {}
