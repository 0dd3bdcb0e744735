"""Sliders answer while they are dragged, by mouse and by finger; where a setting begins a training run they wait for the end."""

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import wait_until_idle

SCRIPT = """
import streamlit as st
from ui.browser.frame import frame
from ui.runs.settings_area import run_settings
frame()
fine = st.slider("fine", 0, 200, 20)
coarse = st.slider("coarse", 1, 8, 2)
pair = st.slider("pair", 0, 100, (20, 60))
named = st.select_slider("named", list("abcdefgh"), "b")
with run_settings():
    run = st.slider("run", 0, 100, 20)
st.write(f"fine {fine}, coarse {coarse}, pair {pair[0]} to {pair[1]}, named {named}, run {run}")
"""


@pytest.fixture
def sliders(page: Page, script_url: str) -> Page:
    page.goto(script_url)
    wait_until_idle(page)
    page.wait_for_timeout(500)
    return page


def slider(page: Page, name: str) -> Locator:
    return page.locator("[data-testid=stSlider]").filter(has_text=name)


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def thumb(page: Page, name: str, which: int = 0) -> Locator:
    # The thumb is around the input that a keyboard moves, which is hidden.
    return slider(page, name).locator("input").nth(which).locator("xpath=ancestor::div[contains(@style,'left')][1]")


def drag(page: Page, start: tuple[float, float], by: float, moves: int = 12) -> None:
    """Take hold, and move slowly, without letting go."""
    x, y = start
    page.mouse.move(x, y)
    page.mouse.down()
    for move in range(1, moves + 1):
        page.mouse.move(x + by * move / moves, y)
        page.wait_for_timeout(60)


def test_a_slider_answers_while_it_is_dragged(sliders: Page) -> None:
    drag(sliders, middle(thumb(sliders, "fine")), 300)
    held = int(slider(sliders, "fine").locator("input").input_value())
    assert held > 60
    expect(sliders.get_by_text(f"fine {held},")).to_be_visible()
    sliders.mouse.up()
    sliders.wait_for_timeout(500)
    expect(sliders.get_by_text(f"fine {held},")).to_be_visible()


def test_the_thumb_stays_under_the_pointer(sliders: Page) -> None:
    x, y = middle(thumb(sliders, "coarse"))
    drag(sliders, (x + 4, y), 520, moves=40)  # held beside its middle
    sliders.wait_for_timeout(300)
    track = (
        slider(sliders, "coarse").locator("input").first.locator("xpath=ancestor::div[contains(@style,'relative')][1]")
    )
    box = track.bounding_box()
    assert box
    step = box["width"] / 7
    assert abs(middle(thumb(sliders, "coarse"))[0] - (x + 520)) <= step / 2 + 1
    sliders.mouse.up()


def test_a_thumb_is_held_where_it_was_taken(sliders: Page) -> None:
    x, y = middle(thumb(sliders, "fine"))
    drag(sliders, (x + 5, y), 300, moves=30)
    assert abs(middle(thumb(sliders, "fine"))[0] - (x + 300)) <= 3  # half a step; 5 if it had come to the pointer
    sliders.mouse.up()


def test_a_slider_stays_where_it_was_left(sliders: Page) -> None:
    """Streamlit goes back to an earlier value now and then. A key that nobody pressed stands for it."""
    drag(sliders, middle(thumb(sliders, "fine")), 300)
    left = slider(sliders, "fine").locator("input").input_value()
    sliders.mouse.up()
    back = """input => {
        window.values = []
        new MutationObserver(() => values.push(input.value)).observe(input, { attributeFilter: ["aria-valuetext"] })
        input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }))
    }"""
    slider(sliders, "fine").locator("input").evaluate(back)
    sliders.wait_for_function("left => values.some((value) => value !== left)", arg=left)
    expect(slider(sliders, "fine").locator("input")).to_have_value(left)
    expect(sliders.get_by_text(f"fine {left},")).to_be_visible()


def test_a_press_beside_the_thumb_is_a_drag_too(sliders: Page) -> None:
    x, y = middle(thumb(sliders, "fine"))
    drag(sliders, (x + 200, y), 100)
    held = int(slider(sliders, "fine").locator("input").input_value())
    expect(sliders.get_by_text(f"fine {held},")).to_be_visible()
    assert abs(middle(thumb(sliders, "fine"))[0] - (x + 300)) < 6
    sliders.mouse.up()


def test_one_end_of_a_pair_is_dragged(sliders: Page) -> None:
    drag(sliders, middle(thumb(sliders, "pair", 1)), 100)
    held = slider(sliders, "pair").locator("input").nth(1).input_value()
    assert int(held) > 60
    expect(sliders.get_by_text(f"pair 20 to {held},")).to_be_visible()
    sliders.mouse.up()


def test_names_are_dragged_like_numbers(sliders: Page) -> None:
    drag(sliders, middle(thumb(sliders, "named")), 400)
    expect(sliders.get_by_text("named b,")).not_to_be_visible()
    sliders.mouse.up()


def test_a_setting_of_a_run_waits_until_it_is_let_go(sliders: Page) -> None:
    drag(sliders, middle(thumb(sliders, "run")), 300)
    expect(sliders.get_by_text("run 20")).to_be_visible()
    sliders.mouse.up()
    expect(sliders.get_by_text("run 20")).not_to_be_visible()


def test_a_finger_drags_as_a_mouse_does(sliders: Page) -> None:
    x, y = middle(thumb(sliders, "fine"))
    touch = sliders.context.new_cdp_session(sliders)

    def finger(kind: str, *places: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(places)})

    finger("touchStart", {"x": x, "y": y})
    for move in range(1, 13):
        finger("touchMove", {"x": x + 25 * move, "y": y})
        sliders.wait_for_timeout(60)
    held = int(slider(sliders, "fine").locator("input").input_value())
    assert held > 60
    expect(sliders.get_by_text(f"fine {held},")).to_be_visible()
    finger("touchEnd")


def test_keys_move_a_slider_as_before(sliders: Page) -> None:
    sliders.get_by_role("slider", name="fine").focus()
    for _press in range(3):
        sliders.keyboard.press("ArrowRight")
        sliders.wait_for_timeout(150)
    expect(sliders.get_by_text("fine 23,")).to_be_visible()
