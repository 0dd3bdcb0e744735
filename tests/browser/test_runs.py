"""Comparing runs in a browser: all runs are trained without further clicks, and the saved files are valid."""

import csv
import json
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, expect

from rnn_core.lab.comparison import Comparison
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.adding import Adding
from tests.browser.conftest import Visit

SHARED = {"task": Adding(steps=10), "hidden": 4, "budget": 60, "check_every": 10}
SMALL = Comparison((RunSettings(cell="rnn-tanh", **SHARED), RunSettings(cell="gru", **SHARED)), seeds=2)


def downloaded(page: Page, button: str) -> str:
    with page.expect_download() as file:
        page.get_by_role("button", name=button).click()
    return Path(file.value.path()).read_text(encoding="utf-8")


def test_start_all_watch_and_take_the_numbers_home(visit: Visit) -> None:
    page = visit(f"runs?lang=en&list={quote(SMALL.pack())}", accept_downloads=True)
    page.get_by_role("button", name="Start all").click()
    expect(page.get_by_test_id("stProgress")).to_contain_text("4 of 4 runs")
    for chart in ("runs_loss", "runs_success"):
        expect(page.locator(f".st-key-{chart} .stage.drawn")).to_be_visible()
    expect(page.locator(".stMain table")).to_contain_text("GRU")
    rows = list(csv.DictReader(downloaded(page, "All numbers as CSV").splitlines()))
    assert {(row["setting"], row["seed"]) for row in rows} == {(n, s) for n in ("RNN tanh", "GRU") for s in "01"}
    cells = json.loads(downloaded(page, "The runs as a notebook"))["cells"]
    assert "SEEDS = range(2)" in "\n".join(cell["source"] for cell in cells)
