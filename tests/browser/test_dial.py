"""A dial draws every move in the browser, even without a connection, and sends its final value to the page once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import NewPage, eventually, go_to, open_drawer
from tests.selection import quick

STREAMLIT = "**/_stcore/stream"
SHOWN = """() => {
    const chart = document.querySelector(".unrolled-plot .canvas")?._fullData?.[0].x.length - 1
    const diagram = [...document.querySelectorAll("*")].find((node) => node.shadowRoot?.querySelector(".stepper"))
    return [chart, Number(diagram?.shadowRoot.querySelector(".scrub").max)]
}"""
WATCH = f"""() => {{
    window.seen = []
    const look = () => {{
        const [, steps] = ({SHOWN})()
        if (steps && steps !== seen.at(-1)) seen.push(steps)
        requestAnimationFrame(look)
    }}
    look()
}}"""


class Line:
    """A proxy between the browser and Streamlit that counts messages, and drops them while `is_cut`."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        self.sent = 0
        page.route_web_socket(STREAMLIT, self.stand_between)

    def stand_between(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            self.sent += 1
            if not self.is_cut:
                server.send(message)

        browser.on_message(pass_on)


Visitor = Callable[..., tuple[Page, Line]]


@pytest.fixture
def visitor(new_page: NewPage, app_url: str) -> Visitor:
    def opened(address: str, **context: object) -> tuple[Page, Line]:
        page = new_page(**context)
        line = Line(page)
        page.goto(f"{app_url}/{address}")
        wait_until_idle(page)
        open_drawer(page)
        dial(page, "Steps T").focus()  # brings the charts near it into sight
        page.wait_for_function("() => document.querySelector('.unrolled-plot .canvas')?._fullData")
        return page, line

    return opened


def dial(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def shows(page: Page, steps: int) -> None:
    """Diagram and chart."""
    eventually(page, lambda: page.evaluate(SHOWN), [steps, steps])


def place_on(slider: Locator, share: float) -> tuple[float, float]:
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    return box["x"] + 10 + share * (box["width"] - 20), box["y"] + box["height"] / 2


@pytest.mark.parametrize("address", quick(["lstm"], ["compare", "rnn", "gru"]))
def test_every_move_is_drawn_without_a_connection(visitor: Visitor, address: str) -> None:
    page, line = visitor(address)
    line.is_cut = True
    slider = dial(page, "Steps T")
    for key, value in (("ArrowRight", 41), ("End", 200), ("Home", 1), ("PageUp", 21)):
        slider.press(key)
        expect(slider).to_have_value(str(value))
        expect(slider).to_have_attribute("aria-valuetext", f"{value} of 200")
        shows(page, value)


def test_sizes_are_drawn_and_the_address_has_a_dials_value_without_a_connection(visitor: Visitor) -> None:
    page, line = visitor("lstm?preset=random&T=41")
    line.is_cut = True
    dial(page, "Steps T").press("ArrowRight")
    expect(page).to_have_url(re.compile("T=42"))
    for _press in range(2):
        dial(page, "Steps T").press("ArrowLeft")
    expect(page).not_to_have_url(re.compile("T="))
    for name in ("Hidden size H", "Input size X"):
        before = page.get_by_role("application").inner_text()
        dial(page, name).press("ArrowRight")
        eventually(page, lambda before=before: page.get_by_role("application").inner_text() != before, True)
        dial(page, name).press("ArrowLeft")
        eventually(page, lambda before=before: page.get_by_role("application").inner_text() == before, True)


def test_another_number_of_inputs_keeps_the_rest_of_the_drawing(visitor: Visitor) -> None:
    page, line = visitor("lstm?preset=random&X=2")
    line.is_cut = True
    inputs = page.locator(".number.input:visible")
    before = inputs.count()
    gates = page.locator(".number.gate")
    gates.evaluate_all("boxes => boxes.forEach((box) => (box.isOld = true))")
    dial(page, "Input size X").press("ArrowRight")
    eventually(page, lambda: inputs.count() > before, True)
    assert all(gates.evaluate_all("boxes => boxes.map((box) => box.isOld === true)"))


def test_a_drag_draws_every_move_and_sends_one_message(visitor: Visitor) -> None:
    page, line = visitor("lstm")
    page.evaluate(WATCH)
    slider = dial(page, "Steps T")
    page.mouse.move(*place_on(slider, 39 / 199))
    page.mouse.down()
    line.sent = 0
    for move in range(40):
        page.mouse.move(*place_on(slider, (40 + 3 * move) / 199))
    held = int(slider.input_value())
    assert held > 150
    shows(page, held)
    assert line.sent == 0
    seen = page.evaluate("seen")
    assert seen == sorted(seen)
    assert len(seen) > 5
    assert "T=" not in page.url
    page.mouse.up()
    eventually(page, lambda: f"T={held}" in page.url, True)
    wait_until_idle(page)
    shows(page, held)
    assert line.sent == 1


@pytest.mark.long
def test_an_answer_for_an_earlier_value_is_not_shown_and_another_choice_is_at_once(visitor: Visitor) -> None:
    page, _line = visitor("lstm?T=20")
    page.evaluate(WATCH)
    slider = dial(page, "Steps T")
    for _press in range(20):
        slider.press("ArrowRight")
        page.wait_for_timeout(40)
    shows(page, 40)
    expect(page).not_to_have_url(re.compile("T="))
    wait_until_idle(page)
    seen = page.evaluate("seen")
    assert seen == sorted(seen)
    assert seen[-1] == 40
    for _press in range(3):
        slider.press("ArrowRight")
    page.get_by_role("radio", name="Counter").click()
    expect(page.get_by_role("radio", name="Counter")).to_be_checked()
    eventually(page, lambda: sorted(page.url.partition("?")[2].split("&")), ["T=43", "preset=counter"])
    shows(page, 43)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_preset_and_a_dial_that_are_changed_together_are_both_shown_and_in_the_link(
    visitor: Visitor, at_once: bool
) -> None:
    sentence = """() => [...document.querySelectorAll("*")].map((node) => node.shadowRoot?.querySelector(".stepper")).find(Boolean)
        .innerText.match(/The cell keeps .*/)?.[0]"""
    page, _line = visitor("lstm?T=20")
    page.evaluate(
        """async (atOnce) => {
            const inShadows = (name) => [...document.querySelectorAll("*")].map((node) => node.shadowRoot?.querySelector(name)).find(Boolean)
            inShadows("[data-name=counter]").click()
            if (!atOnce) await new Promise((done) => setTimeout(done, 20))
            const dial = inShadows("#dial[data-dial=T]")
            dial.value = "23"
            for (const kind of ["input", "change"]) dial.dispatchEvent(new Event(kind))
        }""",
        at_once,
    )
    eventually(page, lambda: sorted(page.url.partition("?")[2].split("&")), ["T=23", "preset=counter"])
    shows(page, 23)
    eventually(page, lambda: page.evaluate(sentence), "The cell keeps ≈100% of its state and adds 1.00.")


@pytest.mark.long
def test_back_brings_the_dial_of_the_page_before(visitor: Visitor) -> None:
    page, line = visitor("lstm?T=60")
    line.sent = 0
    dial(page, "Steps T").press("ArrowRight")
    eventually(page, lambda: line.sent > 0, True)
    wait_until_idle(page)
    go_to(page, "GRU")
    expect(page.get_by_role("heading", name="GRU", exact=True)).to_be_visible()
    eventually(page, lambda: dial(page, "Steps T").input_value(), "40")
    page.go_back()
    expect(page.get_by_role("heading", name="LSTM", exact=True)).to_be_visible()
    eventually(page, lambda: dial(page, "Steps T").input_value(), "61")
    shows(page, 61)


@pytest.mark.parametrize("scheme", quick(["dark"], ["light"]))
def test_a_dial_works_by_touch_and_has_the_colours_of_the_theme(visitor: Visitor, scheme: str) -> None:
    page, line = visitor("rnn", has_touch=True, is_mobile=True, color_scheme=scheme)
    slider = dial(page, "Steps T")
    label = page.locator("label").filter(has_text="Steps T").first
    expect(label).to_have_css("color", {"light": "rgb(23, 28, 40)", "dark": "rgb(237, 240, 247)"}[scheme])
    box = slider.bounding_box()
    assert box
    assert box["height"] >= 44
    line.is_cut = True
    x, y = place_on(slider, 0.5)
    page.touchscreen.tap(x, y)
    eventually(page, lambda: 90 < int(slider.input_value()) < 111, True)
    shows(page, int(slider.input_value()))
