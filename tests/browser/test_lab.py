"""The training lab in a browser: the curves appear by themselves, and the run obeys."""

import re

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit

SLOW = 120_000  # milliseconds: the first chunk waits for a worker to start


def steps(page: Page) -> int:
    said = page.get_by_test_id("stProgress").inner_text()
    return int(re.search(r"Step (\d+) of", said)[1])


def test_train_pause_and_one_step(visit: Visit) -> None:
    page = visit("lab?lang=en&cell=gru&T=20&budget=20000")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator(".st-key-loss .stage.drawn")).to_be_visible(timeout=SLOW)
    before = steps(page)
    expect(page.get_by_test_id("stProgress")).not_to_contain_text(f"Step {before} of", timeout=SLOW)
    assert steps(page) > before
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible(timeout=SLOW)
    wait_until_idle(page)
    paused = steps(page)
    page.get_by_role("button", name="One step").click()
    expect(page.get_by_test_id("stProgress")).to_contain_text(f"Step {paused + 1} of", timeout=SLOW)
    expect(page.get_by_role("button", name="Go on")).to_be_visible(timeout=SLOW)
