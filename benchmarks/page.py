"""From the press of a key on a slider to painted charts, against a Streamlit app that has one slider and one line of text.

All pages are open at once in one browser and take turns, so that whatever else the machine does hits them all alike.
"""

import statistics
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from playwright.sync_api import Page

from benchmarks.browser import ROOT, chromium, milliseconds_to_paint, running, scratch_script, wait_until_idle
from benchmarks.timing import save, table

ROUNDS = 40
BARE = """
import streamlit as st
seed = st.slider("seed", 0, 100, 50)
st.write(f"this is seed {seed}")
"""
CHARTS = (
    BARE
    + """
import numpy as np
from ui.components.plot import plot
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


CONTENDERS = {
    "one slider, one line of text": Contender(BARE, "seed", "[data-testid=stMarkdown]"),
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


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    with ExitStack() as stack, chromium() as browser:
        pages = {}
        for name, contender in CONTENDERS.items():
            script = ROOT / "app.py" if contender.script is None else scratch_script(Path(mkdtemp()), contender.script)
            page = browser.new_page(viewport={"width": 1280, "height": 2400})
            pages[name] = ready(page, stack.enter_context(running(script)), contender)
        for turn in range(ROUNDS + 1):
            for name, page in pages.items():
                page.bring_to_front()
                page.get_by_role("slider", name=CONTENDERS[name].slider).focus()
                page.evaluate("forget()")
                taken = milliseconds_to_paint(page, "ArrowRight", "painted_anew()")  # on and on: nothing is known yet
                wait_until_idle(page)
                if turn:  # the first round only warms up
                    times[name].append(taken)
    report(times)


def report(times: dict[str, list[float]]) -> None:
    measured = {
        name: {"median_ms": statistics.median(each), "p95_ms": statistics.quantiles(each, n=20)[-1]}
        for name, each in times.items()
    }
    bare = next(iter(measured.values()))
    rows = [
        [
            name,
            f"{m['median_ms']:.0f} ms",
            f"{m['median_ms'] / bare['median_ms']:.2f}",
            f"{m['p95_ms']:.0f} ms",
            f"{m['p95_ms'] / bare['p95_ms']:.2f}",
        ]
        for name, m in measured.items()
    ]
    print(table(["Slider to paint", "median", "x bare", "95%", "x bare"], rows))
    print("written to", save("page", {"rounds": ROUNDS, "slider_to_paint": measured}))
