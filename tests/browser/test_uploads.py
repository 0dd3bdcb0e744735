"""Uploaded files: one that is too large is refused with a message before it is sent, and the next one is read."""

from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from benchmarks.browser import wait_until_idle
from rnn_core.apps.speech.wav import write_wav
from tests.browser.conftest import Visit


def test_a_large_file_is_refused_in_the_browser_and_a_small_one_read_after_it(visit: Visit, tmp_path: Path) -> None:
    large, small = tmp_path / "large.csv", tmp_path / "small.csv"
    large.write_bytes(b"1\n" * 1_500_000)
    small.write_text("\n".join(f"{k % 7}.{k % 9}" for k in range(120)))
    page = visit("forecast?lang=en&series=own")
    uploader = page.get_by_test_id("stFileUploader").filter(has=page.locator("input[accept*=csv]"))
    expect(uploader).to_contain_text("2MB per file")
    uploader.locator("input").set_input_files(large)
    expect(uploader.get_by_text("File must be 2.0MB or smaller.")).to_be_visible()
    uploader.locator("input").set_input_files(small)
    expect(page.get_by_text("120 values, from")).to_be_visible()
    expect(uploader.get_by_text("small.csv")).to_be_visible()


def test_a_sound_is_classified_and_a_long_one_refused_while_it_is_listed(visit: Visit, tmp_path: Path) -> None:
    long = tmp_path / "long.wav"
    long.write_bytes(write_wav(np.zeros(12 * 44_100), 44_100))
    page = visit("speech?lang=en&speech_source=own")
    uploader = page.get_by_test_id("stFileUploader").filter(has=page.locator("input:not([accept*=safetensors])"))
    uploader.locator("input").set_input_files(long)
    refusal = page.get_by_text("The recording lasts 12 seconds, and ten are the most.")
    expect(refusal).to_be_visible()
    page.locator("[class*=st-key-dial_speech_noise] input").press("ArrowRight")
    wait_until_idle(page)
    expect(refusal).to_be_visible()
    uploader.get_by_role("button", name="Remove").click()
    expect(refusal).to_have_count(0)
