"""No text of charts and choices is cut off, on a wide screen, a narrow one and a phone, and no dock leaves the first screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, eventually
from tests.browser.test_chart_reading import OUTSIDE

pytestmark = pytest.mark.long

CUT = """() => [...document.querySelectorAll('[data-testid=stSelectbox] input, [data-testid=stButtonGroup] button, [data-testid=stButtonGroup] button *')]
  .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1).map((each) => each.value || each.textContent)"""


@pytest.mark.parametrize("width", [1440, 1280, 390])
@pytest.mark.parametrize("address", ["lab", "bptt?at=some", "variants?view=lengths"])
def test_no_text_of_a_chart_or_widget_is_cut_off(visit: Visit, address: str, width: int) -> None:
    page = visit(address, width)
    expect(page.locator(".unrolled-plot").first).to_be_attached()
    for figure in page.locator(".unrolled-plot").all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator(".stage.drawn")).to_have_count(1)
    assert page.evaluate(CUT) == []
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("address", ["after?part=track&track=live", "inside", "gru"])
def test_a_dock_whose_parts_wrap_stays_on_the_first_screen(visit: Visit, address: str) -> None:
    page = visit(address, 1440)
    dock = page.locator(".dock" if address == "gru" else ".st-key-dock")
    below = "each => Math.max(0, Math.round(each.getBoundingClientRect().bottom - innerHeight))"
    eventually(page, lambda: dock.evaluate(below), 0)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.get_by_role("button", name="Projector").click()
    eventually(page, lambda: dock.evaluate(below), 0)


def test_the_type_of_a_chart_grows_with_the_projector(visit: Visit) -> None:
    page = visit("gates", 1440)
    tick = page.locator(".unrolled-plot .xtick text").first
    tick.wait_for()
    height = "each => each.getBoundingClientRect().height"
    before = tick.evaluate(height)
    page.get_by_role("button", name="Projector").click()
    eventually(page, lambda: round(page.locator(".unrolled-plot .xtick text").first.evaluate(height) / before, 1), 1.4)
