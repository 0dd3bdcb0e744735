"""A page without connection shows a message in the reader's language until the connection is back."""

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import NewPage

STREAMLIT = "**/_stcore/stream"


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "No connection to the server."), pytest.param("zh", "与服务器的连接已断开。", marks=pytest.mark.long)],
)
def test_a_lost_connection_is_reported_until_it_is_back(own_page: NewPage, app_url: str, lang: str, said: str) -> None:
    page = own_page()
    lines: list[WebSocketRoute] = []
    is_down = False

    def stand_between(line: WebSocketRoute) -> None:
        if is_down:
            line.close()
            return
        lines.append(line)
        line.connect_to_server()

    page.route_web_socket(STREAMLIT, stand_between)
    page.goto(f"{app_url}/lstm?lang={lang}&T=17")
    wait_until_idle(page)
    page.wait_for_function("() => Object.hasOwn(history, 'pushState')")  # what holds on every page has come
    notice = page.locator("#unrolled-lost")
    expect(notice).to_have_count(0)

    is_down = True
    lines[-1].close()
    expect(notice).to_contain_text(said)

    is_down = False
    expect(notice).to_have_count(0)
    assert "T=17" in page.url


def test_a_part_whose_code_does_not_arrive_is_asked_for_again(own_page: NewPage, app_url: str) -> None:
    page = own_page()
    refused: list[str] = []

    def refuse_twice(route: Route) -> None:
        if len(refused) < 2:
            refused.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/top_bar*/**", refuse_twice)
    page.goto(f"{app_url}/gates?lang=en")
    expect(page.locator(".st-key-top_bar").get_by_role("button", name="English")).to_be_visible()
    assert len(refused) == 2
