"""The page on back-propagation as a visitor uses it: the picture leads the diagram, and the bars are played back."""

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit, eventually
from tests.browser.test_states_and_gates import opened, pixel


def truncates_at_a_click(page: Page, chart: str) -> None:
    """Between two states."""
    slider = page.get_by_role("slider", name="Truncated after every … steps")
    expect(slider).to_have_value("6")

    def at_a_click() -> str:
        """A page that is idle may still be moving its chart: the click is made again where the chart is then."""
        page.mouse.click(*pixel(page, chart, 4.5))
        page.wait_for_timeout(500)
        return slider.input_value()

    eventually(page, at_a_click, "4")
    page.wait_for_function("() => location.search.includes('wall12=4')")
    expect(page.get_by_text("step 4:").first).to_be_visible()


def test_a_click_on_the_unrolled_graph_takes_the_diagram_to_that_step_and_one_between_states_truncates(
    visit: Visit,
) -> None:
    page = opened(visit, "bptt?lang=en&view=numbers&picture=wires")
    diagram = page.locator(".st-key-stepper")
    expect(diagram.get_by_text("Step 12 of 12").first).to_be_visible()
    expect(diagram.get_by_role("button", name="Backward")).to_have_attribute("aria-pressed", "true")
    page.mouse.click(*pixel(page, "unrolled", 8))
    expect(diagram.get_by_text("Step 8 of 12").first).to_be_visible()
    wait_until_idle(page)
    truncates_at_a_click(page, "unrolled")


def test_the_ribbons_are_truncated_by_a_click_too(visit: Visit) -> None:
    truncates_at_a_click(opened(visit, "bptt?lang=en&picture=network"), "ribbons")


def test_the_bars_are_added_step_after_step_and_the_diamond_ends_where_it_began(visit: Visit) -> None:
    page = opened(visit, "bptt?lang=en&picture=network")
    part = page.locator(".st-key-stacked")
    expect(part.locator(".stage.drawn")).to_be_visible()
    sums = "(node) => Array.from(node._fullData.find(({ name }) => name === 'sum').y)"
    whole = part.locator(".canvas").evaluate(sums)
    assert len(whole) == 9
    for frame, steps, is_whole in (("1", "12", False), ("12", "1–12", True)):
        part.locator("input.frame").fill(frame)
        expect(part.locator("output.label")).to_have_text(steps)
        eventually(page, lambda: part.locator(".canvas").evaluate(sums) == whole, is_whole)
