"""A Chromium for all browser tests, the running app, and small scripts of a test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.browser import ROOT, chromium, running, scratch_script, wait_until_idle

Visit = Callable[..., Page]
PATIENCE = 20  # seconds


def eventually(page: Page, read: Callable[[], object], wanted: object) -> None:
    """What is read becomes what is wanted: a page that is idle may still be painting, on a busy machine for long."""
    end = monotonic() + PATIENCE
    while (told := read()) != wanted and monotonic() < end:
        page.wait_for_timeout(50)
    assert told == wanted


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    """The address of the app itself."""
    with running(ROOT / "app.py") as url:
        yield url


@pytest.fixture(scope="module")
def script_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the Streamlit script that the test's module keeps in SCRIPT."""
    script = scratch_script(tmp_path_factory.mktemp("script"), request.module.SCRIPT)
    with running(script) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor. What the console calls an error fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True, locale="en-GB")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors


@pytest.fixture
def visit(browser: Browser, app_url: str) -> Iterator[Visit]:
    """Open an address of the app as a new visitor. What breaks in the browser fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(address: str, width: int = 1280, **context: object) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB", **context))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{app_url}/{address}")
        wait_until_idle(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors
