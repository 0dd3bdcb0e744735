"""A dial's previews come before Streamlit's answer, are drawn on a slow line too, and are not missed where they cannot come."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from benchmarks.browser import ROOT, running, scratch_script, wait_until_idle
from tests.browser.conftest import NewPage, eventually

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
ENDS = """() => {
    window.seen = []
    const look = () => {
        const ends = document.querySelector(".unrolled-plot .canvas")?._fullData?.find(({ name }) => name === "RNN")?.y.at(-1)
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
def visitor(own_page: NewPage) -> Visitor:
    """Open the page on gradients with the dial of the matrix in hand; `between` may stand between the page and the server."""

    def opened(url: str, between: Callable[[Page], object] = lambda _page: None) -> Page:
        page = own_page()
        between(page)
        page.goto(f"{url}/gradients")
        wait_until_idle(page)
        page.wait_for_function("() => Boolean(document.querySelector('.unrolled-plot .canvas')?._fullData)")
        page.wait_for_timeout(RESTS)
        dial(page).focus()
        page.wait_for_timeout(300)
        page.evaluate(ENDS)
        return page

    return opened


def dial(page: Page) -> Locator:
    return page.get_by_role("slider", name="largest singular value")


def is_drawn_anew(page: Page, pictures: int = 2) -> None:
    page.wait_for_function("count => seen.length >= count", arg=pictures)


def test_previews_come_while_streamlit_is_silent_and_give_way_to_another_choice(visitor: Visitor, app_url: str) -> None:
    silence = Silence()
    page = visitor(app_url, silence.over)
    silence.lasts = True
    title = page.locator("figcaption").first
    page.keyboard.press("ArrowRight")
    is_drawn_anew(page)
    expect(title).to_contain_text("s₁ = 1.55")  # the sentence is a part of the picture
    page.keyboard.press("PageUp")
    is_drawn_anew(page, 3)
    silence.lasts = False  # and another choice is shown after a dial
    for _press in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("radio", name="One weight").click()
    expect(page.get_by_role("radio", name="One weight")).to_be_checked()
    expect(page.locator("figcaption").first).to_contain_text("w = 0.90")


def test_without_the_socket_the_page_answers(visitor: Visitor, app_url: str) -> None:
    refused: list[str] = []

    def refuse(socket: WebSocketRoute) -> None:
        refused.append(socket.url)
        socket.close()

    page = visitor(app_url, lambda page: page.route_web_socket(AHEAD, refuse))
    for _press in range(3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(200)
    expect(page.locator("figcaption").first).to_contain_text("s₁ = 1.65")
    assert len(refused) == 1


def dragged(page: Page, by: float, seconds: float) -> None:
    """A real mouse, which moves 60 times a second whether or not the page keeps up."""
    box = dial(page).bounding_box()
    assert box
    share = dial(page).evaluate("input => (input.value - input.min) / (input.max - input.min)")
    x, y = box["x"] + 11 + share * (box["width"] - 22), box["y"] + box["height"] / 2
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


@pytest.mark.long
def test_a_drag_is_drawn_on_a_slow_line_and_below_a_base_path(visitor: Visitor, tmp_path: Path) -> None:
    silence = Silence()
    with running(scratch_script(tmp_path, LATE), base_path="some/place") as url:
        page = visitor(url, silence.over)
        silence.lasts = True  # all pictures come through the socket
        dragged(page, 120, seconds=3)
        assert len(page.evaluate("seen")) >= 5, "pictures come while the dial moves"
        silence.lasts = False
        page.mouse.up()
        wait_until_idle(page)
        page.wait_for_timeout(RESTS)
        drawn = page.evaluate("seen.at(-1)")
        page.reload()
        wait_until_idle(page)
        page.evaluate(ENDS)
        eventually(page, lambda: page.evaluate("seen.at(-1)"), drawn)
