"""The dial: its value is in the session and in the link, and nothing but a whole number in reach comes in."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import opened, parts
from ui.browser import door
from ui.browser.dial import DialSpec, moved

STEPS = DialSpec("Steps T", 1, 200, 40, "T")
BIAS = DialSpec("Forget bias", -12.0, 12.0, 1.0, "bias", step=0.1)


def dial(app: Any, key: str) -> dict[str, Any]:
    """A dial of the page: a part of its own, or one that the diagram has."""
    found = [dial for part in parts(app) for dial in (part, part.get("dial") or {}, *(part.get("lengths") or ()))]
    return next(dial for dial in found if dial.get("key") == key and "usual" in dial)


def test_a_link_sets_it_and_the_default_is_not_in_the_link() -> None:
    app = opened("rnn", preset="random", T="17", H="3")
    assert [dial(app, key)["value"] for key in "THX"] == [17, 3, 1]
    assert app.session_state["T"] == 17
    assert app.query_params["T"] == "17"
    assert "H" not in app.query_params
    app.session_state["T"] = 40
    app.run()
    assert "T" not in app.query_params


@pytest.mark.parametrize("asked", ["0", "201", "3.5", "nan", "inf", "-1", "many", "", "1e999", "9" * 90])
def test_an_invalid_value_in_a_link_is_reported_and_the_default_shown(asked: str) -> None:
    app = opened("rnn", T=asked)
    assert dial(app, "T")["value"] == 40
    assert any("T=" in warning.value or "`T`" in warning.value for warning in app.warning)


def test_a_page_that_is_left_has_its_value_and_another_page_does_not_get_it() -> None:
    app = opened("rnn", T="17")
    for slug, value in (("lstm", 40), ("rnn", 17)):
        app.query_params.clear()  # as by a link of the menu
        app.query_params["lang"] = "en"
        app.switch_page(f"pages/{slug}.py").run()
        assert dial(app, "T")["value"] == value


def test_what_the_browser_sends_is_read() -> None:
    assert door.read({"moved": {"value": 7, "at": 1764511200000}}, "moved", moved(STEPS)) == {
        "value": 7,
        "at": 1764511200000.0,
    }


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_nothing_else_comes_in(sent: Any) -> None:
    assert door.read({"moved": sent}, "moved", moved(STEPS)) is None
    reported = door.read({"moved": {"value": sent, "at": 1}}, "moved", moved(STEPS))
    assert reported is None or (
        reported["value"] == sent and isinstance(reported["value"], int) and 1 <= reported["value"] <= 200
    )


def test_the_dial_is_labelled_in_the_language_of_the_page() -> None:
    said = [dial(opened("rnn", lang=lang), "T") for lang in ("en", "zh")]
    assert [each["label"] for each in said] == ["Steps T", said[1]["label"]]
    assert said[1]["label"] != "Steps T"
    for each in said:
        assert "{value}" in each["words"]["value"]
        assert "{most}" in each["words"]["value"]


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_a_dial_with_decimals_takes_the_nearest_value_that_it_can_show(sent: Any) -> None:
    reported = door.read({"moved": {"value": sent, "at": 1}}, "moved", moved(BIAS))
    assert reported is None or (abs(reported["value"] - sent) <= 0.05 + 1e-9 and -12.0 <= reported["value"] <= 12.0)
    assert (reported is None) == (
        not isinstance(sent, int | float) or isinstance(sent, bool) or not -12.0 <= sent <= 12.0
    )


def test_the_main_dial_turns_the_weights_of_every_unit_and_is_in_the_link() -> None:
    app = opened("lstm", bias="2.5")
    assert dial(app, "bias")["value"] == 2.5
    assert app.query_params["bias"] == ["2.5"] or app.query_params["bias"] == "2.5"
    assert "bias" not in opened("lstm").query_params
