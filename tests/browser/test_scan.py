"""The scan: its clock plays and rests on the page's value, and a pair of its tree is chosen by a click and by keys."""

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle

SCRIPT = """
import numpy as np
import streamlit as st

from rnn_core.cells.modern.base import Recurrence
from rnn_core.passes.scan import scan
from ui.browser.dial import DialSpec
from ui.browser.scan import scan_tree

st.set_page_config(layout="wide")
found = scan(Recurrence(np.full((8, 1), 0.5), np.arange(1.0, 9.0)[:, None], np.zeros(1)))
scan_tree(found, DialSpec("Clock", 0, 7, 1, "moment"), [f"moment {k}" for k in range(8)], key="tree", alt="A tree.")
st.text(f"The page has {st.session_state['moment']}.")
"""


def test_the_clock_plays_and_a_pair_shows_its_arithmetic(page: Page, script_url: str) -> None:
    page.goto(script_url)
    wait_until_idle(page)
    drawing = page.get_by_role("img", name="A tree. moment 1")
    expect(drawing.locator(".box.made")).to_have_count(8 + 7)
    page.get_by_role("button", name="One moment on").click()
    expect(page.get_by_text("The page has 2.")).to_be_visible()
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text("The page has 7.")).to_be_visible()
    expect(page.locator(".box.made.ready")).to_have_count(8)
    expect(page.locator(".sum")).to_have_text("(0.06, 13.63) ∘ (0.06, 6.13) = (0.00, 14.01)")
    page.locator(".box").nth(9).click()  # of the first round
    expect(page.locator(".sum")).to_have_text("(0.50, 3.00) ∘ (0.50, 2.00) = (0.25, 4.00)")
    page.locator(".drawing").press("ArrowUp")
    expect(page.locator(".sum")).to_have_text("(0.50, 3.00)")
