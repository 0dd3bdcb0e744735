"""Links in a browser: a link restores its view, a link to the same page makes one history entry, and none contacts another host."""

import re

import pytest
from playwright.sync_api import Page, Request, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit, open_drawer
from tests.selection import quick


def test_a_copied_link_of_a_cell_page_shows_the_same_again(visit: Visit) -> None:
    page = visit("lstm?step=9&stage=cell&direction=backward&value=dcs.9.1&T=60")
    part = page.locator(".st-key-stepper")
    expect(part.locator(".counter")).to_have_text("Step 9 of 60")
    expect(part.locator('.chip[data-stage="cell"]')).to_have_attribute("aria-pressed", "true")
    expect(part.locator('[data-direction="backward"]')).to_have_attribute("aria-pressed", "true")
    expect(part.locator(".panel-title:visible")).to_have_text("gradient on cell state c, step 9, unit 1")
    expect(page.get_by_text("The link asks for")).to_have_count(0)
    before = page.evaluate("history.length")
    part.locator(".viewport").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"step=10.*value=dcs\.10\.1"))
    open_drawer(page)
    page.get_by_role("slider", name="Steps T").press("ArrowRight")
    page.wait_for_url(re.compile("T=61"))
    wait_until_idle(page)
    expect(page).to_have_url(re.compile(r"value=dcs\.10\.1"))
    assert page.evaluate("history.length") == before


def test_a_link_to_its_own_page_sets_the_view_and_back_undoes_it(visit: Visit) -> None:
    page = visit("gru")
    open_drawer(page)
    link = page.get_by_role("link", name="See them differ with random weights")
    expect(link).to_be_visible()
    before = page.evaluate("history.length")
    link.click()
    expect(page.get_by_role("slider", name="Hidden size H")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/gru\?(lang=en&)?preset=random$"))
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page.get_by_role("slider", name="Hidden size H")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/gru$"))


INJECTED = "%0A%0A![a](http://evil.test/m.png)%0A%0A[b](http://evil.test)%0A%0Awww.evil.test%0A%0A%23%20head"
LINKS = [
    f"lstm?input=typed&preset=random&xs1={INJECTED}",
    f"sentiment?review_en=good%20{INJECTED}",
]
MORE_LINKS = [
    f"recommend?clicks={INJECTED}",
    f"gates?kept={INJECTED}",
    f"lstm?T={INJECTED}",
    f"lstm?{INJECTED}=1",
    f"lab?more={INJECTED}",
    f"translate?say_en-zh={INJECTED}",
    f"translate?say_dates=www.evil.test%20{INJECTED}",
    f"multimodal?typed_question=even%20{INJECTED}",
    f"text?begin_english={INJECTED}",
    f"runs?list={INJECTED}",
]


OUTSIDE = """() => [...document.querySelectorAll("a, img")]
    .map((element) => new URL(element.href?.baseVal ?? element.href ?? element.src, location))
    .filter(({ host, protocol }) => host.includes("evil") || protocol === "mailto:").map(String)"""


@pytest.fixture
def calls() -> list[str]:
    """Requests to another host."""
    return []


def watched(visit: Visit, address: str, calls: list[str]) -> Page:
    """The page, come to from another of the same app: what it asks for elsewhere is in `calls`."""

    def note(request: Request) -> None:
        if "evil.test" in request.url.split("?")[0]:
            calls.append(request.url)

    page = visit("experiments")
    page.on("request", note)
    page.goto(page.url.removesuffix("experiments") + address)
    wait_until_idle(page)
    return page


def is_text_alone(page: Page, calls: list[str]) -> None:
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate(OUTSIDE) == []
    assert not calls


@pytest.mark.parametrize("link", quick(LINKS, MORE_LINKS))
def test_parameters_of_a_link_are_shown_as_plain_text(visit: Visit, calls: list[str], link: str) -> None:
    is_text_alone(watched(visit, link, calls), calls)


EVIL = "![a](http://evil.test/{at}.png) <a href='http://evil.test'>b</a> www.evil.test me@evil.test"


def test_labels_of_a_series_are_shown_as_plain_text(visit: Visit, calls: list[str]) -> None:
    rows = [f'"{EVIL.format(at=at)}",{at % 7 + at / 50}' for at in range(90)]
    page = watched(visit, "forecast?series=own", calls)
    table = "\n".join([f'"{EVIL}",value', *rows]).encode()
    page.locator("input[type=file][accept*=csv]").set_input_files(
        {"name": "series.csv", "mimeType": "text/csv", "buffer": table}
    )
    expect(page.get_by_text("90 values, from ![a](http")).to_be_visible()
    wait_until_idle(page)
    slider = page.get_by_role("slider", name="Today is")
    expect(slider).to_be_visible()
    slider.press("ArrowRight")
    wait_until_idle(page)
    is_text_alone(page, calls)


@pytest.mark.long
def test_columns_and_words_of_reviews_are_shown_as_plain_text(visit: Visit, calls: list[str]) -> None:
    rows = [f'"good {EVIL.format(at=at)}",{at % 2}' for at in range(40)]
    page = watched(visit, f"sentiment?review_en=not {EVIL}", calls)
    page.get_by_role("button", name="Tune").click()
    page.get_by_text("Change single words").click()
    table = "\n".join([f'"{EVIL}","label {EVIL}"', *rows]).encode()
    page.locator("input[type=file][accept*=csv]").set_input_files(
        {"name": "reviews.csv", "mimeType": "text/csv", "buffer": table}
    )
    expect(page.get_by_text("Reviews: 40. Texts from column ![a](http")).to_be_visible()
    wait_until_idle(page)
    is_text_alone(page, calls)
