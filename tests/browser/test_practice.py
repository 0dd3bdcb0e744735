"""Exercises by keyboard, with progress that outlives a reload; and a worksheet that works as a file of its own."""

from html import escape

import pytest
from playwright.sync_api import Page, expect

from rnn_core import explain
from rnn_core.studies.practice.typed import read_number
from rnn_core.studies.practice.value_tasks import value_exercise
from rnn_core.studies.practice.worksheet import SheetSettings, make_sheet
from tests.browser.conftest import Visit, eventually
from tests.rnn_core.studies.practice.test_typed import READ, REFUSED
from ui.cells.compute import cell_run
from ui.cells.setup import CellSetup
from ui.course.practice.worksheet_html import worksheet_html


def test_an_exercise_is_solved_by_keyboard_and_stays_solved(visit: Visit) -> None:
    page = visit("exercises?exercise=lstm_cell&numbers=3")
    field = page.locator(".st-key-exercise_answer input")
    field.focus()
    page.keyboard.type(f"{value_exercise('lstm_cell', 3).answer:.3g}".replace(".", ","))
    page.keyboard.press("Enter")
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-label", "1 of 75 solved")
    page.wait_for_function("() => localStorage.getItem('unrolled.solved')?.includes('lstm_cell')")
    page.reload()
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-label", "1 of 75 solved")


def test_a_worksheet_checks_its_values_without_a_server(page: Page) -> None:
    sheet = make_sheet(SheetSettings("rnn", 1, 1, 2, seed=1))
    page.set_content(worksheet_html(sheet, solutions=False))
    fields = page.locator("input")
    assert fields.count() == len(sheet.lines)
    for at, text in enumerate((f"{sheet.lines[0].value:.3g}".replace(".", ","), f"{-sheet.lines[1].value:.4f}", "7")):
        fields.nth(at).focus()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(fields.nth(at + 1)).to_be_focused()
    assert [fields.nth(at).get_attribute("data-state") for at in range(4)] == ["right", "sign", "wrong", None]
    expect(page.locator("#score")).to_have_text(f"1 of {len(sheet.lines)} are right")
    texts = [*READ, *REFUSED]
    found = page.evaluate(
        "texts => texts.map((text) => readNumber(text)).map((value) => isNaN(value) ? null : value)", texts
    )
    expected = [read_number(text) for text in texts]
    assert found == [None if value is None else pytest.approx(value, rel=1e-12) for value in expected]
    assert page.pdf().startswith(b"%PDF")


def test_the_keys_that_print_the_page_print_the_sheet_alone(page: Page) -> None:
    html = worksheet_html(make_sheet(SheetSettings("rnn", 1, 1, 1, seed=1)), solutions=True)
    page.set_content(f'<iframe srcdoc="{escape(html)}"></iframe>')
    sheet = page.frame_locator("iframe")
    sheet.locator("#print").wait_for()
    page.frames[1].evaluate("() => { window.print = () => { parent.printed = (parent.printed ?? 0) + 1 } }")
    page.keyboard.press("Control+p")
    sheet.locator("#print").press("Control+p")
    assert page.evaluate("printed") == 2


def test_a_number_of_the_diagram_is_hidden_and_filled_in(visit: Visit) -> None:
    value = explain(cell_run(CellSetup("rnn", preset="echo")).trace, "hs", 1)
    page = visit("rnn?preset=echo&practice=on&step=1&value=hs.1.1")
    form = page.locator(".question")
    answer = form.locator("input").last
    told = page.locator(".told")
    page.locator(".hidden-number").wait_for()
    expect(page.locator(".value-view")).to_be_hidden()
    answer.press_sequentially(f"{value.total:.4f}")
    answer.press("Enter")
    expect(answer).to_have_class("wrong")
    eventually(page, lambda: (answer.press("Enter"), "activation function" in told.inner_text())[1], True)
    first = form.locator("input").first
    first.fill("7")
    first.press("Enter")
    expect(first).to_have_class("wrong")
    answer.fill(f"{value.value:.3f}".replace(".", ","))
    answer.press("Enter")
    expect(page.locator(".value-view")).to_be_visible()
    expect(page.locator(".hidden-number")).to_be_hidden()
    expect(page.get_by_role("button", name="Hint")).to_have_count(0)


def test_three_hints_lead_to_a_number_of_compare_and_what_is_solved_is_counted(visit: Visit) -> None:
    value = explain(cell_run(CellSetup("gru")).trace, "update_gate", 1)
    page = visit("compare?practice=on&step=1&value=gru.update_gate.1.1")
    page.locator(".hidden-number").wait_for()
    factors, number = page.locator(".question .factors").first, page.locator(".question .given b").first
    expect(factors).to_be_hidden()
    page.get_by_role("button", name="Hint 1 of 3").click()
    expect(factors).to_be_visible()
    expect(number).to_be_hidden()
    page.get_by_role("button", name="Hint 2 of 3").click()
    expect(number).to_be_visible()
    page.get_by_role("button", name="Hint 3 of 3").click()
    expect(page.locator(".question-sum")).to_contain_text(f"= {value.total:.4f}".replace("-", "−"))
    answer = page.locator(".question input").last
    expect(answer).to_be_focused()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    answer.fill(f"{value.value:.4f}")
    page.keyboard.press("Enter")
    expect(page.locator(".value-view")).to_be_visible()
    kept = page.evaluate("() => JSON.parse(localStorage.getItem('unrolled.solved'))")
    assert kept == {"gru/update_gate": {"tries": 2, "hints": 3}}
    page.goto(page.url.split("/compare")[0] + "/exercises")
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-label", "0 of 75 solved")
    row = page.locator("tr").filter(has_text="Numbers of the diagram: GRU").locator("td")
    expect(row.nth(1)).to_have_text("1", timeout=20_000)  # after two runs of the page
