"""Dragging a slider with a real mouse: pictures a second, quiet, with late answers, and on a slower processor.

The mouse moves 60 times a second for three seconds, whether or not the page keeps up. Each move asks for another value, so
a picture that is drawn is one whose marks were drawn anew in a frame of its own.
"""

import asyncio
from dataclasses import dataclass
from time import monotonic

from playwright.async_api import Browser, CDPSession, Page, WebSocketRoute, async_playwright

from benchmarks.browser import CHROMIUM, FLAGS, IDLE, ROOT, running
from benchmarks.timing import save, table

A_SECOND, SECONDS = 60, 3
LATE = 0.06  # seconds that every answer of every socket comes late
SLOWER = 4  # times
SETTLES = 2000  # milliseconds

# Frames in which a part's marks changed: the length of the run that the diagram shows, or the marks of a chart.
WATCH = """(selector) => {
    const roots = [...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean)
    const parts = [...roots.flatMap((root) => [...root.querySelectorAll(selector)]), ...document.querySelectorAll(selector)]
    const drawn = new Set()
    const seen = new MutationObserver((records) => records.length && drawn.add("now"))
    for (const part of parts) seen.observe(part, { subtree: true, childList: true, attributes: true, characterData: true })
    window.pictures = 0
    const look = () => {
        seen.takeRecords().length && drawn.add("now")
        if (drawn.size) window.pictures++
        drawn.clear()
        requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
}"""
DIAGRAM, CHART = ".diagrams", ".unrolled-plot .canvas"


@dataclass(frozen=True)
class Drag:
    path: str
    slider: str
    moves: int = 30  # from one end of the track to the other: each comes to another value
    watched: str = DIAGRAM


DRAGS = (
    Drag("rnn", "Recurrent weights"),
    Drag("lstm", "Forget bias"),
    Drag("gru", "Update bias"),
    Drag("lstm", "Steps T"),
    Drag("lstm?preset=random", "Hidden size H", 7),
    Drag("lstm?preset=random", "Input size X", 7),
    Drag("compare", "Steps T"),
    Drag("compare", "Hidden size H", 7),
    Drag("compare", "Input size X", 7),
    Drag("gradients", "largest singular value", watched=CHART),
    Drag("states", "Strength of the recurrent weights", watched=CHART),
    Drag("gates", "Bias of the gate that keeps", watched=CHART),
    Drag("bptt?picture=network", "Truncated after every", 11, CHART),
    Drag("variants", "Add 1 to the input at step", watched=CHART),
)


async def late(page: Page) -> None:
    """Every answer of the server comes late; none waits for the one before."""

    def stand_between(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        browser.on_message(lambda message: server.send(message))
        loop = asyncio.get_running_loop()
        server.on_message(lambda message: loop.call_later(LATE, browser.send, message))

    await page.route_web_socket("**/*", stand_between)


async def pictures_a_second(browser: Browser, url: str, drag: Drag, condition: str) -> float:
    page = await browser.new_page(viewport={"width": 1280, "height": 1600})
    if condition == "late":
        await late(page)
    await page.goto(f"{url}/{drag.path}")
    await page.wait_for_function(IDLE)
    await page.locator(drag.watched).first.wait_for()
    await page.wait_for_timeout(SETTLES)
    slider = page.get_by_role("slider", name=drag.slider).first
    if not await slider.count():  # it lies in the drawer
        await page.locator(".st-key-tune button").click()
        await page.wait_for_function(IDLE)
    await slider.scroll_into_view_if_needed()
    await page.wait_for_timeout(SETTLES)
    track = await _track(page, drag)
    devtools = await page.context.new_cdp_session(page)
    if condition == "slow":
        await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.evaluate(WATCH, drag.watched)
    pictures = await _drag(page, devtools, track, drag.moves)
    await page.close()
    return pictures


async def _track(page: Page, drag: Drag) -> tuple[float, float, float, float]:
    """Left, right, the slider's thumb, and its height on the page."""
    slider = page.get_by_role("slider", name=drag.slider).first
    own = await slider.evaluate("input => input.type === 'range' && !input.closest('[data-testid=stSlider]')")
    around = slider if own else slider.locator("xpath=ancestor::*[@data-testid='stSlider']")
    box = await around.bounding_box()
    thumb = box if own else await slider.locator("xpath=ancestor::div[contains(@style,'left')][1]").bounding_box()
    assert box
    assert thumb
    share = await slider.evaluate("input => (input.value - input.min) / (input.max - input.min)") if own else 0.5
    left, right = box["x"] + 12, box["x"] + box["width"] - 12
    x = left + share * (right - left) if own else thumb["x"] + thumb["width"] / 2
    return left, right, x, thumb["y"] + thumb["height"] / 2


async def _drag(page: Page, devtools: CDPSession, track: tuple[float, float, float, float], sweep: int) -> float:
    """To and fro over the whole track, so that each move comes to another value; nothing is waited for."""
    left, right, x, y = track
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.evaluate("window.pictures = 0; window.begun = performance.now()")
    begin, sent = monotonic(), []
    for move in range(1, A_SECOND * SECONDS + 1):
        place = _to_and_fro(move / sweep, left, right, x)
        event = {"type": "mouseMoved", "x": place, "y": y, "button": "left", "buttons": 1}
        sent.append(asyncio.ensure_future(devtools.send("Input.dispatchMouseEvent", event)))
        await asyncio.sleep(max(0.0, begin + move / A_SECOND - monotonic()))
    pictures: float = await page.evaluate("(1000 * window.pictures) / (performance.now() - window.begun)")
    await asyncio.gather(*sent)
    await page.mouse.up()
    return pictures


def _to_and_fro(sweeps: float, left: float, right: float, start: float) -> float:
    turns = ((start - left) / (right - left) + sweeps) % 2
    return left + (right - left) * min(turns, 2 - turns)


async def measure(url: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for drag in DRAGS:
            name = f"/{drag.path}, {drag.slider}"
            found[name] = {
                condition: round(await pictures_a_second(browser, url, drag, condition), 1)
                for condition in ("quiet", "late", "slow")
            }
            print(name, found[name], flush=True)
        await browser.close()
    return found


def main() -> None:
    with running(ROOT / "app.py") as url:
        found = asyncio.run(measure(url))
    rows = [[name, *(f"{pictures:.0f}" for pictures in each.values())] for name, each in found.items()]
    print(table(["pictures a second", "quiet", "60 ms late", "4 x slower"], rows))
    print("written to", save("drag", {"moves_a_second": A_SECOND, "seconds": SECONDS, "pictures_a_second": found}))
