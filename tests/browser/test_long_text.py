"""A text of 100,000 characters scrolls, is brushed, read, clicked and selected, and the arrow keys ask for other units."""

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle

SCRIPT = """
import numpy as np
import streamlit as st

from ui.browser.long_text import LongText, long_text

words = "".join(f"<b>{number:05d} ab\\n" if number % 7 == 0 else f"word{number:05d} " for number in range(10_000))[:100_000]
st.session_state.setdefault("unit", 3)
values = np.sin(np.arange(100_000) / (2 + st.session_state["unit"]))
marks = np.arange(100_000) % 10 == 0
shown = LongText(words, values, marks, st.session_state.get("at", 0), st.session_state["unit"], 8)
found = long_text(
    shown, key="long", title="A long text", alt="Many characters", help="Help", height=400,
    take_place=lambda place: st.session_state.update(at=place),
    take_position=lambda position: st.session_state.update(unit=position),
)
st.markdown(f"unit {st.session_state['unit']} place {st.session_state.get('at', 0)} range {found}")
"""
MOST_LINES = 60  # elements of the page at any time


def test_only_the_visible_lines_of_a_long_text_are_on_the_page(page: Page, script_url: str) -> None:
    page.goto(script_url)
    wait_until_idle(page)
    text = page.get_by_role("group", name="Many characters")
    expect(text.locator(".line").first).to_have_text("<b>00000 ab↵")
    assert text.locator(".line").count() < MOST_LINES
    text.press("End")
    last = text.locator('[data-at="99999"]')
    expect(last).to_be_visible()
    assert text.locator(".line").count() < MOST_LINES
    box = page.locator(".overview").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 10)
    expect(last).to_have_count(0)
    expect(text.locator('[data-at="50000"]')).to_be_visible()
    expect(text.locator('[data-at="50000"]')).to_have_class("mark")


def test_a_value_is_read_and_a_place_and_a_range_are_sent(page: Page, script_url: str) -> None:
    page.goto(script_url)
    wait_until_idle(page)
    letter = page.locator('[data-at="2"]')
    letter.hover()
    expect(page.locator(".foot")).to_have_text(">: 0.39, character 3")
    letter.click()
    expect(page.get_by_text("place 2 range None")).to_be_visible()
    expect(letter).to_have_class("place")
    page.locator('[data-at="13"]').hover()
    page.mouse.down()
    page.locator('[data-at="17"]').hover()
    page.mouse.up()
    expect(page.get_by_text("range (1")).to_be_visible()


def test_the_arrow_keys_ask_for_the_unit_before_and_after(page: Page, script_url: str) -> None:
    page.goto(script_url)
    wait_until_idle(page)
    text = page.get_by_role("group", name="Many characters")
    text.press("ArrowRight")
    expect(page.get_by_text("unit 4")).to_be_visible()
    for unit in (3, 2, 1, 0):
        text.press("ArrowLeft")
        expect(page.get_by_text(f"unit {unit} ")).to_be_visible()
    text.press("ArrowLeft")
    text.press("ArrowRight")
    expect(page.get_by_text("unit 1 ")).to_be_visible()
