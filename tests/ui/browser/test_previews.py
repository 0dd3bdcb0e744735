"""What is drawn ahead of a page is what the page itself draws."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.logger import get_logger
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import opened
from ui.browser import assets, previews
from ui.browser.previews import Slider
from ui.i18n import Language, using_language

CASES = [  # page, what the link says, slider, value
    ("gradients", {}, "size", 2.35),
    ("gradients", {"look": "lstm"}, "bias", -0.4),
    ("gradients", {"look": "matrix"}, "steps", 250),
    ("gradients", {"look": "matrix", "act": "relu"}, "units", 5),
    ("gradients", {"kind": "radius", "act": "linear"}, "size", 5.0),
    ("states", {"units": "9"}, "gain", 1.35),
    ("states", {"view": "cells"}, "T", 90),
    ("gates", {"cell": "gru"}, "bk", 2.5),
    ("bptt", {"picture": "network"}, "wall12", 4),
    ("variants", {}, "at40", 7),
]


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> dict[str, Mapping[str, Any]]:
    """The last message to each of the page's parts that can be asked for, by its key."""
    messages: dict[str, Mapping[str, Any]] = {}
    component_data = assets.component_data

    def listen(data: Mapping[str, Any]) -> dict[str, tuple[Mapping[str, Any]]]:
        if data.get("ahead"):
            messages[data["key"]] = data
        return component_data(data)

    monkeypatch.setattr(assets, "component_data", listen)
    return messages


def asked(app: AppTest, slider: str, value: float) -> dict[str, Mapping[str, Any]]:
    return previews.answer(app.session_state["ahead"].token, f"{slider} {value}")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("slug", "link", "slider", "value"), CASES)
def test_it_is_what_the_page_draws(
    reported: dict[str, Mapping[str, Any]], slug: str, link: dict[str, str], slider: str, value: float, lang: Language
) -> None:
    app = opened(slug, lang, **link)
    from_afar = asked(app, slider, value)
    reported.clear()
    app.session_state[slider] = value
    with using_language(lang):  # AppTest writes the labels of a select box outside of the app
        app.run()
    from_there = asked(app, slider, value)
    assert set(reported) == set(from_afar) == set(from_there)
    for key, data in reported.items():
        shown = {name: data[name] for name in from_afar[key]}
        assert json.dumps(shown) == json.dumps(from_afar[key]) == json.dumps(from_there[key])


@pytest.mark.parametrize(
    "question",
    [
        "",
        "size",
        "steps 1",
        "steps 1000000",
        "steps 30.5",
        "size nan",
        "size 1e999",
        "steps " + "9" * 5000,
        "steps 30 30",
        "H 3",
        "__class__ 1",
    ],
)
def test_a_preview_that_cannot_be_drawn_has_no_answer(question: str) -> None:
    app = opened("gradients", "en")
    assert previews.answer(app.session_state["ahead"].token, question) == {}


def test_a_request_without_a_session_has_no_answer() -> None:
    assert previews.answer("nobody", "size 1.3") == {}


def test_an_exception_while_drawing_a_preview_is_logged_in_one_line(
    monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    app = opened("gradients", "en")

    def fault(_page: object, name: str, _text: str) -> None:
        raise RuntimeError(f"two\nlines on {name}")

    monkeypatch.setattr(previews._Page, "pictures", fault)
    monkeypatch.setattr(get_logger("ui.browser.previews"), "propagate", True)
    assert previews.answer(app.session_state["ahead"].token, "size 1.3") == {}
    [record] = [each for each in caplog.records if each.name.endswith("ui.browser.previews")]
    assert "RuntimeError" in record.message
    assert "\n" not in record.message
    assert record.exc_info is None


@given(st.text())
def test_a_slider_accepts_only_values_in_its_range(text: str) -> None:
    try:
        value = Slider(1.0, 0.0, 5.0).read(text)
    except ValueError:
        return
    assert 0.0 <= value <= 5.0


def test_the_previews_of_a_visitor_are_dropped_with_the_session() -> None:
    import gc

    app = opened("gradients", "en")
    token = app.session_state["ahead"].token
    assert previews.answer(token, "size 1.3")
    del app
    gc.collect()
    assert not previews.is_visitor(token)
    assert previews.answer(token, "size 1.3") == {}
