"""The stepper in a real browser: stepping, the steps of the computation, playing, the arithmetic of every number, keys, link."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

import rnn_core as rc
from benchmarks.browser import wait_until_idle
from rnn_core.equations.digits import power_of_ten_text
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place
from tests.browser.conftest import NewPage, eventually
from tests.selection import quick

SCRIPT = """
from dataclasses import replace
import numpy as np
import streamlit as st
import rnn_core as rc
from tests.browser.test_stepper import run
from ui.browser.stepper import stepper

st.set_page_config(layout="wide")
cell = st.query_params.get("cell", "lstm")
seed = st.slider("seed", 0, 9, 0, key="seed", bind="query-params")
if cell == "several":
    runs = [run(each, seed) for each in ("rnn", "gru", "lstm")]
    stepper([trace for trace, _ in runs], [grads for _, grads in runs], key="s")
elif cell == "overflow":
    params = replace(rc.init_params("rnn", 1, 2, seed=0, activation="relu"), W_hh=np.full((2, 2), 1e200))
    stepper(rc.run(params, np.ones((6, 1))), key="s")
elif cell == "large":
    stepper(rc.run(rc.init_params("rnn", 2, 9, seed=0), np.zeros((201, 2))), key="s")
elif cell == "long":
    stepper(rc.run(rc.init_params("lstm", 2, 4, seed=0), np.sin(np.arange(400.0)).reshape(200, 2)), key="s")
else:
    trace, grads = run(cell, seed)
    start = st.query_params.get("start")
    stepper(trace, grads, key="s", step=int(start) if start else None)
"""

FORMS: dict[str, dict[str, object]] = {
    "rnn": {"cell": "rnn"},
    "lstm": {"cell": "lstm"},
    "peephole": {"cell": "lstm", "variant": "peephole"},
    "coupled": {"cell": "lstm", "variant": "coupled"},
    "no_forget": {"cell": "lstm", "variant": "no_forget"},
    "held_and_cut": {"cell": "lstm"},
    "gru": {"cell": "gru"},
    "gru_before": {"cell": "gru", "reset": "before", "z_keeps": False},
}
STEPS, UNITS, INPUTS = 12, 3, 2


def run(form: str, seed: int = 0) -> tuple[rc.AnyTrace, rc.AnyGradients]:
    params = rc.init_params(**FORMS[form], input_size=INPUTS, hidden_size=UNITS, seed=seed)
    rng = np.random.default_rng(seed)
    special = form == "held_and_cut"  # one gate clamped at step 4, and back-propagation cut after every fourth step
    held = (rc.Clamp("forget_gate", units=(1,), value=0.25, steps=(3,)),) if special else ()
    trace = rc.run(params, rng.normal(size=(STEPS, INPUTS)), interventions=held)
    return trace, rc.bptt(trace, rng.normal(size=(STEPS, UNITS)), truncate=4 if special else None)


Open = Callable[..., Page]


@pytest.fixture
def open_stepper(page: Page, script_url: str) -> Open:
    def open_it(cell: str = "lstm", **query: object) -> Page:
        page.goto(f"{script_url}/?cell={cell}" + "".join(f"&{key}={value}" for key, value in query.items()))
        wait_until_idle(page)
        expect(page.locator(".stepper .diagram").first).to_be_visible()
        return page

    return open_it


def exact(value: float) -> str:
    """All digits of a number, as the page writes them."""
    mantissa, exponential, power = repr(value).partition("e")
    return f"{mantissa}·{power_of_ten_text(int(power))}" if exponential else mantissa


def number(page: Page, name: str) -> Locator:
    """A value by the beginning of what a screen reader says of it."""
    return page.locator(f'.number[aria-label^="{name}"]').first


def choose_unit(page: Page, unit: int) -> None:
    page.get_by_role("button", name=f"Unit {unit}", exact=True).click()


def open_by_link(page: Page, query: str) -> None:
    """As the browser's Back does: another address of the same page."""
    page.evaluate(f"history.pushState(null, '', '?{query}'); dispatchEvent(new PopStateEvent('popstate'))")


def counter(page: Page) -> Locator:
    return page.locator(".counter")


def focus_diagram(page: Page) -> None:
    page.locator(".viewport").first.focus()


def test_sixty_steps_send_no_message(page: Page, script_url: str) -> None:
    """What they cost is measured by `python -m benchmarks stepper`."""
    sent: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{script_url}/?cell=long")
    expect(page.locator(".stepper .diagram")).to_be_visible()
    focus_diagram(page)
    page.wait_for_timeout(500)
    before = len(sent)
    for _press in range(60):
        page.keyboard.press("ArrowRight")
    expect(counter(page)).to_have_text("Step 61 of 200")
    page.wait_for_url(re.compile("step=61"))
    page.wait_for_timeout(600)
    assert len(sent) == before


def test_a_step_shows_the_numbers_of_its_trace(open_stepper: Open) -> None:
    page = open_stepper()
    trace, _ = run("lstm")
    focus_diagram(page)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(counter(page)).to_have_text("Step 5 of 12")
    for unit in range(UNITS):
        choose_unit(page, unit + 1)
        number(page, f"forget gate, step 5, unit {unit + 1}").hover()
        expect(page.locator(".tip")).to_have_text(exact(float(trace.forget_gate[4, unit])))
    choose_unit(page, 1)
    number(page, "hidden state h, step 4, unit 1").hover()  # what the step before left behind
    expect(page.locator(".tip")).to_have_text(exact(float(trace.hs[4, 0])))
    focus_diagram(page)
    page.keyboard.press("End")
    expect(counter(page)).to_have_text("Step 12 of 12")
    page.keyboard.press("Home")
    expect(counter(page)).to_have_text("Step 1 of 12")


def test_a_step_of_the_computation_lights_its_part_and_the_last_leads_to_the_next_time_step(open_stepper: Open) -> None:
    page = open_stepper()
    page.locator('.chip[data-stage="forget"]').click()
    expect(page.locator(".sentence")).to_contain_text("The forget gate multiplies the old cell state")
    keys = "all => [...new Set(all.map((each) => each.stepperNumber.key))].sort()"
    eventually(page, lambda: page.locator(".number.lit").evaluate_all(keys), ["c", "f"])
    focus_diagram(page)
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(counter(page)).to_have_text("Step 2 of 12")
    expect(page.locator('.chip[data-stage="in"]')).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowUp")
    expect(counter(page)).to_have_text("Step 1 of 12")
    expect(page.locator('.chip[data-stage="output"]')).to_have_attribute("aria-pressed", "true")


def test_playing_runs_to_the_end_and_stops(open_stepper: Open) -> None:
    page = open_stepper()
    page.locator(".dock select").select_option("8")
    focus_diagram(page)
    page.keyboard.press("Space")
    expect(page.locator(".round.play")).to_have_attribute("aria-label", "Pause")
    expect(counter(page)).to_have_text("Step 12 of 12")
    expect(page.locator(".round.play")).to_have_attribute("aria-label", "Play")


def expect_arithmetic(page: Page, value: str, terms: list[list[str]]) -> None:
    """The open value and its terms: the numbers of the factors, and the product. The panel may still be changing."""
    expect(page.locator(".full")).to_have_text(value)
    expect(page.locator(".terms li")).to_have_count(len(terms))
    for row, numbers in enumerate(terms):
        term = page.locator(".terms li").nth(row)
        expect(term.locator(".factor-number")).to_have_text(numbers[:-1])
        expect(term.locator(".product")).to_have_text(numbers[-1])


VALUES = {
    "rnn": ["hs", "pre"],
    "lstm": ["cs", "forget_gate", "hs", "candidate_pre"],
    "peephole": ["output_gate", "input_gate"],
    "coupled": ["input_gate", "forget_gate"],
    "no_forget": ["cs"],
    "held_and_cut": ["forget_gate", "forget_gate_pre", "cs", "hs"],
    "gru": ["hs", "candidate", "reset_h"],
    "gru_before": ["hs", "candidate_h", "update_gate"],
}

QUICK_FORMS = ["lstm", "gru_before"]


@pytest.mark.parametrize("form", quick(QUICK_FORMS, [form for form in FORMS if form not in QUICK_FORMS]))
def test_the_browsers_arithmetic_is_pythons_to_the_last_digit(open_stepper: Open, form: str) -> None:
    page = open_stepper(form, start=4)
    explainer = Explainer(*run(form))
    open_by_link(page, f"cell={form}&value=hs.4.2")
    page.locator(".digits-switch").click()
    for prefix, direction in (("", "forward"), ("d", "backward")):
        for name in VALUES[form]:
            open_by_link(page, f"cell={form}&direction={direction}&value={prefix}{name}.4.2")
            explained = explainer.explain(Place(prefix + name, 4, 1))
            terms = [[*(exact(f.value) for f in term.factors), exact(term.value)] for term in explained.terms]
            expect_arithmetic(page, exact(explained.value), terms)


def test_following_the_operands_of_h_reaches_an_input(open_stepper: Open) -> None:
    page = open_stepper(start=2)
    trace, _ = run("lstm")
    number(page, "hidden state h, step 2, unit 1").click()
    for operand in ("o_2[1]", "h_1[3]", "o_1[3]", "x_1[2]"):
        page.locator(".operand").filter(has_text=re.compile(rf"^{re.escape(flat(operand))}")).first.click()
    expect(page.locator(".panel-title:visible")).to_have_text("input x, step 1, unit 2")
    expect(page.locator(".value-note").filter(visible=True)).to_contain_text("An input is given")
    expect(page.locator(".full")).to_have_text(exact(float(trace.xs[0, 1])))
    expect(counter(page)).to_have_text("Step 1 of 12")
    page.locator(".value-view .back").click()
    expect(page.locator(".panel-title:visible")).to_have_text("output gate, step 1, unit 3")
    page.locator(".crumb").first.click()
    expect(page.locator(".panel-title:visible")).to_have_text("hidden state h, step 2, unit 1")
    expect(counter(page)).to_have_text("Step 2 of 12")


def flat(symbol: str) -> str:
    """How MathML reads as plain text: o_2[1] is "o2[1]"."""
    return symbol.replace("_", "").replace(" ", "")


def test_backward_shows_the_gradients_and_plays_from_right_to_left(open_stepper: Open) -> None:
    page = open_stepper(start=3)
    _, grads = run("lstm")
    page.locator('[data-direction="backward"]').click()
    number(page, "gradient on forget gate, step 3, unit 1").hover()
    expect(page.locator(".tip")).to_have_text(exact(float(grads.dforget_gate[2, 0])))
    expect(page.locator(".chip").nth(1)).to_contain_text("Output")
    page.locator(".dock select").select_option("8")
    focus_diagram(page)
    page.keyboard.press("Space")
    expect(counter(page)).to_have_text("Step 1 of 12")


def test_the_gradient_on_the_cell_state_opens_at_its_own_step(open_stepper: Open) -> None:
    page = open_stepper(start=4)
    page.locator('[data-direction="backward"]').click()
    number(page, "gradient on forget gate, step 4, unit 1").click()
    operands = page.locator(".operand").filter(has_text=re.compile("c.*4"))
    operands.first.click()
    expect(page.locator(".panel-title:visible")).to_have_text("gradient on cell state c, step 4, unit 1")
    expect(counter(page)).to_have_text("Step 4 of 12")


def test_the_arrows_step_on_a_page_that_was_just_opened(open_stepper: Open) -> None:
    page = open_stepper("several")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(counter(page)).to_have_text("Step 2 of 12")
    page.get_by_role("slider", name="seed").press("ArrowRight")  # a key that belongs to a widget is the widget's alone
    page.wait_for_url(re.compile("seed=1"))
    expect(counter(page)).to_have_text("Step 2 of 12")


@pytest.mark.parametrize("name", quick(["cell state c", "input x"], ["forget gate", "hidden state h"]))
def test_an_open_value_lies_beside_its_number_and_the_page_stays(open_stepper: Open, name: str) -> None:
    page = open_stepper(start=3)
    place = number(page, f"{name}, step 3")
    before = place.bounding_box()
    place.click()
    popover = page.locator(".popover")
    expect(popover).to_be_visible()
    page.wait_for_timeout(300)
    box, around, stage = place.bounding_box(), popover.bounding_box(), page.locator(".stepper").bounding_box()
    assert box
    assert around
    assert stage
    assert before
    assert abs(box["y"] - before["y"]) < 4
    lies_apart = (
        around["x"] >= box["x"] + box["width"]
        or around["x"] + around["width"] <= box["x"]
        or around["y"] >= box["y"] + box["height"]
        or around["y"] + around["height"] <= box["y"]
    )
    assert lies_apart
    assert around["x"] >= stage["x"]
    assert around["y"] + around["height"] <= stage["y"] + stage["height"]


def test_the_scrub_bar_goes_to_a_step(open_stepper: Open) -> None:
    page = open_stepper()
    box = page.locator(".scrubber").bounding_box()
    assert box
    page.mouse.click(box["x"] + 8 + (box["width"] - 16) * 8 / (STEPS - 1), box["y"] + box["height"] / 2)
    expect(counter(page)).to_have_text("Step 9 of 12")


def test_the_numbers_of_a_step_fit_into_their_boxes(open_stepper: Open) -> None:
    page = open_stepper(start=3)
    page.locator('[data-direction="backward"]').click()
    page.locator(".stepper.backward").wait_for()
    page.wait_for_timeout(300)
    wide = page.locator(".number").evaluate_all(
        """all => all.filter((each) => {
            const plate = each.querySelector(".plate").getBBox()
            return [...each.querySelectorAll(".digits")].some((text) => text.getBBox().width > plate.width - 8)
        }).map((each) => each.textContent)"""
    )
    assert wide == []


def test_with_reduced_motion_a_step_is_shown_at_once(own_page: NewPage, script_url: str) -> None:
    page = own_page(reduced_motion="reduce")
    page.goto(f"{script_url}/?cell=lstm")
    expect(page.locator(".stepper .diagram")).to_be_visible()
    moved = page.evaluate(
        """async () => {
            const host = [...document.querySelectorAll("*")].find((node) => node.shadowRoot?.querySelector(".viewport"))
            const root = host.shadowRoot
            const tag = () => [...root.querySelectorAll(".step")].map((each) => each.getAttribute("transform")).join()
            root.querySelector(".viewport").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }))
            const seen = new Set()
            for (let frame = 0; frame < 20; frame++) { await new Promise(requestAnimationFrame); seen.add(tag()) }
            return seen.size
        }"""
    )
    assert moved <= 2


def test_the_keyboard_alone_reaches_a_value_and_comes_back(open_stepper: Open, page: Page) -> None:
    sent: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_stepper()
    focus_diagram(page)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    focused = "() => document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot.activeElement"
    label = page.evaluate(f"({focused})().getAttribute('aria-label')")
    expect(counter(page)).to_have_text("Step 1 of 12")
    page.keyboard.press("Enter")
    expect(page.locator(".panel-title:visible")).to_have_text(label.rsplit(":", 1)[0])
    page.keyboard.press("Escape")
    assert page.evaluate(f"({focused})().className").startswith("viewport")
    page.keyboard.press("Escape")
    expect(page.locator(".popover")).to_be_hidden()
    before = len(sent)
    page.keyboard.press("r")  # Streamlit's own shortcut: it runs the page again when it hears the key
    page.wait_for_timeout(300)
    assert len(sent) == before


def test_new_numbers_come_into_the_same_diagram(open_stepper: Open) -> None:
    page = open_stepper()
    page.evaluate(
        "() => { const r = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;"
        " window.kept = [r.querySelector('.diagram'), r.querySelector('.number'), r.querySelector('.scrub')] }"
    )
    page.locator('[data-direction="backward"]').click()
    page.locator('.chip[data-stage="forget"]').click()
    choose_unit(page, 2)
    number(page, "gradient on forget gate, step 1, unit 2").click()
    focus_diagram(page)
    page.keyboard.press("ArrowRight")
    page.get_by_role("slider", name="seed").press("ArrowRight")
    _, grads = run("lstm", seed=1)
    expect(page.locator(".full")).to_have_text(exact(float(grads.dforget_gate[1, 1])))
    expect(counter(page)).to_have_text("Step 2 of 12")
    expect(page.locator('.chip[data-stage="forget"]')).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("() => window.kept.every((each) => each.isConnected)")


def test_a_link_opens_at_its_step_and_a_rerun_keeps_it(open_stepper: Open) -> None:
    page = open_stepper()
    focus_diagram(page)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("step=7"))
    page.get_by_role("slider", name="seed").press("ArrowRight")
    page.wait_for_url(re.compile("seed=1"))
    wait_until_idle(page)
    expect(page).to_have_url(re.compile("step=7"))
    page.goto(page.url)
    wait_until_idle(page)
    expect(counter(page)).to_have_text("Step 7 of 12")
    expect(page.get_by_role("slider", name="seed")).to_have_value("1")


def panel_title(page: Page) -> Locator:
    return page.locator(".panel-title:visible")


def test_a_link_restores_all_that_the_diagram_shows(open_stepper: Open) -> None:
    page = open_stepper()
    places = page.evaluate("history.length")
    page.locator('[data-direction="backward"]').click()
    page.locator('.chip[data-stage="forget"]').click()
    focus_diagram(page)
    page.keyboard.press("ArrowRight")
    choose_unit(page, 3)
    number(page, "gradient on forget gate, step 2, unit 3").click()
    page.wait_for_url(re.compile(r"direction=backward.*value=dforget_gate\.2\.3"))
    assert {"step=2", "stage=forget", "unit=3"} <= set(page.url.split("?")[1].split("&"))
    assert page.evaluate("history.length") == places
    page.goto(page.url)
    wait_until_idle(page)
    expect(counter(page)).to_have_text("Step 2 of 12")
    expect(page.locator('[data-direction="backward"]')).to_have_attribute("aria-pressed", "true")
    expect(page.locator('.chip[data-stage="forget"]')).to_have_attribute("aria-pressed", "true")
    expect(panel_title(page)).to_have_text("gradient on forget gate, step 2, unit 3")
    page.locator(".value-view .close").click()
    page.locator('[data-direction="forward"]').click()
    page.locator('.chip[data-stage="all"]').click()
    focus_diagram(page)
    page.keyboard.press("Home")
    choose_unit(page, 1)
    page.wait_for_url(re.compile(r"\?cell=lstm$"))  # what the page shows by itself is not written


def test_the_unit_that_is_drawn_in_large_is_in_the_link(open_stepper: Open) -> None:
    page = open_stepper()
    choose_unit(page, 2)
    page.wait_for_url(re.compile("unit=2"))
    page.goto(page.url)
    wait_until_idle(page)
    expect(page.get_by_role("button", name="Unit 2", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(number(page, "forget gate, step 1, unit 2")).to_be_visible()


@pytest.mark.parametrize(("old", "new"), [("candidate", "input"), ("hidden", "output")])
def test_a_link_with_the_older_name_of_a_step_opens_it(open_stepper: Open, old: str, new: str) -> None:
    page = open_stepper("lstm", stage=old)
    expect(page.locator(f'.chip[data-stage="{new}"]')).to_have_attribute("aria-pressed", "true")


def test_among_several_cells_a_link_names_the_cell_of_an_open_value(open_stepper: Open) -> None:
    page = open_stepper("several", step=3, stage=2, value="gru.update_gate.3.2")
    expect(counter(page)).to_have_text("Step 3 of 12")
    expect(panel_title(page)).to_have_text("update gate, step 3, unit 2")
    expect(page.locator(".chip").nth(2)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    "value", quick(["hs.99.1", "constructor.1.1"], ["hs", "hs.3", "hs.1.9", "hs.1.1.1", ".", "W_xf.0.1"])
)
def test_a_link_that_asks_for_what_is_not_there_opens_the_diagram_as_it_is(open_stepper: Open, value: str) -> None:
    page = open_stepper("lstm", step=9999, stage="nothing", direction="up", unit=77, value=value)
    expect(counter(page)).to_have_text("Step 12 of 12")
    expect(page.locator('.chip[data-stage="all"]')).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[data-direction="forward"]')).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".popover")).to_be_hidden()


def test_several_cells_step_together(open_stepper: Open) -> None:
    page = open_stepper("several")
    expect(page.locator(".diagram")).to_have_count(3)
    page.locator(".viewport").nth(1).focus()
    page.keyboard.press("ArrowRight")
    gru, _ = run("gru")
    lstm, _ = run("lstm")
    for cell, value in (("gru", gru.candidate[1, 0]), ("lstm", lstm.candidate[1, 0])):
        page.locator(f'.cell-row.{cell} .number[aria-label^="candidate, step 2, unit 1"]').hover()
        expect(page.locator(".tip")).to_have_text(exact(float(value)))


def test_an_overflow_is_drawn_as_what_it_is(open_stepper: Open) -> None:
    page = open_stepper("overflow")
    page.keyboard.press("Tab")
    focus_diagram(page)
    page.keyboard.press("End")
    state = number(page, "hidden state h, step 6")
    expect(state.locator(".digits")).to_have_text("∞")
    expect(state).to_have_class(re.compile("not-finite"))


def test_what_is_too_large_to_draw_is_said(page: Page, script_url: str) -> None:
    page.goto(f"{script_url}/?cell=large")
    wait_until_idle(page)
    expect(page.get_by_text("The diagram draws at most 200 steps, 8 inputs and 8 units")).to_be_visible()


def test_on_a_narrow_screen_time_runs_downwards_and_nothing_scrolls_sideways(open_stepper: Open, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_stepper(start=3)
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    before, after = (number(page, f"cell state c, step {step}").bounding_box() for step in (2, 3))
    assert before
    assert after
    assert after["y"] > before["y"] + 100
    assert abs(after["x"] - before["x"]) < 1
    for control in (".round.play", ".scrub", '[data-direction="backward"]', ".chip >> nth=0"):
        box = page.locator(control).first.bounding_box()
        assert box
        assert box["height"] >= 43.5, control
