"""The search by keyboard alone, also without the server, and the card of a term."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_the_search_finds_a_claim_by_keyboard_and_works_without_the_server(visit: Visit) -> None:
    page = visit("bptt")
    expect(page.get_by_role("button", name=re.compile("Search pages"))).to_be_visible()
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name=re.compile("Search pages"))
    expect(field).to_be_focused()
    field.fill("细胞状态")  # the other language's name of a term
    expect(page.get_by_role("option").first).to_contain_text("cell state")
    page.context.set_offline(True)
    field.fill("latch one bit")
    expect(page.get_by_role("option").first).to_contain_text("Latch one bit")
    page.context.set_offline(False)
    field.fill("padding does nothing")
    expect(page.get_by_role("option").first).to_contain_text("packing is padding")
    field.press("ArrowDown")
    field.press("ArrowUp")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/claims\?.*claim=29"))
    expect(page.get_by_text("29 / 37")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()


def test_a_term_shows_its_sentence_on_hover_focus_and_click_without_leaving_the_page(visit: Visit) -> None:
    page = visit("lstm")
    link = page.locator('.stMain a[href*="term=cell_state"]').first
    card = page.get_by_role("tooltip")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(card).to_contain_text("second state")
    expect(link).to_have_attribute("aria-describedby", "unrolled-term")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    link.click()
    expect(card).to_contain_text("second state")
    assert "/lstm" in page.url
    page.mouse.move(2, 300)
    page.mouse.click(2, 300)
    expect(card).to_be_hidden()
