"""Over a slow line pages arrive, after a cut they connect again, and parts whose code did not come are asked for again."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import ROOT, chromium, server
from tests.deploy.slow_line import SlowLine

PATIENCE = 240_000  # milliseconds
DELAY, BYTES_A_SECOND = 0.1, 400_000.0  # a school's Wi-Fi that many share
COUNTER = ".st-key-stepper .counter"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with server(ROOT / "app.py") as started:
        yield urlsplit(started.url).port or 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_page(locale="en-GB")
    page.goto(url, timeout=PATIENCE)
    return page


@pytest.mark.long
def test_a_page_arrives_over_a_slow_line_and_comes_back_after_a_cut(browser: Browser, port: int) -> None:
    line = SlowLine(port, DELAY, BYTES_A_SECOND)
    with line.running() as url:
        page = opened(browser, f"{url}/lstm?T=17")
        expect(page.locator(COUNTER)).to_contain_text("of 17", timeout=PATIENCE)
        line.cut()
        expect(page.locator("#unrolled-lost")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(COUNTER)).to_contain_text("of 17")  # it goes on showing what it has
        line.mend()
        expect(page.locator("#unrolled-lost")).to_have_count(0, timeout=PATIENCE)
        page.get_by_role("button", name="Tune", exact=True).click(timeout=PATIENCE)
        expect(page.get_by_role("heading", name="Tune", exact=True)).to_be_visible(
            timeout=PATIENCE
        )  # the server answers
        page.close()


@pytest.mark.long
def test_a_part_whose_code_was_lost_is_asked_for_again(browser: Browser, port: int) -> None:
    line = SlowLine(port, DELAY, BYTES_A_SECOND)
    line.lose(b"GET /app/static/vendor/stepper-", 2)
    with line.running() as url:
        page = opened(browser, f"{url}/lstm?T=17")
        expect(page.locator(COUNTER)).to_contain_text("of 17", timeout=PATIENCE)
        assert line.lost >= 1
        page.close()
