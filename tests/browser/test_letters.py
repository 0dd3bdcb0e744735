"""The coloured text: the value of a character is shown under the pointer, and the text stays text."""

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle

SCRIPT = """
from ui.browser.letters import letters

letters("<b>a b", [0.0, 0.5, -0.25, 1.0, 0.0, -1.0], key="letters", title="A text", alt="Six characters", marks=[4, 5])
"""


def test_a_value_is_shown_under_the_pointer(page: Page, script_url: str) -> None:
    page.goto(script_url)
    wait_until_idle(page)
    text = page.get_by_role("img", name="Six characters")
    expect(text).to_have_text("<b>a b")
    expect(text.locator("span.mark")).to_have_text([" ", "b"])
    text.locator("span").nth(2).hover()
    expect(page.locator(".foot")).to_have_text(">: -0.25")
    text.locator("span").nth(4).hover()
    expect(page.locator(".foot")).to_have_text("␣: 0.00")
    page.locator(".title").hover()
    expect(page.locator(".foot")).to_contain_text("Point at a character")
