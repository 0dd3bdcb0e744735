"""From the start of the process to a page that answers, in a browser that has seen neither: /lstm against an empty Streamlit app.

The two take turns. `/lstm` answers when a press of the right arrow has moved its diagram to step 2, the empty app when its one
line of text stands there.
"""

import statistics
import time
from pathlib import Path
from tempfile import mkdtemp

from playwright.sync_api import Browser, Page

from benchmarks.browser import ROOT, chromium, running, scratch_script
from benchmarks.timing import save, table

ROUNDS = 10
EMPTY = """
import streamlit as st
st.write("nothing")
"""
PATIENCE = 60_000  # milliseconds


# `wait_for` looks in every frame; `expect` would look again after half a second.
def empty_answers(page: Page) -> None:
    page.get_by_text("nothing", exact=True).wait_for(timeout=PATIENCE)


def lstm_answers(page: Page) -> None:
    diagram = page.locator(".stepper .viewport")
    diagram.wait_for(timeout=PATIENCE)
    diagram.press("ArrowRight")
    page.locator(".stepper .counter", has_text="Step 2 of").wait_for(timeout=PATIENCE)


def seconds(browser: Browser, script: Path, path: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    start = time.perf_counter()
    with running(script) as url:
        page.goto(url + path)
        (lstm_answers if path else empty_answers)(page)
        taken = time.perf_counter() - start
        context.close()
    return taken


def main() -> None:
    contenders = {
        "an empty Streamlit app": (scratch_script(Path(mkdtemp()), EMPTY), ""),
        "the app, /lstm": (ROOT / "app.py", "/lstm"),
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    with chromium() as browser:
        for turn in range(ROUNDS + 1):
            for name, (script, path) in contenders.items():
                taken = seconds(browser, script, path)
                if turn:  # the first round only fills the disk's cache
                    times[name].append(taken)
    medians = {name: statistics.median(each) for name, each in times.items()}
    empty = next(iter(medians.values()))
    rows = [[name, f"{each:.2f} s", f"{each / empty:.2f}"] for name, each in medians.items()]
    print(table(["Process start to answer", "median", "x empty"], rows))
    print("written to", save("start", {"rounds": ROUNDS, "seconds": times, "median": medians}))
