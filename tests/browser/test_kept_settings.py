"""A page that is left by the menu comes back with its settings; a changed language leaves no word of the other one."""

import re

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit


def follow(page: Page, link: str, path: str) -> None:
    page.get_by_role("link", name=link, exact=True).first.click()
    expect(page).to_have_url(re.compile(f"/{path}"))
    expect(page.get_by_role("heading", name=link, exact=True)).to_be_visible()
    wait_until_idle(page)


def test_a_page_that_is_left_by_the_menu_comes_back_as_it_was(visit: Visit) -> None:
    page = visit("lstm?T=80")
    page.get_by_role("radio", name="Counter").click()
    expect(page).to_have_url(re.compile("preset=counter"))
    wait_until_idle(page)
    follow(page, "GRU", "gru")
    expect(page.get_by_role("slider", name="Steps T")).to_have_value("40")
    assert "T=" not in page.url
    follow(page, "LSTM", "lstm")
    expect(page.get_by_role("slider", name="Steps T")).to_have_value("80")
    expect(page.get_by_role("radio", name="Counter")).to_be_checked()
    expect(page).to_have_url(re.compile("T=80"))
    expect(page).to_have_url(re.compile("preset=counter"))


def test_a_link_brings_its_own_numbers_from_a_page_that_has_some_of_the_same_names(visit: Visit) -> None:
    page = visit("variants?view=forms&T=30&seed=2")
    page.get_by_role("link", name=re.compile("^Open: ")).first.click()
    expect(page).to_have_url(re.compile(r"/lstm\?.*T=30"))
    expect(page).to_have_url(re.compile("seed=2"))
    expect(page.get_by_role("slider", name="Steps T")).to_have_value("30")


def test_the_chosen_options_change_their_language_with_the_page(visit: Visit) -> None:
    page = visit("gradients")
    box = page.get_by_role("combobox", name=re.compile("Gate biases from|门的偏置"))
    expect(box).to_have_value("the forget bias above")
    page.get_by_text("中文", exact=True).click()
    expect(page.get_by_role("heading", name="梯度消失与梯度爆炸")).to_be_visible()
    wait_until_idle(page)
    expect(page.get_by_text("the forget bias above")).to_have_count(0)
    expect(page.get_by_text("random, by its largest singular value")).to_have_count(0)


def test_the_largest_term_is_written_out(visit: Visit) -> None:
    page = visit("lstm?preset=leak")
    shortened = page.locator(".stepper .numeric", has_text="⋯")
    expect(shortened.first).to_be_visible(timeout=15_000)
    texts = [text.replace("\n", "") for text in shortened.all_inner_texts()]
    forget = next(text for text in texts if text.startswith("f"))
    assert re.search(r"\+1\+⋯|\+1\b", forget.replace(" ", "")), texts
