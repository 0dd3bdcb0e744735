"""What a step in the diagram costs: 60 presses of the right arrow on /rnn, /lstm and /gru with T = 200, and playing.

For each press, the work on the main thread from the start of the frame that draws it to the end of its paint, and how
many messages went to the server.
"""

import json
import statistics

from playwright.sync_api import Browser

from benchmarks.browser import ROOT, chromium, running, wait_until_idle

PRESSES = 60
RESULTS = ROOT / "benchmarks" / "results" / "stepper.json"
PRESS_AND_TIME = """async (presses) => {
    const host = [...document.querySelectorAll('*')].find((node) => node.shadowRoot?.querySelector('.viewport'))
    const target = host.shadowRoot.querySelector('.viewport')
    target.focus()
    const costs = []
    for (let i = 0; i < presses; i++) {
        target.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, composed: true }))
        // In the next frame the diagram is drawn; the browser then lays out and paints before the task that follows.
        costs.push(await new Promise((done) => {
            requestAnimationFrame(() => { const begin = performance.now(); setTimeout(() => done(performance.now() - begin)) })
        }))
    }
    return costs
}"""


def measure(browser: Browser, address: str) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(address)
    wait_until_idle(page)
    page.wait_for_timeout(2000)
    before = len(sent)
    costs = page.evaluate(PRESS_AND_TIME, PRESSES)
    page.wait_for_timeout(600)
    page.close()
    return {
        "median_ms": round(statistics.median(costs), 1),
        "p95_ms": round(sorted(costs)[int(0.95 * len(costs))], 1),
        "messages": len(sent) - before,
    }


def main() -> None:
    results = {}
    with running(ROOT / "app.py") as address, chromium() as browser:
        for view in ("rnn?preset=random&T=200&H=8", "lstm?preset=random&T=200&H=8", "gru?preset=random&T=200&H=8"):
            results[view] = measure(browser, f"{address}/{view}")
            print(f"{view:36} {results[view]}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
