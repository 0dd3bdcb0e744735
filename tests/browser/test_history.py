"""Back and Forward: one action of the reader is one place, and a place comes back with all that was set there."""

import re

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit


def press(page: Page, slider: str, times: int) -> None:
    page.wait_for_function("Object.hasOwn(history, 'pushState')")  # address.js has come, also on a busy machine
    page.get_by_role("slider", name=slider).first.focus()
    for _press in range(times):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(200)


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def test_moving_a_slider_changes_the_address_and_is_no_new_place(visit: Visit) -> None:
    page = visit("gradients")
    page.wait_for_function("Object.hasOwn(history, 'pushState')")
    before = entries(page)
    press(page, "largest singular value", 4)
    expect(page).to_have_url(re.compile(r"size=1\.7"))
    assert entries(page) == before


def test_a_link_of_the_menu_is_one_place_and_back_brings_the_settings_and_the_language(visit: Visit) -> None:
    page = visit("lstm?lang=zh")
    before = entries(page)
    press(page, "步数 T", 5)
    page.get_by_role("link", name="GRU").first.click()
    expect(page).to_have_url(re.compile("/gru"))
    wait_until_idle(page)
    assert entries(page) == before + 1
    page.go_back()
    expect(page).to_have_url(re.compile(r"/lstm\?(?=.*\bT=45\b).*\blang=zh"))
    expect(page.get_by_role("slider", name="步数 T")).to_have_value("45")
    expect(page.get_by_role("heading", name="LSTM", exact=True)).to_be_visible()
    page.wait_for_timeout(1000)  # what was asked for again has come
    wait_until_idle(page)
    page.go_forward()
    expect(page).to_have_url(re.compile("/gru.*lang=zh"))
    expect(page.get_by_role("heading", name="GRU", exact=True)).to_be_visible()


def test_a_click_on_an_example_is_one_place(visit: Visit) -> None:
    page = visit("gradients")
    before = entries(page)
    for name in ("Exploding", "Orthogonal"):
        page.get_by_role("radio", name=name).click()
        page.wait_for_timeout(500)
        wait_until_idle(page)
    assert entries(page) == before + 2
    page.go_back()
    expect(page).to_have_url(re.compile("size=5"))
    page.go_back()
    expect(page).to_have_url(re.compile("gradients$"))
