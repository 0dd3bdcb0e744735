"""A digit said into the microphone, for which Chromium plays a file: a voice that no network was trained on."""

from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, expect

from benchmarks.browser import CHROMIUM, FLAGS, wait_until_idle
from rnn_core.apps.speech.data import WORDS
from rnn_core.apps.speech.sound import RATE
from rnn_core.apps.speech.wav import write_wav
from ui.apps.speech import compute


def test_a_digit_spoken_into_the_microphone_is_classified(browser: Browser, app_url: str, tmp_path: Path) -> None:
    voice = compute.unheard_voices()[0]
    word = compute.clip(voice, WORDS.index("seven")).samples
    said = tmp_path / "seven.wav"
    said.write_bytes(write_wav(np.pad(word, (RATE // 2, 3 * RATE))))  # Chromium begins anew at its end
    flags = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={said}",
    ]
    listening = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
    page = listening.new_context(permissions=["microphone"], locale="en-GB").new_page()
    page.goto(f"{app_url}/speech?speech_source=own")
    wait_until_idle(page)
    microphone = page.get_by_test_id("stAudioInput")
    microphone.get_by_role("button", name="Record").click()
    page.wait_for_timeout(2000)
    microphone.get_by_role("button", name="Stop recording").click()
    expect(page.get_by_text("Until then you hear a synthetic voice.")).not_to_be_visible()
    wait_until_idle(page)
    heard = page.get_by_test_id("stMetric").filter(has_text="The network predicts")
    expect(heard).to_contain_text("seven")
    listening.close()
