"""Labels of Streamlit's own widgets are translated, and English again when English is chosen."""

from playwright.sync_api import expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit


def test_streamlits_own_words_are_chinese_on_a_chinese_page_and_come_back(visit: Visit) -> None:
    page = visit("recommend?lang=zh")
    uploader = page.get_by_test_id("stFileUploader").filter(has=page.locator("input[accept*=csv]"))
    expect(uploader).to_contain_text("选择文件")
    expect(uploader).to_contain_text("每个文件不超过 2MB • CSV")
    uploader.locator("input[type=file]").set_input_files(
        {"name": "large.csv", "mimeType": "text/csv", "buffer": bytes(3_000_000)}
    )
    expect(uploader).to_contain_text("文件不能超过 2.0MB。")
    page.locator("textarea").first.fill("a,b")
    expect(page.get_by_test_id("InputInstructions").filter(has_text="回车键生效")).to_be_visible()
    page.get_by_role("button", name="English").click()
    wait_until_idle(page)
    expect(uploader).to_contain_text("File must be 2.0MB or smaller.")


def test_buttons_are_named_in_chinese_too(visit: Visit) -> None:
    page = visit("speech?speech_source=own&lang=zh")
    expect(page.get_by_role("button", name="录音")).to_be_visible()
