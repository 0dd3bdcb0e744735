"""What a visitor does on the stage itself: draws a digit and reads along, drags today, a shape and a ball."""

import re

from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit, eventually


def drag(page: Page, target: Locator, way: list[tuple[float, float]]) -> None:
    """Through places of the target, in shares of its sides."""
    box = target.bounding_box()
    assert box
    places = [(box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in way]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def test_a_stroke_on_an_embedded_stage_is_read_and_a_row_covered(visit: Visit) -> None:
    page = visit("vision?embed=true&lang=en", 1440)
    expect(page.locator(".st-key-head")).not_to_be_visible()
    answer, course = page.locator("div.answer"), page.locator(".sentence")
    expect(answer).to_contain_text("sure")
    before = course.inner_text()
    page.get_by_role("button", name="Cover row 3, or show it again").click()
    expect(page).to_have_url(re.compile("vision_covered=3"))
    expect(course).not_to_have_text(before)
    drag(page, page.locator("canvas.field"), [(0.5, 0.1), (0.5, 0.5), (0.5, 0.9)])
    expect(answer.locator(".text")).to_have_text("1")
    expect(page).to_have_url(re.compile("vision_source=draw"))
    stream = page.get_by_role("slider", name="The prediction after each step")

    def first_step() -> bool:
        """An answer to the end of the stroke may still come, and show its own end."""
        stream.press("Home")
        return "before the first step" in answer.inner_text()

    eventually(page, first_step, True)
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text("Draw a digit from 0 to 9")).to_be_visible()


def test_the_line_of_today_moves_the_dial(visit: Visit) -> None:
    page = visit("forecast?lang=en", 1440)
    handle, dial = page.locator(".unrolled-plot .handle").first, page.get_by_role("slider", name="Today is")
    expect(handle).to_be_visible()
    expect(dial).to_have_value("272")
    drag(page, handle, [(0.5, 0.5), (6.0, 0.5)])
    expect(dial).not_to_have_value("272")
    year = page.locator(".st-key-dock .value").inner_text()
    expect(page).to_have_url(re.compile(f"today_sunspots_261_296={year}"))
    wait_until_idle(page)
    expect(page.locator(".unrolled-plot .image").first).to_have_attribute("aria-label", re.compile(f"Today is {year}"))


def test_a_shape_that_is_dragged_is_described_in_its_new_cell(visit: Visit) -> None:
    page = visit("caption?embed=true&lang=en&scene=0cgl", 1440)
    field, text = page.get_by_role("application", name="Your scene"), page.locator("p.text")
    expect(text).to_have_text("at the top left a large green circle")
    drag(page, field, [(1 / 6, 1 / 6), (0.5, 0.5), (5 / 6, 5 / 6)])
    expect(text).to_have_text("at the bottom right a large green circle")
    expect(page).to_have_url(re.compile("scene=8cgl"))
    page.get_by_role("radio", name="square").click()
    expect(text).to_contain_text("square")
    for key in ("Enter", "ArrowUp", "ArrowUp"):  # picked up, and carried to the top
        field.press(key)
    expect(text).to_contain_text("at the top right")
    field.press("Delete")
    expect(text).to_have_text("Drag a shape into a cell, or click a cell.")


def test_a_path_that_is_dragged_is_read_as_a_strip(visit: Visit) -> None:
    page = visit("watch?embed=true&lang=en", 1440)
    ball, sentence = page.get_by_role("application", name="The ball"), page.locator("p.sentence")
    expect(sentence).to_contain_text("After 10 frames")
    drag(page, ball, [(0.25, 0.5), (0.5, 0.5), (0.75, 0.5)])
    # A drag is read by its time, so that its motion depends on the machine; the steps of the keys below do not.
    expect(sentence).to_contain_text("frames of your path it expects")
    expect(page).to_have_url(re.compile("watch_path=0"))
    for key in ("ArrowUp",) * 9 + ("Enter",):
        ball.press(key)
    expect(sentence).to_contain_text("it expects upwards")


def test_a_digit_that_is_dragged_is_looked_at_in_its_new_place(visit: Visit) -> None:
    page = visit("finding?embed=true&lang=en&finding_scene=4bl2230", 1440)
    field, cards = page.get_by_role("application", name="Your picture"), page.locator(".cards .card")
    expect(page.locator("p.reading")).to_contain_text("Found:")
    drag(page, field, [(22 / 64, 30 / 64), (0.5, 0.5), (44 / 64, 20 / 64)])
    expect(page).to_have_url(re.compile("finding_scene=4bl4420"))
    page.get_by_role("button", name="7", exact=True).click()
    expect(page).to_have_url(re.compile("finding_scene=4bl44207am"))
    field.press("Delete")
    expect(page).to_have_url(re.compile("finding_scene=4bl4420(&|$)"))
    page.get_by_role("radio", name="Draw with a pen").click()
    drag(page, field, [(0.2, 0.6), (0.2, 0.8)])
    expect(page.locator("p.verdict")).to_contain_text("ink of your own")
    expect(cards.first).to_be_visible()
