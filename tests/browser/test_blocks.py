"""The diagram of a cell after the LSTM: keys step through it, every number opens, and the address says what is seen."""

import re

from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle

SCRIPT = """
import numpy as np
import streamlit as st

from rnn_core.studies.modern.comparison import traced
from ui.browser.stepper import stepper

st.set_page_config(layout="wide")
cell = st.query_params.get("cell", "delta_net")
stepper(*traced(cell, np.random.default_rng(0).normal(size=(6, 2)), 4), key="diagram", step=3)
"""


def test_a_matrix_memory_is_stepped_through_and_opened_forward_and_backward(page: Page, script_url: str) -> None:
    page.goto(script_url)
    wait_until_idle(page)
    diagram = page.locator(".viewport")
    expect(diagram.locator(".block.state .number")).to_have_count(16)
    expect(diagram.locator(".block.state .symbol")).to_have_text("S3")
    diagram.press("ArrowRight")
    expect(diagram.locator(".block.state .symbol")).to_have_text("S4")
    diagram.locator(".block.state .number").nth(6).click()
    expect(page.locator(".value-view .panel-title")).to_have_text(re.compile("memory, step 4, unit 2, 3"))
    expect(page.locator(".value-view .terms li")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"value=memory\.4\.2\.3"))
    lit = diagram.locator(".number.lit")
    expect(lit).to_have_count(5)  # itself, the memory before, the write strength, its unit of the error, and of the key
    page.locator(".terms .operand", has_text="e").first.click()
    expect(page.locator(".value-view .panel-title")).to_have_text(
        re.compile("error of the recalled value", re.IGNORECASE)
    )
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Backward").click()
    expect(diagram.locator(".block.state .symbol")).to_have_text("∂L/∂S4")
    diagram.press("ArrowDown")  # into the parts of the computation
    expect(page.locator(".chip[aria-pressed=true]")).to_have_text("1Output")
    expect(page).to_have_url(re.compile("direction=backward.*stage=output|stage=output.*direction=backward"))


def test_a_link_opens_a_part_of_a_complex_state_on_a_phone(page: Page, script_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{script_url}?cell=lru&step=5&value=hs_im.5.2")
    wait_until_idle(page)
    expect(page.locator(".block.state .disc")).to_have_count(4)
    expect(page.locator(".value-view .panel-title")).to_have_text(
        re.compile("state, imaginary part, step 5, unit 2", re.I)
    )
    expect(page.locator(".value-view .terms li")).to_have_count(3)
    drawing, place = page.locator("svg.diagram").bounding_box(), page.locator(".viewport").bounding_box()
    assert drawing
    assert place
    assert abs(drawing["width"] - place["width"]) < 2, "a narrow drawing is as wide as its place, and scrolls"
