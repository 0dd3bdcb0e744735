"""Tours on the pages: a link opens a stop, also of a teacher's own tour, and what cannot be opened is named in a sentence."""

from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import opened, parts
from ui.widgets.tours import shipped
from ui.widgets.tours.tour import pack


def card(app: AppTest) -> dict[str, Any]:
    [found] = [data for data in parts(app) if "stop" in data and "last" in data]
    return found


def test_a_link_with_settings_of_its_own_keeps_them() -> None:
    shown = card(opened("lstm", tour="lstm", stop="4", preset="leak", bias="2.5"))
    assert (shown["stop"], shown["is_here"], shown["jump"]) == (4, True, 0)
    assert shown["goal"] == {"setting": "bias", "value": None, "least": 3.0, "most": None}


def test_a_teachers_tour_in_a_link_is_shown_as_plain_text() -> None:
    mine = b'en = "Mine"\n[[steps]]\nview = "lstm"\nen = "<b>One</b> `sentence`"\n'
    shown = card(opened("lstm", tour="own", own_tour=pack(mine), preset="leak"))
    assert (shown["title"], shown["text"], shown["last"]) == ("Mine", "<b>One</b> `sentence`", 1)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"tour": "nothing"}, "There is no tour of this name."),
        ({"tour": "lstm", "stop": "99"}, "This tour has the stops 1 to 6."),
        ({"tour": "lstm", "stop": "x"}, "This tour has the stops 1 to 6."),
        ({"tour": "own"}, "There is no tour of this name."),
        ({"tour": "own", "own_tour": "AAAA"}, "The tour in this link cannot be read."),
    ],
)
def test_a_stop_that_cannot_be_opened_is_told(link: dict[str, str], said: str) -> None:
    app = opened("lstm", **link)
    assert [unescape(warning.value) for warning in app.warning] == [said]
    assert not [data for data in parts(app) if "stop" in data and "last" in data]


def test_the_head_of_a_page_with_a_tour_has_its_button() -> None:
    app = opened("lstm")
    assert "lstm" in shipped.names()
    assert app.button(key="start_tour").label == "Tour"
