"""How long until each application stands with its first picture.

By the menu: from a click, in a browser that has come from Home. The first round is that of the first visitor of a fresh server:
nothing has been read or computed yet. By a link: in a browser that has never seen the app, on the server that is now warm; an
empty Streamlit app takes turns with them. And how many bytes a first visit fetches, by kind of file, once all charts are drawn.
"""

import statistics
import time
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.browser import ROOT, chromium, running, scratch_script, wait_until_idle
from benchmarks.start import EMPTY, empty_answers
from benchmarks.timing import save, table
from rnn_core.apps.registry import APPLICATIONS
from ui.shell.site import title

ROUNDS = 5
PICTURE = {  # the others begin with a chart
    "text": "text=What could come here",
    "sentiment": ".word",
    "recommend": ".item",
    "translate": ".said",
}
CHART = ".unrolled-plot .stage.drawn"
VISITED = "lstm"
Times = dict[str, list[float]]


def fresh(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")


def stands(page: Page, name: str) -> None:
    wait_until_idle(page)
    page.locator(PICTURE.get(name, CHART)).first.wait_for()


def by_the_menu(page: Page, name: str) -> float:
    """Seconds."""
    start = time.perf_counter()
    page.get_by_test_id("stSidebar").get_by_role("link", name=title(name), exact=True).click()
    page.get_by_role("heading", name=title(name), exact=True).wait_for()
    stands(page, name)  # all charts of the page before are gone once it is idle
    return time.perf_counter() - start


def by_a_link(browser: Browser, url: str, name: str) -> float:
    """Seconds; without a name, the empty app."""
    context = fresh(browser)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(f"{url}/{name}", wait_until="commit")
    if name:
        page.get_by_role("heading", name=title(name), exact=True).wait_for()
        stands(page, name)
    else:
        empty_answers(page)
    taken = time.perf_counter() - start
    context.close()
    return taken


def bytes_of_a_first_visit(browser: Browser, url: str) -> dict[str, int]:
    """The bytes on the wire, by owner and kind, the largest kind first."""
    context = fresh(browser)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    kinds: dict[str, str] = {}
    counted: Counter[str] = Counter()

    def begin(reported: dict[str, Any]) -> None:
        path = urlsplit(reported["response"]["url"]).path
        owner = "ours" if "/vendor/" in path else "Streamlit's"
        kinds[reported["requestId"]] = f"{owner}, {path.rsplit('.', 1)[1] if '.' in path else 'the rest'}"

    def end(reported: dict[str, Any]) -> None:
        counted[kinds.get(reported["requestId"], "unknown")] += int(reported["encodedDataLength"])

    devtools.on("Network.responseReceived", begin)
    devtools.on("Network.loadingFinished", end)
    devtools.on(
        "Network.webSocketFrameReceived", lambda reported: counted.update({"messages": _size(reported["response"])})
    )
    page.goto(f"{url}/{VISITED}")
    stands(page, VISITED)
    page.wait_for_load_state("networkidle")
    context.close()
    return {kind: size for kind, size in counted.most_common() if size}  # what the browser makes itself has none


def _size(frame: dict[str, Any]) -> int:
    """The browser reports binary messages in base64."""
    return len(frame["payloadData"]) * 3 // 4 if frame["opcode"] == 2 else len(frame["payloadData"])


def main() -> None:
    menu: Times = {name: [] for name in APPLICATIONS}
    link: Times = {name: [] for name in ("", *APPLICATIONS)}
    empty = scratch_script(Path(mkdtemp()), EMPTY)
    with chromium() as browser, running(ROOT / "app.py") as ours, running(empty) as bare:
        fetched = bytes_of_a_first_visit(browser, ours)
        for _round in range(ROUNDS):
            context = fresh(browser)
            page = context.new_page()
            page.goto(ours)
            stands(page, "")
            for name, each in menu.items():
                each.append(by_the_menu(page, name))
            context.close()
        for _round in range(ROUNDS):
            for name, each in link.items():
                each.append(by_a_link(browser, ours if name else bare, name))
    measured = {
        name: {
            "menu, first visitor": each[0],
            "menu, later": statistics.median(each[1:]),
            "link": statistics.median(link[name]),
        }
        for name, each in menu.items()
    }
    measured["an empty Streamlit app"] = {"link": statistics.median(link[""])}
    columns = ["menu, first visitor", "menu, later", "link"]
    rows = [
        [name, *(f"{each[column]:.2f} s" if column in each else "" for column in columns)]
        for name, each in measured.items()
    ]
    print(table(["Until the first picture stands", *columns], rows))
    sizes = [[kind, f"{size / 1000:.0f} kB"] for kind, size in [("all", sum(fetched.values())), *fetched.items()]]
    print(table([f"A first visit to /{VISITED}", "fetched"], sizes))
    print("written to", save("opening", {"rounds": ROUNDS, "median_seconds": measured, "first_visit_bytes": fetched}))
