"""The card of a page's questions: on to the next one, to the view that answers it, and into the reader's progress."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import Visit, eventually
from ui.widgets.lesson import all_questions


def test_the_next_question_is_answered_and_its_view_opened(visit: Visit) -> None:
    _first, asked, *_others = [each for each in all_questions("en") if each.page == "answer"]
    right = next(answer.text for answer in asked.question.answers if answer.right)
    page = visit("answer?lang=en")
    card = page.locator(".st-key-guess_card")
    page.get_by_role("button", name="Guess first").click()
    page.get_by_role("button", name="Next question").click()
    expect(card).to_contain_text(asked.question.text)
    card.get_by_role("radio", name=right, exact=True).click()
    expect(card).to_contain_text("Yes.")
    page.wait_for_function("key => localStorage.getItem('unrolled.answered')?.includes(key)", arg=asked.key)
    page.get_by_role("button", name="Open the view that answers it").click()
    expect(card).to_have_count(0)
    eventually(page, lambda: parse_qs(urlsplit(page.url).query).get("part"), ["softmax"])
    row = page.locator(".st-key-stage_row")
    expect(row).to_have_count(1)  # before that the page as it was is there beside the new one
    expect(row).to_be_visible()


def test_an_answer_counts_at_once_and_the_answers_lie_below_each_other_over_the_whole_card(visit: Visit) -> None:
    [asked] = [each for each in all_questions("en") if each.page == "home"]
    right = next(answer.text for answer in asked.question.answers if answer.right)
    page = visit("?lang=en")
    page.get_by_role("button", name="Guess first").click()
    answers = page.locator(".st-key-guess_card").get_by_role("radio")
    expect(answers).to_have_count(3)
    edges = answers.evaluate_all(
        "all => all.map((each) => [each, each.parentElement.closest('.st-key-guess_card > *')]"
        ".map((box) => [box.getBoundingClientRect().left, box.getBoundingClientRect().right]))"
    )
    assert all(answer == row for answer, row in edges)
    page.get_by_role("radio", name=right, exact=True).click()
    expect(page.locator(".st-key-progress .sum")).to_contain_text(" 1 of ")
