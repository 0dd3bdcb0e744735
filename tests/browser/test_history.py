"""Back and Forward: one action makes one history entry, and going back restores its settings."""

import re

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit, go_to


def press(page: Page, slider: str | re.Pattern[str], times: int) -> None:
    page.wait_for_function("() => Object.hasOwn(history, 'pushState')")  # address.js has come, also on a busy machine
    page.get_by_role("slider", name=slider).first.focus()
    for _press in range(times):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(200)


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def test_moving_a_slider_changes_the_address_and_is_no_new_place(visit: Visit) -> None:
    page = visit("gradients")
    page.wait_for_function("() => Object.hasOwn(history, 'pushState')")
    before = entries(page)
    press(page, "largest singular value", 4)
    expect(page).to_have_url(re.compile(r"size=1\.7"))
    wait_until_idle(page)
    assert entries(page) == before


def test_a_link_of_the_menu_is_one_place_and_back_brings_the_settings_and_the_language(visit: Visit) -> None:
    page = visit("lstm?lang=zh")
    before = entries(page)
    press(page, re.compile("遗忘门偏置|遗忘偏置"), 5)
    expect(page).to_have_url(re.compile("bias=10.5"))
    wait_until_idle(page)
    go_to(page, "GRU")
    expect(page).to_have_url(re.compile("/gru"))
    wait_until_idle(page)
    assert entries(page) == before + 1
    page.go_back()
    expect(page).to_have_url(re.compile(r"/lstm\?(?=.*\bbias=10\.5\b).*\blang=zh"))
    expect(page.get_by_role("slider", name=re.compile("遗忘门偏置|遗忘偏置"))).to_have_value("10.5")
    expect(page.get_by_role("heading", name="LSTM", exact=True)).to_be_visible()
    wait_until_idle(page)
    page.wait_for_timeout(1000)  # what was asked for again has come
    wait_until_idle(page)
    page.go_forward()
    expect(page).to_have_url(re.compile("/gru.*lang=zh"))
    expect(page.get_by_role("heading", name="GRU", exact=True)).to_be_visible()


def test_a_click_on_an_example_is_one_place(visit: Visit) -> None:
    page = visit("gradients")
    before = entries(page)
    for name, reported in (("Exploding", "size=5"), ("Orthogonal", "kind=orthogonal")):
        page.get_by_role("radio", name=name).click()
        expect(page).to_have_url(re.compile(reported))
        wait_until_idle(page)
    assert entries(page) == before + 2
    page.go_back()
    expect(page).to_have_url(re.compile("size=5"))
    page.go_back()
    expect(page).to_have_url(re.compile("gradients$"))
