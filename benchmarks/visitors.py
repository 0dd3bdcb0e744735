"""Thirty visitors train the same settings at once, each with the page open: `python -m benchmarks visitors`.

A real server with its own worker processes; the visitors speak Streamlit's own protocol over websockets, without a
browser: they open the lab, press Train, look again as often as the page does, and now and then press something that runs
the whole page. Measured: how far each of them gets, and how long the server takes to answer.
"""

import asyncio
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from benchmarks import timing
from benchmarks.browser import ROOT, Server, server
from benchmarks.visits.measured import family
from benchmarks.visits.tab import Tab

VISITORS = 30
SECONDS = 120.0
LOOKS_BETWEEN_RERUNS = 10
SECONDS_WITHOUT_A_RUN = 0.5  # between two runs of a page on which nothing trains
QUERY = "lang=en&cell=lstm&clip=1&budget=1000000"


@dataclass
class Visitor:
    """One tab on a page that trains."""

    tab: Tab
    looks: list[float] = field(default_factory=list)  # seconds each, of the part that shows the run
    reruns: list[float] = field(default_factory=list)  # seconds each, of the whole page
    problems: list[str] = field(default_factory=list)

    @property
    def step(self) -> int:
        """What the page says."""
        reported = re.search(r"Step (\d+) of", self.tab.progress)
        return int(reported[1]) if reported else 0

    async def train(self, until: float) -> None:
        try:
            await self.tab.press("run")
            looked = 0
            while time.monotonic() < until:
                await asyncio.sleep(self.tab.again[1] if self.tab.again else SECONDS_WITHOUT_A_RUN)
                looked += 1
                if looked % LOOKS_BETWEEN_RERUNS:
                    self.looks.append(await self.tab.look_again())
                else:
                    self.reruns.append(await self.tab.run())
        except (OSError, TimeoutError, WebSocketException, LookupError) as problem:
            self.problems.append(repr(problem))
        self.problems += self.tab.problems


def main() -> None:
    print(f"load before: {timing.machine()['load_1min']}", file=sys.stderr)
    with server(ROOT / "app.py") as started:
        before = server_seconds(started)
        visitors = asyncio.run(lesson(started.url))
        spent = server_seconds(started) - before
    report(visitors, spent)


async def lesson(url: str) -> list[Visitor]:
    visitors = [Visitor(Tab(url)) for _ in range(VISITORS)]
    for visitor in visitors:
        await visitor.tab.open("lab", QUERY)
    first = visitors[0]
    await first.tab.press("one_step")  # the workers are warm
    while first.step < 1:
        await asyncio.sleep(1.0)
        await first.tab.run()
    await first.tab.press("restart")
    until = time.monotonic() + SECONDS
    await asyncio.gather(*(visitor.train(until) for visitor in visitors))
    for visitor in visitors:
        await visitor.tab.close()
    return visitors


def server_seconds(started: Server) -> float:
    """What the server itself has computed so far, its workers not counted: the one number that no neighbour changes."""
    return sum(used.seconds for name, used in family(started.process).items() if name.startswith("server"))


def report(visitors: list[Visitor], server_cpu: float) -> None:
    steps = [visitor.step for visitor in visitors]
    waits = {name: [wait for each in visitors for wait in getattr(each, name)] for name in ("looks", "reruns")}
    waits["all runs"] = [*waits["looks"], *waits["reruns"]]
    results = {
        "visitors": VISITORS,
        "seconds": SECONDS,
        "slowest_steps": min(steps),
        "fastest_steps": max(steps),
        "slowest_over_fastest": round(min(steps) / max(max(steps), 1), 2),
        "server_processor_seconds": round(server_cpu, 1),
        "problems": dict(Counter(problem for visitor in visitors for problem in visitor.problems)),
        "milliseconds": {
            name: {
                "median": round(1000 * statistics.median(each)),
                "p95": round(1000 * statistics.quantiles(each, n=20)[-1]),
                "count": len(each),
            }
            for name, each in waits.items()
        },
    }
    rows = [
        [name, f"{m['median']} ms", f"{m['p95']} ms", str(m["count"])] for name, m in results["milliseconds"].items()
    ]
    print(timing.table([f"{VISITORS} visitors", "median", "95%", "runs"], rows))
    print(f"the server computed for {server_cpu:.1f} s, its workers not counted")
    print(f"steps after {SECONDS:g} s: from {min(steps)} to {max(steps)}; problems: {results['problems'] or 'none'}")
    print("written to", timing.save("visitors", results))
