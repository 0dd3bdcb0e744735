"""A page that is left by the menu and opened again has its settings; after a change of language no old text is left."""

import re

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit, go_to, open_drawer


def follow(page: Page, link: str, path: str) -> None:
    go_to(page, link)
    expect(page).to_have_url(re.compile(f"/{path}"))
    expect(page.get_by_role("heading", name=link, exact=True)).to_be_visible()
    wait_until_idle(page)


def test_a_page_that_is_left_by_the_menu_comes_back_as_it_was(visit: Visit) -> None:
    page = visit("lstm?T=80")
    open_drawer(page)
    page.get_by_role("radio", name="Counter").click()
    expect(page).to_have_url(re.compile("preset=counter"))
    wait_until_idle(page)
    follow(page, "GRU", "gru")
    expect(page.get_by_role("slider", name="Steps T")).to_have_value("40")
    expect(page).not_to_have_url(re.compile("T="))
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
    open_drawer(page)
    expect(page.get_by_role("slider", name="Steps T")).to_have_value("30")


def test_the_chosen_options_change_their_language_with_the_page(visit: Visit) -> None:
    page = visit("gradients")
    open_drawer(page)
    box = page.get_by_role("combobox", name=re.compile("Gate biases from|门的偏置"))
    expect(box).to_have_value("the forget bias above")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="梯度消失与梯度爆炸")).to_be_visible()
    wait_until_idle(page)
    expect(page.get_by_text("the forget bias above")).to_have_count(0)
    expect(page.get_by_text("random, by its largest singular value")).to_have_count(0)
