"""The page on text as a visitor uses it: a beginning, a hand on the next character, training, and a text of one's own."""

import json
import time
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.apps.text.reader import Reader
from rnn_core.apps.text.settings import standard
from tests.charts import charts, opened, words
from ui.browser.writer import chosen, name_of
from ui.cache.shipped import shipped

SLOW = 300.0  # seconds: the first chunk waits for a worker to start, on a machine that others use
SONG = "Row, row, row your boat, gently down the stream; merrily, merrily, life is but a dream.\n" * 20


def parts(app: AppTest, mark: str) -> list[dict[str, Any]]:
    """What our browser parts were given, of those that have this."""
    given = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    return [data for data in (each.get("wrapped", [each])[0] for each in given) if mark in data]


def board(app: AppTest) -> dict[str, Any]:
    """What the part that writes was given."""
    return parts(app, "choices")[0]


def reader_of(text: str) -> Reader:
    network = shipped(standard(text, "lstm"))
    assert network is not None
    return Reader(network.state)


def test_states_are_those_of_the_inspected_text() -> None:
    reader = reader_of("english")
    looked = reader.inspect("And God said, Let")
    assert reader.states("And God", " said, Le") == pytest.approx(looked.trace.ys[7:], abs=1e-12)
    assert len(reader.states("", "abc")) == 3


def written(app: AppTest) -> str:
    return "".join(choice[0] for choice in board(app)["choices"])


def test_the_ready_network_writes_at_once_and_goes_on_from_what_is_typed() -> None:
    app = opened("text")
    first = written(app)
    assert len(first) == 160
    assert board(app)["given"] == "And God said"
    units = board(app)["units"]
    assert [len(row) for row in units["values"]] == [160] * 16
    states = reader_of("english").states("And God said", first)
    assert units["values"] == (100 * states[:, np.array(units["numbers"]) - 1].T).round().astype(int).tolist()
    assert states.std(axis=0).max() == states.std(axis=0)[np.array(units["numbers"]) - 1].max(), (
        "those that change most"
    )
    app.text_input(key="begin_english").set_value("<b>Zion</b> ж").run()
    assert not app.exception
    assert board(app)["given"] == "<b>Zion</b> ж", "the browser sets it as text"
    assert "<>/ж" in [text.value for text in app.text], "characters that the network has never seen are named"
    assert written(app) != first
    app.text_input(key="begin_english").set_value("").run()
    assert len(written(app)) == 160
    assert set(charts(app)) >= {"scores", "learning"}


def test_temperature_zero_is_the_greedy_text_and_units_show_their_scores() -> None:
    app = opened("text", temperature_english="0")
    greedy = app.text[0].value
    assert written(app).startswith(greedy.rstrip("\n"))
    assert "the LORD is the sons of the LORD" in greedy, "the lesson quotes it"
    app.session_state["text_units"] = True
    app.run()
    assert not app.exception
    assert len(parts(app, "values")) == 6
    assert "unit_scores" in charts(app)


def test_a_run_from_a_text_of_ones_own_and_nonsense_in_its_place() -> None:
    app = opened("text", text="own")
    app.text_area(key="text_pasted").set_value(SONG).run()
    assert not app.exception
    assert any("No network with these settings is ready" in info.value for info in app.info)
    app.button(key="app_run").click().run()
    end = time.monotonic() + SLOW
    while not parts(app, "choices"):
        assert time.monotonic() < end
        time.sleep(0.3)
        app.run()
    app.button(key="app_run").click().run()
    assert not app.exception
    assert set(written(app)) <= set(SONG)
    kept = next(caption.value for caption in app.caption if "menu ⋯" not in caption.value)
    for given, says in (("short", "5. At least 1,000"), ("\x01\x02" * 2000, "not a text that can be read")):
        app.text_area(key="text_pasted").set_value(given).run()
        assert not app.exception
        assert any(says in problem.value for problem in app.error), [problem.value for problem in app.error]
        said = [caption.value for caption in app.caption]
        at = said.index("The earlier input is still in use.")
        assert said[at + 1] == kept, "the last good text stays"


def test_the_link_holds_the_text_and_chinese_readers_get_chinese() -> None:
    app = opened("text", lang="zh", text="chinese", begin_chinese="春风")
    assert board(app)["given"] == "春风"
    assert "下一个字符" in words(app)


@pytest.mark.parametrize(
    ("reported", "means"),
    [
        (None, {}),
        ({"forced": {"name": "other", "places": {"3": "b"}}}, {}),
        ({"forced": {"name": "mine", "places": {"3": "b", "900": "c"}}}, {3: "b"}),
        ({"forced": {"name": "mine", "places": {"3": "b", "x": "d"}}}, {}),
        ({"forced": {"name": "mine", "places": {"3": "b", "4": "x" * 17}}}, {}),
        ({"forced": {"name": "mine", "places": [1]}}, {}),
        ({"forced": "mine"}, {}),
    ],
)
def test_only_valid_clicks_on_characters_are_used(
    reported: object, means: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.browser.writer.st.session_state", {"writer": reported})
    assert chosen("writer", "mine", 100) == means
    assert name_of("english", "a") != name_of("english", "b")
