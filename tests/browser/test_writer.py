"""The writer: it plays the text, a click replaces a character, and typed text is shown as plain text."""

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle

SCRIPT = """
import numpy as np
import streamlit as st

from rnn_core.apps.text.writing import Choice, Written
from ui.browser.writer import Units, chosen, name_of, writer

name = name_of("a text", "begin")
hand = chosen("board", name, 30)
said = np.array([0.6, 0.3, 0.1])
choices = tuple(Choice(hand.get(k, "a b"[k % 3]), ("a", " ", "b"), said, said, k in hand) for k in range(30))
units = Units([5, 9], np.array([[np.sin(k), 1.0] for k in range(30)]), 12)
writer(Written("<img src=x>&", choices), key="board", name=name, at_once=False, units=units, sentence="**<b>**")
st.code(repr(hand))
"""


@pytest.fixture
def board(page: Page, script_url: str) -> Page:
    page.goto(script_url)
    wait_until_idle(page)
    expect(page.locator(".letter.at")).to_be_visible()
    return page


def test_the_writer_plays_and_a_click_replaces_a_character(board: Page) -> None:
    expect(board.locator(".given")).to_have_text("<img src=x>&")
    expect(board.locator(".letter.later")).to_have_count(0)
    board.locator(".letter").nth(6).click()
    expect(board.locator(".place")).to_contain_text("character 7 of 30: it cost 0.7 bits")
    board.locator(".units canvas").focus()
    board.keyboard.press("ArrowDown")
    expect(board.locator(".unit")).to_contain_text("unit 5: −0.28 after this character")
    board.keyboard.press("Escape")
    expect(board.locator(".unit")).to_contain_text("2 of 12 units")
    board.locator(".bar").nth(2).click()
    expect(board.locator("code")).to_have_text("{6: 'b'}")
    board.locator(".letter.forced").click()  # it goes on playing by itself, until a hand points
    expect(board.locator(".place")).to_contain_text("chosen by you")
    board.locator(".left .text").focus()
    board.keyboard.press("Home")
    expect(board.locator(".letter.later")).to_have_count(29)
    board.keyboard.press("ArrowRight")
    expect(board.locator(".place")).to_contain_text("character 2 of 30")
    board.get_by_role("button", name="Take my choices back").click()
    expect(board.locator("code")).to_have_text("{}")
