"""Drawing an input: the page receives it, and late answers never move the line."""

import ast
import re

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import eventually

SCRIPT = """
import time

import streamlit as st

from ui.browser.draw import draw
from ui.figures.lines import Line

preset = st.radio("preset", ("flat", "ramp"))
values = [0.0] * 21 if preset == "flat" else [t / 20 for t in range(21)]
time.sleep(0.15)  # a slow page: its answers come late
st.code(repr(draw(values, key="wave", y_range=(-1.0, 1.0), label="Your input", behind=lambda wave: [Line("below", [v / 2 for v in wave], "h", 1)])))
"""


@pytest.fixture
def board(page: Page, script_url: str) -> Page:
    page.goto(script_url)
    wait_until_idle(page)
    laid_out = re.compile(r"L[5-9]\d\d\.\d \S+$")  # the line reaches the right side: its style sheet is in
    expect(page.get_by_role("slider", name="Your input").locator("path.wave")).to_have_attribute("d", laid_out)
    return page


def heard(page: Page) -> list[float]:
    return list(ast.literal_eval(page.locator("code").inner_text()))


def hears(page: Page, values: object) -> None:
    """The page eventually has these values."""
    eventually(page, lambda: heard(page), values)


def shown(page: Page) -> str:
    """The line on the board."""
    return page.get_by_role("slider", name="Your input").locator("path.wave").get_attribute("d") or ""


def heights(path: str) -> list[float]:
    return [float(y) for y in re.findall(r" (-?[\d.]+)", path)]


def draw_up(page: Page, finish: bool = True) -> None:
    """From the first point at the bottom to the last one at the top, as the axes show them."""
    points = page.locator(".point")
    first, last = points.first.bounding_box(), points.last.bounding_box()
    low, high = (page.locator(".grid").nth(place).bounding_box() for place in (0, 1))
    assert first
    assert last
    assert low
    assert high
    (x0, y0), (x1, y1) = (first["x"] + first["width"] / 2, low["y"]), (last["x"] + last["width"] / 2, high["y"])
    page.mouse.move(x0, y0)
    page.mouse.down()
    for share in (0.1, 0.25, 0.4, 0.5, 0.65, 0.8, 0.9, 1):
        page.mouse.move(x0 + share * (x1 - x0), y0 + share * (y1 - y0))
        page.wait_for_timeout(40)
    if finish:
        page.mouse.up()


def test_the_mouse_draws_every_step(board: Page) -> None:
    draw_up(board)
    hears(board, pytest.approx([-1 + t / 10 for t in range(21)], abs=0.06))  # half a step of the pointer


def test_a_late_answer_does_not_move_a_line_that_is_being_drawn(board: Page) -> None:
    draw_up(board, finish=False)
    during = shown(board)
    board.wait_for_timeout(1200)  # all answers are in, the button is still down
    assert shown(board) == during
    board.mouse.up()
    wait_until_idle(board)
    eventually(board, lambda: shown(board), during)


def test_the_arrow_keys_draw(board: Page) -> None:
    slider = board.get_by_role("slider", name="Your input")
    slider.focus()
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowDown", "End", "ArrowDown"):
        board.keyboard.press(key)
    expect(slider).to_have_attribute("aria-valuetext", "step 21: -0.10")
    hears(board, [0.0, 0.0, 0.1, *[0.0] * 17, -0.1])


def test_a_press_beside_the_wave_moves_its_end(board: Page) -> None:
    first = board.locator(".point").first.bounding_box()
    high = board.locator(".grid").nth(1).bounding_box()
    assert first
    assert high
    board.mouse.click(first["x"] - 25, high["y"])
    hears(board, pytest.approx([1.0, *[0.0] * 20], abs=0.03))


def test_the_handle_is_shown_until_the_wave_is_first_drawn(board: Page) -> None:
    handle = board.get_by_role("slider", name="Your input").locator(".handle")
    expect(handle).to_be_visible()
    draw_up(board)
    expect(handle).to_have_count(0)


def test_reset_and_another_preset_replace_the_drawing(board: Page) -> None:
    flat = shown(board)
    draw_up(board)
    board.get_by_role("button", name="Start again").click()
    hears(board, [0.0] * 21)
    assert shown(board) == flat
    draw_up(board)
    board.get_by_text("ramp").click()
    hears(board, [t / 20 for t in range(21)])


def test_the_line_behind_follows_the_drawing_in_the_same_run(board: Page) -> None:
    draw_up(board)
    hears(board, pytest.approx([-1 + t / 10 for t in range(21)], abs=0.06))
    behind = board.get_by_role("slider", name="Your input").locator("path.line")
    drawn = heights(shown(board))
    zero = board.locator(".zero").bounding_box()
    top = board.get_by_role("slider", name="Your input").bounding_box()
    assert zero
    assert top
    middle = zero["y"] - top["y"]
    half = pytest.approx([(y - middle) / 2 for y in drawn], abs=1)
    eventually(board, lambda: [y - middle for y in heights(behind.get_attribute("d") or "")], half)
