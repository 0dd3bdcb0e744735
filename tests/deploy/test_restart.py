"""The app is ended and started again in the middle of a lesson: open pages come back by themselves, with their settings and files."""

import os
import re
import signal
import socket
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import ROOT, chromium, server, wait_until_idle

PATIENCE = 120_000  # milliseconds
A_WORKER_STARTS = 400_000  # it has a low priority, on a machine that others use
LAB = "lab?lang=en&cell=gru&T=20&H=8&batch=8&budget=200000"


def steps(page: Page) -> int:
    found = re.search(r"Step (\d+) of", page.get_by_test_id("stProgress").inner_text())
    assert found
    return int(found[1])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click(timeout=PATIENCE)


@pytest.mark.long
def test_open_pages_and_a_saved_run_survive_a_restart(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    saved = tmp_path / "run.safetensors"
    with chromium() as browser:
        context = browser.new_context(locale="en-GB")
        cell, lab = context.new_page(), context.new_page()
        with server(ROOT / "app.py", port=port) as first:
            cell.goto(f"{first.url}/lstm?T=17")
            wait_until_idle(cell)
            lab.goto(f"{first.url}/{LAB}")
            press(lab, "Train")
            expect(lab.get_by_test_id("stProgress")).to_contain_text(
                re.compile(r"Step [1-9]\d+ of"), timeout=A_WORKER_STARTS
            )
            press(lab, "Pause")
            expect(lab.get_by_role("button", name="Go on", exact=True)).to_be_visible(timeout=PATIENCE)
            trained = steps(lab)
            with lab.expect_download(timeout=PATIENCE) as download:
                press(lab, "Save this run")
            download.value.save_as(saved)
            os.kill(first.process, signal.SIGKILL)
            expect(cell.locator("#unrolled-lost")).to_be_visible(timeout=PATIENCE)
        with server(ROOT / "app.py", port=port):
            expect(cell.locator("#unrolled-lost")).to_have_count(0, timeout=PATIENCE)
            expect(cell.locator(".st-key-stepper .counter")).to_contain_text("of 17", timeout=PATIENCE)
            expect(lab.locator("#unrolled-lost")).to_have_count(0, timeout=PATIENCE)
            expect(lab.get_by_role("button", name="Train", exact=True)).to_be_visible(timeout=PATIENCE)
            lab.locator('input[type="file"]').first.set_input_files(saved)
            expect(lab.get_by_test_id("stProgress")).to_contain_text(re.compile(r"Step [1-9]\d* of"), timeout=PATIENCE)
            assert steps(lab) >= trained  # the chunk that was being computed is in the file too
