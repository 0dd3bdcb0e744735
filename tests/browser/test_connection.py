"""A page without connection shows a message in the reader's language until the connection is back."""

import pytest
from playwright.sync_api import Browser, Route, WebSocketRoute, expect

from benchmarks.browser import wait_until_idle

STREAMLIT = "**/_stcore/stream"


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "No connection to the server."), pytest.param("zh", "与服务器的连接已断开。", marks=pytest.mark.long)],
)
def test_a_lost_connection_is_reported_until_it_is_back(browser: Browser, app_url: str, lang: str, said: str) -> None:
    page = browser.new_page(locale="en-GB")
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
    expect(notice).to_contain_text(said, timeout=15_000)

    is_down = False
    expect(notice).to_have_count(0, timeout=60_000)
    assert "T=17" in page.url
    page.close()


def test_a_part_whose_code_does_not_arrive_is_asked_for_again(browser: Browser, app_url: str) -> None:
    page = browser.new_page(locale="en-GB")
    refused: list[str] = []

    def refuse_twice(route: Route) -> None:
        if len(refused) < 2:
            refused.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/top_bar*/**", refuse_twice)
    page.goto(f"{app_url}/gates?lang=en")
    expect(page.locator(".st-key-top_bar").get_by_role("button", name="English")).to_be_visible(timeout=30_000)
    assert len(refused) == 2
    page.close()
