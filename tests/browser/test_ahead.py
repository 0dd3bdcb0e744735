"""A slider's pictures come before Streamlit's answer, never fall back behind the slider, and are not missed where they cannot come."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, expect

from benchmarks.browser import ROOT, running, scratch_script, wait_until_idle
from tests.browser.conftest import eventually

# The app on a slow line: what is asked for ahead comes 60 ms late.
LATE = f"""
import time

if __name__ != "__main__":
    from streamlit.starlette import App

    from ui.browser import previews
    from ui.shell.server import server_lifespan, middleware, routes

    drawn = previews.answer

    def late(*asked):
        time.sleep(0.06)
        return drawn(*asked)

    previews.answer = late
    app = App({str(ROOT / "app.py")!r}, lifespan=server_lifespan, routes=routes(), middleware=middleware())
"""
STREAMLIT, AHEAD = "**/_stcore/stream", "**/ahead"
RESTS = 1500  # milliseconds after which nothing is on its way any more
SEEN = """() => {
    window.seen = []
    const look = () => {
        const steps = document.querySelector(".unrolled-plot .canvas")?._fullData?.[0].x.length / 2 - 1 // a line has two points a step
        if (steps >= 1 && steps !== seen.at(-1)) seen.push(steps)
        requestAnimationFrame(look)
    }
    look()
}"""
ENDS = """() => {
    window.seen = []
    const look = () => {
        const ends = document.querySelector(".unrolled-plot .canvas")?._fullData?.map(({ y }) => y?.[y.length - 1]).join()
        if (ends !== seen.at(-1)) seen.push(ends)
        requestAnimationFrame(look)
    }
    look()
}"""


class Silence:
    """Between the browser and Streamlit: what the page sends is lost while it lasts."""

    def __init__(self) -> None:
        self.lasts = False

    def over(self, page: Page) -> None:
        page.route_web_socket(STREAMLIT, self.stand_between)

    def stand_between(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        browser.on_message(lambda message: None if self.lasts else server.send(message))


Visitor = Callable[..., Page]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Open the page on gradients with the slider in hand; `between` may stand between the page and the server."""
    contexts: list[BrowserContext] = []

    def opened(url: str, between: Callable[[Page], object] = lambda _page: None) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB"))
        page = contexts[-1].new_page()
        between(page)
        page.goto(f"{url}/gradients")
        wait_until_idle(page)
        page.wait_for_function(
            "document.querySelector('.unrolled-plot .canvas')?._fullData"
        )  # out of sight: drawn late
        page.wait_for_function("Boolean(window.unrolledKeepsPreview)")  # ahead.js has come
        page.wait_for_timeout(RESTS)
        page.get_by_role("slider", name="Steps T").focus()
        page.wait_for_timeout(300)
        return page

    yield opened
    for context in contexts:
        context.close()


def lasts(page: Page, steps: int) -> None:
    """The chart shows so many steps; a line has two points a step."""
    page.wait_for_function(
        "T => document.querySelector('.unrolled-plot .canvas')?._fullData?.[0].x.length === 2 * (T + 1)", arg=steps
    )


def test_pictures_come_while_streamlit_is_silent(visitor: Visitor, app_url: str) -> None:
    silence = Silence()
    page = visitor(app_url, silence.over)
    silence.lasts = True
    page.keyboard.press("ArrowRight")
    lasts(page, 110)
    page.keyboard.press("PageUp")
    lasts(page, 210)
    slider = page.get_by_role("slider", name="Steps T")
    box = slider.locator("xpath=ancestor::*[@data-testid='stSlider']").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] - 8)
    held = int(slider.input_value())
    assert 200 < held < 320
    lasts(page, held)


def test_an_answer_for_a_value_that_is_left_is_not_shown(visitor: Visitor, app_url: str) -> None:
    page = visitor(app_url)
    page.evaluate(SEEN)
    for _press in range(25):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(45)
    lasts(page, 350)
    seen = page.evaluate("seen")
    assert len(seen) > 2
    assert seen == sorted(seen)


def test_another_choice_is_shown_at_once_after_a_slider(visitor: Visitor, app_url: str) -> None:
    page = visitor(app_url)
    for _press in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("radio", name="One weight").click()
    page.wait_for_timeout(RESTS)
    lasts(page, int(page.get_by_role("slider", name="Steps T").input_value()))
    expect(page.get_by_role("radio", name="One weight")).to_be_checked()


def test_without_the_socket_the_page_answers(visitor: Visitor, app_url: str) -> None:
    refused: list[str] = []

    def refuse(socket: WebSocketRoute) -> None:
        refused.append(socket.url)
        socket.close()

    page = visitor(app_url, lambda page: page.route_web_socket(AHEAD, refuse))
    for _press in range(3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(200)
    lasts(page, 130)
    assert len(refused) == 1


def test_the_socket_stands_below_a_base_path(visitor: Visitor) -> None:
    silence = Silence()
    with running(ROOT / "app.py", base_path="some/place") as url:
        page = visitor(url, silence.over)
        silence.lasts = True
        page.keyboard.press("ArrowRight")
        lasts(page, 110)


def dragged(page: Page, name: str, by: float, seconds: float) -> None:
    """A real mouse, which moves 60 times a second whether or not the page keeps up."""
    slider = page.get_by_role("slider", name=name).locator("xpath=ancestor::div[contains(@style,'left')][1]")
    box = slider.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    devtools = page.context.new_cdp_session(page)
    moves = round(60 * seconds)
    for move in range(1, moves + 1):
        place = {"type": "mouseMoved", "x": x + by * move / moves, "y": y, "button": "left", "buttons": 1}
        # Playwright's own mouse waits for the page after each move, and so does `devtools.send`.
        sent = devtools._impl_obj.send(method="Input.dispatchMouseEvent", params=place, timeout=0)
        devtools._loop.create_task(sent)
        page.wait_for_timeout(1000 / 60)


def test_a_drag_is_drawn_on_a_slow_line(visitor: Visitor, tmp_path: Path) -> None:
    with running(scratch_script(tmp_path, LATE)) as url:
        page = visitor(url)
        page.evaluate(ENDS)
        dragged(page, "largest singular value", 200, seconds=3)
        assert len(page.evaluate("seen")) >= 4, "pictures come while the slider moves"
        page.mouse.up()
        wait_until_idle(page)
        page.wait_for_timeout(RESTS)
        drawn = page.evaluate("seen.at(-1)")
        page.reload()
        wait_until_idle(page)
        page.evaluate(ENDS)
        eventually(page, lambda: page.evaluate("seen.at(-1)"), drawn)
