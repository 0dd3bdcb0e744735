"""The cliff in the browser: a click on the map is the new start, and the descent plays without the server."""

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import wait_until_idle


def chart(page: Page, title: str) -> Locator:
    return page.locator("figure.unrolled-plot", has=page.locator("figcaption", has_text=title))


@pytest.mark.long
def test_a_click_on_the_map_sets_the_start_and_the_steps_play(visit) -> None:
    page, messages = visit("clipping"), []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: messages.append(frame)))
    page.reload()
    wait_until_idle(page)  # the surface is drawn in software here
    ground = chart(page, "The loss E from above")
    expect(ground.locator(".stage.drawn")).to_be_visible()
    place = ground.locator(".canvas").bounding_box()
    assert place
    x, y = ground.locator(".canvas").evaluate(
        """node => { const { xaxis, yaxis } = node._fullLayout
            return [xaxis._offset + xaxis.l2p(5.0), yaxis._offset + yaxis.l2p(-2.0)] }"""
    )
    page.mouse.click(place["x"] + x, place["y"] + y)
    page.wait_for_url(lambda url: "w0=5" in url and "b0=-2" in url)
    wait_until_idle(page)  # the surface is drawn in software here

    sent = len(messages)
    surface = chart(page, "The same in space")
    expect(ground.locator("output")).to_have_text(
        "step 50"
    )  # the whole paths are in sight, and the thumb is at the right
    ground.get_by_role("slider").press("Home")
    expect(ground.locator("output")).to_have_text("step 0")
    expect(surface.locator("output")).to_have_text("step 0")
    ground.get_by_role("button", name="Play").click()
    expect(ground.locator("output")).to_have_text("step 50")
    ends = ground.locator(".canvas").evaluate("node => node._fullData[1].x.length")
    assert ends == 51
    assert len(messages) == sent
