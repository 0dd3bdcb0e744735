"""The training lab in a browser: curves appear while training, the buttons work, and a run survives saving and leaving."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit, go_to

SMALL = "lab?lang=en&cell=gru&T=20&H=8&batch=8&budget=200000"


def steps(page: Page) -> int:
    said = page.get_by_test_id("stProgress")
    expect(said).to_contain_text(re.compile(r"Step \d+ of"))
    return int(re.search(r"Step (\d+) of", said.inner_text())[1])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def at_rest(page: Page) -> int:
    expect(page.get_by_role("button", name="Go on", exact=True)).to_be_visible()
    wait_until_idle(page)
    return steps(page)


def one_step(page: Page) -> None:
    before = at_rest(page)
    press(page, "One step")
    expect(page.get_by_test_id("stProgress")).to_contain_text(f"Step {before + 1} of")


def test_train_pause_one_step_and_stop(visit: Visit) -> None:
    page = visit(SMALL)
    press(page, "Train")
    expect(page.locator(".st-key-loss .stage.drawn")).to_be_visible()
    before = steps(page)
    expect(page.get_by_test_id("stProgress")).not_to_contain_text(f"Step {before} of")
    assert steps(page) > before
    press(page, "Pause")
    one_step(page)
    at_rest(page)
    press(page, "Stop")
    expect(page.get_by_text("You ended this run at step")).to_be_visible()


def test_a_run_is_saved_and_another_visitor_opens_it_and_goes_on(visit: Visit, tmp_path: Path) -> None:
    page = visit(SMALL + "&rate=0.0123&two_way=true")
    press(page, "One step")
    at_rest(page)
    one_step(page)
    at_rest(page)
    with page.expect_download() as saving:
        press(page, "Save this run")
    saving.value.save_as(tmp_path / "run.safetensors")
    other = visit("lab?lang=zh")
    other.locator("input[type=file]").set_input_files(tmp_path / "run.safetensors")
    expect(other.get_by_test_id("stProgress")).to_contain_text("第 2 个训练步")
    expect(other).to_have_url(re.compile(r"(?=.*cell=gru)(?=.*rate=0\.0123)(?=.*H=8)"))


@pytest.mark.long
def test_a_visitor_who_comes_back_finds_the_run_and_its_link(visit: Visit) -> None:
    page = visit(SMALL)
    press(page, "One step")
    at_rest(page)
    go_to(page, "LSTM")
    expect(page.get_by_role("heading", name="LSTM", exact=True)).to_be_visible()
    wait_until_idle(page)
    go_to(page, "Training lab")
    expect(page.get_by_test_id("stProgress")).to_contain_text("Step 1 of 200000")
    expect(page).to_have_url(re.compile(r"(?=.*cell=gru)(?=.*budget=200000)(?=.*T=20)"))
    one_step(page)
