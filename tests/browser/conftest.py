"""A Chromium for all browser tests, the running app, and small scripts of a test's own.

The machine that runs the tests may be ten times slower than a quiet one. So a test waits for what it reads, with `expect`,
`eventually` or `wait_for`, and everything that is waited for has PATIENCE.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect

from benchmarks.browser import ROOT, chromium, running, scratch_script, wait_until_idle

NewPage = Callable[..., Page]
Visit = Callable[..., Page]
PAGES = """
from pathlib import Path
import streamlit as st

scripts = [st.Page(path) for path in sorted(Path(__file__).parent.glob("test_*.py"))]
st.navigation([st.Page(lambda: None, title="none"), *scripts], position="hidden").run()
"""
SCREEN: dict[str, object] = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}
PATIENCE = 120  # seconds
expect.set_options(timeout=1000 * PATIENCE)


def eventually(page: Page, read: Callable[[], object], wanted: object) -> None:
    """What is read becomes what is wanted: a page that is idle may still be painting, on a busy machine for long."""
    end = monotonic() + PATIENCE
    while (reported := read()) != wanted and monotonic() < end:
        page.wait_for_timeout(50)
    assert reported == wanted


def open_drawer(page: Page) -> None:
    """Open the settings beside the stage."""
    page.locator(".st-key-tune button").click()
    page.locator(".st-key-drawer").wait_for()
    wait_until_idle(page)


def go_to(page: Page, title: str) -> None:
    """Follow a link of the menu, when the page stands still: while one page replaces another, both are there."""
    wait_until_idle(page)
    link = page.get_by_role("link", name=title, exact=True, include_hidden=True)
    chapter = page.locator(".st-key-top_bar .chapter").filter(has=link)
    chapter.locator(".name").hover()
    chapter.get_by_role("link", name=title, exact=True).click()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def context_of(browser: Browser, **options: object) -> BrowserContext:
    context = browser.new_context(**SCREEN | options)
    context.set_default_timeout(1000 * PATIENCE)
    return context


@pytest.fixture
def own_page(browser: Browser) -> Iterator[NewPage]:
    """A page in a context of its own, as of another browser: it has nothing that other pages have fetched or kept."""
    contexts: list[BrowserContext] = []

    def opened(**options: object) -> Page:
        contexts.append(context_of(browser, **options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    """The address of the app itself."""
    with running(ROOT / "app.py") as url:
        yield url


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder, and the address of a server whose pages are the scripts in it: one server is started for all test files."""
    folder = tmp_path_factory.mktemp("scripts")
    with running(scratch_script(folder, PAGES)) as url:
        yield folder, url


@pytest.fixture(scope="module")
def script_url(request: pytest.FixtureRequest, scripts: tuple[Path, str]) -> str:
    """The address of the Streamlit script that the test's module keeps in SCRIPT."""
    folder, url = scripts
    name = request.module.__name__.rpartition(".")[2]
    (folder / f"{name}.py").write_text(request.module.SCRIPT, encoding="utf-8")
    return f"{url}/{name}"


@pytest.fixture(scope="session")
def first_page_of(browser: Browser, app_url: str) -> Iterator[Callable[..., Page]]:
    """A page that stays open in the context with these options, for all tests. What their pages have fetched and compiled need
    not come again: that is more than half of the work of opening a page."""
    made: dict[str, Page] = {}

    def first_page(**options: object) -> Page:
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = context_of(browser, **options).new_page()
            made[key].goto(f"{app_url}/_stcore/health")  # of the same site as the tests' pages
        return made[key]

    yield first_page
    for each in made.values():
        each.context.close()


@pytest.fixture
def new_page(first_page_of: Callable[..., Page]) -> Iterator[NewPage]:
    """An empty page of a new visitor, who leaves nothing behind for the next. An exception in the browser fails the test."""
    pages: list[Page] = []
    errors: list[str] = []

    def opened(**options: object) -> Page:
        first = first_page_of(**options)
        with first.expect_popup() as popup:  # a page that another has opened shares its process
            first.evaluate("void window.open('about:blank')")
        page = popup.value
        page.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(page)
        return page

    yield opened
    for page in pages:
        with suppress(Error):  # a page that shows nothing has no storage
            page.evaluate("localStorage.clear()")
        page.context.clear_cookies()
        page.close()
    assert not errors


def is_error(message: ConsoleMessage) -> bool:
    """Below the address of a script Streamlit looks for its server in two places, and finds it in one of them."""
    return message.type == "error" and not message.location["url"].endswith(("/_stcore/health", "/_stcore/host-config"))


@pytest.fixture
def page(new_page: NewPage) -> Iterator[Page]:
    """A page of a new visitor. What the console calls an error fails the test."""
    errors: list[str] = []
    opened = new_page()
    opened.on("console", lambda message: errors.append(message.text) if is_error(message) else None)
    yield opened
    assert not errors


@pytest.fixture
def visit(new_page: NewPage, app_url: str) -> Visit:
    """Open an address of the app as a new visitor."""

    def opened(address: str, width: int = 1280, **options: object) -> Page:
        page = new_page(**options)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{app_url}/{address}")
        wait_until_idle(page)
        return page

    return opened
