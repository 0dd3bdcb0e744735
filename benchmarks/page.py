"""From the press of a key on a slider to painted charts, against a Streamlit app that has one slider and one line of text.

Each page is open beside the bare one and takes turns with it, so that whatever else the machine does hits both alike.
"""

import statistics
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from playwright.sync_api import Error, Page

from benchmarks.browser import ROOT, chromium, milliseconds_to_paint, running, scratch_script, wait_until_idle
from benchmarks.timing import save, table

ROUNDS = 40
ATTEMPTS = 3
REST = 250  # milliseconds: a page that comes to the front is first painted again, and that is not the slider's doing
BARE = """
import streamlit as st
seed = st.slider("seed", 0, 100, 0)
st.write(f"this is seed {seed}")
"""
CHARTS = (
    BARE
    + """
import numpy as np
from ui.browser.plot import plot
from ui.figures.heatmap import state_heatmap
from ui.figures.lines import unit_lines
values = np.tanh(np.random.default_rng(seed).normal(size=(50, 8)))
for n in range(3):
    DRAW
"""
)
HEATMAP = 'state_heatmap(values, title="States")'
LINES = 'unit_lines(values, [0, 1, 2], title="Lines", symbol="h", ink="h")'

# Whether all the charts that were in sight at `forget()` have been painted anew; without charts: whether the text has changed.
# Which are in sight is found out before the key is pressed: asking in every frame would cost what it measures.
WATCH = """selector => {
    const changed = new Set()
    let waiting = new Set()
    new MutationObserver((records) => {
        for (const { target } of records) {
            const chart = (target.closest ? target : target.parentElement)?.closest(selector)
            if (chart && !changed.has(chart) && (waiting.has(chart) || !known.has(chart))) changed.add(chart)
        }
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    const inSight = (chart) => { const { top, bottom } = chart.getBoundingClientRect(); return bottom > 0 && top < innerHeight }
    let known = new Set()
    window.forget = () => {
        changed.clear()
        known = new Set(document.querySelectorAll(selector))
        waiting = new Set([...known].filter(inSight))
        return waiting.size
    }
    window.painted_anew = () => waiting.size > 0 && [...changed].filter((chart) => chart.isConnected).length >= waiting.size
}"""
OURS = ".unrolled-plot .canvas"


def charts(draw: str) -> str:
    return CHARTS.replace("DRAW", draw)


class Contender(NamedTuple):
    script: str | None  # None: the app itself
    slider: str
    chart: str  # what counts as a chart, for the browser
    path: str = ""


BARE_PAGE = Contender(BARE, "seed", "[data-testid=stMarkdown]")
CONTENDERS = {
    "three heatmaps": Contender(charts(f"plot({HEATMAP}, key=str(n))"), "seed", OURS),
    "three line charts": Contender(charts(f"plot({LINES}, key=str(n))"), "seed", OURS),
    "three heatmaps, st.plotly_chart": Contender(
        charts(f"st.plotly_chart({HEATMAP}.figure, key=str(n))"), "seed", "[data-testid=stPlotlyChart]"
    ),
    "the page /lstm, steps T": Contender(None, "Steps T", OURS, "/lstm"),
    "the page /gradients": Contender(None, "largest singular value", OURS, "/gradients"),
    "the same, T=1000, H=128": Contender(None, "largest singular value", OURS, "/gradients?steps=1000&units=128"),
}


def ready(page: Page, url: str, contender: Contender) -> Page:
    page.goto(url + contender.path)
    wait_until_idle(page)
    page.wait_for_timeout(3000)  # all charts are drawn
    page.evaluate(WATCH, contender.chart)
    return page


def side_by_side(contender: Contender) -> tuple[list[float], list[float]]:
    """Milliseconds of the bare page, and of the contender."""
    times: tuple[list[float], list[float]] = ([], [])
    with ExitStack() as stack, chromium() as browser:
        pages = []
        for each in (BARE_PAGE, contender):
            script = ROOT / "app.py" if each.script is None else scratch_script(Path(mkdtemp()), each.script)
            page = browser.new_page(viewport={"width": 1280, "height": 2400})
            pages.append((ready(page, stack.enter_context(running(script)), each), each.slider))
        for turn in range(ROUNDS + 1):
            for (page, slider), taken in zip(pages, times, strict=True):
                page.bring_to_front()
                milliseconds = one_press(page, slider)
                if turn:  # the first round only warms up
                    taken.append(milliseconds)
    return times


def one_press(page: Page, slider: str) -> float:
    """Milliseconds. On a busy machine a page may still be made anew when the key comes, and the key is lost: then it is pressed again."""
    for _attempt in range(ATTEMPTS):
        wait_until_idle(page)
        page.get_by_role("slider", name=slider).focus()
        page.wait_for_timeout(REST)
        page.wait_for_function("() => forget() > 0")
        try:
            # On and on in one direction: nothing is known yet.
            milliseconds = milliseconds_to_paint(page, "ArrowRight", "painted_anew()")
        except Error as problem:
            if "never: " not in str(problem):
                raise
        else:
            wait_until_idle(page)
            return milliseconds
    raise TimeoutError(f"{page.url}: no chart was painted anew for {ATTEMPTS} presses")


def main() -> None:
    rows, measured = [], {}
    for name, contender in CONTENDERS.items():
        bare, own = side_by_side(contender)
        measured[name] = {
            "median_ms": [statistics.median(bare), statistics.median(own)],
            "p95_ms": [_slow(bare), _slow(own)],
        }
        rows.append([name, *_compared(measured[name]["median_ms"]), *_compared(measured[name]["p95_ms"])])
    print(table(["Slider to paint", "bare", "own", "ratio", "bare, 95%", "own, 95%", "ratio"], rows))
    print("written to", save("page", {"rounds": ROUNDS, "slider_to_paint": measured}))


def _slow(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _compared(pair: list[float]) -> list[str]:
    bare, own = pair
    return [f"{bare:.0f} ms", f"{own:.0f} ms", f"{own / bare:.2f}"]
