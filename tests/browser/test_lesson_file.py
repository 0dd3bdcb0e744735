"""A lesson plan as one HTML file: made in the app, opened from a disk without a network, with its questions and live pictures."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, Visit
from tests.browser.test_standalone import from_disk
from ui.widgets.tours.tour import pack

PLAN = """
en = "Two memories"
zh = "两种记忆"

[[steps]]
view = "lstm?preset=hold_bit"
en = "A cell state that only gates change"
zh = "只有门能改变的细胞状态"
hide = true
note = { en = "A note that no student reads" }
[steps.ask]
en = "Which gate keeps the old cell state?"
zh = "哪个门保留旧的细胞状态？"
answers = [{ en = "the input gate", zh = "输入门" }, { en = "the forget gate", zh = "遗忘门", right = true }]
reason = { en = "It multiplies the old cell state.", zh = "它与旧的细胞状态相乘。" }

[[steps]]
view = "gradients?"
en = "Gradients of plain RNNs"
zh = "普通 RNN 的梯度"
minutes = 7
"""
VIEWS = 4  # two stops in two languages
PART = ".lesson .part"


def words(page: Page) -> str:
    """The words in the first picture of the stop, once it is drawn."""
    expect(page.locator(f"{PART} svg text").first).to_be_visible()
    return " ".join(page.locator(f"{PART} svg text").all_text_contents())


@pytest.mark.long
def test_a_lesson_is_one_file_that_needs_no_network(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    page = visit(f"lesson?lang=en&plan={pack(PLAN.encode())}")
    page.get_by_text("Links and files of this plan").click()
    with page.expect_download(timeout=1000 * PATIENCE * VIEWS) as download:
        page.get_by_role("button", name="Make the file").press("Enter")  # the fold that opens moves it under the mouse
    assert download.value.suggested_filename == "two-memories.html"
    file = tmp_path / "lesson.html"
    download.value.save_as(file)
    assert "A note that no student reads" not in file.read_text(encoding="utf-8")

    page, errors = from_disk(browser, file)
    expect(page.locator("h1")).to_have_text("Two memories")
    expect(page.locator("h2")).to_have_text("A cell state that only gates change")
    expect(page.locator(".place")).to_have_text("Stop 1 of 2")
    expect(page.locator(PART)).to_have_count(0)  # covered
    page.locator(".answer", has_text="the input gate").click()
    expect(page.locator(".reason")).to_have_text("Look again. It multiplies the old cell state.")
    page.locator(".answer", has_text="the forget gate").click()
    expect(page.locator(".reason")).to_have_text("Yes. It multiplies the old cell state.")
    page.get_by_role("button", name="Show the picture").click()
    expect(page.locator(f"{PART} svg").first).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("h2")).to_have_text("Gradients of plain RNNs")
    expect(page.locator(".place")).to_have_text("Stop 2 of 2 · 7 min")
    expect(page.locator(f"{PART} svg").first).to_be_visible()
    english = words(page)
    assert english

    page.get_by_role("button", name="中文").click()
    expect(page.locator("h1")).to_have_text("两种记忆")
    expect(page.locator("h2")).to_have_text("普通 RNN 的梯度")
    expect(page.locator(f"{PART} svg").first).to_be_visible()
    assert words(page) != english
    page.keyboard.press("PageUp")  # the arrow keys belong to the picture
    expect(page.locator(".asked")).to_have_text("哪个门保留旧的细胞状态？")
    expect(page.locator(".answer", has_text="遗忘门")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"{PART} svg").first).to_be_visible()  # it was shown before, in the other language
    assert not errors
    page.context.close()
