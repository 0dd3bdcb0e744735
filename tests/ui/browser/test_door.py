"""Whatever a browser's part sends back ends in a value that the page can use, or counts as not sent."""

import base64
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.test_pages import opened
from ui.browser import door, draw, paint, plot, writer

COMPONENTS = Path(draw.__file__).parent
STARTED, STEPS, Y_RANGE = "d1ge57", 12, (-1.5, 1.5)
FIELD = (28, 20)
TEXT = "name of the text"

DRAWN = {"started": STARTED, "values": [0.5] * STEPS}
INK = {"field": list(FIELD), "bits": base64.b64encode(bytes(70)).decode()}
FORCED = {"name": TEXT, "places": {"3": "a", "17": "é"}}
CLICK = {"curve": 0, "row": None, "column": 6, "x": 7, "y": -0.25}
PARTS: dict[str, tuple[door.Reader[Any], Any]] = {
    "drawn": (draw.drawing(STARTED, STEPS, Y_RANGE), DRAWN),
    "ink": (paint.inked(*FIELD), INK),
    "forced": (writer.choices(TEXT), FORCED),
    "click": (plot.point, CLICK),
    "select": (door.several(plot.point, 0, plot.MOST), [CLICK, CLICK]),
}

HOSTILE = [
    10**400,
    -(10**400),
    1e999,
    math.nan,
    True,
    "\ud800",
    "9" * 5000,
    "²",
    [[]] * 5,
    {"": {"": {}}},
    [0.5] * 1_000_000,
    "x" * 1_000_000,
    json.loads("[" * 900 + "]" * 900),
]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(HOSTILE)
ANYTHING = st.recursive(SCALARS, lambda some: st.lists(some) | st.dictionaries(st.text(), some), max_leaves=12)


@st.composite
def damaged(draw_: st.DrawFn, good: Any) -> Any:
    """What the part sends, with something else in one place of it."""
    if not isinstance(good, dict | list) or not good or draw_(st.booleans()):
        return draw_(ANYTHING)
    keys = list(good) if isinstance(good, dict) else range(len(good))
    place = draw_(st.sampled_from(keys))
    changed = good.copy()
    changed[place] = draw_(damaged(good[place]))
    return changed


def usable(name: str, value: Any) -> bool:
    if name == "drawn":
        return len(value) == STEPS and all(type(each) is float and Y_RANGE[0] <= each <= Y_RANGE[1] for each in value)
    if name == "ink":
        return value.shape == FIELD[::-1] and value.dtype == np.bool_
    if name == "forced":
        return all(0 <= place < writer.LONGEST * 10 and len(each.encode()) <= 4 for place, each in value.items())
    points = [value] if name == "click" else value
    return all(
        isinstance(point, plot.Point) and all(place is None or math.isfinite(place) for place in (point.x, point.y))
        for point in points
    )


@pytest.mark.parametrize("name", PARTS)
def test_valid_messages_of_browser_parts_are_read(name: str) -> None:
    reader, good = PARTS[name]
    value = door.read({name: good}, name, reader)
    assert value is not None
    assert usable(name, value)


@pytest.mark.parametrize("name", PARTS)
@given(data=st.data())
def test_any_other_message_is_read_or_refused(name: str, data: st.DataObject) -> None:
    reader, good = PARTS[name]
    value = door.read({name: data.draw(damaged(good))}, name, reader)
    assert value is None or usable(name, value)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("reported", HOSTILE, ids=lambda reported: str(reported)[:12])
def test_hostile_values_are_refused(name: str, reported: Any) -> None:
    assert door.read({name: reported}, name, PARTS[name][0]) is None


@given(ANYTHING)
def test_a_malformed_component_state_gives_no_value(state: Any) -> None:
    assert door.read(state, "drawn", PARTS["drawn"][0]) is None


def test_a_drawing_of_strings_or_a_million_values_is_refused() -> None:
    for values in (
        ["0.5"] * STEPS,
        ["a"] * STEPS,
        [0.5] * 1_000_000,
        [0.5] * (STEPS - 1),
        [2.0] * STEPS,
        [None] * STEPS,
    ):
        assert door.read({"drawn": DRAWN | {"values": values}}, "drawn", PARTS["drawn"][0]) is None
    assert door.read({"drawn": DRAWN | {"started": "another"}}, "drawn", PARTS["drawn"][0]) is None


def test_a_painted_field_of_another_size_is_refused() -> None:
    ink = np.zeros((20, 28), dtype=bool)
    ink[3, 5] = True
    sent = INK | {"bits": base64.b64encode(np.packbits(ink)).decode()}
    read = door.read({"ink": sent}, "ink", PARTS["ink"][0])
    assert read is not None
    assert np.array_equal(read, ink)
    for bad in (INK | {"bits": "%%%"}, INK | {"bits": "QUJD"}, INK | {"bits": 5}, INK | {"field": [20, 28]}):
        assert door.read({"ink": bad}, "ink", PARTS["ink"][0]) is None


def test_names_on_an_axis_are_no_numbers() -> None:
    assert plot.last_click({"click": CLICK | {"y": "unit 3"}}) == plot.Point(0, None, 6, 7.0, None)
    assert plot.last_click({"click": CLICK | {"row": -1}}) is None
    assert plot.last_click({"click": CLICK | {"column": 0.5}}) is None


@pytest.mark.parametrize(
    ("slug", "key", "click"),
    [
        ("clipping", "cliff", CLICK | {"x": "5", "y": 1e999}),
        ("clipping", "cliff", {"x": [], "y": {}}),
        ("clipping", "cliff", "click"),
        ("bptt", "unrolled", CLICK | {"x": -7.5}),
        ("bptt", "unrolled", CLICK | {"x": 0.5}),
        ("bptt", "unrolled", CLICK | {"x": 1e300}),
        ("states", "states", CLICK | {"row": 10**400}),
    ],
)
def test_a_page_survives_any_click_message(slug: str, key: str, click: Any) -> None:
    app = opened(slug, "en")
    app.session_state[key] = {"click": click}
    app.run()
    assert not app.exception


def test_messages_of_the_browser_are_read_by_the_door_only() -> None:
    for file in COMPONENTS.glob("*.py"):
        source = file.read_text(encoding="utf-8")
        if file.name != "door.py":
            assert not re.search(r"on_\w+_change(?!=door\.no_callback|=take_)", source), (
                f"{file.name} listens beside the door"
            )
            assert not re.search(r"result(\.get\(|\.\w+\b(?!\())", source), f"{file.name} reads beside the door"
    for silent in ("stepper",):
        code = "".join(each.read_text(encoding="utf-8") for each in (COMPONENTS / silent).glob("*.js"))
        assert "setStateValue" not in code
        assert "setTriggerValue" not in code
