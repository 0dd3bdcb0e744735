"""Painting pixels with the mouse, the keyboard and the eraser; the page receives each stroke."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import wait_until_idle

SCRIPT = """
import streamlit as st

from ui.browser.paint import Board, drawn_ink, paint

if st.toggle("away"):
    st.stop()
ink = drawn_ink(32, 32, key="board")
paint(Board((32, 32), 1.0, "Your digit", "Draw", ink * 1.0, True), key="board", height=380)
rows, columns = ink.any(axis=1).nonzero()[0], ink.any(axis=0).nonzero()[0]
st.code(f"{ink.sum()} {rows.tolist()[:1]} {rows.tolist()[-1:]} {columns.tolist()[:1]} {columns.tolist()[-1:]}")
"""


@pytest.fixture
def board(page: Page, script_url: str) -> Locator:
    page.goto(script_url)
    wait_until_idle(page)
    field = page.get_by_role("application", name="Your digit")
    expect(field).to_have_css("cursor", "crosshair")  # its style sheet is in
    return field


def heard(page: Page, what: str) -> None:
    expect(page.locator("code")).to_have_text(re.compile(what))


def test_mouse_eraser_and_clear_button(board: Locator) -> None:
    page = board.page
    box = board.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    for use in ("draw", "erase"):
        if use == "erase":
            page.get_by_role("button", name="Eraser").click()
        page.mouse.move(box["x"] + 5 / 32 * box["width"], middle)
        page.mouse.down()
        page.mouse.move(box["x"] + 25 / 32 * box["width"], middle)
        page.mouse.up()
        heard(page, r"^4\d \[15\] \[16\] \[4\] \[25\]" if use == "draw" else r"^0 ")
    page.get_by_role("button", name="Eraser").click()
    page.mouse.click(box["x"] + 12 / 32 * box["width"], middle)
    heard(page, r"^[1-9]")
    page.get_by_role("button", name="Clear").click()
    heard(page, r"^0 ")


def test_the_keyboard_draws_and_announces_the_position(board: Locator) -> None:
    board.focus()
    for key in (" ", "ArrowDown", "ArrowDown", "ArrowRight", " ", "ArrowRight", "ArrowRight"):
        board.page.keyboard.press(key)
    heard(board.page, r"\[15\] \[21\] \[15\] \[19\]")
    expect(board.page.get_by_text("row 21, column 23, pen up")).to_be_attached()


def test_a_drawing_is_restored_when_its_field_is_shown_again(board: Locator) -> None:
    page = board.page
    board.focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    heard(page, r"\[15\] \[17\] \[15\] \[21\]")  # the whole stroke: a part of it is sent while it is drawn
    drawn = page.locator("code").inner_text()
    painted = (
        "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value)"
    )
    for _time in range(2):
        page.get_by_text("away").click()
        wait_until_idle(page)
    heard(page, re.escape(drawn))
    again = page.get_by_role("application", name="Your digit")
    expect(again).to_have_css("cursor", "crosshair")
    assert again.evaluate(painted)
