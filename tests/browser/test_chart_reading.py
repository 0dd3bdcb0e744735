"""Reading a chart: numbers under the pointer and at the axes as the page writes them, and the keys that walk through them."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import eventually

SCRIPT = """
import numpy as np
import streamlit as st

from ui.browser.plot import plot
from ui.figures.bars import bars
from ui.figures.heatmap import state_heatmap
from ui.figures.lines import Line, lines_over_time
from ui.figures.norms import norm_chart

tiny = 1.57837e-10 * np.arange(1.0, 9.0)
gaps = np.array([np.nan, np.nan, 3.0, 4.0, 5.0, np.nan])
plot(lines_over_time([Line("tiny", tiny)], title="Tiny values", y_title="y"), key="tiny", cursor="run")
plot(norm_chart([Line("norm", tiny)], title="Tiny norms", y_title="y"), key="norm")
plot(state_heatmap(tiny[:, None] * np.ones(3), title="Tiny states", symbol="h"), key="heat")
plot(lines_over_time([Line("gaps", gaps)], title="With gaps", y_title="y"), key="gaps")
plot(bars(np.array([1.0, 2.0, 3.0]), ["one", "two", "three"], title="Bars", y_title="y"), key="bars")
long = [Line("padding read and not cut off", np.arange(5.0)), Line("short", np.zeros(5))]
plot(lines_over_time(long, title="Long names", y_title="y"), key="long")
st.write("all is here")
"""


def image(page: Page, title: str) -> Locator:
    figure = page.locator("figure.unrolled-plot", has=page.locator("figcaption", has_text=re.compile(f"^{title}$")))
    shown = figure.locator(".image")
    shown.scroll_into_view_if_needed()
    expect(figure.locator(".stage.drawn")).to_have_count(1)
    return shown


PLACE = """node => { // of the fourth value, on the screen
  const { xaxis, yaxis } = node._fullLayout, { left, top } = node.getBoundingClientRect(), [{ type, x, y }] = node._fullData
  return [left + xaxis._offset + xaxis.d2p(x[3]), top + yaxis._offset + (type === "heatmap" ? 30 : yaxis.d2p(y[3]))]
}"""


def said(shown: Locator) -> Locator:
    return shown.locator(".hoverlayer .hovertext text.nums")


@pytest.fixture
def charts(page: Page, script_url: str) -> Page:
    page.goto(script_url)
    wait_until_idle(page)
    expect(page.get_by_text("all is here")).to_be_visible()
    page.mouse.move(0, 0)
    return page


def test_tiny_numbers_under_the_pointer_and_at_the_axes_are_written_as_on_the_page(charts: Page) -> None:
    for title in ("Tiny values", "Tiny norms", "Tiny states"):
        shown = image(charts, title)
        shown.press("Home")
        expect(said(shown)).to_contain_text("1.57837·10⁻¹⁰")
        charts.mouse.move(*shown.locator(".canvas").evaluate(PLACE))
        expect(said(shown)).to_contain_text("·10⁻")
        expect(said(shown)).not_to_contain_text("e-")
    for title in ("Tiny values", "Tiny norms"):
        ticks = image(charts, title).locator(".ytick text").all_text_contents()
        assert any("10" in tick for tick in ticks)
        assert not any("×" in tick or re.search(r"\de", tick) for tick in ticks)


def test_the_first_key_leads_to_the_first_value_and_home_and_end_to_the_ends(charts: Page) -> None:
    shown = image(charts, "Bars")
    box = shown.bounding_box()
    assert box
    charts.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # the mouse rests in the middle
    expect(said(shown)).to_contain_text("two")
    shown.focus()
    for key, label in (
        ("ArrowRight", "one"),
        ("ArrowRight", "two"),
        ("End", "three"),
        ("Home", "one"),
        ("ArrowLeft", "one"),
    ):
        charts.keyboard.press(key)
        expect(said(shown)).to_contain_text(label)


def test_keys_lead_to_the_step_that_the_charts_share_and_to_the_ends_of_a_line(charts: Page) -> None:
    shown = image(charts, "Tiny values")
    charts.evaluate("() => dispatchEvent(new CustomEvent('unrolled:step', { detail: { group: 'run', step: 4 } }))")
    shown.press("ArrowRight")
    expect(said(shown)).to_contain_text("tiny, 4")
    shown.press("ArrowRight")
    expect(said(shown)).to_contain_text("tiny, 5")
    # the ends of a line with gaps are its first and its last value
    shown = image(charts, "With gaps")
    shown.press("ArrowRight")
    expect(said(shown)).to_contain_text("gaps, 3")
    shown.press("End")
    expect(said(shown)).to_contain_text("gaps, 5")
    shown.press("ArrowRight")
    expect(said(shown)).to_contain_text("gaps, 5")
    shown.press("Home")
    expect(said(shown)).to_contain_text("gaps, 3")


def test_keyboard_focus_shows_a_hint_on_the_keys(charts: Page) -> None:
    shown = image(charts, "Bars")
    hint = charts.locator(f"#{shown.get_attribute('aria-describedby')}")
    expect(hint).to_have_text("The arrow keys read single values; Home and End lead to the first and the last.")
    assert (hint.bounding_box() or {})["width"] <= 1
    image(charts, "Tiny values").focus()
    for _ in range(20):
        charts.keyboard.press("Tab")
        if shown.evaluate("node => node === document.activeElement"):
            break
    eventually(charts, lambda: (hint.bounding_box() or {})["width"] > 100, True)


OUTSIDE = """() => [...document.querySelectorAll('.unrolled-plot .stage.drawn')].flatMap((stage) => {
  const box = stage.getBoundingClientRect()
  return [...stage.querySelectorAll('svg text, .scale span')].filter((text) => {
    const { left, right, top, bottom, width } = text.getBoundingClientRect()
    return width && (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1)
  }).map((text) => text.textContent)
})"""


def test_no_text_of_a_chart_is_cut_off_at_its_edge(charts: Page) -> None:
    for width in (1440, 390):
        charts.set_viewport_size({"width": width, "height": 900})
        for title in ("Tiny values", "Tiny norms", "Tiny states", "With gaps", "Bars", "Long names"):
            image(charts, title)
        charts.wait_for_function("() => document.querySelectorAll('.unrolled-plot .stage.drawn').length === 6")
        eventually(charts, lambda: charts.evaluate(OUTSIDE), [])
