"""A dial whose pictures the page alone can make: the page answers while it moves, and at the end for the value where it was left."""

from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import wait_until_idle

SCRIPT = """
import streamlit as st

from ui.browser.dial import page_dial
from ui.browser.frame import send_styles_and_code

send_styles_and_code("")
value = page_dial("fine", 0, 200, 20, key="fine", help="What it sets.")
rough = page_dial("rough", -1.0, 1.0, 0.0, 0.25, key="rough")
st.write(f"fine {value}, rough {rough}.")
"""


def opened(page: Page, address: str) -> Locator:
    page.goto(address)
    wait_until_idle(page)
    dial = page.get_by_role("slider", name="fine")
    expect(dial).to_be_visible()
    return dial


def test_the_page_answers_while_the_dial_is_held(page: Page, script_url: str) -> None:
    dial = opened(page, script_url)
    box = dial.bounding_box()
    assert box
    y, left, width = box["y"] + box["height"] / 2, box["x"] + 11, box["width"] - 22
    page.mouse.move(left + 0.1 * width, y)
    page.mouse.down()
    for move in range(1, 21):
        page.mouse.move(left + (0.1 + 0.02 * move) * width, y)
    held = dial.input_value()
    assert 95 < int(held) < 105
    expect(page.get_by_text(f"fine {held},")).to_be_visible()  # it is still held
    page.mouse.move(left + 0.8 * width, y)
    page.mouse.up()
    left_at = dial.input_value()
    expect(page.get_by_text(f"fine {left_at},")).to_be_visible()
    expect(dial).to_have_value(left_at)
    assert f"fine={left_at}" in page.url


def test_a_link_sets_it_and_keys_move_it_in_its_steps(page: Page, script_url: str) -> None:
    dial = opened(page, f"{script_url}/?fine=30&rough=-0.5")
    expect(page.get_by_text("fine 30, rough -0.5.")).to_be_visible()
    expect(dial).to_have_attribute("aria-description", "What it sets.")
    page.get_by_role("slider", name="rough").press("ArrowRight")
    expect(page.get_by_text("fine 30, rough -0.25.")).to_be_visible()
