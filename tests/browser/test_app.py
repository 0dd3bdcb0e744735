"""The whole app in a browser: links, languages, edited weights, invalid input, small screens, screen readers."""

import re
from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, TimeoutError, expect

from benchmarks.browser import ROOT, running, wait_until_idle
from tests.browser.conftest import NewPage, Visit, eventually, go_to, open_drawer
from tests.selection import quick
from ui.i18n import using_language
from ui.shell import site

WIDE_FORMULAS_CAN_BE_REACHED = """() => [...document.querySelectorAll(".katex-display")]
    .every((formula) => formula.scrollWidth <= formula.clientWidth || formula.tabIndex === 0)"""
SLUGS = [page.slug for page in site.PAGES]
TRIED = ["home", "lstm", "lab", "vision", "exercises"]  # one of each kind of page


def address(slug: str) -> str:
    return "" if slug == "home" else slug


def diagram(page: Page) -> str:
    """The whole text of the diagram, numbers included. It is in a shadow root."""
    expect(page.locator(".stepper .diagram").first).to_be_visible()
    text = page.evaluate(
        """() => [...document.querySelectorAll('[class*=st-key-stepper] *')]
            .flatMap((node) => [...(node.shadowRoot?.querySelectorAll('.diagram') ?? [])]).map((each) => each.textContent).join()"""
    )
    assert len(text) > 100
    return str(text)


def show_the_same(page: Page, other: Page) -> None:
    eventually(page, lambda: diagram(page) == diagram(other), True)


def test_the_first_visitor_of_a_fresh_process_may_open_any_page(own_page: NewPage) -> None:
    with running(ROOT / "app.py") as fresh:
        page = own_page()
        page.goto(f"{fresh}/lstm")
        expect(page.get_by_role("heading", name="LSTM", exact=True)).to_be_visible()
        expect(page.get_by_role("navigation", name="Chapters")).to_be_visible()
        page.goto("about:blank")  # before the server goes away


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.long)])
@pytest.mark.parametrize("slug", quick(TRIED, [slug for slug in SLUGS if slug not in TRIED]))
def test_a_page_fits_and_a_screen_reader_meets_no_serious_fault(visit: Visit, slug: str, width: int) -> None:
    page = visit(address(slug), width=width, has_touch=width < 500)
    page.wait_for_function(
        "() => { const main = document.querySelector('[data-testid=stMain]'); return main.scrollWidth <= main.clientWidth + 2 }"
    )
    page.wait_for_function(WIDE_FORMULAS_CAN_BE_REACHED)
    with using_language("en"):
        expect(page).to_have_title("Unrolled" if slug == "home" else f"{site.title(slug)} · Unrolled")
    expect(page.locator("[data-stale=true]")).to_have_count(0)  # what is about to be replaced fades
    found = Axe().run(page).response["violations"]
    ours = [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
    assert ours == []


def test_the_language_is_chosen_by_the_link_then_by_the_browser_and_kept(visit: Visit) -> None:
    page = visit("lstm?lang=zh")
    expect(page.get_by_text("只有门才能改动的记忆。")).to_be_visible()
    go_to(page, "比较")
    expect(page.get_by_text("三种循环单元，同一串输入，逐步比较。")).to_be_visible()
    expect(page).to_have_url(re.compile("lang=zh"))
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("Three cells, one input, step by step.")).to_be_visible()
    expect(page).to_have_url(re.compile("lang=en"))


def test_a_link_restores_the_view_to_the_last_digit(visit: Visit) -> None:
    page = visit("lstm?preset=random&H=2&X=2&seed=7&T=9&form=peephole&init=xavier&input=noise&step=5")
    again = visit(page.url.split("/", 3)[3])
    show_the_same(page, again)
    expect(again.locator(".stepper .counter")).to_have_text("Step 5 of 9")
    expect(again).to_have_url(re.compile("step=5"))


def test_a_link_in_one_language_opens_in_the_other(visit: Visit) -> None:
    english, chinese = visit("gru?preset=fresh&lang=en"), visit("gru?preset=fresh&lang=zh")
    expect(english.get_by_text("the reset gate drops to 0")).to_be_visible()
    expect(chinese.get_by_text("重置门降到 0")).to_be_visible()


def type_into_the_first_weight(page: Page, number: str) -> None:
    """The table is drawn on a canvas, and clicks are lost while it is being built: so the click is repeated."""
    table = page.get_by_test_id("stDataFrame")
    for wait in (300, 600, 1200, 2400, 4800, 9600):  # milliseconds
        table.scroll_into_view_if_needed()
        corner = table.bounding_box()
        assert corner is not None
        page.mouse.click(corner["x"] + 60, corner["y"] + 52)
        page.wait_for_timeout(wait)
        page.keyboard.type(number)
        page.wait_for_timeout(wait)
        page.keyboard.press("Enter")
        with suppress(TimeoutError):
            page.wait_for_function("() => location.search.includes('w=')", timeout=10 * wait)
            return
    raise AssertionError("no number reached the table")


def test_an_edited_weight_changes_the_diagram_and_is_in_the_link(visit: Visit) -> None:
    page = visit("rnn?preset=echo&step=3")
    before = diagram(page)
    open_drawer(page)
    page.get_by_text("Weights: change any number").click()
    type_into_the_first_weight(page, "0.25")
    eventually(page, lambda: diagram(page) != before, True)
    wait_until_idle(page)
    show_the_same(page, visit(page.url.split("/", 3)[3]))
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => !location.search.includes('w=')")
    eventually(page, lambda: diagram(page), before)


def test_a_slider_moves_the_diagram_the_charts_the_link_and_the_open_program(visit: Visit) -> None:
    """The slider reruns a part of the page; everything outside that part must be updated too."""
    page = visit("lstm?preset=random&H=4&T=9&step=4")
    chart = page.locator(".unrolled-plot .canvas").first
    expect(chart.locator(".scatterlayer")).to_be_attached()
    page.get_by_text("Show the program").click()
    open_drawer(page)
    program = page.get_by_test_id("stCode").first
    expect(program).to_be_visible()
    before = program.inner_text()
    slider = page.get_by_role("slider", name="Steps T")
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('T=10')")
    expect(page.locator(".stepper .counter")).to_have_text(re.compile("of 10"))
    page.wait_for_function("node => node._fullLayout.xaxis.range[1] === 10.5", arg=chart.element_handle())
    expect(program).not_to_have_text(before, use_inner_text=True)
    wait_until_idle(page)
    page.get_by_role("slider", name="Hidden size H").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('H=5')")
    wait_until_idle(page)
    show_the_same(page, visit(page.url.split("/", 3)[3]))


def test_a_broken_link_shows_a_message_and_the_default_view(visit: Visit) -> None:
    page = visit("lstm?w=%3Cscript%3E&preset=nonsense&T=-5&H=9999&form=%00&lang=xx&step=1e9")
    expect(page.get_by_text("The weights in this link cannot be read")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_invalid_typed_numbers_are_reported_and_the_last_view_stays(visit: Visit) -> None:
    page = visit("rnn?preset=echo&input=typed&xs1=1,0,0.5")
    good = diagram(page)
    field = page.get_by_role("textbox", name="Numbers, 1 per step")
    field.fill("1,2,abc")
    field.press("Enter")
    expect(page.get_by_text("“abc” is not a number")).to_be_visible()
    wait_until_idle(page)
    eventually(page, lambda: diagram(page), good)


def test_a_drawn_wave_changes_the_forecast_and_is_in_the_link(visit: Visit) -> None:
    page = visit("")
    board = page.get_by_role("application", name=re.compile("A wave for the network to read"))
    board.focus()
    for _press in range(7):  # the first one chooses a step
        page.keyboard.press("ArrowUp")
    page.wait_for_function(
        "() => decodeURIComponent(location.search).includes(',0.3,-0.32,')"
    )  # the link has the last change
    wait_until_idle(page)
    sentence = page.locator(".dock .sentence")
    expect(sentence).to_contain_text("Step 41")
    page.keyboard.press("Home")
    again = visit(page.url.split("/", 3)[3])
    again.get_by_role("application").first.focus()
    again.keyboard.press("ArrowUp")
    for place in (page, again):
        place.keyboard.press("End")
    eventually(page, lambda: again.locator(".dock .sentence").inner_text() == sentence.inner_text(), True)


def test_the_back_button_undoes_a_choice(visit: Visit) -> None:
    page = visit("recommend?lang=en")
    wait_until_idle(page)
    page.get_by_role("button", name="Tune").click()
    page.get_by_role("radio", name="LSTM").click()
    page.wait_for_url("**recommend_cell=lstm**")
    wait_until_idle(page)
    page.go_back()
    expect(page.get_by_role("radio", name="GRU")).to_be_checked()
    expect(page).not_to_have_url(re.compile("recommend_cell"))


def test_the_page_reserves_the_diagrams_space_while_it_loads(visit: Visit) -> None:
    page = visit("rnn")
    page.route("**/stepper.js", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.goto(page.url.replace("/rnn", "/lstm"))
    room = page.locator(".st-key-stepper")
    expect(room).to_be_attached()
    page.wait_for_function("() => document.querySelector('.st-key-stepper').getBoundingClientRect().height > 650")
    assert page.locator(".stepper .diagram").count() == 0
    expect(page.locator(".stepper .diagram")).to_be_visible()
