"""The first view of every page: how long until it has its pictures, how many requests it makes, and how many bytes it fetches.

Each visit is by a link, in a browser that has never seen the app. The first round is that of a fresh server, which has read and
computed nothing yet; then follow rounds on the warm server, an empty Streamlit app with them. The fixed scripts are Streamlit's
own files and ours, which a browser keeps; the rest is what the page itself sends.
"""

import statistics
import time
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from benchmarks.browser import ROOT, chromium, running, scratch_script, wait_until_idle
from benchmarks.start import EMPTY, empty_answers
from benchmarks.timing import save, table
from ui.shell import site

WARM_ROUNDS = 3
FIXED = ("/static/", "/vendor/")
DRAWN = """() => [...document.querySelectorAll("[data-part]")].every((part) => (part.shadowRoot ?? part).childElementCount)
    && !document.querySelector(".unrolled-plot .stage:not(.drawn)")"""


class Visit(NamedTuple):
    seconds: float
    requests: int
    fetched: dict[str, int]  # bytes on the wire by kind

    def own_bytes(self) -> int:
        return sum(size for kind, size in self.fetched.items() if not kind.startswith("scripts"))


def visit(browser: Browser, address: str, slug: str | None) -> Visit:
    """Without a slug, of the empty app."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    counted, requests = _count(page)
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    if slug is None:
        empty_answers(page)
    else:
        page.get_by_role("heading", name=site.headline(slug), exact=True).wait_for()
        wait_until_idle(page)
        page.wait_for_function(DRAWN)
    seconds = time.perf_counter() - start
    page.wait_for_timeout(500)  # for what was asked for and has not come
    found = Visit(seconds, len(requests), dict(counted))
    context.close()
    return found


def _count(page: Page) -> tuple[Counter[str], dict[str, str]]:
    """Bytes by kind, and the kind of each request; both grow while the page loads."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    kinds: dict[str, str] = {}
    counted: Counter[str] = Counter()

    def begin(reported: dict[str, Any]) -> None:
        path = urlsplit(reported["response"]["url"]).path
        if not any(each in path for each in FIXED):
            kinds[reported["requestId"]] = "the page's own files"
        else:
            kinds[reported["requestId"]] = "scripts: ours" if "/vendor/" in path else "scripts: Streamlit's"

    def end(reported: dict[str, Any]) -> None:
        counted[kinds.get(reported["requestId"], "the page's own files")] += int(reported["encodedDataLength"])

    devtools.on("Network.responseReceived", begin)
    devtools.on("Network.loadingFinished", end)
    devtools.on(
        "Network.webSocketFrameReceived", lambda reported: counted.update({"messages": _size(reported["response"])})
    )
    return counted, kinds


def _size(frame: dict[str, Any]) -> int:
    """The browser reports binary messages in base64."""
    return len(frame["payloadData"]) * 3 // 4 if frame["opcode"] == 2 else len(frame["payloadData"])


def main() -> None:
    slugs = [page.slug for page in site.PAGES]
    empty = scratch_script(Path(mkdtemp()), EMPTY)
    warm: dict[str | None, list[Visit]] = {slug: [] for slug in (None, *slugs)}
    with chromium() as browser, running(empty) as bare, running(ROOT / "app.py") as ours:

        def opened(slug: str | None) -> Visit:
            return visit(browser, bare if slug is None else f"{ours}/{'' if slug == 'home' else slug}?lang=en", slug)

        cold = {slug: opened(slug).seconds for slug in slugs}
        for _round in range(WARM_ROUNDS):
            for slug, visits in warm.items():
                visits.append(opened(slug))
    measured = {
        slug or "an empty Streamlit app": {
            "seconds_first_visitor": cold[slug] if slug else None,
            "seconds": statistics.median(each.seconds for each in visits),
            "requests": visits[-1].requests,
            "own_bytes": visits[-1].own_bytes(),
            "all_bytes": sum(visits[-1].fetched.values()),
        }
        for slug, visits in warm.items()
    }
    rows = [
        [
            name,
            f"{each['seconds_first_visitor']:.2f} s" if each["seconds_first_visitor"] else "",
            f"{each['seconds']:.2f} s",
            str(each["requests"]),
            f"{each['own_bytes'] / 1000:.0f} kB",
            f"{each['all_bytes'] / 1000:.0f} kB",
        ]
        for name, each in measured.items()
    ]
    columns = ["first visitor", "later", "requests", "its own bytes", "all bytes"]
    print(table(["until the page has its pictures", *columns], rows))
    print("written to", save("opening", {"warm_rounds": WARM_ROUNDS, "pages": measured}))
