"""How long the browser reads plotly: the one in the Python package, and ours for flat charts."""

import statistics
from pathlib import Path
from tempfile import mkdtemp

from playwright.sync_api import Browser

from benchmarks.browser import chromium, running, scratch_script
from benchmarks.timing import save, table
from ui.browser.plot import serve_plotly

ROUNDS = 15
READ = """address => new Promise((resolve) => {
    const script = document.createElement("script")
    script.src = address
    const start = performance.now()
    script.onload = () => resolve(performance.now() - start)
    document.head.append(script)
})"""


def milliseconds(browser: Browser, url: str, file: str) -> float:
    """The time to load the file in a browser with an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{url}/_stcore/health")  # a page of the server with nothing on it
    taken = float(page.evaluate(READ, f"{url}/{file}"))
    context.close()
    return taken


def main() -> None:
    served = serve_plotly()
    times: dict[str, list[float]] = {"whole": [], "flat": []}
    with chromium() as browser, running(scratch_script(Path(mkdtemp()), "")) as url:
        for _round in range(ROUNDS):
            for name, each in times.items():
                each.append(milliseconds(browser, url, served[name]))
    taken = {name: statistics.median(each) for name, each in times.items()}
    rows = [[name, f"{value:.0f} ms", f"{value / taken['flat']:.1f}"] for name, value in taken.items()]
    print(table(["Reading plotly", "median", "times the flat one"], rows))
    print("written to", save("plotly", {"rounds": ROUNDS, "milliseconds": taken}))
