"""The stages of sentences, shops and translations: clicks and keys reach the page, and words are shown as text."""

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle

SCRIPT = """
import numpy as np
import streamlit as st

from ui.browser.attention import Panel, attention
from ui.browser.road import Lane, RoadWord, road
from ui.browser.shop import Category, Next, Shop, ShopItem, shop

reported = st.session_state.setdefault("reported", [])
words = [RoadWord(word, known, False, False) for word, known in (("not", True), ("<b>bad</b>", False), ("at", True))]
lane = Lane(words, np.array([0.5, 0.2, 0.9, 0.8]), np.array([0.3, 0.7, 0.6]), np.ones(3), np.zeros((3, 4)), 0.4)
road([lane, lane], "**<i>sure</i>** of it", key="road", leave_out=lambda lane, word: reported.append(["word", lane, word]))
items = [ShopItem(name, kind, "h", False, 0.25) for name, kind in (("cup", "coffee"), ("<u>pot</u>", "coffee"), ("tent", "camping"))]
kinds = [Category(name, name, "h", 0.5) for name in ("coffee", "camping")]
shown = Shop(items, kinds, "coffee", [0], False, [Next(2, 0.4, 0.3, 0.1, 3), Next(1, 0.2, 0.3, 0.1, 1)], "")
shop(shown, key="shop", add=lambda item: reported.append(["item", item]), choose=lambda name: reported.append(["kind", name]))
panel = Panel("", ["a", "<s>"], ["x", "y"], np.array([[0.9, 0.1], [0.2, 0.8]]), np.zeros(3))
attention([panel], "", key="attention", say=lambda place: reported.append(["said", place]))
st.code(repr(reported))
"""


@pytest.fixture
def stages(page: Page, script_url: str) -> Page:
    page.goto(script_url)
    wait_until_idle(page)
    expect(page.locator(".said").first).to_be_visible()
    return page


def test_clicks_and_keys_reach_the_page(stages: Page) -> None:
    reported = stages.locator("code")
    sentence = stages.get_by_role("slider", name="Words read")
    assert sentence.get_attribute("aria-valuetext") == "at: 80.0%; at: 80.0%"
    sentence.press("ArrowLeft")
    expect(sentence).to_have_attribute("aria-valuetext", "<b>bad</b>: 90.0%; <b>bad</b>: 90.0%")
    sentence.press("End")
    expect(stages.locator(".sentence strong").first).to_have_text("<i>sure</i>")
    word = stages.get_by_role("button", name="Leave out “<b>bad</b>”. The network was never trained").nth(1)
    word.hover()
    expect(stages.locator(".ghost").nth(1)).to_contain_text("without “<b>bad</b>”: 70.0% positive")
    word.click()
    expect(reported).to_have_text("[['word', 1, 1]]")
    stages.get_by_role("button", name="Take “tent”: 40.0%. By the last click alone it is number 3.").click()
    expect(reported).to_contain_text("['item', 2]")
    stages.get_by_role("radio", name="coffee").press("ArrowRight")
    expect(reported).to_contain_text("['kind', 'camping']")
    expect(stages.locator(".shelf .label")).to_have_text(["tent"])
    said = stages.get_by_role("button", name="“y” looks most at “<s>” (80%)")
    said.focus()
    expect(stages.locator(".band.on")).to_have_count(2)
    said.press("Enter")
    expect(reported).to_contain_text("['said', 1]")
