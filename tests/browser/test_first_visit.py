"""A page shows its title and idea while Streamlit is still loading, and removes them afterwards."""

import json
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import ROOT, running, wait_until_idle
from tests.browser.conftest import NewPage, Visit

FILES = "**/static/**"


@pytest.mark.parametrize(
    ("address", "idea"),
    [
        ("lstm?lang=zh", "只有门才能改动的记忆。"),
        pytest.param("lstm", "A memory that only gates can change.", marks=pytest.mark.long),
    ],
)
def test_the_page_can_be_read_before_streamlit_runs(own_page: NewPage, app_url: str, address: str, idea: str) -> None:
    page = own_page()
    page.route(FILES, lambda _route: None)  # they never come
    page.goto(f"{app_url}/{address}", wait_until="commit")
    first = page.locator("#first")
    expect(first.get_by_text(idea)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_count(0)
    page.unroute(FILES)
    page.reload()
    wait_until_idle(page)
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=1)).to_be_visible()
    expect(first).to_have_count(0)


def test_no_page_requests_another_host_and_code_comes_compressed(own_page: NewPage, app_url: str) -> None:
    page = own_page()
    asked: list[str] = []
    reported = {}
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: reported.setdefault(response.url.split("?")[0], response.headers))
    for slug in ("lstm", "gradients", ""):
        page.goto(f"{app_url}/{slug}")
        expect(page.locator(".unrolled-plot .stage.drawn, .stage canvas").first).to_be_attached()
        wait_until_idle(page)
    code = {url: headers for url, headers in reported.items() if url.endswith((".js", ".css"))}
    assert len(code) > 30
    assert not [url for url, headers in code.items() if headers.get("content-encoding") != "gzip"]
    assert [url for url in asked if not url.startswith((app_url, "data:", "blob:"))] == []


def test_the_policy_of_the_page_stops_a_script_that_came_in_from_outside(visit: Visit) -> None:
    page = visit("lstm")
    page.evaluate(
        """() => {
            const script = document.createElement("script")
            script.textContent = "window.hit = true"
            document.body.append(script)
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.hit = true'>")
        }"""
    )
    page.wait_for_function("() => document.querySelector('body > img').complete")
    assert page.evaluate("window.hit === undefined")
    assert page.request.get(page.url.removesuffix("lstm") + "health").json()["status"] == "ok"


def test_a_change_of_a_page_does_not_style_all_of_it_again(browser: Browser, visit: Visit) -> None:
    """One selector with :has() can make it so, and a chart that measures its texts then takes seconds to be drawn."""
    page = visit("lstm")
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    page.evaluate(
        """() => {
            const place = document.body.appendChild(document.createElement("div"))
            for (let time = 0; time < 20; time++) {
                place.textContent = ""
                place.append(document.createElement("i"))
                place.getBoundingClientRect()
            }
        }"""
    )
    events = json.loads(browser.stop_tracing())["traceEvents"]
    finished = [event["args"] for event in events if event["name"] == "UpdateLayoutTree"]
    restyled = [
        found["elementCount"] for found in finished if "elementCount" in found
    ]  # one may be cut by the end of the trace
    assert len(restyled) >= 20
    assert median(restyled) < 500, "elements at each change"


def assert_every_request_is_answered(page: Page, url: str) -> None:
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(url)
    expect(page.locator(".st-key-remember")).to_be_attached()
    wait_until_idle(page)
    assert failed == []


def test_every_request_of_a_page_is_answered(own_page: NewPage, app_url: str) -> None:
    assert_every_request_is_answered(own_page(), f"{app_url}/glossary")


@pytest.mark.long
def test_every_request_of_a_page_below_a_path_is_answered(own_page: NewPage) -> None:
    with running(ROOT / "app.py", "deep/app") as url:
        assert_every_request_is_answered(own_page(), f"{url}/glossary")
