"""A lesson in the browser: the curtain hides what betrays the answer, keys lead on, and a student's own answer lifts the curtain."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from ui.widgets.tours import shipped


def visible_words(page: Page) -> str:
    return page.evaluate("() => document.querySelector('.stMainBlockContainer').innerText")


def test_a_teacher_lifts_the_curtain_and_goes_on_by_key(visit: Visit) -> None:
    page = visit("?lang=en&tour=fading&stop=4")
    picture, curtain = page.locator(".st-key-flow"), page.locator(".st-key-curtain .card")
    expect(curtain).to_be_visible()
    expect(picture).to_be_attached()
    expect(picture).not_to_be_visible()
    assert "the LSTM’s (on c) is" not in visible_words(page)
    page.keyboard.press("b")
    assert page.evaluate("() => document.documentElement.hasAttribute('data-black')")
    page.keyboard.press("b")
    page.keyboard.press("r")
    expect(picture).to_be_visible()
    expect(curtain).not_to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator(".st-key-tour_card .sentence")).to_contain_text("Turn the largest singular value")


def test_a_student_answers_first_and_sees_no_menu(visit: Visit) -> None:
    step = shipped.shipped_tour("fading").steps[3]
    assert step.ask is not None
    page = visit("?lang=en&tour=fading&stop=4&student=1")
    picture, curtain = page.locator(".st-key-flow"), page.locator(".st-key-curtain .card")
    expect(curtain.locator(".answer")).to_have_count(len(step.ask.answers))
    expect(page.locator(".st-key-top_bar")).not_to_be_visible()
    expect(curtain.locator(".lift")).not_to_be_visible()
    page.keyboard.press("r")
    expect(picture).not_to_be_visible()
    curtain.locator(".answer").nth(step.ask.right).click()
    expect(curtain.locator(".reason")).to_contain_text("slope of tanh")
    curtain.locator(".lift").click()
    expect(picture).to_be_visible()
    expect(page.locator(".st-key-tour_card .answer[aria-pressed=true]")).to_have_count(1)


def test_a_link_without_text_has_the_stage_alone(visit: Visit) -> None:
    page = visit("lstm?lang=en&without=text")
    page.wait_for_function("() => document.querySelector('.st-key-remember')?.checkVisibility() === false")
    expect(page.locator(".st-key-stepper .diagram")).to_be_visible()
