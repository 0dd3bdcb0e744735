"""How a visitor comes: the document, all files that a browser fetches for it, and the first run of the page."""

import asyncio
import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page

from benchmarks.browser import IDLE
from benchmarks.visits.measured import Waits

PATIENCE = 60.0  # seconds
FOOT = ".st-key-remember"  # the last thing on every page
VIEWPORT = {"width": 1280, "height": 900}
FETCHING = ThreadPoolExecutor(64, "fetching files")


async def files_of(browser: Browser, url: str, slug: str) -> list[str]:
    """The paths that a browser fetches which has never been here, in their order."""
    paths: list[str] = []
    context = await browser.new_context(viewport=VIEWPORT, locale="en-GB")  # type: ignore[arg-type]
    page = await context.new_page()
    page.on(
        "request", lambda request: paths.append(urlsplit(request.url).path) if request.url.startswith(url) else None
    )
    await page.goto(f"{url}/{slug}")
    await _wait_until_drawn(page)
    await page.wait_for_load_state("networkidle")
    await context.close()
    return list(dict.fromkeys(paths))


async def fetch(url: str, paths: Sequence[str]) -> float:
    """Seconds for all files, over one connection."""
    return await asyncio.get_running_loop().run_in_executor(FETCHING, _fetch, url, paths)


def _fetch(url: str, paths: Sequence[str]) -> float:
    began = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        for path in paths:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 500:
                raise OSError(f"status {answer.status} for {path}")
    finally:
        connection.close()
    return time.perf_counter() - began


async def visit_with_chromium(browser: Browser, url: str, slug: str, waits: Waits, end: float) -> None:
    """A visitor with a real browser: opens the page, steps and moves the first dial until the end."""
    context = await browser.new_context(viewport=VIEWPORT, locale="en-GB")  # type: ignore[arg-type]
    page = await context.new_page()
    page.on("pageerror", lambda problem: waits.errors.update({f"/{slug} in Chromium: {problem}": 1}))
    try:
        began = time.perf_counter()
        await page.goto(f"{url}/{slug}")
        await _wait_until_drawn(page)
        waits.add("first load in Chromium", time.perf_counter() - began)
        while time.monotonic() < end:
            await asyncio.sleep(min(3.0, max(0.0, end - time.monotonic())))
            await _act(page, waits)
    finally:
        await context.close()


async def _wait_until_drawn(page: Page) -> None:
    await page.locator(FOOT).wait_for(timeout=PATIENCE * 1000)
    await page.wait_for_function(IDLE, timeout=PATIENCE * 1000)


async def _act(page: Page, waits: Waits) -> None:
    diagram = page.locator(".stepper .viewport").first
    if await diagram.count():
        await diagram.press("ArrowRight")
    dial = page.get_by_role("slider").first
    if await dial.count():
        began = time.perf_counter()
        await dial.press("ArrowRight")
        await page.wait_for_function(IDLE, timeout=PATIENCE * 1000)
        waits.add("dial in Chromium", time.perf_counter() - began)
