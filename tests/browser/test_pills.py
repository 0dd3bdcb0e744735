"""A pill that is clicked twice quickly is selected."""

import pytest
from playwright.sync_api import expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit


@pytest.mark.parametrize("gap", [60, pytest.param(0, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("address", "pill", "reported"),
    [
        ("bptt?picture=network", "One that grows", "gain=1.5"),
        pytest.param("gradients", "Exploding", "size=5", marks=pytest.mark.long),
    ],
)
def test_a_pill_that_is_pressed_twice_is_chosen(visit: Visit, address: str, pill: str, reported: str, gap: int) -> None:
    page = visit(address)
    button = page.get_by_role("radio", name=pill)
    expect(button).not_to_be_checked()
    button.hover()
    for pause in (gap, 0):
        page.mouse.down()
        page.mouse.up()
        page.wait_for_timeout(pause)
    page.wait_for_function("told => location.search.includes(told)", arg=reported)
    wait_until_idle(page)
    expect(button).to_be_checked()
