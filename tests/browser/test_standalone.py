"""A view saved as one HTML file opens from a disk with the network cut, stays alive, and runs nothing that a name or a text holds.

A diagram is also saved as a picture, one thing of a page alone fills the screen (`?show=`), and a page is printed without buttons.
"""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, eventually
from tests.selection import quick

LARGEST = 2_000_000  # bytes
HOSTILE = "</script><script>window.injected = true</script><img src=x onerror='window.injected = true'>"


def from_disk(browser: Browser, file: Path) -> tuple[Page, list[str]]:
    """The file in a browser without a network, and the errors that it makes."""
    assert file.stat().st_size < LARGEST
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("requestfailed", lambda request: errors.append(request.url))
    page.goto(file.as_uri())
    return page, errors


def saved(page: Page, entry: int, file: Path) -> Path:
    """The file of this entry of the diagram's menu."""
    page.locator(".dock .open").click()
    with page.expect_download() as download:
        page.locator(".dock [role=menuitem]").nth(entry).click()
    download.value.save_as(file)
    return file


@pytest.mark.parametrize("lang", quick(["zh"], ["en"]))
def test_a_cell_steps_drags_explains_and_goes_backward(
    visit: Visit, browser: Browser, tmp_path: Path, lang: str
) -> None:
    page = visit(f"lstm?lang={lang}")
    png, svg, html = (
        saved(page, entry, tmp_path / f"cell.{ending}") for entry, ending in enumerate(("png", "svg", "html"))
    )
    picture = ElementTree.parse(svg).getroot()
    texts = {text.strip() for text in picture.itertext()}
    assert {"1.00", "输入门" if lang == "zh" else "input gate"} <= texts
    assert not re.search(r"var\(|color-mix|light-dark", svg.read_text("utf-8"))
    assert png.read_bytes().startswith(b"\x89PNG")
    page, errors = from_disk(browser, html)
    counter = page.locator(".counter")
    expect(counter).to_contain_text("3")
    page.locator(".round.on").click()
    expect(counter).to_contain_text("4")
    dial = page.locator(".main-dial input")
    before = float(dial.input_value())
    dial.press("ArrowLeft")
    eventually(page, lambda: round(float(dial.input_value()), 1), round(before - 0.1, 1))
    page.locator("#part1 input").press("ArrowRight")  # T
    expect(counter).to_contain_text("41")
    page.locator("[data-direction=backward]").click()
    page.locator(".stepper.backward").wait_for()
    at = page.locator(".number").evaluate_all("all => all.findLastIndex((each) => each.stepperNumber?.place)")
    page.locator(".number").nth(at).click(force=True)
    expect(page.locator(".popover")).to_be_visible()
    assert errors == []
    page.context.close()


def test_a_chart_is_drawn_and_a_hostile_title_does_nothing(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    page = visit("gradients?lang=en")
    page.locator(".unrolled-plot .stage.drawn").first.wait_for()
    page.evaluate(
        """(hostile) => {
          const place = window.unrolledParts.get("flow")
          const figure = JSON.parse(place.data.figure)
          figure.layout.title.text = hostile
          place.data = { ...place.data, figure: JSON.stringify(figure), alt: hostile, note: hostile }
          place.receive(place.data)
        }""",
        HOSTILE,
    )
    page.locator(".unrolled-plot .open").first.click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Save as a page that works offline").first.click()
    download.value.save_as(tmp_path / "chart.html")
    page, errors = from_disk(browser, tmp_path / "chart.html")
    page.locator(".unrolled-plot .stage.drawn svg .scatterlayer").first.wait_for()
    assert page.evaluate("window.injected") is None
    assert errors == []
    page.context.close()


def test_one_thing_alone_fills_the_screen_with_large_labels(visit: Visit) -> None:
    page = visit("lstm?lang=en&show=cell", 1920)
    page.set_viewport_size({"width": 1920, "height": 1080})
    diagram = page.locator(".diagram")
    diagram.wait_for()
    eventually(page, diagram.bounding_box, {"x": 0, "y": 0, "width": 1920, "height": 1080})
    sizes = page.locator(".diagram text:visible").evaluate_all(
        "all => all.filter((each) => each.textContent).map((each) => parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a)"
    )
    assert min(sizes) >= 24
    page.keyboard.press("ArrowRight")
    eventually(page, lambda: parse_qs(urlsplit(page.url).query).get("step"), ["4"])
    expect(page.locator(".dock")).to_be_hidden()
    expect(page.locator("h1")).to_be_hidden()


def test_a_printed_page_has_figure_question_and_explanation_alone(visit: Visit) -> None:
    page = visit("lstm?lang=en")
    question = page.locator(".st-key-printed_question")
    page.locator(".diagram").wait_for()
    expect(question).to_be_hidden()
    page.emulate_media(media="print")
    expect(question).to_contain_text("How much of its memory does the cell keep per step?")
    expect(page.locator(".diagram")).to_be_visible()
    expect(page.locator(".st-key-remember")).to_be_visible()
    visible = page.locator("button, input, select, textarea, nav").filter(visible=True)
    eventually(page, lambda: visible.evaluate_all("all => all.map((each) => each.outerHTML.slice(0, 120))"), [])
