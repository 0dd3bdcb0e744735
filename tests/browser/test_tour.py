"""A tour in the browser: the card leads from view to view, waits for what it asks, and can be left and come back to."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit, eventually, go_to
from ui.i18n import LANGUAGES, Language, using_language
from ui.widgets.tours import shipped
from ui.widgets.tours.tour import Step

CARD = ".st-key-tour_card"


def parameter(page: Page, name: str) -> Callable[[], object]:
    return lambda: page.evaluate("name => new URLSearchParams(location.search).get(name)", name)


def says(page: Page, step: Step, lang: Language) -> None:
    with using_language(lang):
        expect(page.locator(f"{CARD} .sentence")).to_have_text(str(step.text))


def arrives(page: Page, step: Step) -> None:
    """The step's page is open, and the outline is around an element of it."""
    page.wait_for_function("page => location.pathname.endsWith(page)", arg="/" if step.page == "home" else step.page)
    page.wait_for_function(
        "target => document.querySelector(`.st-key-${target}`)?.getBoundingClientRect().height > 0"
        " && document.getElementById('unrolled-tour-rule')?.textContent.includes(`.st-key-${target} `)",
        arg=step.target,
    )


def test_a_tour_leads_from_a_link_to_its_last_view_and_changes_its_language(visit: Visit) -> None:
    steps = shipped.shipped_tour("gru").steps
    page = visit("?lang=en&tour=gru&stop=2")
    card = page.locator(CARD)
    says(page, steps[1], "en")
    arrives(page, steps[1])
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    wait_until_idle(page)  # until then the page before is there beside the new one
    start = page.locator(".st-key-start_tour button")
    expect(start).to_have_count(1)
    start.click()
    says(page, steps[0], "en")
    arrives(page, steps[0])
    wait_until_idle(page)
    card.locator(".card").press("ArrowRight")
    says(page, steps[1], "en")
    arrives(page, steps[1])
    go_to(page, "RNN")  # the reader goes elsewhere, and comes back
    expect(card.locator(".note")).to_be_visible()
    card.locator(".buttons button").nth(2).click()
    expect(card.locator(".note")).to_have_count(0)
    arrives(page, steps[1])
    wait_until_idle(page)
    page.locator(".st-key-top_bar button[lang=zh]").click()
    says(page, steps[1], "zh")
    for stop, step in enumerate(steps[1:], 2):
        says(page, step, "zh")
        arrives(page, step)
        eventually(page, parameter(page, "stop"), str(stop))
        if step.goal:
            expect(card.locator(".next")).to_be_disabled()
            page.locator(".st-key-stepper .main-dial input").press("End")
        if step.ask:
            expect(card.locator(".next")).to_be_disabled()
            card.locator(".answer").nth(step.ask.right).click()
        expect(card.locator(".next")).to_be_enabled()
        card.locator(".next").click()
    expect(card).to_have_count(0)
    eventually(page, parameter(page, "tour"), None)
    assert page.evaluate("localStorage.getItem('unrolled.toured')") == '["gru"]'


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", shipped.names())
def test_every_tour_runs_to_its_end(visit: Visit, name: str, lang: Language) -> None:
    page = visit(f"?lang={lang}&tour={name}")
    card = page.locator(CARD)
    for step in shipped.shipped_tour(name).steps:
        says(page, step, lang)
        arrives(page, step)
        assert page.locator('.stAlert:has-text("tour="), [data-testid="stException"]').count() == 0
        card.locator(".buttons button:enabled:visible").last.scroll_into_view_if_needed()
        skip = card.locator(".buttons button").nth(3)
        (skip if skip.is_visible() else card.locator(".next")).click()
    expect(card).to_have_count(0)
