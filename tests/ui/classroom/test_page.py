"""The teacher's page without a browser: opening a room, its list, questions of the teacher's own, and what is refused."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import opened, parts
from tests.ui.classroom.client import CHOICE
from ui.classroom.room import limits
from ui.classroom.room.codes import new_secret
from ui.classroom.room.opening import CODE, KEY
from ui.classroom.room.own_question import Unfinished, written_question
from ui.classroom.room.questions import dumps
from ui.classroom.room.rooms import NOT_KEPT, Room, RoomProblem, Rooms, Stop
from ui.classroom.room.states import student_state, teacher_state
from ui.classroom.room.store import PLACE, the_store

FIELDS = {
    "lines": "",
    "right": "",
    "slack": "",
    "x": "t",
    "x_low": "0",
    "x_high": "9",
    "y": "h",
    "y_low": "-1",
    "y_high": "1",
}


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rooms]:
    monkeypatch.setenv(PLACE, str(tmp_path / "rooms.sqlite3"))
    the_store.cache_clear()
    yield Rooms(the_store())
    the_store().close()
    the_store.cache_clear()


def button(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def shown(rooms: Rooms, app: AppTest) -> Room:
    return rooms.room(str(app.query_params[CODE]))


def test_a_room_is_opened_filled_and_ended(rooms: Rooms) -> None:
    app = button(opened("room", lang="en"), "Open a room")
    code, key = str(app.query_params[CODE]), str(app.query_params[KEY])
    assert not app.exception
    [message] = [each for each in parts(app) if each.get("code") == code]
    assert message["key"] == key
    assert message["link"].endswith(f"/room/{code}")
    assert len(message["qr"]) == len(message["qr"][0]) > 20
    assert rooms.of_teacher(code, key).stops == ()
    first, second = "one", "two"
    stops = (Stop(first, {"en": "1", "zh": "1"}, CHOICE), Stop(second, {"en": "2", "zh": "2"}, None, "lstm"))
    rooms.set_stops(shown(rooms, app), stops)
    app.run()
    app.button(key=f"move_{second}_-1").click().run()
    assert [stop.id for stop in shown(rooms, app).stops] == [second, first]
    app.button(key=f"remove_{second}").click().run()
    assert [stop.id for stop in shown(rooms, app).stops] == [first]
    app.button(key="end_room").click().run()
    assert CODE not in app.query_params
    assert rooms.versions(code) is None
    assert "The room has ended" in app.warning[0].value


def test_a_room_is_opened_with_a_lesson_plan(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, str] = {}  # AppTest does not follow to another page
    monkeypatch.setattr("streamlit.switch_page", lambda _page, query_params: asked.update(query_params))
    app = opened("lesson", ready="fading")
    app.button(key="room_with_plan").click().run()
    app = opened("room", **asked)
    room = shown(rooms, app)
    assert [stop.minutes for stop in room.stops] == [5, 4, 7, 6, 6, 5, 7, 5]
    note = room.stops[0].note["en"]
    assert note
    assert note in [unescape(each.value).replace("\\", "") for each in app.caption]
    seen = dumps([teacher_state(rooms, room, "en"), student_state(rooms, room, "en")])
    assert note not in seen


def test_a_list_that_could_not_be_read_again_is_refused(rooms: Rooms) -> None:
    stops = (Stop("one", {"en": "1", "zh": "1"}, view="text?typed=" + "9" * limits.LONGEST_VIEW),)
    with pytest.raises(RoomProblem, match=NOT_KEPT):
        rooms.open(stops)


def test_a_wrong_key_opens_no_room_and_a_host_has_so_many(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _key = rooms.open()
    app = opened("room", lang="en", **{CODE: code, KEY: new_secret()})
    assert "not its teacher" in app.warning[0].value
    assert not [each for each in parts(app) if each.get("code") == code]
    monkeypatch.setattr(limits, "MOST_ROOMS", 1)
    app = button(opened("room", lang="en"), "Open a room")
    assert "as many rooms as it may have" in app.warning[0].value


@pytest.mark.parametrize(
    ("kind", "text", "fields", "said"),
    [
        ("choice", " ", {}, "no text"),
        ("choice", "Which?", {"lines": "one"}, "two to"),
        ("choice", "Which?", {"lines": "* a\n* b"}, "star"),
        ("choice", "Which?", {"lines": "a\n*"}, "two to"),
        ("order", "Which?", {"lines": "a\n" * 9}, "two to"),
        ("order", "Which?", {"lines": f"a\n{'b' * 500}"}, "characters"),
        ("number", "How many?", {"right": "twelve"}, "not a number"),
        ("sketch", "Sketch it", {"x_low": "9"}, "smaller"),
        ("sketch", "Sketch it", {"y_high": "1e40"}, "not a number"),
    ],
)
def test_an_unfinished_question_is_told(kind: str, text: str, fields: dict[str, str], said: str) -> None:
    with pytest.raises(Unfinished, match=said):
        written_question(kind, text, FIELDS | fields)  # type: ignore[arg-type]


def test_a_finished_question_is_asked_as_it_was_written() -> None:
    choice = written_question("choice", "Which?", FIELDS | {"lines": "a\n\n* b\nc"})
    assert (choice.words["zh"].options, choice.right) == (("a", "b", "c"), 1)
    number = written_question("number", "How many?", FIELDS | {"right": "4,5·10⁻³"})
    assert number.right == pytest.approx(0.0045)
    assert number.is_right(0.00452) is True
    assert written_question("number", "How many?", FIELDS).is_right(1.0) is None
    sketch = written_question("sketch", "Sketch it", FIELDS)
    assert sketch.axes is not None
    assert (sketch.axes.x, sketch.axes.y) == ((0.0, 9.0), (-1.0, 1.0))
