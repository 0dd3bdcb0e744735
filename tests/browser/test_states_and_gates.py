"""The pages on hidden states and on gates as a visitor uses them: brushing, clicking, pointing, and the resulting link."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import Visit, eventually


def opened(visit: Visit, address: str, **context: object) -> Page:
    page = visit(address, **context)
    expect(page.locator(".unrolled-plot .stage.drawn").first).to_be_visible()
    page.wait_for_timeout(500)
    return page


def link(page: Page) -> dict[str, str]:
    return {name: value[0] for name, value in parse_qs(urlsplit(page.url).query).items()}


def canvas(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} .canvas")


def pixel(page: Page, key: str, x: float) -> tuple[float, float]:
    """Where x stands on a chart, in pixels of the page: on the first line that has a point there, else half way up."""
    expect(page.locator(f".st-key-{key} .stage.drawn")).to_be_visible()
    canvas(page, key).scroll_into_view_if_needed()
    return tuple(
        canvas(page, key).evaluate(
            """(node, x) => {
                const { xaxis, yaxis, _size } = node._fullLayout, box = node.getBoundingClientRect()
                const line = node._fullData.find(({ type, hoverinfo, x: places }) => type === "scatter" && hoverinfo !== "skip" && places.indexOf(x) >= 0)
                const at = line ? line.x.indexOf(x) : -1
                const y = at < 0 ? _size.t + _size.h / 2 : yaxis._offset + yaxis.l2p(line.y[at])
                return [box.x + xaxis._offset + xaxis.l2p(x), box.y + y]
            }""",
            x,
        )
    )


def test_brushing_the_chart_sets_the_steps_that_are_held(visit: Visit) -> None:
    page = opened(visit, "gates?lang=en&view=hold")
    page.mouse.move(*pixel(page, "brush", 39.6))
    page.mouse.down()
    page.mouse.move(*pixel(page, "brush", 50.4), steps=5)
    page.mouse.up()
    expect(page.get_by_text("Up to step 39 both runs are the same")).to_be_visible()
    eventually(page, lambda: parse_qs(urlsplit(page.url).query).get("steps60"), ["40", "50"])


def finger(page: Page, *way: tuple[float, float]) -> None:
    """A finger that goes down at the first place, through the others, and up."""
    touch = page.context.new_cdp_session(page)
    for kind, (x, y) in (("touchStart", way[0]), *(("touchMove", place) for place in way[1:])):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_brushes_across_the_chart_and_scrolls_up_and_down(visit: Visit) -> None:
    page = opened(visit, "gates?lang=en&view=hold", width=390, has_touch=True, is_mobile=True)
    start, end = pixel(page, "brush", 39.6), pixel(page, "brush", 50.4)
    finger(page, start, *((start[0] + part / 5 * (end[0] - start[0]), start[1]) for part in range(1, 6)))
    expect(page.get_by_text("Up to step 39 both runs are the same")).to_be_visible()
    eventually(page, lambda: parse_qs(urlsplit(page.url).query).get("steps60"), ["40", "50"])
    wait_until_idle(page)
    x, y = pixel(page, "brush", 30)
    top = canvas(page, "brush").bounding_box()["y"]
    finger(page, (x, y), *((x, y - 20 * part) for part in range(1, 9)))
    eventually(page, lambda: canvas(page, "brush").bounding_box()["y"] < top - 40, True)
    assert parse_qs(urlsplit(page.url).query)["steps60"] == ["40", "50"]


def test_keeping_and_undoing_write_the_link(visit: Visit) -> None:
    page = opened(visit, "gates?lang=en&view=hold")
    page.get_by_role("button", name="Keep this and add another").click()
    expect(page.get_by_text("f of all units clamped at 0, steps 21–30")).to_be_visible()
    eventually(page, lambda: [link(page).get(name) for name in ("kept", "do")], ["f.all.21-30.0", "none"])
    wait_until_idle(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("No difference")).to_be_visible()
    eventually(page, lambda: "kept" in link(page), False)


@pytest.mark.long
def test_an_example_writes_a_link_that_opens_the_same_view(visit: Visit) -> None:
    page = opened(visit, "states?lang=en")
    page.get_by_text("The butterfly", exact=True).click()
    expect(page.get_by_text("Two runs differ in their input by one billionth")).to_be_visible()
    wait_until_idle(page)
    assert {name: link(page)[name] for name in ("view", "input", "H", "T", "gain", "size")} == {
        "view": "apart",
        "input": "noise",
        "H": "64",
        "T": "200",
        "gain": "2.2",
        "size": "1e-09",
    }
    alts = page.locator(".unrolled-plot .image").evaluate_all("nodes => nodes.map(node => node.ariaLabel)")
    fresh = opened(visit, urlsplit(page.url)._replace(scheme="", netloc="").geturl().lstrip("/"))
    assert fresh.locator(".unrolled-plot .image").evaluate_all("nodes => nodes.map(node => node.ariaLabel)") == alts


def test_the_view_survives_a_change_of_language(visit: Visit) -> None:
    page = opened(visit, "states?lang=en&view=path&cell=gru&input=wave")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="隐藏状态随时间的变化")).to_be_visible()
    wait_until_idle(page)
    expect(page.get_by_role("radio", name="路径")).to_be_checked()
    names = ("lang", "view", "cell", "input")
    eventually(page, lambda: [link(page).get(name) for name in names], ["zh", "path", "gru", "wave"])


@pytest.mark.parametrize(
    ("address", "chart"), [("view=path", "path2"), pytest.param("view=plane", "plane_chart", marks=pytest.mark.long)]
)
def test_a_step_chosen_on_one_chart_is_marked_on_the_path(visit: Visit, address: str, chart: str) -> None:
    page = opened(visit, f"states?lang=en&input=wave&{address}")
    other = "states" if chart == "path2" else "plane_lines"
    page.mouse.click(*pixel(page, other, 7))
    pixel(page, chart, 0)  # waits until it is drawn
    dot = page.locator(f".st-key-{chart} .cursor.chosen.dot")
    expect(dot).to_be_visible()
    page.wait_for_timeout(300)  # the charts may still be moving
    place = dot.bounding_box()
    point = canvas(page, chart).evaluate(
        """node => {
            const { xaxis, yaxis } = node._fullLayout, box = node.getBoundingClientRect()
            const { x, y } = node._fullData.find(({ customdata }) => customdata)
            return [box.x + xaxis._offset + xaxis.l2p(x[7]), box.y + yaxis._offset + yaxis.l2p(y[7])]
        }"""
    )
    middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    assert middle == pytest.approx(point, abs=1.5)


@pytest.mark.long
def test_a_path_in_space_marks_the_step_too(visit: Visit) -> None:
    page = opened(visit, "states?lang=en&input=wave&view=path&dims=3")
    page.mouse.click(*pixel(page, "states", 7))
    page.wait_for_function(
        """() => {
            const { data } = document.querySelector(".st-key-path3 .canvas")
            const path = document.querySelector(".st-key-path3 .canvas")._fullData[0]
            return data[1].x[0] === path.x[7]
        }"""
    )
    page.get_by_role("radio", name="two directions").click()
    expect(page.locator(".st-key-path2 .cursor.chosen.dot")).to_be_visible()  # the other plotly has come in between


def test_a_click_on_a_row_adds_its_line(visit: Visit) -> None:
    page = opened(visit, "states?lang=en")
    x, y = pixel(page, "states", 3)
    page.mouse.click(x, y + 60)
    page.wait_for_function(
        "() => document.querySelector('.st-key-lines .canvas').data?.filter(({ name }) => name).length === 3"
    )
