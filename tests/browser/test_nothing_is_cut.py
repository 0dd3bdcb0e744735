"""No text of charts and choices is cut off, on a wide screen, a narrow one and a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
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
