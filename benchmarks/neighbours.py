"""One visitor's slider beside another visitor who uploads, trains or moves a heavy dial: `python -m benchmarks neighbours`.

The visitor moves a dial on the page of LSTMs. Beside it, in turn: nobody, somebody who uploads 20 MB again and again, somebody who
trains 4,000 steps, and somebody who asks for the longest and largest network on the page on gradients.
"""

import asyncio
import json
import random
import time
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http.cookies import SimpleCookie

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.browser import ROOT, server
from benchmarks.timing import save, table
from benchmarks.visits.actions import dials, new_value
from benchmarks.visits.measured import Waits, summary
from benchmarks.visits.tab import Tab

MOVES, ROUNDS, SECONDS_BETWEEN = 25, 3, 0.2
MEGABYTES = 19.9  # below the limit of one file
PATIENCE = 60.0
TRAINED = "cell=lstm&budget=4000"
LARGEST = {"dial_steps": 500, "dial_units": 64}  # the nearest that the page has
Neighbour = Callable[[Tab], Awaitable[object]]


async def nobody(_tab: Tab) -> None:
    await asyncio.sleep(0.1)


async def uploads(tab: Tab) -> None:
    await asyncio.to_thread(_put, tab.url, tab.session)


async def trains(tab: Tab) -> None:
    if tab.again is None:
        await tab.open("lab", TRAINED)
        await tab.press("run")
    await asyncio.sleep(tab.again[1] if tab.again else 0.5)
    await tab.look_again()


async def asks_for_the_largest(tab: Tab) -> None:
    if tab.slug != "gradients":
        await tab.open("gradients")
    for key, most in LARGEST.items():
        value = min(most, int(tab.widgets[key].data["high"])) - random.randrange(3)  # another one each time
        kept = json.dumps({"moved": {"value": value, "at": int(1000 * time.time())}})
        await tab.set(tab.widgets[key], WidgetState(json_value=kept))


NEIGHBOURS: dict[str, Neighbour] = {
    "nobody": nobody,
    "uploads 20 MB": uploads,
    "trains 4,000 steps": trains,
    "the largest gradients": asks_for_the_largest,
}


def _put(url: str, session: str) -> None:
    """One file, as Streamlit's uploader sends it."""
    with urllib.request.urlopen(f"{url}/_stcore/health", timeout=PATIENCE) as answer:
        token = SimpleCookie(answer.headers["Set-Cookie"])["_streamlit_xsrf"].value
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="large"\r\n\r\n'
    body += bytes(int(MEGABYTES * 2**20)) + b"\r\n--b--\r\n"
    headers = {
        "Content-Type": "multipart/form-data; boundary=b",
        "Cookie": f"_streamlit_xsrf={token}",
        "X-Xsrftoken": token,
    }
    request = urllib.request.Request(f"{url}/_stcore/upload_file/{session}/large", body, headers, method="PUT")
    urllib.request.urlopen(request, timeout=PATIENCE).close()


async def measure(url: str) -> dict[str, Waits]:
    found = {name: Waits() for name in NEIGHBOURS}
    mover, chance = Tab(url), random.Random(0)
    await mover.open("lstm")
    for _round in range(ROUNDS):
        for name, neighbour in NEIGHBOURS.items():
            tab = Tab(url)
            await tab.open()
            beside = asyncio.create_task(_for_ever(neighbour, tab))
            await asyncio.sleep(1.0)
            for _move in range(MOVES):
                part, spec = chance.choice(dials(mover))
                kept = json.dumps({"moved": {"value": new_value(spec, chance), "at": int(1000 * time.time())}})
                found[name].add("dial", await mover.set(part, WidgetState(json_value=kept)))
                await asyncio.sleep(SECONDS_BETWEEN)
            beside.cancel()
            with suppress(asyncio.CancelledError):
                await beside
            await tab.close()
    await mover.close()
    return found


async def _for_ever(neighbour: Neighbour, tab: Tab) -> None:
    while True:
        await neighbour(tab)


def main() -> None:
    with server(ROOT / "app.py") as started:
        found = asyncio.run(measure(started.url))
    measured = {name: summary(waits.of["dial"]) for name, waits in found.items()}
    rows = [[name, f"{m['median']} ms", f"{m['p95']} ms", f"{m['slowest']} ms"] for name, m in measured.items()]
    print(table(["A dial of /lstm beside", "median", "95%", "slowest"], rows))
    print("written to", save("neighbours", {"milliseconds": measured}))
