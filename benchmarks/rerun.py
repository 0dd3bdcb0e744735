"""The processor time of one run of a page: `python -m benchmarks rerun [PAGE ...] [--runs 20]`.

One visitor without a browser, whose requests follow each other in one server, opens each page, runs it again, moves its dials and
chooses. Measured: the processor seconds of the app's own process for each kind of run, and the bytes that it sends; beside a bare
Streamlit page. Processor time, because other programs may want the same core, and the lowest of several batches, because they slow it too.
"""

import argparse
import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.browser import ROOT, scratch_script, server
from benchmarks.timing import save, table
from benchmarks.visits.actions import dials, new_value
from benchmarks.visits.measured import processor_seconds
from benchmarks.visits.tab import Tab

PAGES = (
    "",
    "lstm",
    "gru",
    "compare",
    "gradients",
    "states",
    "gates",
    "bptt",
    "history",
    "glossary",
    "lab",
    "text",
    "sentiment",
)
BATCHES = 5
BARE = """
import streamlit as st
st.slider("Value", 0.0, 1.0, key="value")
st.write(st.session_state["value"])
"""


class Cost(NamedTuple):
    milliseconds: float  # of the processor, for one run
    kilobytes: float  # sent for one run


class Measured:
    """Runs in one server, each of which costs that process some time."""

    def __init__(self, process: int, runs: int) -> None:
        self._process, self._runs = process, runs

    async def cost(self, tab: Tab, act: Callable[[], Awaitable[object]]) -> Cost:
        await act()  # fills the caches
        received, seconds = tab.received, []
        for _batch in range(BATCHES):
            began = processor_seconds(self._process)
            for _run in range(self._runs):
                await act()
            seconds.append((processor_seconds(self._process) - began) / self._runs)
        sent = (tab.received - received) / (BATCHES * self._runs)
        return Cost(round(1000 * min(seconds), 1), round(sent / 1024, 1))


async def of_page(url: str, slug: str, measured: Measured) -> dict[str, Cost]:
    tab, chance = Tab(url), random.Random(0)
    found = {"open": await measured.cost(tab, lambda: tab.open(slug))}
    found["run again"] = await measured.cost(tab, tab.run)
    if dials(tab):
        found["dial"] = await measured.cost(tab, lambda: _move_dial(tab, chance))
    await tab.close()
    for problem in tab.problems:
        raise RuntimeError(problem)
    return found


async def _move_dial(tab: Tab, chance: random.Random) -> None:
    part, spec = chance.choice(dials(tab))
    kept = json.dumps({"moved": {"value": new_value(spec, chance), "at": int(1000 * time.time())}})
    await tab.set(part, WidgetState(json_value=kept))


async def measure(url: str, process: int, pages: Sequence[str], runs: int) -> dict[str, dict[str, Cost]]:
    measured = Measured(process, runs)
    return {slug or "home": await of_page(url, "" if slug == "home" else slug, measured) for slug in pages}


async def bare_page(url: str, process: int, runs: int) -> dict[str, Cost]:
    measured, tab = Measured(process, runs), Tab(url)
    found = {"open": await measured.cost(tab, tab.open), "run again": await measured.cost(tab, tab.run)}
    await tab.close()
    return found


def show(found: dict[str, dict[str, Cost]]) -> None:
    kinds = ("open", "run again", "dial")
    head = ["Page", *(f"{kind}, {unit}" for kind in kinds for unit in ("ms", "kB"))]
    rows = [
        [page, *(str(number) for kind in kinds for number in of_kind.get(kind, ("", "")))]
        for page, of_kind in found.items()
    ]
    print(table(head, rows))


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks rerun", description=__doc__)
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--runs", type=int, default=8)
    chosen = parser.parse_args(arguments)
    script = scratch_script(Path(mkdtemp()), BARE)
    with server(script) as bare:
        found = {"a bare page": asyncio.run(bare_page(bare.url, bare.process, chosen.runs))}
    with server(ROOT / "app.py") as ours:
        found |= asyncio.run(measure(ours.url, ours.process, chosen.pages, chosen.runs))
    show(found)
    results: dict[str, Any] = {
        page: {kind: cost._asdict() for kind, cost in of_kind.items()} for page, of_kind in found.items()
    }
    print("written to", save("rerun", {"runs": chosen.runs, "pages": results}))


if __name__ == "__main__":
    main()
