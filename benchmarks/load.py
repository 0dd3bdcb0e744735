"""The load of a lesson: `python -m benchmarks load`, in small `python -m benchmarks load --visitors 10 --training 2 --seconds 20`.

Visitors without a browser speak Streamlit's protocol, and a few have Chromium. They come within ten seconds, fetch all files of a
first visit, and act every three seconds: they step, move dials, choose, change pages, train, lose the connection, and leave.
Beside them a class answers sketches in rooms, one room after the other. Then students come who step and move dials on cell pages alone. Measured: the waits by kind, the errors, the processor and the memory of
each process, and what is left when all have gone; beside a bare Streamlit app whose visitors move one slider.

Streamlit keeps a visit for `disconnectedSessionTTL` seconds after its connection is lost: here 5, so that the end can be awaited.
"""

import argparse
import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from playwright.async_api import Browser, async_playwright
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.browser import CHROMIUM, FLAGS, ROOT, Server, scratch_script, server
from benchmarks.room import own_rooms
from benchmarks.timing import machine, save
from benchmarks.visits.actions import CELLS, EXPLORING, LESSON, ON_CELL_PAGES, TRAINED, Action, Visit
from benchmarks.visits.arrival import fetch, files_of, visit_with_chromium
from benchmarks.visits.class_in_rooms import answer_in_rooms
from benchmarks.visits.measured import Used, Waits, family, megabytes, seconds_between, summary
from benchmarks.visits.replicated import replicas
from benchmarks.visits.report import show
from benchmarks.visits.tab import Tab
from ui.classroom.room.rooms import Rooms

BARE = """
import streamlit as st
st.slider("Value", 0.0, 1.0, key="value")
st.write(st.session_state["value"])
"""
FORGETS = ("--server.disconnectedSessionTTL", "5")
ARRIVE, ARRIVE_STUDENTS, BARE_SECONDS = 10.0, 20.0, 10.0  # seconds
CHROMIUM_PAGES = ("lstm", "gradients", "")
SECONDS_TO_WARM = 15
SECONDS_TO_SETTLE = 80.0  # the app collects its garbage once a minute
SECONDS_BETWEEN_SAMPLES = 3.0
RERUNS = ("dial", "choice", "page", "look at a training run")


@dataclass(frozen=True)
class Options:
    visitors: int  # who explore
    training: int
    chromium: int
    room: int  # who answer in a room
    students: int  # who come afterwards, to cell pages alone
    seconds: float  # of the lesson after the arrival, and at most 20 of them for the students
    rounds: int
    replicas: int


@dataclass
class Phase:
    """What was measured while some visitors were there."""

    waits: Waits = field(default_factory=Waits)
    samples: list[dict[str, Used]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    own: float = field(default_factory=time.process_time)
    seconds: float = 0.0

    def end(self) -> None:
        self.seconds, self.own = time.monotonic() - self.began, time.process_time() - self.own

    def result(self) -> dict[str, Any]:
        spent = seconds_between(self.samples[0], self.samples[-1])
        server_seconds = sum(value for name, value in spent.items() if name.startswith("server"))
        return {
            "seconds": round(self.seconds, 1),
            "milliseconds": {kind: summary(waits) for kind, waits in sorted(self.waits.of.items())},
            "reruns": summary(self.waits.all_of(*RERUNS)),
            "errors": dict(self.waits.errors),
            "processor_seconds": spent | {"the measuring program": round(self.own, 2)},
            "cores_used_by_server": round(server_seconds / self.seconds, 2),
            "cores_used": round(sum(spent.values()) / self.seconds, 2),
            "memory_peak": max((megabytes(each) for each in self.samples), key=lambda each: each["resident"]),
        }


@asynccontextmanager
async def watched(process: int) -> AsyncIterator[Phase]:
    phase = Phase()

    async def sample() -> None:
        while True:
            phase.samples.append(await asyncio.to_thread(family, process))
            await asyncio.sleep(SECONDS_BETWEEN_SAMPLES)

    phase.samples.append(family(process))
    sampling = asyncio.create_task(sample())
    try:
        yield phase
    finally:
        sampling.cancel()
        phase.samples.append(family(process))
        phase.end()


async def lesson(
    browser: Browser, url: str, files: dict[str, list[str]], rooms: Rooms, phase: Phase, options: Options
) -> None:
    """Until all have left."""
    end = time.monotonic() + ARRIVE + options.seconds

    async def explore(number: int) -> None:
        visit = new_visit(url, phase.waits, number)
        await asyncio.sleep(ARRIVE * number / options.visitors)
        slug = CHROMIUM_PAGES[number % len(CHROMIUM_PAGES)]
        await visit.attempt(arrive(visit, slug, files[slug]))
        if visit.tab.widgets:
            await visit.act_until(end, EXPLORING)
        await visit.tab.close()

    async def train(number: int) -> None:
        visit = new_visit(url, phase.waits, 1000 + number)
        await asyncio.sleep(ARRIVE * number / options.training)
        await visit.attempt(visit.tab.open("lab", f"lang={visit.tab.lang}&{TRAINED}&seed={number}"))
        await visit.train_until(end)
        await visit.tab.close()

    async def look(number: int) -> None:
        await asyncio.sleep(ARRIVE * number / options.chromium)
        await visit_with_chromium(browser, url, CHROMIUM_PAGES[number % len(CHROMIUM_PAGES)], phase.waits, end)

    async def sit_in_rooms() -> None:
        await asyncio.sleep(ARRIVE)
        await answer_in_rooms(url, rooms, options.room, phase.waits, end)

    await asyncio.gather(
        *(explore(number) for number in range(options.visitors)),
        *(train(number) for number in range(options.training)),
        *(look(number) for number in range(options.chromium)),
        *([sit_in_rooms()] if options.room else []),
    )


def new_visit(url: str, waits: Waits, number: int) -> Visit:
    return Visit(Tab(url, "zh" if number % 3 == 2 else "en"), waits, random.Random(number))


async def arrive(visit: Visit, slug: str, files: Sequence[str]) -> None:
    seconds = await fetch(visit.tab.url, files) + await visit.tab.open(slug)
    visit.waits.add("first load", seconds)


async def visit_together(
    url: str, phase: Phase, count: int, within: float, seconds: float, how: dict[Action, float]
) -> None:
    """`count` visitors arrive within some seconds, and each does the same kind of thing."""
    end = time.monotonic() + within + seconds

    async def one(number: int) -> None:
        visit = new_visit(url, phase.waits, number)
        await asyncio.sleep(within * number / count)
        await visit.attempt(visit.tab.open(CELLS[number % len(CELLS)] if how is ON_CELL_PAGES else ""))
        if visit.tab.widgets:
            await visit.act_until(end, how)
        await visit.tab.close()

    await asyncio.gather(*(one(number) for number in range(count)))


async def move_slider(tab: Tab, chance: random.Random, waits: Waits) -> None:
    """Move the one slider of the bare app."""
    state = WidgetState()
    state.double_array_value.data.append(round(chance.random(), 2))
    waits.add("dial", await tab.set(tab.widgets["value"], state))


async def warm(url: str) -> None:
    """Every page is seen, and every worker trains: modules are read, networks loaded, and processes as large as they become."""
    tabs = [Tab(url) for _worker in range(2 * (os.cpu_count() or 1))]
    await tabs[0].open()
    for slug in (*LESSON[1:], "home"):
        await tabs[0].go_to(slug)
    for number, tab in enumerate(tabs):
        await tab.open("lab", f"{TRAINED}&seed={number}")
        await tab.press("run")
    for _look in range(SECONDS_TO_WARM):
        await asyncio.sleep(1.0)
        for tab in tabs:
            await tab.look_again()
    for tab in tabs:
        await tab.close()


async def settled(process: int) -> dict[str, Used]:
    await asyncio.sleep(SECONDS_TO_SETTLE)
    return family(process)


async def measure(ours: Server, bare: Server, rooms: Rooms, options: Options) -> dict[str, Any]:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        files = {slug: await files_of(browser, ours.url, slug) for slug in CHROMIUM_PAGES}
        await warm(ours.url)
        async with watched(bare.process) as beside:
            await visit_together(bare.url, beside, options.visitors, ARRIVE, BARE_SECONDS, {move_slider: 1.0})
        before = family(ours.process)
        rounds, after = [], []
        for number in range(options.rounds):
            async with watched(ours.process) as phase:
                await lesson(browser, ours.url, files, rooms, phase, options)
            rounds.append(phase.result())
            if number + 1 < options.rounds:
                after.append(megabytes(await settled(ours.process)))
        async with watched(ours.process) as cells:
            if options.students:
                seconds = min(20.0, options.seconds)
                await visit_together(ours.url, cells, options.students, ARRIVE_STUDENTS, seconds, ON_CELL_PAGES)
        after.append(megabytes(await settled(ours.process)))
        await browser.close()
    last = rounds[-1]
    people = options.visitors + options.training + options.chromium  # students of a room are no visits
    return {
        "options": vars(options),
        "lesson": last if options.rounds == 1 else {"rounds": rounds},
        "students_on_cell_pages": cells.result() if options.students else None,
        "bare_app": beside.result(),
        "megabytes": {
            "before": megabytes(before),
            "peak": last["memory_peak"],
            "after": after,
            "per_visitor": round((last["memory_peak"]["resident"] - megabytes(before)["resident"]) / people, 2),
            "growth_percent": growth([each["resident"] for each in after]),
            "left_percent": round(100 * (after[-1]["resident"] / megabytes(before)["resident"] - 1), 1),
        },
    }


def growth(after: Sequence[int]) -> list[float]:
    """Of what is left after each round, over what was left after the first one."""
    return [round(100 * (each / after[0] - 1), 1) for each in after[1:]]


def chosen(arguments: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(prog="python -m benchmarks load", description=__doc__)
    parser.add_argument("--visitors", type=int, default=60)
    parser.add_argument("--training", type=int, default=10)
    parser.add_argument("--chromium", type=int, default=2)
    parser.add_argument("--room", type=int, default=60)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--replicas", type=int, choices=(1, 2), default=1)
    return Options(**vars(parser.parse_args(arguments)))


def main(arguments: Sequence[str] = ()) -> None:
    options = chosen(arguments)
    script = scratch_script(Path(mkdtemp()), BARE)
    at_first = machine()["load_1min"]
    started = replicas(FORGETS[1]) if options.replicas == 2 else one_process()
    with started as (rooms, ours), server(script) as bare:
        results = asyncio.run(measure(ours, bare, rooms, options)) | {"load_before": at_first}
    show(results)
    print("written to", save("load" if options.replicas == 1 else "load_replicas", results))


@contextmanager
def one_process() -> Iterator[tuple[Rooms, Server]]:
    with own_rooms() as rooms, server(ROOT / "app.py", settings=FORGETS) as ours:
        yield rooms, ours


if __name__ == "__main__":
    main()
