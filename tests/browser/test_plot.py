"""Charts in a browser: zoom and hidden lines survive updates, and saving, replay and keyboard work."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import running, scratch_script, wait_until_idle
from rnn_core.equations.digits import written
from tests.browser.conftest import NewPage, eventually
from tests.selection import quick
from ui.browser.plot import FLAT
from ui.figures.style import INKS

SCRIPT = """
import numpy as np
import streamlit as st

from ui.browser.plot import plot
from ui.figures.heatmap import gate_heatmap, state_heatmap
from ui.figures.bands import Band
from ui.figures.lines import Line, lines_over_time
from ui.figures.norms import norm_chart
from ui.figures.replay import replay

seed = st.slider("seed", 0, 50, 0)
st.write(f"this is seed {seed}")
random = np.random.default_rng(seed)
states = random.normal(size=(40, 5)) / 3
many = [Line(f"line {n}", states[:, n % 5] + n, "h") for n in range(7)]
lines = [Line("one", states[:, 0], "forget_gate"), Line("two", states[:, 1], "c")]

plot(state_heatmap(states, title="States", first_step=1), key="heat", cursor="run")
clicked = plot(lines_over_time(lines, title="Two lines", y_title="value"), key="lines", cursor="run", events=("click", "select"))
plot(lines_over_time(lines[:1] + many[1:], title="Fixed lines", y_title="value", y_range=(-2, 8)), key="fixed")
plot(lines_over_time(many, title="Many lines", y_title=f"value {seed}"), key="many", cursor="other")
shorter = np.exp((1 + 9 * min(seed, 1)) * states[: 30 + seed, 0])  # another seed has ticks at other distances
bands = [Band("chance", np.log10(shorter) - 0.1, np.log10(shorter) + 0.1)]
plot(norm_chart([Line("longer with seed", shorter)], title="A longer run", y_title="norm", bands=bands), key="longer")
moments = [gate_heatmap(random.random((6, 3)), title="Replay", ink="update_gate") for _ in range(8)]
plot(replay(moments, [f"moment {n}" for n in range(8)]), key="replay")
st.write(f"clicked: {clicked.click}")
st.write(f"selected: {len(clicked.selection)}")
"""


def chart(page: Page, title: str) -> Locator:
    return page.locator("figure.unrolled-plot", has=page.locator("figcaption", has_text=re.compile(f"^{title}$")))


def canvas(page: Page, title: str) -> Locator:
    """Plotly's own node; it knows its data and layout."""
    return chart(page, title).locator(".canvas")


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    wait_until_idle(page)
    expect(page.locator(".unrolled-plot .stage.drawn")).to_have_count(6)
    return page


def update(page: Page, times: int = 1) -> None:
    slider = page.get_by_role("slider", name="seed")
    for _ in range(times):
        value = int(slider.input_value())
        slider.press("ArrowRight")
        expect(page.get_by_text(f"this is seed {value + 1}", exact=True)).to_be_visible()
    wait_until_idle(page)


def zoom(page: Page, title: str) -> None:
    """Drag a box over the middle of the chart."""
    place = canvas(page, title).bounding_box()
    assert place
    page.mouse.move(place["x"] + 0.3 * place["width"], place["y"] + 0.4 * place["height"])
    page.mouse.down()
    page.mouse.move(place["x"] + 0.6 * place["width"], place["y"] + 0.4 * place["height"], steps=4)
    page.mouse.up()


def x_range(page: Page, title: str) -> list[float]:
    return canvas(page, title).evaluate("node => node._fullLayout.xaxis.range.map(Number)")


def length(ends: list[float]) -> float:
    return ends[1] - ends[0]


SHOWN = "node => JSON.stringify([node._fullData[0].z?.[0], node._fullData[0].y, node._fullLayout.yaxis.title.text])"


@pytest.mark.parametrize("title", quick(["Many lines"], ["States"]))
def test_a_chart_keeps_its_node_and_its_zoom_through_updates(page: Page, script_url: str, title: str) -> None:
    opened(page, script_url)
    canvas(page, title).scroll_into_view_if_needed()
    whole = x_range(page, title)
    node = canvas(page, title).element_handle()
    before = canvas(page, title).evaluate(SHOWN)
    zoom(page, title)
    eventually(page, lambda: length(x_range(page, title)) < 0.5 * length(whole), True)
    page.wait_for_timeout(400)
    zoomed = x_range(page, title)
    update(page, times=4)
    eventually(page, lambda: x_range(page, title), zoomed)
    assert canvas(page, title).evaluate("(node, first) => node === first", node)
    eventually(page, lambda: canvas(page, title).evaluate(SHOWN) != before, True)

    chart(page, title).get_by_role("button").click()
    chart(page, title).get_by_role("menuitem", name="Show everything again").click()
    eventually(page, lambda: x_range(page, title), whole)


def test_the_quick_update_draws_the_same_picture_as_a_new_chart(page: Page, script_url: str) -> None:
    opened(page, script_url)
    page.evaluate(
        "() => { const react = Plotly.react; window.whole = []; Plotly.react = (...a) => (whole.push(a[0]), react(...a)) }"
    )
    update(page)
    for title in ("States", "Fixed lines", "A longer run"):
        node = canvas(page, title).element_handle()
        picture = """node => [...node.querySelectorAll('image, .scatterlayer path, .scatterlayer text, .xtick text, .ytick text')]
            .map(mark => mark.href?.baseVal ?? mark.getAttribute('d') ?? mark.textContent + mark.getAttribute('transform'))"""
        quick = node.evaluate(picture)
        assert len(quick) > 0
        assert not page.evaluate("node => whole.includes(node)", node)
        node.evaluate("node => Plotly.newPlot(node, node.data, node.layout)")
        assert node.evaluate(picture) == quick


@pytest.mark.long
def test_a_hidden_line_stays_hidden_and_the_label_under_the_pointer_follows_an_update(
    page: Page, script_url: str
) -> None:
    opened(page, script_url)
    canvas(page, "Many lines").locator(".legendtoggle").nth(2).click()
    visible = "node => node._fullData.map(trace => trace.visible)"
    expected = [True, True, "legendonly", True, True, True, True]  # once plotly has waited for a double click
    eventually(page, lambda: canvas(page, "Many lines").evaluate(visible), expected)
    update(page, times=2)
    eventually(page, lambda: canvas(page, "Many lines").evaluate(visible), expected)

    page.get_by_role("slider", name="seed").focus()
    canvas(page, "States").hover()
    label = canvas(page, "States").locator(".hovertext")
    expect(label).to_have_count(1)
    before = label.text_content() or ""
    update(page)
    expect(label).not_to_have_text(before)
    expect(label).to_have_count(1)


def test_a_chart_follows_the_theme_while_it_is_open(page: Page, script_url: str) -> None:
    page.emulate_media(color_scheme="light")
    opened(page, script_url)
    node = canvas(page, "Two lines").element_handle()
    stroke = "node => getComputedStyle(node.querySelector('.js-line')).stroke"
    eventually(page, lambda: canvas(page, "Two lines").evaluate(stroke), rgb(INKS["forget_gate"].light))
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"node => ({stroke})(node) === '{rgb(INKS['forget_gate'].dark)}'", arg=node)
    assert canvas(page, "Two lines").evaluate("(node, first) => node === first", node)
    axis = canvas(page, "Two lines").evaluate("node => getComputedStyle(node.querySelector('.ytitle')).fill")
    eventually(page, lambda: page.evaluate("() => getComputedStyle(document.querySelector('.stApp')).color"), axis)


def rgb(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def saved(page: Page, title: str, entry: str) -> Path:
    chart(page, title).get_by_role("button", name="Save or reset this chart").click()
    with page.expect_download() as download:
        chart(page, title).get_by_role("menuitem", name=entry).click()
    return download.value.path()


def test_the_saved_table_holds_every_number_exactly_and_a_picture_has_its_title(page: Page, script_url: str) -> None:
    opened(page, script_url)
    states = np.random.default_rng(0).normal(size=(40, 5)) / 3
    with saved(page, "States", "Save the numbers as CSV").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["series", "step t", "unit", "value"]
    read = {(int(row["step t"]), int(row["unit"])): float(row["value"]) for row in rows}
    assert read == {(t + 1, unit + 1): states[t, unit] for t in range(40) for unit in range(5)}

    with saved(page, "Two lines", "Save the numbers as CSV").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert [float(row["value"]) for row in lines if row["series"] == "two"] == states[:, 1].tolist()

    assert saved(page, "Two lines", "Save as PNG picture").read_bytes().startswith(b"\x89PNG")
    drawing = saved(page, "Two lines", "Save as SVG picture").read_text(encoding="utf-8")
    assert "<svg" in drawing
    assert "Two lines" in drawing


def test_frames_play_in_the_browser(page: Page, script_url: str) -> None:
    messages = count_messages(page)
    opened(page, script_url)
    replay = chart(page, "Replay")
    shown = "node => node._fullData[0].z[0][0]"
    expect(replay.locator("output")).to_have_text("moment 0")
    first = canvas(page, "Replay").evaluate(shown)
    sent = len(messages)
    replay.get_by_role("button", name="Play").click()
    expect(replay.locator("output")).to_have_text("moment 7")
    eventually(page, lambda: canvas(page, "Replay").evaluate(shown) != first, True)
    replay.get_by_role("slider", name="Moment").press("Home")
    expect(replay.locator("output")).to_have_text("moment 0")
    eventually(page, lambda: canvas(page, "Replay").evaluate(shown), first)
    assert len(messages) == sent


def count_messages(page: Page) -> list[str | bytes]:
    """What the browser sends to the server from now on."""
    messages: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: messages.append(frame)))
    return messages


def test_charts_of_a_group_mark_the_same_step(page: Page, script_url: str) -> None:
    messages = count_messages(page)
    opened(page, script_url)
    sent = len(messages)
    canvas(page, "States").hover()
    expect(chart(page, "Two lines").locator(".cursor.hovered")).to_be_visible()
    expect(chart(page, "Many lines").locator(".cursor.hovered")).to_be_hidden()
    canvas(page, "States").click()
    here, there = (chart(page, title).locator(".cursor.chosen") for title in ("States", "Two lines"))
    expect(there).to_be_visible()
    boxes = [line.bounding_box() for line in (here, there)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] == pytest.approx(boxes[1]["x"], abs=1)

    step = "new CustomEvent('unrolled:step', { detail: { group: 'run', step: 40 } })"
    page.evaluate(f"window.dispatchEvent({step})")
    page.wait_for_function("node => node.getBoundingClientRect().x > 700", arg=there.element_handle())
    assert len(messages) == sent


def test_clicks_and_selections_reach_the_page_that_asks(page: Page, script_url: str) -> None:
    opened(page, script_url)
    place = canvas(page, "Two lines").bounding_box()
    assert place
    point = canvas(page, "Two lines").evaluate(
        """node => { const { xaxis, yaxis } = node._fullLayout
            return [xaxis._offset + xaxis.l2p(7), yaxis._offset + yaxis.l2p(node._fullData[0].y[6])] }"""
    )
    page.mouse.click(place["x"] + point[0], place["y"] + point[1])
    expect(page.get_by_text("clicked: Point(curve=0, row=None, column=6, x=7")).to_be_visible()
    zoom(page, "Two lines")  # here the same drag selects
    expect(page.get_by_text(re.compile(r"selected: [1-9]\d*"))).to_be_visible()


def test_the_keyboard_reads_every_value_aloud(page: Page, script_url: str) -> None:
    opened(page, script_url)
    image = page.get_by_role("img", name="Two lines: lines over step t.")
    image.focus()
    for _ in range(3):
        image.press("ArrowRight")
    value = np.random.default_rng(0).normal(size=(40, 5))[2, 0] / 3
    expect(chart(page, "Two lines").get_by_role("status")).to_contain_text(f"{written(value, 6)}, one, 3")
    image.press("Enter")  # from here on all charts of the group are at step 3
    cells = page.get_by_role("img", name="States: colours over")
    cells.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        cells.press(key)
    states = np.random.default_rng(0).normal(size=(40, 5)) / 3
    expect(chart(page, "States").get_by_role("status")).to_have_text(f"unit 2, step 4, {written(states[3, 1], 6)}")
    expect(chart(page, "States").locator(".cursor.chosen")).to_be_visible()


def test_flat_charts_load_the_small_plotly_only(own_page: NewPage, script_url: str) -> None:
    page = own_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    opened(page, script_url)
    assert "plotly-flat.min.js" in asked
    assert "plotly.min.js" not in asked, "no chart here is in space"
    assert set(page.evaluate("Object.keys(Plotly.PlotSchema.get().traces)")) == FLAT


def test_a_chart_without_its_library_shows_a_message_and_its_description(own_page: NewPage, script_url: str) -> None:
    page = own_page()
    page.route("**/plotly-flat.min.js", lambda route: route.abort())
    page.goto(script_url)
    expect(chart(page, "States").get_by_text("This chart could not be loaded.")).to_be_visible()
    expect(page.get_by_role("img", name="States: colours over steps 1 to 40")).to_be_visible()


@pytest.mark.long  # test_ahead.py opens a page with charts below one
def test_charts_work_below_a_base_path(page: Page, tmp_path: Path) -> None:
    with running(scratch_script(tmp_path, SCRIPT), base_path="some/place") as url:
        opened(page, url)
        page.goto("about:blank")  # before the server goes away
