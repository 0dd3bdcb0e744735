"""From a click in the menu until each application stands with its first picture, in a browser that has come from Home.

The first round is that of the first visitor of a fresh server: nothing has been read or computed yet.
"""

import statistics
import time

from playwright.sync_api import Page

from benchmarks.browser import ROOT, chromium, running, wait_until_idle
from benchmarks.timing import save, table
from rnn_core.apps import NAMES
from ui.site import title

ROUNDS = 5
PICTURE = {"text": "text=What could come here"}  # the others begin with a chart
CHART = ".unrolled-plot .stage.drawn"


def opened(page: Page, name: str) -> float:
    """Seconds."""
    start = time.perf_counter()
    page.get_by_test_id("stSidebar").get_by_role("link", name=title(name), exact=True).click()
    page.get_by_role("heading", name=title(name), exact=True).wait_for()
    wait_until_idle(page)  # only now all charts of the page before are gone
    page.locator(PICTURE.get(name, CHART)).first.wait_for()
    return time.perf_counter() - start


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in NAMES}
    with chromium() as browser, running(ROOT / "app.py") as url:
        for _round in range(ROUNDS):
            context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
            page = context.new_page()
            page.goto(url)
            page.locator(CHART).first.wait_for()
            wait_until_idle(page)
            for name, each in times.items():
                each.append(opened(page, name))
            context.close()
    measured = {
        name: {"first_visitor": each[0], "median_of_later": statistics.median(each[1:])} for name, each in times.items()
    }
    rows = [[name, f"{m['first_visitor']:.2f} s", f"{m['median_of_later']:.2f} s"] for name, m in measured.items()]
    print(table(["Menu to first picture", "first visitor", "later ones, median"], rows))
    print("written to", save("opening", {"rounds": ROUNDS, "seconds": measured}))
